// What some models have beside the three networks of all: a second transformer, an image encoder, a tiny decoder.

#include "generation/model/ModelExtras.h"
#include "generation/weights/ContentHash.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/Networks.h"
#include "tests/generation/model/Shapes.h"

#include <filesystem>
#include <functional>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kTransformer = R"({"num_attention_heads":2,"attention_head_dim":12,"ffn_dim":16,"num_layers":1,
    "in_channels":4,"out_channels":4,"text_dim":8,"freq_dim":16,"rope_max_seq_len":32})";
constexpr const char* kImageEncoder = R"({"hidden_size":8,"intermediate_size":8,"num_hidden_layers":2,
    "num_attention_heads":2,"image_size":8,"patch_size":4})";

TransformerConfig transformerConfig() {
    return parseTransformerConfig(nlohmann::json::parse(kTransformer), "config.json");
}

VaeConfig vaeConfig() {
    VaeConfig config;
    config.latentChannels = 4;
    return config;
}

void writePart(const TemporaryFolder& folder, const std::string& name, const std::string& config,
               const std::map<std::string, at::Tensor>& tensors) {
    fs::create_directories(folder.file(name));
    writeFile(folder.file(name + "/config.json"), config);
    writeTensors(folder.file(name + "/model.safetensors"), tensors);
}

std::string verdict(const std::function<void()>& action) {
    try {
        action();
    } catch (const WeightsError& error) {
        return error.what();
    }
    return "accepted";
}

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

void checkSecondTransformer(Checks& c) {
    const TemporaryFolder folder;
    ModelCard card;
    card.folder = folder.path();
    const TransformerConfig config = transformerConfig();
    const VaeConfig vae = vaeConfig();
    const ExtrasPlace place{card, config, vae, referenceDevice()};
    ContentHash hash;
    const ModelExtras none = loadExtras(place, hash);
    CHECK(c, !none.secondTransformer && !none.imageEncoder && !none.tinyDecoder && none.problems.empty());
    CHECK_EQUAL(c, hash.hex(), ContentHash().hex());
    card.experts.boundary = 0.9;
    CHECK(c, contains(verdict([&] { (void)loadExtras(place, hash); }), "no transformer_2"));
    writePart(folder, "transformer_2", kTransformer, randomTensors(transformerShapes(config), 61));
    const ModelExtras two = loadExtras(place, hash);
    CHECK(c, two.secondTransformer && two.secondTransformer->config().layers == 1);
    CHECK(c, hash.hex() != ContentHash().hex()); // it changes what comes out
    TransformerConfig other = config;
    other.inChannels = 36;
    const ExtrasPlace unlike{card, other, vae, referenceDevice()};
    CHECK(c, contains(verdict([&] { (void)loadExtras(unlike, hash); }), "does not take"));
}

void checkImageEncoder(Checks& c) {
    const TemporaryFolder folder;
    ModelCard card;
    card.folder = folder.path();
    TransformerConfig config = transformerConfig();
    config.imageDim = 8;
    const VaeConfig vae = vaeConfig();
    const ExtrasPlace place{card, config, vae, referenceDevice(), WeightResidency::Streamed};
    ContentHash hash;
    CHECK(c, contains(verdict([&] { (void)loadExtras(place, hash); }), "no image_encoder"));
    ShapeList shapes;
    const std::string prefix = "vision_model.";
    shapes[prefix + "embeddings.class_embedding"] = {8};
    shapes[prefix + "embeddings.patch_embedding.weight"] = {8, 3, 4, 4};
    shapes[prefix + "embeddings.position_embedding.weight"] = {5, 8};
    for (const char* norm : {"pre_layrnorm", "encoder.layers.0.layer_norm1", "encoder.layers.0.layer_norm2"}) {
        shapes[prefix + norm + ".weight"] = shapes[prefix + norm + ".bias"] = {8};
    }
    for (const char* map :
         {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj", "mlp.fc1", "mlp.fc2"}) {
        shapes[prefix + "encoder.layers.0." + map + ".weight"] = {8, 8};
        shapes[prefix + "encoder.layers.0." + map + ".bias"] = {8};
    }
    shapes["visual_projection.weight"] = {4, 8};
    writePart(folder, "image_encoder", kImageEncoder, randomTensors(shapes, 62));
    const ModelExtras extras = loadExtras(place, hash);
    CHECK(c, extras.imageEncoder && extras.imageEncoder->encode(at::zeros({1, 3, 8, 8})).size(1) == 5);
    config.imageDim = 9;
    CHECK(c, contains(verdict([&] { (void)loadExtras(place, hash); }), "image_dim"));
}

/// A preview is not worth a model: a file that does not fit is named and left alone.
void checkTinyDecoder(Checks& c) {
    const TemporaryFolder folder;
    ModelCard card;
    card.folder = folder.path();
    const TransformerConfig config = transformerConfig();
    const VaeConfig vae = vaeConfig();
    ContentHash hash;
    writeFile(folder.file("taew2_1.safetensors"), "not a file of weights");
    const ModelExtras extras = loadExtras({card, config, vae, referenceDevice()}, hash);
    CHECK(c, !extras.tinyDecoder && extras.problems.size() == 1 && contains(extras.problems.front(), "taew2_1"));
    CHECK_EQUAL(c, hash.hex(), ContentHash().hex());
}

} // namespace

void extrasCases(Checks& checks) {
    checks.run("extras: a second transformer", checkSecondTransformer);
    checks.run("extras: an image encoder", checkImageEncoder);
    checks.run("extras: a tiny decoder that does not fit", checkTinyDecoder);
}
