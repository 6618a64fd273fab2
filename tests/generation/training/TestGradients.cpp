// Every trained part against finite differences in float64, and our backward loops against libtorch's.
#include "generation/model/TextEncoder.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/VideoVae.h"
#include "generation/nn/Attention.h"
#include "generation/nn/Elementwise.h"
#include "generation/nn/Norms.h"
#include "generation/nn/RotaryEmbedding.h"
#include "tests/generation/model/Networks.h"
#include "tests/generation/training/Cases.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <vector>

using namespace generation;
using namespace generation::test;

namespace {

using Parameters = std::map<std::string, at::Tensor>;

Device doubleDevice() {
    Device device = referenceDevice();
    device.compute = at::kDouble;
    return device;
}

/// The tensors of a fixture's network as leaves. Gains and tables that the fixture has as constants are moved a little.
Parameters parametersOf(const Safetensors& file, at::ScalarType type) {
    const WeightSource source = WeightSource::openFile(file.path()).under("w.");
    Parameters parameters;
    at::manual_seed(11);
    for (const std::string& name : source.names()) {
        const at::Tensor stored = source.tensor(name).to(type);
        parameters[name] = (stored + at::randn_like(stored) * 0.05).requires_grad_(true);
    }
    return parameters;
}

template <class Network, class Parse>
Network build(const Parameters& parameters, const Safetensors& file, const Parse& parse, const Device& device) {
    const WeightSource source = WeightSource::ofTensors(parameters, "memory");
    WeightReader reader(source, device);
    const nlohmann::json json = nlohmann::json::parse(file.metadata("config"));
    Network made(parse(json, file.path()), reader);
    reader.finish();
    return made;
}

/// A fixed random combination of a tensor's values.
at::Tensor summary(const at::Tensor& values) {
    at::manual_seed(3);
    // Drawn in float64 and rounded: the same numbers for every type.
    return (values * at::randn(values.sizes(), at::kDouble).to(values.scalar_type())).sum();
}

/// Moves each parameter along a random direction and compares the slope of `loss` with what autograd says.
void checkSlopes(Checks& checks, Parameters& parameters, const std::function<at::Tensor()>& loss) {
    for (auto& [name, tensor] : parameters) {
        tensor.mutable_grad() = at::Tensor();
    }
    loss().backward();
    for (auto& [name, tensor] : parameters) {
        if (!tensor.grad().defined()) {
            checks.failed(name.c_str(), 0, "no gradient");
            continue;
        }
        at::manual_seed(5);
        const at::Tensor direction = at::randn(tensor.sizes(), tensor.options().requires_grad(false));
        constexpr double kStep = 1e-6;
        const at::Tensor original = tensor.detach().clone();
        const auto at = [&](double step) {
            const c10::NoGradGuard quiet;
            tensor.copy_(original + direction * step);
        };
        at(kStep);
        const double above = loss().item<double>();
        at(-kStep);
        const double below = loss().item<double>();
        at(0.0);
        const double slope = (above - below) / (2.0 * kStep);
        const double expected = (tensor.grad() * direction).sum().item<double>();
        if (!(std::abs(slope - expected) <= 1e-5 * (1.0 + std::abs(slope)))) {
            checks.failed(name.c_str(), 0, "slope " + std::to_string(slope) + ", gradient " + std::to_string(expected));
        }
    }
}

void transformerSlopes(Checks& checks) {
    const Safetensors file = openFixture("wan_vace_tiny");
    Parameters parameters = parametersOf(file, at::kDouble);
    const TransformerConfig config =
        parseTransformerConfig(nlohmann::json::parse(file.metadata("config")), file.path());
    at::manual_seed(1);
    const at::TensorOptions options = at::TensorOptions(at::kDouble);
    parameters["latents"] = at::randn({2, config.inChannels, 2, 4, 4}, options).requires_grad_(true);
    parameters["text"] = at::randn({2, 5, config.textDim}, options).requires_grad_(true);
    parameters["control"] = at::randn({2, config.vaceInChannels, 2, 4, 4}, options).requires_grad_(true);
    const at::Tensor timestep = at::tensor({250.0, 700.0});
    checkSlopes(checks, parameters, [&] {
        const auto network = build<VideoTransformer>(parameters, file, parseTransformerConfig, doubleDevice());
        const PreparedText text = network.prepareText(parameters.at("text"));
        const PreparedControl control = network.prepareControl(parameters.at("control"));
        return summary(network.forward(
            {.latents = parameters.at("latents"), .timestep = timestep, .text = &text, .control = &control}));
    });
}

void textEncoderSlopes(Checks& checks) {
    const Safetensors file = openFixture("umt5_tiny");
    Parameters parameters = parametersOf(file, at::kDouble);
    const at::Tensor ids = at::tensor({3, 9, 4, 1, 0, 0, 7, 1}, at::kLong).view({2, 4});
    const at::Tensor mask = at::tensor({1, 1, 1, 1, 0, 0, 1, 1}, at::kLong).view({2, 4});
    checkSlopes(checks, parameters, [&] {
        return summary(
            build<TextEncoder>(parameters, file, parseTextEncoderConfig, doubleDevice()).encodeMasked(ids, mask));
    });
}

/// Encoder and decoder over a whole clip of nine frames.
void autoencoderSlopes(Checks& checks, const char* fixture) {
    const Safetensors file = openFixture(fixture);
    Parameters parameters = parametersOf(file, at::kDouble);
    const VaeConfig config = parseVaeConfig(nlohmann::json::parse(file.metadata("config")), file.path());
    const std::int64_t size = config.spatialFactor();
    at::manual_seed(2);
    parameters["video"] = at::randn({2, config.inChannels / (config.patch * config.patch), 9, size, size}, at::kDouble)
                              .mul(0.5)
                              .requires_grad_(true);
    checkSlopes(checks, parameters, [&] {
        const auto network = build<VideoVae>(parameters, file, parseVaeConfig, doubleDevice());
        const LatentDistribution latent = network.encodeWhole(parameters.at("video"));
        return summary(network.decodeWhole(network.normalise(latent.mean))) + summary(latent.logVariance);
    });
}

/// Whole clips give what group by group gives, for every clip of a batch.
void wholeClipIsStreaming(Checks& checks, const char* fixture) {
    const Safetensors file = openFixture(fixture);
    const auto network = fixtureNetworkOf<VideoVae>(file, parseVaeConfig);
    const std::int64_t size = 2 * network.config().spatialFactor();
    const std::int64_t colours = network.config().inChannels / (network.config().patch * network.config().patch);
    for (const std::int64_t frames : {1, 5, 13, 25}) {
        at::manual_seed(4);
        const at::Tensor video = at::rand({2, colours, frames, size, size}) * 2.0 - 1.0;
        const LatentDistribution whole = network.encodeWhole(video);
        const LatentDistribution streamed = network.encodeDistribution(video);
        CHECK(checks, distance(whole.mean, streamed.mean) < 1e-4);
        CHECK(checks, distance(whole.logVariance, streamed.logVariance) < 1e-4);
        const at::Tensor latents = network.normalise(streamed.mean);
        CHECK(checks, distance(network.decodeWhole(latents).clamp(-1.0, 1.0), network.decode(latents)) < 1e-4);
    }
}

/// body's gradients with our loops in float32 against those of libtorch's operations in float64.
void checkLoops(Checks& checks, const char* name, const std::vector<at::Tensor>& inputs,
                const std::function<at::Tensor(const std::vector<at::Tensor>&)>& body) {
    const auto gradients = [&](at::ScalarType type) {
        std::vector<at::Tensor> leaves;
        for (const at::Tensor& input : inputs) {
            leaves.push_back(input.to(type).clone().requires_grad_(true));
        }
        summary(body(leaves)).backward();
        return leaves;
    };
    const std::vector<at::Tensor> ours = gradients(at::kFloat);
    const std::vector<at::Tensor> reference = gradients(at::kDouble);
    for (std::size_t i = 0; i < ours.size(); ++i) {
        const double error = distance(ours[i].grad(), reference[i].grad());
        const double size = reference[i].grad().abs().max().item<double>();
        if (!(error <= 2e-4 * (1.0 + size))) {
            checks.failed(name, 0, "input " + std::to_string(i) + " is off by " + std::to_string(error));
        }
    }
}

} // namespace

