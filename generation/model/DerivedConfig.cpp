#include "generation/model/DerivedConfig.h"

#include "generation/model/LatentStatistics.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace generation {

namespace {

using Json = nlohmann::json;

constexpr std::int64_t kHeadDim = 128; ///< of every published transformer
constexpr int kMostLayers = 1024;

/// Shapes of a network's tensors by name, with errors that say what is missing.
class Shapes {
public:
    explicit Shapes(const FoundNetwork& network) : m_network(network) {}

    [[noreturn]] void fail(const std::string& reason) const {
        throw WeightsError(m_network.source.where(), std::string(networkName(m_network.kind)) + ": " + reason);
    }

    bool has(const std::string& name) const { return m_network.source.contains(name); }

    const std::vector<std::int64_t>& of(const std::string& name) const {
        if (!has(name)) {
            fail("tensors missing: " + name);
        }
        return m_network.source.entry(name).shape;
    }

    /// The size at one place of the shape; negative places count from its end.
    std::int64_t size(const std::string& name, int place) const {
        const auto& shape = of(name);
        const auto count = static_cast<int>(shape.size());
        const int index = place < 0 ? count + place : place;
        if (index < 0 || index >= count) {
            fail("the tensor " + name + " has too few dimensions");
        }
        return shape[static_cast<std::size_t>(index)];
    }

    /// How many of prefix + "0", prefix + "1", ... have a tensor that ends with `suffix`.
    int count(const std::string& prefix, const std::string& suffix) const {
        int count = 0;
        while (count < kMostLayers && has(prefix + std::to_string(count) + suffix)) {
            ++count;
        }
        return count;
    }

private:
    const FoundNetwork& m_network;
};

void takeHints(Json& config, const Json& hints, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (const auto found = hints.find(name); found != hints.end() && !found->is_null()) {
            config[name] = *found;
        }
    }
}

/// Hints may name the heads; else they are as wide as those of every published model.
void setHeads(Json& config, const Shapes& shapes, std::int64_t width) {
    const Json heads = config.value("num_attention_heads", Json());
    if (heads.is_number_integer() && heads.get<std::int64_t>() > 0 && width % heads.get<std::int64_t>() == 0) {
        config["attention_head_dim"] = width / heads.get<std::int64_t>();
    } else if (heads.is_null() && width % kHeadDim == 0) {
        config["num_attention_heads"] = width / kHeadDim;
        config["attention_head_dim"] = kHeadDim;
    } else {
        shapes.fail("its width " + std::to_string(width) +
                    " does not tell the number of heads; a config.json beside it with num_attention_heads would");
    }
}

/// Every s-th layer has a control block: n blocks over L layers are at 0, s, 2 s, ... with s = L / n rounded up.
void setControl(Json& config, const Shapes& shapes, int layers) {
    const int blocks = shapes.count("vace_blocks.", ".proj_out.weight");
    config["vace_in_channels"] = shapes.size("vace_patch_embedding.weight", 1);
    if (blocks == 0 || blocks > layers) {
        shapes.fail("its " + std::to_string(blocks) + " control blocks do not fit its layers");
    }
    if (!config.contains("vace_layers")) {
        Json places = Json::array();
        const int spacing = (layers + blocks - 1) / blocks;
        for (int i = 0; i < blocks; ++i) {
            places.push_back(i * spacing);
        }
        config["vace_layers"] = places;
    }
}

