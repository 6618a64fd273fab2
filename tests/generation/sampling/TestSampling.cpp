#include "generation/sampling/EasyCache.h"
#include "generation/sampling/FirstBlockCache.h"
#include "generation/sampling/Guidance.h"
#include "generation/sampling/Noise.h"
#include "generation/sampling/Sampler.h"
#include "generation/sampling/SamplingPreset.h"
#include "generation/weights/Safetensors.h"

#include <ATen/ATen.h>

#include <cmath>

#include "tests/generation/Check.h" // last: CHECK

using namespace generation;
using generation::test::Checks;

namespace {

constexpr double kTolerance = 2e-5;

double difference(const at::Tensor& a, const at::Tensor& b) {
    return a.sizes() == b.sizes() ? (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>() : INFINITY;
}

double difference(const std::vector<double>& values, const at::Tensor& expected) {
    if (expected.numel() != static_cast<std::int64_t>(values.size())) {
        return INFINITY;
    }
    double worst = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        worst = std::max(worst, std::abs(values[i] - expected[static_cast<std::int64_t>(i)].item<double>()));
    }
    return worst;
}

struct Run {
    const char* name;
    int steps;
    double shift;
};
constexpr Run kRuns[] = {{"n1_s3", 1, 3}, {"n2_s3", 2, 3}, {"n3_s5", 3, 5}, {"n6_s5", 6, 5}, {"n20_s8", 20, 8}};

void follow(Checks& c, Sampler& sampler, const Safetensors& file, const std::string& run, const std::string& kind) {
    const std::string prefix = run + "." + kind + ".";
    CHECK(c, difference(sampler.schedule().sigmas, file.tensor(prefix + "sigmas")) < 1e-6);
    CHECK(c, difference(sampler.schedule().timesteps, file.tensor(prefix + "timesteps")) < 1e-3);
    at::Tensor x = file.tensor(run + ".x0");
    const at::Tensor velocities = file.tensor(run + ".v");
    const at::Tensor expected = file.tensor(prefix + "traj");
    for (std::int64_t i = 0; !sampler.done(); ++i) {
        x = sampler.step(x, velocities[i]);
        CHECK(c, difference(x, expected[i]) < kTolerance);
    }
}

void trajectoriesAgreeWithThePublishedCode(Checks& c) {
    const auto file = Safetensors::open(FIXTURES_DIR "/engine/schedulers.safetensors");
    for (const auto& [name, steps, shift] : kRuns) {
        EulerSampler euler(diffusersEulerSchedule(steps, shift), 0);
        follow(c, euler, file, name, "euler");
        UniPcSampler uniPc(uniPcSchedule(steps, shift), 0);
        follow(c, uniPc, file, name, "unipc");
        UniPcSampler original(originalUniPcSchedule(steps, shift), 0);
        follow(c, original, file, name, "official_unipc");
    }
}

void ourScheduleIsPlain(Checks& c) {
    const Schedule schedule = eulerSchedule(4, 2.0);
    const double expected[] = {1.0, 1.5 / 1.75, 1.0 / 1.5, 0.5 / 1.25, 0.0};
    CHECK_EQUAL(c, schedule.steps(), 4);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(c, std::abs(schedule.sigmas[i] - expected[i]) < 1e-12);
    }
    CHECK(c, std::abs(schedule.timesteps[1] - 1000.0 * expected[1]) < 1e-9);
}

at::Tensor someNoise(int step) {
    return stepNoise(5, step, {1, 2, 3});
}

/// A network that always knows the clip must end at it exactly, whatever the sampler and wherever it starts.
void exactVelocitiesEndAtTheClip(Checks& c) {
    const at::Tensor clip = at::zeros({1, 2, 3}) + 0.25;
    for (const std::string& name : samplerNames()) {
        for (const int start : {0, 3, 7}) {
            const auto sampler = makeSampler({.name = name, .steps = 8, .shift = 3.0, .noise = someNoise}, start);
            at::Tensor x = sampler->sigma() * (clip - 2.0) + (1.0 - sampler->sigma()) * clip;
            while (!sampler->done()) {
                const at::Tensor velocity = (x - clip) / sampler->sigma();
                CHECK(c, difference(clipEstimate(x, velocity, sampler->sigma()), clip) < 1e-5);
                x = sampler->step(x, velocity);
            }
            CHECK(c, difference(x, clip) < 1e-5);
            CHECK_THROWS(c, sampler->step(x, x), std::logic_error);
        }
    }
}

