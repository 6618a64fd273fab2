#include "tests/generation/model/Shapes.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace generation::test {

namespace {

void addLinear(ShapeList& shapes, const std::string& name, std::int64_t out, std::int64_t in) {
    shapes[name + ".weight"] = {out, in};
    shapes[name + ".bias"] = {out};
}

void addAttention(ShapeList& shapes, const std::string& prefix, std::int64_t width) {
    for (const char* part : {"to_q", "to_k", "to_v", "to_out.0"}) {
        addLinear(shapes, prefix + part, width, width);
    }
    shapes[prefix + "norm_q.weight"] = {width};
    shapes[prefix + "norm_k.weight"] = {width};
}

void addBlock(ShapeList& shapes, const std::string& prefix, const TransformerConfig& config) {
    const std::int64_t width = config.width();
    shapes[prefix + "scale_shift_table"] = {1, 6, width};
    addAttention(shapes, prefix + "attn1.", width);
    addAttention(shapes, prefix + "attn2.", width);
    if (config.crossAttentionNorm) {
        shapes[prefix + "norm2.weight"] = shapes[prefix + "norm2.bias"] = {width};
    }
    addLinear(shapes, prefix + "ffn.net.0.proj", config.ffnDim, width);
    addLinear(shapes, prefix + "ffn.net.2", width, config.ffnDim);
    if (config.imageDim > 0) {
        addLinear(shapes, prefix + "attn2.add_k_proj", width, width);
        addLinear(shapes, prefix + "attn2.add_v_proj", width, width);
        shapes[prefix + "attn2.norm_added_k.weight"] = {width};
    }
}

void addImageBranch(ShapeList& shapes, const TransformerConfig& config) {
    const std::string prefix = "condition_embedder.image_embedder.";
    const std::int64_t in = config.imageDim;
    shapes[prefix + "norm1.weight"] = shapes[prefix + "norm1.bias"] = {in};
    addLinear(shapes, prefix + "ff.net.0.proj", in, in);
    addLinear(shapes, prefix + "ff.net.2", config.width(), in);
    shapes[prefix + "norm2.weight"] = shapes[prefix + "norm2.bias"] = {config.width()};
    if (config.imagePositions > 0) {
        shapes[prefix + "pos_embed"] = {1, config.imagePositions, in};
    }
}

} // namespace

ShapeList transformerShapes(const TransformerConfig& config) {
    ShapeList shapes;
    const std::int64_t width = config.width();
    const std::string condition = "condition_embedder.";
    const auto [frames, rows, columns] = config.patch;
    shapes["patch_embedding.weight"] = {width, config.inChannels, frames, rows, columns};
    shapes["patch_embedding.bias"] = {width};
    addLinear(shapes, condition + "time_embedder.linear_1", width, config.freqDim);
    addLinear(shapes, condition + "time_embedder.linear_2", width, width);
    addLinear(shapes, condition + "time_proj", 6 * width, width);
    addLinear(shapes, condition + "text_embedder.linear_1", width, config.textDim);
    addLinear(shapes, condition + "text_embedder.linear_2", width, width);
    shapes["scale_shift_table"] = {1, 2, width};
    addLinear(shapes, "proj_out", frames * rows * columns * config.outChannels, width);
    for (std::int64_t i = 0; i < config.layers; ++i) {
        addBlock(shapes, "blocks." + std::to_string(i) + ".", config);
    }
    if (config.imageDim > 0) {
        addImageBranch(shapes, config);
    }
    if (config.hasControl()) {
        shapes["vace_patch_embedding.weight"] = {width, config.vaceInChannels, frames, rows, columns};
        shapes["vace_patch_embedding.bias"] = {width};
    }
    for (std::size_t k = 0; k < config.vaceLayers.size(); ++k) {
        const std::string prefix = "vace_blocks." + std::to_string(k) + ".";
        addBlock(shapes, prefix, config);
        addLinear(shapes, prefix + "proj_out", width, width);
        if (k == 0) {
            addLinear(shapes, prefix + "proj_in", width, width);
        }
    }
    return shapes;
}

ShapeList textEncoderShapes(const TextEncoderConfig& config) {
    ShapeList shapes;
    const std::int64_t inner = config.heads * config.headDim;
    shapes["shared.weight"] = {config.vocabulary, config.width};
    shapes["encoder.final_layer_norm.weight"] = {config.width};
    for (std::int64_t i = 0; i < config.layers; ++i) {
        const std::string layer = "encoder.block." + std::to_string(i) + ".layer.";
        const std::string attention = layer + "0.SelfAttention.";
        for (const char* part : {"q", "k", "v"}) {
            shapes[attention + part + ".weight"] = {inner, config.width};
        }
        shapes[attention + "o.weight"] = {config.width, inner};
        shapes[attention + "relative_attention_bias.weight"] = {config.buckets, config.heads};
        shapes[layer + "0.layer_norm.weight"] = {config.width};
        shapes[layer + "1.DenseReluDense.wi_0.weight"] = {config.ffnDim, config.width};
        shapes[layer + "1.DenseReluDense.wi_1.weight"] = {config.ffnDim, config.width};
        shapes[layer + "1.DenseReluDense.wo.weight"] = {config.width, config.ffnDim};
        shapes[layer + "1.layer_norm.weight"] = {config.width};
    }
    return shapes;
}

ShapeList imageEncoderShapes(const ImageEncoderConfig& config) {
    ShapeList shapes;
    const std::string prefix = "vision_model.";
    const std::int64_t width = config.width;
    const auto addNorm = [&](const std::string& name) {
        shapes[prefix + name + ".weight"] = shapes[prefix + name + ".bias"] = {width};
    };
    shapes[prefix + "embeddings.class_embedding"] = {width};
    shapes[prefix + "embeddings.patch_embedding.weight"] = {width, 3, config.patch, config.patch};
    shapes[prefix + "embeddings.position_embedding.weight"] = {config.tokens(), width};
    addNorm("pre_layrnorm"); // published with this spelling
    addNorm("post_layernorm");
    for (std::int64_t i = 0; i < config.layers; ++i) {
        const std::string layer = "encoder.layers." + std::to_string(i) + ".";
        addNorm(layer + "layer_norm1");
        addNorm(layer + "layer_norm2");
        for (const char* map : {"q_proj", "k_proj", "v_proj", "out_proj"}) {
            addLinear(shapes, prefix + layer + "self_attn." + map, width, width);
        }
        addLinear(shapes, prefix + layer + "mlp.fc1", config.ffnDim, width);
        addLinear(shapes, prefix + layer + "mlp.fc2", width, config.ffnDim);
    }
    shapes["visual_projection.weight"] = {std::max<std::int64_t>(1, width / 2), width};
    return shapes;
}

ShapeList readShapeList(const std::string& file) {
    ShapeList shapes;
    std::ifstream stream(file);
    std::string name;
    std::string sizes;
    while (stream >> name >> sizes) {
        std::istringstream parts(sizes);
        for (std::string size; std::getline(parts, size, ',');) {
            shapes[name].push_back(std::stoll(size));
        }
    }
    if (shapes.empty()) {
        throw std::runtime_error("no tensor list in " + file);
    }
    return shapes;
}

} // namespace generation::test