void gradientCases(Checks& checks) {
    checks.run("transformer: slopes", transformerSlopes);
    checks.run("text encoder: slopes", textEncoderSlopes);
    checks.run("autoencoder of 2.1: slopes", [](Checks& c) { autoencoderSlopes(c, "vae21_tiny"); });
    checks.run("autoencoder of 2.2: slopes", [](Checks& c) { autoencoderSlopes(c, "vae22_tiny"); });
    checks.run("whole clips of 2.1", [](Checks& c) { wholeClipIsStreaming(c, "vae21_tiny"); });
    checks.run("whole clips of 2.2", [](Checks& c) { wholeClipIsStreaming(c, "vae22_tiny"); });
    checks.run("backward loops", [](Checks& c) {
        at::manual_seed(8);
        const auto out = [](const at::Tensor& x) { return x.scalar_type(); };
        const at::Tensor x = at::randn({3, 6, 40});
        const std::vector<at::Tensor> groups{x, at::randn({3, 2, 40}), at::randn({3, 2, 40})};
        const std::vector<at::Tensor> shared{x, at::randn({40}), at::randn({40})};
        const auto norm = [&](const std::vector<at::Tensor>& in) {
            return layerNorm(in[0], {in[1], in[2]}, 1e-6, out(in[0]));
        };
        checkLoops(c, "layerNorm with groups", groups, norm);
        checkLoops(c, "layerNorm", shared, norm);
        checkLoops(c, "layerNorm alone", {x},
                   [&](const std::vector<at::Tensor>& in) { return layerNorm(in[0], {}, 1e-6, out(in[0])); });
        checkLoops(c, "addGated", {x, at::randn({3, 6, 40}), at::randn({1, 1, 40})}, [](const auto& in) {
            at::Tensor sum = in[0];
            addGated(sum, in[1], in[2]);
            return sum;
        });
        checkLoops(c, "gelu", {x * 3.0}, [](const auto& in) {
            at::Tensor y = in[0];
            geluTanhInPlace(y);
            return y;
        });
        const RotaryTable table = rotaryTable(20, 1, 2, 3);
        checkLoops(c, "headNorm", {at::randn({3, 6, 120}), at::randn({40})},
                   [&](const auto& in) { return headNorm(in[0].narrow(2, 40, 40), {in[1], 2, 1e-6}, &table); });
        checkLoops(c, "headNorm without a table", {x, at::randn({40})},
                   [&](const auto& in) { return headNorm(in[0], {in[1], 2, 1e-6}, nullptr); });
        checkLoops(c, "channelNorm", {at::randn({2, 5, 4, 40}), at::randn({40})},
                   [](const auto& in) { return channelNorm(in[0], in[1], Activation::Silu); });
        checkLoops(c, "attention", {at::randn({2, 3, 5, 8}), at::randn({2, 3, 7, 8}), at::randn({2, 3, 7, 8})},
                   [](const auto& in) { return attention(in[0], in[1], in[2], 0.3); });
        checkLoops(c, "attention with a mask",
                   {at::randn({2, 3, 5, 8}), at::randn({1, 3, 7, 8}), at::randn({1, 3, 7, 8}), at::randn({1, 3, 5, 7})},
                   [](const auto& in) { return attention(in[0], in[1], in[2], 0.3, in[3]); });
    });
}