Json transformerConfig(const Shapes& shapes, const Json& hints) {
    Json config = Json::object();
    takeHints(config, hints, {"num_attention_heads", "eps", "rope_max_seq_len", "vace_layers"});
    const std::string embedder = "condition_embedder.";
    const std::int64_t width = shapes.size("scale_shift_table", -1);
    const int layers = shapes.count("blocks.", ".scale_shift_table");
    setHeads(config, shapes, width);
    config["num_layers"] = layers;
    config["ffn_dim"] = shapes.size("blocks.0.ffn.net.0.proj.weight", 0);
    config["text_dim"] = shapes.size(embedder + "text_embedder.linear_1.weight", 1);
    config["freq_dim"] = shapes.size(embedder + "time_embedder.linear_1.weight", 1);
    config["in_channels"] = shapes.size("patch_embedding.weight", 1);
    std::int64_t patch = 1;
    config["patch_size"] = Json::array();
    for (int i = 2; i < 5; ++i) {
        const std::int64_t size = std::clamp<std::int64_t>(shapes.size("patch_embedding.weight", i), 1, 16);
        config["patch_size"].push_back(size);
        patch *= size;
    }
    config["out_channels"] = shapes.size("proj_out.weight", 0) / patch;
    config["cross_attn_norm"] = shapes.has("blocks.0.norm2.weight");
    if (shapes.has(embedder + "image_embedder.norm1.weight")) {
        config["image_dim"] = shapes.size(embedder + "image_embedder.norm1.weight", 0);
        config["added_kv_proj_dim"] = width;
        if (shapes.has(embedder + "image_embedder.pos_embed")) {
            config["pos_embed_seq_len"] = shapes.size(embedder + "image_embedder.pos_embed", -2);
        }
    }
    if (shapes.has("vace_patch_embedding.weight")) {
        setControl(config, shapes, layers);
    } else {
        config.erase("vace_layers");
    }
    return config;
}

/// The width of each level of the encoder, from the last residual block's second convolution.
std::vector<std::int64_t> encoderWidths(const Shapes& shapes, bool isResidual, int blocks, Json& downsamplesTime) {
    std::vector<std::int64_t> widths;
    const std::string list = "encoder.down_blocks.";
    if (isResidual) {
        const int levels = shapes.count(list, ".resnets.0.conv1.weight");
        for (int i = 0; i < levels; ++i) {
            const std::string level = list + std::to_string(i);
            widths.push_back(shapes.size(level + ".resnets.0.conv2.weight", 0));
            if (i + 1 < levels) {
                downsamplesTime.push_back(shapes.has(level + ".downsampler.time_conv.weight"));
            }
        }
        return widths;
    }
    // The plain type counts through: `blocks` residual blocks and a downsampler for each level but the last.
    for (int first = 0; shapes.has(list + std::to_string(first) + ".conv2.weight"); first += blocks + 1) {
        widths.push_back(shapes.size(list + std::to_string(first) + ".conv2.weight", 0));
        const std::string sampler = list + std::to_string(first + blocks);
        if (!shapes.has(sampler + ".resample.1.weight")) {
            break;
        }
        downsamplesTime.push_back(shapes.has(sampler + ".time_conv.weight"));
    }
    return widths;
}

Json autoencoderConfig(const Shapes& shapes, const Json& hints) {
    Json config = Json::object();
    const bool isResidual = shapes.has("encoder.down_blocks.0.resnets.0.conv1.weight");
    const int blocks = shapes.count("decoder.up_blocks.0.resnets.", ".conv1.weight") - 1;
    const std::int64_t base = shapes.size("encoder.conv_in.weight", 0);
    if (blocks < 1 || base < 1) {
        shapes.fail("its blocks do not tell its config");
    }
    Json downsamplesTime = Json::array();
    Json multipliers = Json::array();
    for (const std::int64_t width : encoderWidths(shapes, isResidual, blocks, downsamplesTime)) {
        if (width % base != 0) {
            shapes.fail("the width " + std::to_string(width) + " of a level is no multiple of " + std::to_string(base));
        }
        multipliers.push_back(width / base);
    }
    if (multipliers.empty() || multipliers.back().get<std::int64_t>() < 1) {
        shapes.fail("its levels do not tell its config");
    }
    const std::int64_t channels = shapes.size("post_quant_conv.weight", 0);
    const std::int64_t in = shapes.size("encoder.conv_in.weight", 1);
    config["base_dim"] = base;
    config["decoder_base_dim"] = shapes.size("decoder.conv_in.weight", 0) / multipliers.back().get<std::int64_t>();
    config["dim_mult"] = multipliers;
    config["num_res_blocks"] = blocks;
    config["temperal_downsample"] = downsamplesTime;
    config["z_dim"] = channels;
    config["in_channels"] = in;
    config["out_channels"] = shapes.size("decoder.conv_out.weight", 0);
    config["patch_size"] = std::llround(std::sqrt(static_cast<double>(in) / 3.0));
    config["is_residual"] = isResidual;
    takeHints(config, hints, {"latents_mean", "latents_std", "latent_rgb_factors", "latent_rgb_bias"});
    if (!config.contains("latents_mean") || !config.contains("latents_std")) {
        const LatentStatistics* published = publishedLatentStatistics(channels);
        if (published == nullptr) {
            shapes.fail("no statistics are known for latents of " + std::to_string(channels) +
                        " channels; a config.json beside it with latents_mean and latents_std would tell");
        }
        config["latents_mean"] = published->mean;
        config["latents_std"] = published->deviation;
    }
    return config;
}

