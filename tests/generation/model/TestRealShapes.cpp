// The published models by their config.json alone: a file with exactly the tensors that the specification lists must
// build, with nothing missing and nothing over. The data is a hole in the file and is never read.

#include "generation/model/TextEncoder.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/VideoVae.h"
#include "generation/weights/WeightSource.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/Shapes.h"

#include <nlohmann/json.hpp>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;
using Json = nlohmann::json;

namespace {

Device nowhere() {
    Device device = referenceDevice();
    device.where = at::Device(at::kMeta);
    return device;
}

/// Builds the network on the meta device from a file of these shapes; empty, or what did not fit.
template <class Network, class Config>
std::string buildVerdict(const Config& config, const ShapeList& shapes) {
    const TemporaryFolder folder;
    const std::string path = folder.file("model.safetensors");
    writeSparseFile(path, shapes);
    const WeightSource source = WeightSource::openFile(path);
    WeightReader reader(source, nowhere());
    try {
        const Network network(config, reader);
        const LoadReport report = reader.finish();
        return report.extra.empty() ? "" : "extra: " + report.extra.front();
    } catch (const WeightsError& error) {
        return error.what();
    }
}

template <class Network, class Config>
void expectBuilds(Checks& c, const std::string& what, const Config& config, const ShapeList& shapes) {
    const std::string verdict = buildVerdict<Network>(config, shapes);
    if (!verdict.empty()) {
        c.failed(what.c_str(), 0, verdict);
    }
    // One tensor less is noticed, and so is one more.
    ShapeList less = shapes;
    less.erase(less.begin());
    CHECK(c, buildVerdict<Network>(config, less).find("missing: " + shapes.begin()->first) != std::string::npos);
    ShapeList more = shapes;
    more["blocks.0.surprise"] = {3};
    CHECK_EQUAL(c, buildVerdict<Network>(config, more), "extra: blocks.0.surprise");
}

constexpr const char* kT2v14b = R"({"_class_name":"WanTransformer3DModel","num_attention_heads":40,
    "attention_head_dim":128,"ffn_dim":13824,"num_layers":40,"in_channels":16,"out_channels":16,"patch_size":[1,2,2],
    "text_dim":4096,"freq_dim":256,"cross_attn_norm":true,"qk_norm":"rms_norm_across_heads","eps":1e-6,
    "rope_max_seq_len":1024,"added_kv_proj_dim":null,"image_dim":null,"pos_embed_seq_len":null})";

std::string with(const char* json, const Json& changes) {
    Json config = Json::parse(json);
    config.update(changes);
    return config.dump();
}

void checkTransformers(Checks& c) {
    const Json small{{"num_attention_heads", 12}, {"ffn_dim", 8960}, {"num_layers", 30}};
    const Json imageBranch{{"in_channels", 36}, {"image_dim", 1280}, {"added_kv_proj_dim", 5120}};
    std::vector<int> everySecond;
    for (int i = 0; i < 30; i += 2) {
        everySecond.push_back(i);
    }
    Json vaceSmall = small;
    vaceSmall.update({{"vace_layers", everySecond}, {"vace_in_channels", 96}});
    Json lastFrame = imageBranch;
    lastFrame["pos_embed_seq_len"] = 514;
    const Json vaceLarge{{"vace_layers", {0, 5, 10, 15, 20, 25, 30, 35}}, {"vace_in_channels", 96}};
    const Json ti2v{
        {"num_attention_heads", 24}, {"ffn_dim", 14336}, {"num_layers", 30}, {"in_channels", 48}, {"out_channels", 48}};
    struct Row {
        const char* name;
        Json changes;
        std::size_t tensors;
        std::int64_t parameters;
    };
    const std::vector<Row> rows{
        {"T2V-1.3B", small, 825, 1'418'996'800}, {"VACE-1.3B", vaceSmall, 1264, 2'153'972'032},
        {"TI2V-5B", ti2v, 825, 4'999'787'712},   {"T2V-14B and T2V-A14B", Json::object(), 1095, 14'288'491'584},
        {"VACE-14B", vaceLarge, 1331, 0},        {"I2V-14B", imageBranch, 1303, 0},
        {"FLF2V-14B", lastFrame, 1304, 0},       {"I2V-A14B", {{"in_channels", 36}}, 1095, 0},
    };
    for (const Row& row : rows) {
        const TransformerConfig config = parseTransformerConfig(Json::parse(with(kT2v14b, row.changes)), row.name);
        const ShapeList shapes = transformerShapes(config);
        std::printf("       %-22s %zu tensors, %lld parameters\n", row.name, shapes.size(),
                    static_cast<long long>(countParameters(shapes)));
        CHECK_EQUAL(c, shapes.size(), row.tensors);
        CHECK(c, row.parameters == 0 || countParameters(shapes) == row.parameters);
        expectBuilds<VideoTransformer>(c, row.name, config, shapes);
    }
}

