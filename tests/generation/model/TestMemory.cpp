// What the networks are said to need against what they take of libtorch's allocator.

#include "generation/model/MemoryEstimate.h"
#include "generation/model/TextEncoder.h"
#include "generation/model/VideoTransformer.h"
#include "tests/generation/TensorMeter.h"
#include "tests/generation/model/Networks.h"
#include "tests/generation/model/Shapes.h"

#include <optional>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;

namespace {

void expectNear(Checks& c, const std::string& what, std::int64_t estimate, std::int64_t measured) {
    constexpr double kTolerance = 0.1;
    const double ratio = static_cast<double>(estimate) / static_cast<double>(measured);
    std::printf("       %-44s %9lld KB, estimate %+.1f %%\n", what.c_str(), static_cast<long long>(measured >> 10),
                100.0 * (ratio - 1.0));
    if (!(std::abs(ratio - 1.0) <= kTolerance)) {
        c.failed(what.c_str(), 0, "the estimate is " + std::to_string(ratio) + " times what is taken");
    }
}

Device deviceOf(at::ScalarType compute) {
    Device device = referenceDevice();
    device.compute = compute;
    return device;
}

const char* nameOf(at::ScalarType compute) {
    return compute == at::kFloat ? "fp32" : "bf16";
}

TransformerConfig transformerConfig(bool hasControl) {
    TransformerConfig config;
    config.heads = 4;
    config.headDim = 48;
    config.inChannels = config.outChannels = 16;
    config.textDim = 64;
    config.freqDim = 64;
    config.ffnDim = 768;
    config.layers = 3;
    if (hasControl) {
        config.vaceLayers = {0, 2};
        config.vaceInChannels = 96;
    }
    return config;
}

void checkTransformer(Checks& c) {
    for (const bool hasControl : {false, true}) {
        const TransformerConfig config = transformerConfig(hasControl);
        const RandomWeights weights(transformerShapes(config), 51);
        const MemoryTraits traits = memoryTraits(referenceDevice());
        std::optional<VideoTransformer> transformer;
        const auto loaded = TensorMeter::measure(
            [&] { transformer.emplace(weights.build<VideoTransformer>(config, referenceDevice())); });
        expectNear(c, "transformer weights", transformerWeightBytes(config, traits, WeightResidency::Resident),
                   loaded.left);
        // Few tokens, then so many that scores and the feed-forward are made in parts.
        for (const std::int64_t side : {24, 96}) {
            for (const std::int64_t prompts : {1, 2}) {
                const StepSize size{.frames = 2,
                                    .height = side,
                                    .width = side,
                                    .prompts = prompts,
                                    .textTokens = 96,
                                    .hasControl = hasControl};
                const at::Tensor latents = at::randn({1, 16, 2, side, side});
                PreparedText text;
                PreparedControl control;
                const auto prepared = TensorMeter::measure([&] {
                    text = transformer->prepareText(at::randn({prompts, 96, 64}));
                    if (hasControl) {
                        control = transformer->prepareControl(at::randn({1, 96, 2, side, side}));
                    }
                });
                const std::string what = std::to_string(side) + "^2 latents, " + std::to_string(prompts) +
                                         (hasControl ? " prompts, control" : " prompts");
                expectNear(c, "prepared, " + what, preparedBytes(config, traits, size), prepared.left);
                const auto step = TensorMeter::measure([&] {
                    (void)transformer->forward({.latents = latents,
                                                .timestep = at::full({1}, 500.0),
                                                .text = &text,
                                                .control = hasControl ? &control : nullptr});
                });
                expectNear(c, "step, " + what, stepBytes(config, traits, size), step.peak);
            }
        }
    }
}

/// Two takes at once, each with two prompts.
void checkBatch(Checks& c) {
    const TransformerConfig config = transformerConfig(false);
    const RandomWeights weights(transformerShapes(config), 55);
    const auto transformer = weights.build<VideoTransformer>(config, referenceDevice());
    const at::Tensor latents = at::randn({2, 16, 2, 24, 24});
    const PreparedText text = transformer.prepareText(at::randn({2, 20, 64}));
    const TextLayout layout{{{288, 0}}, {{288, 1}}, {{288, 0}}, {{288, 1}}};
    const StepSize size{.frames = 2, .height = 24, .width = 24, .samples = 2, .prompts = 2, .textTokens = 20};
    at::Tensor velocity;
    const auto step = TensorMeter::measure([&] {
        velocity = transformer.forward(
            {.latents = latents, .timestep = at::full({1}, 500.0), .text = &text, .layout = layout});
    });
    expectNear(c, "step, two takes with two prompts", stepBytes(config, memoryTraits(referenceDevice()), size),
               step.peak);
    // Each as if alone.
    for (std::int64_t take = 0; take < 2; ++take) {
        const at::Tensor alone = transformer.forward(
            {.latents = latents.slice(0, take, take + 1), .timestep = at::full({1}, 500.0), .text = &text});
        CHECK(c, distance(velocity.slice(0, 2 * take, 2 * take + 2), alone) <= 2e-5);
    }
}

void checkStreamed(Checks& c) {
    TransformerConfig config = transformerConfig(false);
    config.layers = 8;
    const RandomWeights weights(transformerShapes(config), 52);
    const MemoryTraits traits = memoryTraits(referenceDevice());
    const StepSize size{.frames = 1, .height = 8, .width = 8, .prompts = 1, .textTokens = 8};
    const auto all = TensorMeter::measure([&] {
        const auto transformer = weights.build<VideoTransformer>(config, referenceDevice(), WeightResidency::Streamed);
        const PreparedText text = transformer.prepareText(at::randn({1, 8, 64}));
        (void)transformer.forward(
            {.latents = at::randn({1, 16, 1, 8, 8}), .timestep = at::full({1}, 500.0), .text = &text});
    });
    expectNear(c, "streamed transformer with its step",
               transformerWeightBytes(config, traits, WeightResidency::Streamed) + preparedBytes(config, traits, size) +
                   stepBytes(config, traits, size),
               all.peak);
    CHECK(c, all.peak < transformerWeightBytes(config, traits, WeightResidency::Resident) / 2);
}

void checkText(Checks& c) {
    const TextEncoderConfig config{
        .vocabulary = 300, .width = 192, .headDim = 32, .heads = 6, .ffnDim = 512, .layers = 3};
    const RandomWeights weights(textEncoderShapes(config), 53);
    for (const auto compute : {at::kFloat, at::kBFloat16}) {
        const MemoryTraits traits = memoryTraits(deviceOf(compute));
        std::optional<TextEncoder> encoder;
        const auto loaded =
            TensorMeter::measure([&] { encoder.emplace(weights.build<TextEncoder>(config, deviceOf(compute))); });
        expectNear(c, std::string("text encoder weights, ") + nameOf(compute),
                   textWeightBytes(config, traits, WeightResidency::Resident), loaded.left);
        for (const std::int64_t tokens : {60, 500}) {
            const at::Tensor ids = at::ones({1, tokens}, at::kLong);
            const auto encoded = TensorMeter::measure([&] { (void)encoder->encodeMasked(ids, ids); });
            expectNear(c, std::to_string(tokens) + " tokens of text, " + nameOf(compute),
                       textBytes(config, traits, tokens), encoded.peak);
        }
    }
}

VaeConfig vaeConfig(bool isResidual) {
    VaeConfig config;
    config.baseDim = config.decoderBaseDim = 16;
    config.isResidual = isResidual;
    if (isResidual) {
        config.decoderBaseDim = 24;
        config.latentChannels = 48;
        config.inChannels = config.outChannels = 12;
        config.patch = 2;
    }
    config.latentsMean.assign(static_cast<std::size_t>(config.latentChannels), 0.0);
    config.latentsStd.assign(static_cast<std::size_t>(config.latentChannels), 1.0);
    return config;
}

/// The names of the published lists with the small model's sizes: what a network asks for on the meta device.
ShapeList vaeShapes(const VaeConfig& config) {
    const std::string list = config.isResidual ? "vae22.txt" : "vae21.txt";
    const std::int64_t base = config.isResidual ? 160 : 96;
    const std::int64_t decoderBase = config.isResidual ? 256 : 96;
    ShapeList shapes = readShapeList(std::string(FIXTURES_DIR) + "/tensor-lists/" + list);
    for (auto& [name, shape] : shapes) {
        const bool isDecoder = name.starts_with("decoder.");
        for (std::size_t i = 0; i < std::min<std::size_t>(2, shape.size()); ++i) {
            const std::int64_t wide = isDecoder ? decoderBase : base;
            if (shape[i] >= wide && shape[i] % wide == 0) {
                shape[i] = shape[i] / wide * (isDecoder ? config.decoderBaseDim : config.baseDim);
            }
        }
    }
    return shapes;
}

void checkVae(Checks& c, bool isResidual) {
    const VaeConfig config = vaeConfig(isResidual);
    const std::string type = isResidual ? "VAE 2.2 " : "VAE 2.1 ";
    const RandomWeights weights(vaeShapes(config), 54);
    const MemoryTraits traits = memoryTraits(referenceDevice());
    std::optional<VideoVae> vae;
    const auto loaded = TensorMeter::measure([&] { vae.emplace(weights.build<VideoVae>(config, referenceDevice())); });
    expectNear(c, type + "weights", vaeWeightBytes(config, traits), loaded.left);

    const ClipSize size{4, 16, 20};
    const std::int64_t factor = config.spatialFactor();
    const at::Tensor latents = at::randn({1, config.latentChannels, size.frames, size.height, size.width});
    const at::Tensor video = at::randn({1, 3, 13, size.height * factor, size.width * factor});
    const FrameGroupSink nowhere = [](const at::Tensor&) {};
    const auto decoded = TensorMeter::measure([&] { vae->decode(latents, nowhere); });
    expectNear(c, type + "decode", vaeDecodeBytes(config, traits, size), decoded.peak);
    const auto encoded = TensorMeter::measure([&] { (void)vae->encode(video); });
    expectNear(c, type + "encode", vaeEncodeBytes(config, traits, size), encoded.peak);

    const Tiling tiling{8 * factor, 6 * factor};
    const auto tiled = TensorMeter::measure([&] { vae->decodeTiled(latents, tiling, nowhere); });
    expectNear(c, type + "decode in tiles", vaeDecodeTiledBytes(config, traits, size, tiling), tiled.peak);
    const auto tiledEncode = TensorMeter::measure([&] { (void)vae->encodeTiled(video, tiling); });
    expectNear(c, type + "encode in tiles", vaeEncodeTiledBytes(config, traits, size, tiling), tiledEncode.peak);
    CHECK(c, tiled.peak < decoded.peak / 2);
}

/// Published sizes by the arithmetic alone: engine spec 7.3.
void checkPublished(Checks& c) {
    TransformerConfig config = transformerConfig(false);
    config.heads = 12;
    config.headDim = 128;
    config.textDim = 4096;
    config.freqDim = 256;
    config.ffnDim = 8960;
    config.layers = 30;
    CHECK_EQUAL(c, transformerWeightBytes(config, {.elementBytes = 4}, WeightResidency::Resident), 1'418'996'800LL * 4);
    const TextEncoderConfig text{
        .vocabulary = 256384, .width = 4096, .headDim = 64, .heads = 64, .ffnDim = 10240, .layers = 24};
    CHECK_EQUAL(c, textWeightBytes(text, {.elementBytes = 4}, WeightResidency::Resident), 5'680'910'336LL * 4);
    CHECK(c, textWeightBytes(text, {.elementBytes = 4}, WeightResidency::Streamed) < 1'000'000'000LL);
    VaeConfig vae = vaeConfig(false);
    vae.baseDim = vae.decoderBaseDim = 96;
    CHECK_EQUAL(c, vaeWeightBytes(vae, {.elementBytes = 4}), 126'892'531LL * 4);
    vae = vaeConfig(true);
    vae.baseDim = 160;
    vae.decoderBaseDim = 256;
    CHECK_EQUAL(c, vaeWeightBytes(vae, {.elementBytes = 4}), 704'688'668LL * 4);
}

} // namespace

void memoryCases(Checks& checks) {
    checks.run("memory: transformer", checkTransformer);
    checks.run("memory: several takes", checkBatch);
    checks.run("memory: streamed transformer", checkStreamed);
    checks.run("memory: text encoder", checkText);
    checks.run("memory: autoencoder 2.1", [](Checks& c) { checkVae(c, false); });
    checks.run("memory: autoencoder 2.2", [](Checks& c) { checkVae(c, true); });
    checks.run("memory: published sizes", checkPublished);
}
