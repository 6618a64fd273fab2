// Blocks that are read when their turn comes: the same numbers bit for bit, and less memory.

#include "generation/model/ImageEncoder.h"
#include "generation/model/Lora.h"
#include "generation/model/MemoryEstimate.h"
#include "generation/model/TextEncoder.h"
#include "generation/model/VideoTransformer.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/TensorMeter.h"
#include "tests/generation/model/Networks.h"
#include "tests/generation/model/Shapes.h"

#include <fstream>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;

namespace {

Device deviceOf(at::ScalarType compute) {
    Device device = referenceDevice();
    device.compute = compute;
    return device;
}

at::Tensor velocity(const VideoTransformer& transformer, const Safetensors& file) {
    const at::Tensor image = file.contains("in.image") ? file.tensor("in.image") : at::Tensor();
    const PreparedText text = transformer.prepareText(file.tensor("in.text"), image);
    PreparedControl control;
    TransformerInput input{.latents = file.tensor("in.x"), .timestep = file.tensor("in.t"), .text = &text};
    if (file.contains("in.control")) {
        control = transformer.prepareControl(file.tensor("in.control"));
        input.control = &control;
    }
    return transformer.forward(input);
}

void checkTransformers(Checks& c) {
    for (const char* name : {"wan_t2v_tiny", "wan_ti2v_tiny", "wan_vace_tiny", "wan_i2v21_tiny"}) {
        const Safetensors file = openFixture(name);
        for (const auto compute : {at::kFloat, at::kBFloat16}) {
            const WeightSource source = WeightSource::openFile(file.path()).under("w.");
            const TransformerConfig config =
                parseTransformerConfig(nlohmann::json::parse(file.metadata("config")), name);
            WeightReader reader(source, deviceOf(compute));
            WeightReader again(source, deviceOf(compute));
            const VideoTransformer resident(config, reader);
            const VideoTransformer streamed(config, again, WeightResidency::Streamed);
            CHECK(c, again.finish().extra.empty());
            CHECK_EQUAL(c, distance(velocity(streamed, file), velocity(resident, file)), 0.0);
            WeightReader third(source, deviceOf(compute));
            const VideoTransformer packed(config, third, WeightResidency::Packed);
            CHECK_EQUAL(c, distance(velocity(packed, file), velocity(resident, file)), 0.0);
        }
    }
}

/// Streamed blocks are still checked against the file when the network is made.
void checkMissing(Checks& c) {
    TransformerConfig config =
        parseTransformerConfig(nlohmann::json::parse(openFixture("wan_t2v_tiny").metadata("config")), "wan_t2v_tiny");
    const WeightSource source = WeightSource::openFile(openFixture("wan_t2v_tiny").path()).under("w.");
    ++config.layers;
    WeightReader reader(source, referenceDevice());
    const VideoTransformer streamed(config, reader, WeightResidency::Streamed);
    CHECK_THROWS(c, reader.finish(), WeightsError);
}

void checkLoras(Checks& c) {
    const Safetensors file = openFixture("lora_wan_tiny");
    const WeightSource all = WeightSource::openFile(file.path());
    auto resident = fixtureNetworkOf<VideoTransformer>(file, parseTransformerConfig);
    auto streamed = fixtureNetworkOf<VideoTransformer>(file, parseTransformerConfig, WeightResidency::Streamed);
    const at::Tensor base = velocity(resident, file);
    for (VideoTransformer* transformer : {&resident, &streamed}) {
        (void)transformer->addLora(Lora::read(all.under("musubi.")), 0.7);
        (void)transformer->addLora(Lora::read(all.under("diff.")), 0.7);
    }
    CHECK(c, distance(velocity(streamed, file), file.tensor("out.lora_plus_diff")) <= 2e-5);
    CHECK_EQUAL(c, distance(velocity(streamed, file), velocity(resident, file)), 0.0);
    resident.setLoraStrengths({0.1, -0.4});
    streamed.setLoraStrengths({0.1, -0.4});
    CHECK_EQUAL(c, distance(velocity(streamed, file), velocity(resident, file)), 0.0);
    streamed.removeLoras();
    CHECK_EQUAL(c, distance(velocity(streamed, file), base), 0.0);
}

void checkTextEncoders(Checks& c) {
    const Safetensors file = openFixture("umt5_tiny");
    const auto resident = fixtureNetworkOf<TextEncoder>(file, parseTextEncoderConfig);
    const auto streamed = fixtureNetworkOf<TextEncoder>(file, parseTextEncoderConfig, WeightResidency::Streamed);
    const at::Tensor ids = file.tensor("in.ids");
    const at::Tensor mask = file.tensor("in.mask");
    CHECK_EQUAL(c, distance(streamed.encodeMasked(ids, mask), resident.encodeMasked(ids, mask)), 0.0);
    CHECK_EQUAL(c, distance(streamed.encode({5, 5, 9, 1}, 6), resident.encode({5, 5, 9, 1}, 6)), 0.0);
    CHECK_THROWS(c, streamed.encode({99}, 8), std::invalid_argument);
    int calls = 0;
    const Checkpoint second = [&] {
        if (++calls == 2) {
            throw Cancelled();
        }
    };
    CHECK_THROWS(c, streamed.encode({5, 1}, 6, second), Cancelled);
}

/// Pages of this process, in bytes, that are in memory: its own and those of mapped files.
std::int64_t residentBytes() {
    std::ifstream stream("/proc/self/status");
    for (std::string word; stream >> word;) {
        if (word == "VmRSS:") {
            std::int64_t kibibytes = 0;
            stream >> kibibytes;
            return kibibytes << 10;
        }
    }
    return 0;
}

/// Two layers of UMT5-XXL as published: 0.8 GB in the file, 4 GB with the embedding. Zeros, but read as numbers are.
void checkLargeTextEncoder(Checks& c) {
    TextEncoderConfig config{
        .vocabulary = 256384, .width = 4096, .headDim = 64, .heads = 64, .ffnDim = 10240, .layers = 2};
    const TemporaryFolder folder;
    writeSparseFile(folder.file("model.safetensors"), textEncoderShapes(config));
    const WeightSource source = WeightSource::openFile(folder.file("model.safetensors"));
    for (const auto compute : {at::kFloat, at::kBFloat16}) {
        const std::int64_t before = residentBytes();
        const std::int64_t peak =
            TensorMeter::measure([&] {
                WeightReader reader(source, deviceOf(compute));
                const TextEncoder encoder(config, reader, WeightResidency::Streamed);
                reader.finish();
                CHECK_EQUAL(c, encoder.encode({7, 256000, 1}, 512).abs().max().item<double>(), 0.0);
            }).peak;
        const MemoryTraits traits = memoryTraits(deviceOf(compute));
        const std::int64_t expected = textWeightBytes(config, traits, WeightResidency::Streamed);
        std::printf("       %lld MB of tensors, %lld MB more resident, %lld MB expected\n",
                    static_cast<long long>(peak >> 20), static_cast<long long>((residentBytes() - before) >> 20),
                    static_cast<long long>(expected >> 20));
        CHECK(c, peak < std::int64_t{1} << 30 && residentBytes() - before < std::int64_t{1} << 28);
        // Where the file's own bytes serve, libtorch allocates less than that.
        CHECK(c, static_cast<double>(peak) < 1.1 * static_cast<double>(expected));
        CHECK(c, compute != at::kFloat || static_cast<double>(peak) > 0.9 * static_cast<double>(expected));
    }
}

void checkImageEncoders(Checks& c) {
    const ImageEncoderConfig config{.width = 12, .ffnDim = 20, .layers = 4, .heads = 3, .imageSize = 16, .patch = 4};
    ShapeList shapes;
    const std::string prefix = "vision_model.";
    shapes[prefix + "embeddings.class_embedding"] = {12};
    shapes[prefix + "embeddings.patch_embedding.weight"] = {12, 3, 4, 4};
    shapes[prefix + "embeddings.position_embedding.weight"] = {17, 12};
    shapes[prefix + "pre_layrnorm.weight"] = shapes[prefix + "pre_layrnorm.bias"] = {12};
    for (int i = 0; i < 4; ++i) {
        const std::string layer = prefix + "encoder.layers." + std::to_string(i) + ".";
        for (const char* norm : {"layer_norm1", "layer_norm2"}) {
            shapes[layer + norm + ".weight"] = shapes[layer + norm + ".bias"] = {12};
        }
        for (const char* map : {"q_proj", "k_proj", "v_proj", "out_proj"}) {
            shapes[layer + "self_attn." + map + ".weight"] = {12, 12};
            shapes[layer + "self_attn." + map + ".bias"] = {12};
        }
        shapes[layer + "mlp.fc1.weight"] = {20, 12};
        shapes[layer + "mlp.fc1.bias"] = {20};
        shapes[layer + "mlp.fc2.weight"] = {12, 20};
        shapes[layer + "mlp.fc2.bias"] = {12};
    }
    const RandomWeights weights(shapes, 31);
    const auto resident = weights.build<ImageEncoder>(config, referenceDevice());
    const auto streamed = weights.build<ImageEncoder>(config, referenceDevice(), WeightResidency::Streamed);
    const at::Tensor image = at::randn({2, 3, 16, 16});
    CHECK_EQUAL(c, distance(streamed.encode(image), resident.encode(image)), 0.0);
}

} // namespace

void streamingCases(Checks& checks) {
    checks.run("streamed transformers give the same bits", checkTransformers);
    checks.run("streamed blocks are checked at once", checkMissing);
    checks.run("streamed blocks have LoRAs", checkLoras);
    checks.run("streamed text encoders give the same bits", checkTextEncoders);
    checks.run("the largest text encoder streams in less than 1 GB", checkLargeTextEncoder);
    checks.run("streamed image encoders give the same bits", checkImageEncoders);
}