Json textEncoderConfig(const Shapes& shapes, const Json& hints) {
    Json config = Json::object();
    const std::string first = "encoder.block.0.layer.";
    const std::string bias = first + "0.SelfAttention.relative_attention_bias.weight";
    const std::int64_t heads = shapes.size(bias, 1);
    const std::int64_t inner = shapes.size(first + "0.SelfAttention.q.weight", 0);
    if (heads < 1 || inner % heads != 0) {
        shapes.fail("its " + std::to_string(heads) + " heads do not divide " + std::to_string(inner));
    }
    config["vocab_size"] = shapes.size("shared.weight", 0);
    config["d_model"] = shapes.size("shared.weight", 1);
    config["d_kv"] = inner / heads;
    config["num_heads"] = heads;
    config["d_ff"] = shapes.size(first + "1.DenseReluDense.wi_0.weight", 0);
    config["num_layers"] = shapes.count("encoder.block.", ".layer.0.SelfAttention.q.weight");
    config["relative_attention_num_buckets"] = shapes.size(bias, 0);
    config["feed_forward_proj"] = "gated-gelu";
    takeHints(config, hints, {"relative_attention_max_distance", "layer_norm_epsilon"});
    return config;
}

/// CLIP's picture tower. Hints count only where they speak of one: the config beside it may be another network's.
Json imageEncoderConfig(const Shapes& shapes, const Json& hints) {
    constexpr std::int64_t kImageHeadDim = 80; // of ViT-H, which Wan reads
    const auto nested = hints.find("vision_config");
    const Json& config = nested != hints.end() && nested->is_object() ? *nested : hints;
    Json derived = Json::object();
    if (config.contains("hidden_size")) {
        takeHints(derived, config, {"num_attention_heads", "layer_norm_eps", "hidden_act"});
    }
    const std::string prefix = "vision_model.";
    const std::int64_t width = shapes.size(prefix + "embeddings.class_embedding", -1);
    const std::int64_t patch = shapes.size(prefix + "embeddings.patch_embedding.weight", -1);
    const std::int64_t cells = shapes.size(prefix + "embeddings.position_embedding.weight", 0) - 1;
    const std::int64_t side = std::llround(std::sqrt(static_cast<double>(std::max<std::int64_t>(cells, 0))));
    if (side < 1 || side * side != cells || side > 4096 || patch > 4096) {
        shapes.fail("its " + std::to_string(cells + 1) + " positions are no square of patches and one more");
    }
    if (!derived.contains("num_attention_heads")) {
        if (width % kImageHeadDim != 0) {
            shapes.fail("its width " + std::to_string(width) +
                        " does not tell the number of heads; a config.json beside it with hidden_size and "
                        "num_attention_heads would");
        }
        derived["num_attention_heads"] = width / kImageHeadDim;
    }
    derived["hidden_size"] = width;
    derived["intermediate_size"] = shapes.size(prefix + "encoder.layers.0.mlp.fc1.weight", 0);
    derived["num_hidden_layers"] = shapes.count(prefix + "encoder.layers.", ".self_attn.q_proj.weight");
    derived["image_size"] = side * patch;
    derived["patch_size"] = patch;
    return derived;
}

} // namespace

nlohmann::json derivedConfig(const FoundNetwork& network, const nlohmann::json& hints) {
    const Shapes shapes(network);
    switch (network.kind) {
    case NetworkKind::Transformer:
        return transformerConfig(shapes, hints);
    case NetworkKind::Autoencoder:
        return autoencoderConfig(shapes, hints);
    case NetworkKind::TextEncoder:
        return textEncoderConfig(shapes, hints);
    case NetworkKind::ImageEncoder:
        return imageEncoderConfig(shapes, hints);
    case NetworkKind::TinyAutoencoder:
        return Json::object(); // its shapes are all it needs
    }
    return {};
}

} // namespace generation
