// What the fixtures do not show: batches, streaming, precision, abandoning. With the weights of the fixtures and of the
// starter.

#include "generation/model/Experts.h"
#include "generation/model/VaeParts.h"
#include "generation/weights/WeightSource.h"
#include "tests/generation/model/OpenedModel.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdlib>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using generation::test::Checks;
using generation::test::OpenedModel;

namespace {

constexpr double kTolerance = 2e-5;

double distance(const at::Tensor& a, const at::Tensor& b) {
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : 1e9;
}

double relativeDistance(const at::Tensor& a, const at::Tensor& b) {
    return a.sizes() == b.sizes() ? ((a - b).norm() / b.norm()).item<double>() : 1e9;
}

Safetensors fixture(const std::string& name) {
    return Safetensors::open(std::string(FIXTURES_DIR) + "/engine/" + name + ".safetensors");
}

template <class Network, class Parse>
Network network(const Safetensors& file, const Parse& parse, const Device& device = referenceDevice()) {
    const nlohmann::json json = nlohmann::json::parse(file.metadata("config"));
    const WeightSource source = WeightSource::openFile(file.path()).under("w.");
    WeightReader reader(source, device);
    Network made(parse(json, file.path()), reader);
    reader.finish();
    return made;
}

std::string starterFolder() {
    const char* resources = std::getenv("FANTASCOPE_RESOURCES");
    return (resources ? std::string(resources) : std::string(SOURCE_ROOT) + "/resources") + "/models/starter";
}

void checkGuidanceBatch(Checks& c) {
    const Safetensors file = fixture("wan_vace_tiny");
    const auto transformer = network<VideoTransformer>(file, parseTransformerConfig);
    const at::Tensor text = file.tensor("in.text");
    const at::Tensor other = text.flip({2}).contiguous();
    const PreparedControl control = transformer.prepareControl(file.tensor("in.control"));
    const auto run = [&](const at::Tensor& prompts, const PreparedControl* with) {
        const PreparedText prepared = transformer.prepareText(prompts);
        return transformer.forward(
            {.latents = file.tensor("in.x"), .timestep = file.tensor("in.t"), .text = &prepared, .control = with});
    };
    for (const PreparedControl* with : {static_cast<const PreparedControl*>(nullptr), &control}) {
        const at::Tensor both = run(at::cat({text, other}, 0), with);
        CHECK(c, distance(both, at::cat({run(text, with), run(other, with)}, 0)) <= kTolerance);
        CHECK(c, distance(both.slice(0, 0, 1), both.slice(0, 1, 2)) > 1e-3);
    }
    // Scales of zero are a branch that is off.
    const PreparedControl silent = transformer.prepareControl(file.tensor("in.control"), {0.0, 0.0});
    CHECK(c, distance(run(text, &silent), run(text, nullptr)) <= kTolerance);
    CHECK(c, distance(run(text, &control), run(text, nullptr)) > 1e-3);
    CHECK_THROWS(c, transformer.prepareControl(file.tensor("in.control"), {1.0}), std::invalid_argument);
    CHECK_THROWS(c, transformer.prepareControl(file.tensor("in.x")), std::invalid_argument);
}

void checkTokenTimes(Checks& c) {
    const Safetensors file = fixture("wan_ti2v_tiny");
    const auto transformer = network<VideoTransformer>(file, parseTransformerConfig);
    const PreparedText text = transformer.prepareText(file.tensor("in.text"));
    const auto run = [&](const at::Tensor& timestep) {
        return transformer.forward({.latents = file.tensor("in.x"), .timestep = timestep, .text = &text});
    };
    const at::Tensor times = file.tensor("in.t");
    // One time for all tokens is the same as one time.
    CHECK(c, distance(run(at::full_like(times, 321.0)), run(at::full({1}, 321.0))) <= kTolerance);
    // Times that differ within a frame: each token then has its own, and the fixture's are a special case of that.
    at::Tensor odd = times.clone();
    odd.select(1, odd.size(1) - 1).fill_(odd.max().item<double>() + 1e-3);
    CHECK(c, distance(run(odd), file.tensor("out")) <= 1e-3);
    odd.select(1, odd.size(1) - 1).fill_(0.0);
    CHECK(c, distance(run(odd), file.tensor("out")) > 1e-3);
}

void checkShapes(Checks& c) {
    const Safetensors file = fixture("wan_t2v_tiny");
    const auto transformer = network<VideoTransformer>(file, parseTransformerConfig);
    const PreparedText text = transformer.prepareText(file.tensor("in.text"));
    const auto run = [&](at::IntArrayRef shape) {
        return transformer.forward({.latents = at::zeros(shape), .timestep = at::zeros({1}), .text = &text});
    };
    CHECK_EQUAL(c, run({1, 16, 1, 2, 2}).numel(), 64);
    CHECK_THROWS(c, run({1, 15, 3, 4, 6}), std::invalid_argument);
    CHECK_THROWS(c, run({1, 16, 3, 5, 6}), std::invalid_argument);
    CHECK_THROWS(c, run({16, 3, 4, 6}), std::invalid_argument);
    CHECK_THROWS(c, run({1, 16, 33, 2, 2}), std::invalid_argument); // more positions than rope_max_seq_len
    const Safetensors vaeFile = fixture("vae22_tiny");
    const auto vae = network<VideoVae>(vaeFile, parseVaeConfig);
    CHECK_THROWS(c, vae.encode(at::zeros({1, 3, 1, 32, 40})), std::invalid_argument);
    CHECK_THROWS(c, vae.encode(at::zeros({1, 4, 1, 32, 32})), std::invalid_argument);
    CHECK_THROWS(c, vae.decode(at::zeros({1, 16, 1, 2, 2})), std::invalid_argument);
    const auto encoder = network<TextEncoder>(fixture("umt5_tiny"), parseTextEncoderConfig);
    CHECK_THROWS(c, encoder.encode({99}, 8), std::invalid_argument);
    CHECK_THROWS(c, encoder.encode({-1}, 8), std::invalid_argument);
    CHECK_THROWS(c, encoder.encode({1, 1, 1}, 2), std::invalid_argument);
    CHECK_EQUAL(c, encoder.encode({}, 4).abs().max().item<double>(), 0.0);
}

void checkStreaming(Checks& c) {
    for (const char* name : {"vae21_tiny", "vae22_tiny"}) {
        const Safetensors file = fixture(name);
        const auto vae = network<VideoVae>(file, parseVaeConfig);
        const at::Tensor one = file.tensor("in.latent");
        const at::Tensor latents = at::cat({one, one.flip({2})}, 0);
        std::vector<std::int64_t> counts;
        std::vector<at::Tensor> groups;
        vae.decode(latents, [&](const at::Tensor& frames) {
            counts.push_back(frames.size(2));
            groups.push_back(frames);
        });
        CHECK(c, counts == (std::vector<std::int64_t>{1, 4, 4, 4}));
        const at::Tensor whole = vae.decode(latents);
        CHECK(c, distance(at::cat(groups, 2), whole) == 0.0);
        CHECK(c, distance(whole.slice(0, 0, 1), vae.decode(one)) <= kTolerance);
        // The past does not depend on the future.
        CHECK(c, distance(vae.decode(one.slice(2, 0, 2)), vae.decode(one).slice(2, 0, 5)) <= kTolerance);
        const at::Tensor video = file.tensor("in.video");
        CHECK(c, distance(vae.encode(video.slice(2, 0, 5)), vae.encode(video).slice(2, 0, 2)) <= kTolerance);
        CHECK(c, distance(vae.encode(video.slice(2, 0, 7)), vae.encode(video.slice(2, 0, 5))) <=
                     kTolerance); // 5 to 7: not a group
        CHECK(c, distance(vae.normalise(vae.denormalise(one)), one) <= kTolerance);
    }
}

void checkAbandoning(Checks& c) {
    const Safetensors file = fixture("vae22_tiny");
    const auto vae = network<VideoVae>(file, parseVaeConfig);
    int calls = 0;
    int frames = 0;
    const Checkpoint third = [&] {
        if (++calls == 3) {
            throw Cancelled();
        }
    };
    CHECK_THROWS(c,
                 (vae.decode(
                      file.tensor("in.latent"),
                      [&](const at::Tensor& group) { frames += static_cast<int>(group.size(2)); }, third),
                  0),
                 Cancelled);
    CHECK_EQUAL(c, frames, 5);
    calls = 0;
    CHECK_THROWS(c, vae.encode(file.tensor("in.video"), third), Cancelled);

    const Safetensors transformerFile = fixture("wan_vace_tiny");
    const auto transformer = network<VideoTransformer>(transformerFile, parseTransformerConfig);
    const PreparedText text = transformer.prepareText(transformerFile.tensor("in.text"));
    const PreparedControl control = transformer.prepareControl(transformerFile.tensor("in.control"));
    TransformerInput input{.latents = transformerFile.tensor("in.x"),
                           .timestep = transformerFile.tensor("in.t"),
                           .text = &text,
                           .control = &control,
                           .checkpoint = third};
    calls = 0;
    CHECK_THROWS(c, transformer.forward(input), Cancelled);
    input.checkpoint = {};
    CHECK(c, distance(transformer.forward(input), transformerFile.tensor("out_scale1")) <=
                 kTolerance); // nothing was left behind
}

/// The starter in bfloat16 stays near the starter in float32.
void checkHalfPrecision(Checks& c) {
    constexpr double kHalfTolerance = 1.5e-2;
    Device half = referenceDevice();
    half.compute = at::kBFloat16;
    const OpenedModel exact(starterFolder());
    const OpenedModel rough(starterFolder(), half);
    const std::vector<std::int64_t> ids{30, 40, 50, 60, 1};
    const at::Tensor text = exact.textEncoder.encode(ids, 48);
    CHECK(c, relativeDistance(rough.textEncoder.encode(ids, 48), text) < kHalfTolerance);
    at::manual_seed(1);
    const at::Tensor latents = at::randn({1, 48, 3, 4, 6});
    const at::Tensor controlInput = at::randn({1, 352, 3, 4, 6});
    const auto velocity = [&](const OpenedModel& model) {
        const PreparedText prepared = model.transformer.prepareText(text);
        const PreparedControl control = model.transformer.prepareControl(controlInput);
        return model.transformer.forward(
            {.latents = latents, .timestep = at::full({1}, 700.0), .text = &prepared, .control = &control});
    };
    CHECK(c, relativeDistance(velocity(rough), velocity(exact)) < kHalfTolerance);
    const at::Tensor video = at::randn({1, 3, 5, 32, 64}).clamp(-1.0, 1.0);
    CHECK(c, relativeDistance(rough.vae.encode(video), exact.vae.encode(video)) < 2 * kHalfTolerance);
    CHECK(c, relativeDistance(rough.vae.decode(latents), exact.vae.decode(latents)) < 2 * kHalfTolerance);
}

/// In one pass as in steps: with runs inside a pixel's cell, over several channels, and where frames are missing.
void checkLevelShortcuts(Checks& c) {
    for (const auto& [in, out, time] : {std::array{4, 8, 1}, {4, 8, 2}, {8, 4, 2}, {6, 6, 1}}) {
        for (const std::int64_t frames : {1, 2, 4}) {
            const VaeScale scale{time, 2};
            const at::Tensor large = at::randn({frames, 4, 6, in});
            const at::Tensor means = averageDown(large, out, scale);
            at::Tensor y = at::randn(means.sizes());
            at::Tensor expected = y + means;
            addAverageDown(y, large, scale);
            CHECK(c, distance(y, expected) < kTolerance);
            const at::Tensor small = at::randn({frames, 4, 6, out});
            const at::Tensor copies = duplicateUp(small, in, scale, frames == 1);
            y = at::randn(copies.sizes());
            expected = y + copies;
            addDuplicateUp(y, small, scale, frames == 1);
            CHECK(c, distance(y, expected) < kTolerance);
        }
    }
}

/// Wan 2.2 A14B: the boundary itself is the first one's (diffusers: t >= boundary_ratio * 1000).
void checkExperts(Checks& c) {
    const Experts two{0.875};
    CHECK(c, two.areTwo() && two.at(999.0) == 0 && two.at(875.0) == 0 && two.at(874.9) == 1 && two.at(0.0) == 1);
    const Experts one;
    CHECK(c, !one.areTwo() && one.at(999.0) == 0 && one.at(0.0) == 0);
}

} // namespace

void networkCases(Checks& checks) {
    checks.run("prompts in a batch are as alone", checkGuidanceBatch);
    checks.run("a timestep for each token", checkTokenTimes);
    checks.run("shapes that do not fit are refused", checkShapes);
    checks.run("frames come group by group", checkStreaming);
    checks.run("a checkpoint abandons the work", checkAbandoning);
    checks.run("half precision stays near", checkHalfPrecision);
    checks.run("two experts share the timesteps", checkExperts);
    checks.run("shortcuts around levels", checkLevelShortcuts);
}