void nonsenseIsRefused(Checks& c) {
    CHECK(c, makeSampler({.name = "ddim", .steps = 4}) == nullptr);
    CHECK_THROWS(c, eulerSchedule(0, 1.0), std::invalid_argument);
    CHECK_THROWS(c, eulerSchedule(4, 0.0), std::invalid_argument);
    CHECK_THROWS(c, eulerSchedule(4, NAN), std::invalid_argument);
    CHECK_THROWS(c, makeSampler({.name = "euler", .steps = 4}, 5), std::invalid_argument);
}

void guidanceExtrapolates(Checks& c) {
    const at::Tensor one = at::zeros({2}) + 1.0;
    const at::Tensor three = one * 3.0;
    CHECK(c, difference(guided(three, one, 2.5), one * 6.0) < 1e-6);
    CHECK(c, difference(guided(three, one, 1.0), three) < 1e-6);
    CHECK(c, difference(guided(three, one, 0.0), one) < 1e-6);
}

/// A network of sorts: smooth, and not linear.
at::Tensor flow(const at::Tensor& x, double timestep) {
    return (x * 1.3 + timestep * 1e-3).sin();
}

void runsGoOnWithTheSameBitsFromEveryStep(Checks& c) {
    for (const std::string& name : samplerNames()) {
        const SamplerOptions options{.name = name, .steps = 7, .shift = 3.0, .timesteps = {}, .noise = someNoise};
        const auto whole = makeSampler(options);
        std::vector<RunState> states;
        at::Tensor x = seededNoise(1, {1, 2, 3});
        while (!whole->done()) {
            RunState& state = states.emplace_back();
            state.tensors["x"] = x;
            whole->save(state);
            x = whole->step(x, flow(x, whole->timestep()));
        }
        for (const RunState& state : states) {
            const auto late = makeSampler(options);
            late->restore(state);
            at::Tensor y = state.tensors.at("x");
            while (!late->done()) {
                y = late->step(y, flow(y, late->timestep()));
            }
            CHECK(c, y.equal(x));
        }
        RunState outside;
        outside.integers["sampler.index"] = 8;
        CHECK_THROWS(c, makeSampler(options)->restore(outside), std::invalid_argument);
    }
    RunState half;
    half.integers = {{"sampler.index", 2}, {"unipc.order", 2}, {"unipc.taken", 2}};
    CHECK_THROWS(c, makeSampler({.name = "unipc", .steps = 4})->restore(half), std::invalid_argument);
}

void distilledStepsRenoiseTheClip(Checks& c) {
    const SamplerOptions options{
        .name = "distilled", .steps = 0, .shift = 1.0, .timesteps = {1000.0, 757.0, 522.0}, .noise = someNoise};
    const auto sampler = makeSampler(options);
    CHECK(c, sampler->schedule().sigmas == (std::vector<double>{1.0, 0.757, 0.522, 0.0}));
    at::Tensor x = seededNoise(3, {1, 2, 3});
    for (int i = 0; !sampler->done(); ++i) {
        const double sigma = sampler->sigma();
        const double next = sampler->schedule().sigmas[static_cast<std::size_t>(i) + 1];
        const at::Tensor v = flow(x, sampler->timestep());
        const at::Tensor clip = x - sigma * v;
        const at::Tensor expected = next > 0.0 ? (1.0 - next) * clip + next * someNoise(i) : clip;
        x = sampler->step(x, v);
        CHECK(c, difference(x, expected) < 1e-6);
    }
    CHECK(c, !someNoise(0).equal(someNoise(1)) && someNoise(1).equal(someNoise(1)));
    CHECK(c, difference(at::stack({someNoise(0), someNoise(1), someNoise(2)}).mean(), at::zeros({})) < 1.0);
    for (const auto& timesteps : {std::vector<double>{}, {500.0, 500.0}, {1001.0}, {500.0, 0.0}, {NAN}}) {
        CHECK_THROWS(c, listedSchedule(timesteps), std::invalid_argument);
    }
    CHECK_THROWS(c, makeSampler({.name = "distilled", .steps = 4}), std::invalid_argument); // no noise
}

