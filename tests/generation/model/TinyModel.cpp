#include "tests/generation/model/TinyModel.h"

#include "generation/model/Configs.h"
#include "tests/generation/model/Shapes.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace generation::test {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

void writePart(const fs::path& folder, const Json& config, const std::string& weights) {
    fs::create_directories(folder);
    writeFile((folder / "config.json").string(), config.dump());
    writeFile((folder / "model.safetensors").string(), weights);
}

FileTensors fileTensors(const std::map<std::string, at::Tensor>& tensors) {
    FileTensors all;
    for (const auto& [name, tensor] : tensors) {
        all[name] = fileTensor(tensor);
    }
    return all;
}

} // namespace

std::string starterPieces() {
    const char* resources = std::getenv("FANTASCOPE_RESOURCES");
    const std::string folder = resources ? std::string(resources) : std::string(SOURCE_ROOT) + "/resources";
    std::ifstream stream(folder + "/models/starter/tokenizer/spiece.model", std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::map<std::string, at::Tensor> moderateTensors(const ShapeList& shapes, std::uint64_t seed) {
    at::manual_seed(seed);
    std::map<std::string, at::Tensor> tensors;
    for (const auto& [name, shape] : shapes) {
        const at::Tensor values = at::randn(shape, at::kFloat);
        const double fanIn = static_cast<double>(countElements(shape)) / static_cast<double>(shape.front());
        const bool isGain = name.ends_with(".gamma") || (shape.size() == 1 && name.ends_with(".weight"));
        tensors.emplace(name, isGain              ? values * 0.1 + 1.0
                              : shape.size() == 1 ? values * 0.05
                                                  : values / std::sqrt(fanIn));
    }
    return tensors;
}

Json tinyTransformerConfig(const TinyModel& model) {
    const int channels = model.isNewer ? 48 : 16;
    Json config{{"num_attention_heads", 2}, {"attention_head_dim", 12}, {"ffn_dim", 32},
                {"num_layers", 2},          {"in_channels", channels},  {"out_channels", channels},
                {"text_dim", 32},           {"freq_dim", 32},           {"rope_max_seq_len", 64}};
    config.update(model.transformer);
    return config;
}

Json tinyVaeConfig(const TinyModel& model) {
    Json config{{"base_dim", 4}, {"z_dim", 16}, {"dim_mult", {1, 1, 1, 1}}, {"num_res_blocks", 1}};
    if (model.isNewer) {
        config.update({{"z_dim", 48},
                       {"is_residual", true},
                       {"patch_size", 2},
                       {"in_channels", 12},
                       {"out_channels", 12},
                       {"latents_mean", std::vector<double>(48, 0.1)},
                       {"latents_std", std::vector<double>(48, 0.8)}});
    }
    return config;
}

Json tinyTextConfig() {
    return {{"vocab_size", 512}, {"d_model", 32}, {"d_kv", 8}, {"num_heads", 4}, {"d_ff", 48}, {"num_layers", 2}};
}

Json tinyImageConfig() {
    return {{"hidden_size", 20},        {"intermediate_size", 24}, {"num_hidden_layers", 3},
            {"num_attention_heads", 2}, {"image_size", 28},        {"patch_size", 14}};
}

FixtureNetwork tinyTransformer(const TinyModel& model, std::size_t expert) {
    const Json config = tinyTransformerConfig(model);
    const ShapeList shapes = transformerShapes(parseTransformerConfig(config, "tiny"));
    return {NetworkKind::Transformer, moderateTensors(shapes, 1000 * model.seed + expert), config.dump()};
}

FixtureNetwork tinyVae(const TinyModel& model) {
    const Json config = tinyVaeConfig(model);
    const ShapeList shapes = vaeShapes(parseVaeConfig(config, "tiny"));
    return {NetworkKind::Autoencoder, moderateTensors(shapes, 1000 * model.seed + 10), config.dump()};
}

FixtureNetwork tinyText(const TinyModel& model) {
    const Json config = tinyTextConfig();
    const ShapeList shapes = textEncoderShapes(parseTextEncoderConfig(config, "tiny"));
    return {NetworkKind::TextEncoder, moderateTensors(shapes, 1000 * model.seed + 20), config.dump()};
}

std::map<std::string, at::Tensor> tinyImageEncoder(const TinyModel& model) {
    const ShapeList shapes = imageEncoderShapes(parseImageEncoderConfig(tinyImageConfig(), "tiny"));
    return moderateTensors(shapes, 1000 * model.seed + 30);
}

void writeTinyModel(const std::string& folder, const TinyModel& model) {
    const fs::path root(folder);
    Json index{{"_class_name", model.pipelineClass}};
    index.update(model.index);
    fs::create_directories(root / "tokenizer");
    writeFile((root / "tokenizer/spiece.model").string(), starterPieces());
    const Json transformer = tinyTransformerConfig(model);
    writePart(root / "transformer", transformer, safetensorsOf(spelled(tinyTransformer(model, 0), model.spelling)));
    if (model.hasSecond) {
        index["transformer_2"] = {"diffusers", "WanTransformer3DModel"};
        writePart(root / "transformer_2", transformer,
                  safetensorsOf(spelled(tinyTransformer(model, 1), model.secondSpelling)));
    }
    writePart(root / "vae", tinyVaeConfig(model), safetensorsOf(fileTensors(tinyVae(model).tensors)));
    writePart(root / "text_encoder", tinyTextConfig(), safetensorsOf(fileTensors(tinyText(model).tensors)));
    if (model.hasImageEncoder) {
        writePart(root / "image_encoder", tinyImageConfig(), safetensorsOf(fileTensors(tinyImageEncoder(model))));
    }
    writeFile((root / "model_index.json").string(), index.dump());
}

} // namespace generation::test