void checkAutoencoders(Checks& c) {
    const Json plain = Json::parse(R"({"_class_name":"AutoencoderKLWan","base_dim":96,"z_dim":16,"dim_mult":[1,2,4,4],
        "num_res_blocks":2,"attn_scales":[],"temperal_downsample":[false,true,true],"dropout":0.0})");
    const ShapeList plainShapes = readShapeList(std::string(FIXTURES_DIR) + "/tensor-lists/vae21.txt");
    CHECK(c, plainShapes.size() == 194 && countParameters(plainShapes) == 126'892'531);
    expectBuilds<VideoVae>(c, "VAE 2.1", parseVaeConfig(plain, "VAE 2.1"), plainShapes);

    Json residual = Json::parse(R"({"_class_name":"AutoencoderKLWan","base_dim":160,"decoder_base_dim":256,"z_dim":48,
        "dim_mult":[1,2,4,4],"num_res_blocks":2,"temperal_downsample":[false,true,true],"is_residual":true,
        "in_channels":12,"out_channels":12,"patch_size":2,"scale_factor_spatial":16,"scale_factor_temporal":4,
        "clip_output":false})");
    residual["latents_mean"] = std::vector<double>(48, 0.0);
    residual["latents_std"] = std::vector<double>(48, 1.0);
    const VaeConfig config = parseVaeConfig(residual, "VAE 2.2");
    const ShapeList residualShapes = readShapeList(std::string(FIXTURES_DIR) + "/tensor-lists/vae22.txt");
    CHECK(c, residualShapes.size() == 196 && countParameters(residualShapes) == 704'688'668);
    expectBuilds<VideoVae>(c, "VAE 2.2", config, residualShapes);
    CHECK(c, config.spatialFactor() == 16 && config.temporalFactor() == 4);
}

void checkTextEncoder(Checks& c) {
    const Json json = Json::parse(R"({"architectures":["UMT5EncoderModel"],"d_model":4096,"d_kv":64,"num_heads":64,
        "d_ff":10240,"num_layers":24,"relative_attention_num_buckets":32,"relative_attention_max_distance":128,
        "feed_forward_proj":"gated-gelu","layer_norm_epsilon":1e-6,"vocab_size":256384})");
    const TextEncoderConfig config = parseTextEncoderConfig(json, "UMT5-XXL");
    const ShapeList shapes = textEncoderShapes(config);
    CHECK(c, shapes.size() == 242 && countParameters(shapes) == 5'680'910'336);
    expectBuilds<TextEncoder>(c, "UMT5-XXL", config, shapes);
}

} // namespace

void realShapeCases(Checks& checks) {
    checks.run("published transformers have the specification's tensors", checkTransformers);
    checks.run("published autoencoders have the specification's tensors", checkAutoencoders);
    checks.run("the published text encoder has the specification's tensors", checkTextEncoder);
}