void presetsAreThePublishedOnes(Checks& c) {
    for (const SamplingPreset& preset : samplingPresets()) {
        CHECK(c, isSampler(preset.sampler) && listedSchedule(preset.timesteps).steps() >= 3 && preset.guidance == 1.0);
        CHECK(c, samplingPreset(preset.name).has_value());
    }
    // Self-Forcing's 1000, 750, 500, 250 warped by its shift of 5 are our own plain levels.
    const auto warped = samplingPreset("self-forcing");
    CHECK(c, difference(listedSchedule(warped->timesteps).sigmas,
                        at::tensor(eulerSchedule(4, warped->shift).sigmas, at::kDouble)) < 1e-12);
    CHECK(c, !samplingPreset("turbo"));
    CHECK(c, shiftForSize(3.0, 5.0, 832, 480) == 3.0 && shiftForSize(3.0, 5.0, 1280, 720) == 5.0);
    CHECK(c, shiftForSize(3.0, 5.0, 64, 64) == 3.0 && shiftForSize(3.0, 5.0, 4096, 2160) == 5.0);
    const double between = shiftForSize(3.0, 5.0, 1024, 576);
    CHECK(c, between > 3.5 && between < 4.5);
}

void zeroStarFitsTheNegative(Checks& c) {
    const at::Tensor u = seededNoise(1, {2, 3, 4});
    const at::Tensor cond = seededNoise(2, {2, 3, 4});
    const at::Tensor result = guidedZeroStar(cond, u, 5.0);
    for (std::int64_t b = 0; b < 2; ++b) {
        const double s = (cond[b] * u[b]).sum().item<double>() / (u[b].square().sum().item<double>() + 1e-8);
        CHECK(c, difference(result[b], u[b] * s + 5.0 * (cond[b] - u[b] * s)) < 1e-5);
    }
    // Where the prompt only scales the negative, nothing is left to exaggerate.
    CHECK(c, difference(guidedZeroStar(u * 1.7, u, 5.0), u * 1.7) < 1e-5);

    const Guidance guidance{.scale = 3.0, .zeroStar = true, .zeroInit = 0.04, .from = 0.25, .to = 0.75};
    CHECK(c, guidance.isStill(0, 50) && guidance.isStill(1, 50) && !guidance.isStill(2, 50));
    CHECK(c, !guidance.isStill(0, 20)); // 0.8 of a step is none
    for (int step = 0; step < 8; ++step) {
        CHECK_EQUAL(c, guidance.isGuided(step, 8), step >= 2 && step < 6);
    }
    CHECK(c, !Guidance{.scale = 1.0}.isGuided(0, 8) && Guidance{.scale = 2.0}.isGuided(7, 8));
}

/// EasyCache on its own numbers: the published rule, written out.
void easyCacheFollowsThePublishedRule(Checks& c) {
    const int steps = 40;
    const int warmUp = 8;
    EasyCache cache(0.05, warmUp);
    at::Tensor x = seededNoise(1, {1, 2, 8});
    at::Tensor previous, lastX, lastY, residual;
    double rate = -1.0;
    double sum = 0.0;
    int skipped = 0;
    for (int i = 0; i < steps; ++i) {
        const at::Tensor y = at::cat({(x * 0.9).cos(), (x * 0.8).cos()}, 0); // prompt, negative
        bool skip = i >= warmUp && i + 1 < steps && rate >= 0.0;
        if (skip) {
            sum += rate * (x - previous).abs().mean().item<double>() / lastY.abs().mean().item<double>();
            skip = sum < 0.05;
        }
        CHECK_EQUAL(c, cache.skips(x, 2, i, steps), skip);
        at::Tensor used = y;
        if (skip) {
            ++skipped;
            used = cache.reuse(x);
            CHECK(c, difference(used, x + residual) < 1e-6);
        } else {
            const at::Tensor prompt = y.narrow(0, 0, 1);
            if (lastX.defined()) {
                rate = (prompt - lastY).abs().mean().item<double>() / (x - lastX).abs().mean().item<double>();
            }
            sum = 0.0;
            lastX = x;
            lastY = prompt;
            residual = y - x;
            cache.computed(x, y);
        }
        previous = x;
        x = x - 0.01 * used.narrow(0, 0, 1);
    }
    CHECK(c, skipped > 5 && cache.skipped() == skipped);
    CHECK(c, !cache.skips(x, 3, 20, steps)); // another number of branches must be computed
}

