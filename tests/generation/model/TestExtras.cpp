// What some models have beside the three networks of all: an image encoder, a tiny decoder; in folders and loose.

#include "generation/model/DerivedConfig.h"
#include "generation/model/ModelFiles.h"
#include "generation/weights/NetworkFinder.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/TinyModel.h"

#include <filesystem>
#include <functional>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

TinyModel imageModel() {
    TinyModel model;
    model.pipelineClass = "WanImageToVideoPipeline";
    model.transformer = {{"in_channels", 36}, {"image_dim", 20}, {"added_kv_proj_dim", 24}};
    model.hasImageEncoder = true;
    return model;
}

std::string verdict(const std::string& place) {
    try {
        (void)ModelFiles(place);
    } catch (const WeightsError& error) {
        return error.what();
    }
    return "accepted";
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void checkImageEncoderFolder(Checks& c) {
    const TemporaryFolder folder;
    writeTinyModel(folder.path(), imageModel());
    const ModelFiles files(folder.path());
    CHECK(c, files.configs().imageEncoder && files.configs().imageEncoder->width == 20);
    const ImageEncoder encoder = files.loadImageEncoder(referenceDevice(), WeightResidency::Streamed);
    CHECK_EQUAL(c, encoder.encode(at::zeros({1, 3, 28, 28})).size(1), 5);
    // A transformer of another width does not take it.
    TinyModel other = imageModel();
    other.transformer["image_dim"] = 24;
    writeTinyModel(folder.path(), other);
    CHECK(c, contains(verdict(folder.path()), "no image encoder of its width"));
    fs::remove_all(folder.file("image_encoder"));
    CHECK(c, contains(verdict(folder.path()), "no image encoder of its width"));
    // Who does not look at pictures does not mind a broken one.
    writeTinyModel(folder.path(), TinyModel{});
    fs::create_directory(folder.file("image_encoder"));
    writeFile(folder.file("image_encoder/config.json"), "{}");
    writeTensors(folder.file("image_encoder/model.safetensors"), {{"x", at::ones({1})}});
    CHECK_EQUAL(c, verdict(folder.path()), "accepted");
}

/// As ComfyUI's users keep it: clip_vision/clip_vision_h.safetensors and the like.
void checkLooseImageEncoder(Checks& c) {
    const TemporaryFolder folder;
    const TinyModel model = imageModel();
    for (const char* name : {"diffusion_models", "vae", "text_encoders", "clip_vision"}) {
        fs::create_directory(folder.file(name));
    }
    writeFile(folder.file("diffusion_models/i2v.safetensors"), fileOf(tinyTransformer(model, 0), Spelling::Comfy));
    writeFile(folder.file("diffusion_models/config.json"), R"({"num_heads":2})");
    writeFile(folder.file("vae/v.safetensors"), fileOf(tinyVae(model), Spelling::Authors));
    writeFile(folder.file("text_encoders/t.safetensors"), fileOf(tinyText(model), Spelling::Comfy));
    writeFile(folder.file("spiece.model"), starterPieces());
    CHECK(c, contains(verdict(folder.path()), "no image encoder (CLIP) here"));
    writeTensors(folder.file("clip_vision/h.safetensors"), tinyImageEncoder(model));
    CHECK(c, contains(verdict(folder.path()), "its width 20 does not tell the number of heads"));
    writeFile(folder.file("clip_vision/config.json"), tinyImageConfig().dump());
    const ModelFiles files(folder.path());
    CHECK_EQUAL(c, files.card().family, "wan-i2v");
    const ImageEncoderConfig& config = files.configs().imageEncoder.value();
    CHECK(c, config.layers == 3 && config.heads == 2 && config.imageSize == 28 && config.patch == 14);
    // The same numbers as from a folder with a config of its own.
    const TemporaryFolder whole;
    writeTinyModel(whole.path(), model);
    const at::Tensor picture = at::ones({1, 3, 28, 28}) * 0.3;
    const auto features = [&](const ModelFiles& from) {
        return from.loadImageEncoder(referenceDevice(), WeightResidency::Resident).encode(picture);
    };
    CHECK(c, features(files).equal(features(ModelFiles(whole.path()))));
}

/// ViT-H needs no config: nothing of a published file but its shapes.
void checkPublishedImageEncoder(Checks& c) {
    const TemporaryFolder folder;
    ShapeList shapes;
    shapes["vision_model.embeddings.class_embedding"] = {1280};
    shapes["vision_model.embeddings.patch_embedding.weight"] = {1280, 3, 14, 14};
    shapes["vision_model.embeddings.position_embedding.weight"] = {257, 1280};
    for (int i = 0; i < 32; ++i) {
        const std::string layer = "vision_model.encoder.layers." + std::to_string(i);
        shapes[layer + ".self_attn.q_proj.weight"] = {1280, 1280};
        shapes[layer + ".mlp.fc1.weight"] = {5120, 1280};
    }
    writeSparseFile(folder.file("h"), shapes);
    const auto networks = findNetworks(WeightSource::openFile(folder.file("h")));
    CHECK_EQUAL(c, networks.size(), 1U);
    const auto config = parseImageEncoderConfig(derivedConfig(networks.front(), Json::object()), "h");
    CHECK(c, config.width == 1280 && config.heads == 16 && config.ffnDim == 5120 && config.layers == 32);
    CHECK(c, config.imageSize == 224 && config.patch == 14 && config.tokens() == 257);
    shapes["vision_model.embeddings.position_embedding.weight"] = {259, 1280};
    writeSparseFile(folder.file("h"), shapes);
    const auto odd = findNetworks(WeightSource::openFile(folder.file("h")));
    CHECK_THROWS(c, derivedConfig(odd.front(), Json::object()), WeightsError);
}

/// Previews: told by its tensors, and never a reason to refuse a model.
void checkLooseTinyDecoder(Checks& c) {
    const TemporaryFolder folder;
    const TinyModel model;
    writeFile(folder.file("a.safetensors"), fileOf(tinyTransformer(model, 0), Spelling::Authors));
    writeFile(folder.file("b.safetensors"), fileOf(tinyVae(model), Spelling::Authors));
    writeFile(folder.file("c.safetensors"), fileOf(tinyText(model), Spelling::Comfy));
    writeFile(folder.file("config.json"), R"({"num_heads":2})");
    writeFile(folder.file("spiece.model"), starterPieces());
    CHECK_EQUAL(c, ModelFiles(folder.path()).tinyDecoder(), "");
    fs::create_directory(folder.file("vae_approx"));
    const auto write = [&](const char* name, std::int64_t channels) {
        writeTensors(folder.file(name), {{"decoder.1.weight", at::zeros({8, channels, 3, 3})},
                                         {"decoder.3.conv.0.weight", at::zeros({8, 16, 3, 3})},
                                         {"decoder.22.weight", at::zeros({3, 8, 3, 3})}});
    };
    write("vae_approx/new.safetensors", 48); // of the other autoencoder
    CHECK_EQUAL(c, ModelFiles(folder.path()).tinyDecoder(), "");
    write("vae_approx/old.safetensors", 16);
    CHECK_EQUAL(c, ModelFiles(folder.path()).tinyDecoder(), folder.file("vae_approx/old.safetensors"));
    CHECK(c, contains(verdict(folder.file("vae_approx/old.safetensors")), "not the file of a Wan transformer"));
}

} // namespace

void extrasCases(Checks& checks) {
    checks.run("extras: an image encoder", checkImageEncoderFolder);
    checks.run("extras: a loose image encoder", checkLooseImageEncoder);
    checks.run("extras: the published image encoder is understood", checkPublishedImageEncoder);
    checks.run("extras: a loose tiny decoder", checkLooseTinyDecoder);
}