void easyCacheGoesOnWhereItWas(Checks& c) {
    EasyCache first(0.05, 2);
    at::Tensor x = seededNoise(1, {1, 2, 8});
    const auto advance = [&](EasyCache& cache, at::Tensor& sample, int step) {
        const bool skip = cache.skips(sample, 1, step, 100);
        const at::Tensor v = skip ? cache.reuse(sample) : (sample * 0.9).cos();
        if (!skip) {
            cache.computed(sample, v);
        }
        sample = sample - 0.01 * v;
        return skip;
    };
    for (int i = 0; i < 7; ++i) {
        advance(first, x, i);
    }
    RunState state;
    first.save(state, "a.");
    EasyCache second(0.05, 2);
    second.restore(state, "a.");
    at::Tensor y = x;
    for (int i = 7; i < 40; ++i) {
        CHECK_EQUAL(c, advance(first, x, i), advance(second, y, i));
        CHECK(c, x.equal(y));
    }
}

void firstBlocksDecideForTheRest(Checks& c) {
    FirstBlockCache cache(0.1);
    const at::Tensor before = seededNoise(1, {1, 4, 6});
    const at::Tensor after = before.repeat_interleave(2, 0) + seededNoise(2, {2, 4, 6});
    CHECK(c, !cache.instead(before, after).defined());
    cache.computed(after + 3.0);
    // The first block adds 5 % more than before: the rest is taken over.
    const at::Tensor near = before + (after - before) * 1.05;
    const at::Tensor taken = cache.instead(before, near);
    CHECK(c, taken.defined() && difference(taken, near + 3.0) < 1e-5);
    CHECK(c, !cache.instead(before, before + (after - before) * 1.2).defined());
    cache.computed(after);
    CHECK_EQUAL(c, cache.skipped(), 1);
    cache.forget();
    CHECK(c, !cache.instead(before, after).defined());
    CHECK(c, !cache.instead(before, after.narrow(0, 0, 1)).defined()); // another number of branches
}

void noiseBelongsToItsSeed(Checks& c) {
    const at::Tensor batch = seededBatch({4, 9}, {1, 3, 5});
    CHECK(c, batch.narrow(0, 0, 1).equal(seededNoise(4, {1, 3, 5})));
    CHECK(c, batch.narrow(0, 1, 1).equal(seededNoise(9, {1, 3, 5})));
    CHECK(c, stepNoiseBatch({4, 9}, 2, {1, 3, 5}).narrow(0, 1, 1).equal(stepNoise(9, 2, {1, 3, 5})));
    CHECK(c, !stepNoise(4, 1, {64}).equal(stepNoise(5, 0, {64})) && !stepNoise(4, 0, {64}).equal(seededNoise(4, {64})));
}

} // namespace

int main() {
    Checks checks;
    checks.run("trajectories agree with the published code", trajectoriesAgreeWithThePublishedCode);
    checks.run("our schedule is plain", ourScheduleIsPlain);
    checks.run("exact velocities end at the clip", exactVelocitiesEndAtTheClip);
    checks.run("nonsense is refused", nonsenseIsRefused);
    checks.run("guidance extrapolates", guidanceExtrapolates);
    checks.run("runs go on with the same bits from every step", runsGoOnWithTheSameBitsFromEveryStep);
    checks.run("distilled steps renoise the clip", distilledStepsRenoiseTheClip);
    checks.run("presets are the published ones", presetsAreThePublishedOnes);
    checks.run("CFG-Zero* fits the negative", zeroStarFitsTheNegative);
    checks.run("EasyCache follows the published rule", easyCacheFollowsThePublishedRule);
    checks.run("EasyCache goes on where it was", easyCacheGoesOnWhereItWas);
    checks.run("first blocks decide for the rest", firstBlocksDecideForTheRest);
    checks.run("noise belongs to its seed", noiseBelongsToItsSeed);
    return checks.finish();
}
