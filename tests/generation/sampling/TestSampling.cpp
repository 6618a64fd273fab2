#include "generation/sampling/Sampler.h"
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

/// A network that always knows the clip must end at it exactly, whatever the sampler and wherever it starts.
void exactVelocitiesEndAtTheClip(Checks& c) {
    const at::Tensor clip = at::zeros({1, 2, 3}) + 0.25;
    for (const char* name : {"euler", "unipc"}) {
        for (const int start : {0, 3, 7}) {
            const auto sampler = makeSampler(name, 8, 3.0, start);
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
    CHECK(c, makeSampler("ddim", 4, 1.0) == nullptr);
    CHECK_THROWS(c, eulerSchedule(0, 1.0), std::invalid_argument);
    CHECK_THROWS(c, eulerSchedule(4, 0.0), std::invalid_argument);
    CHECK_THROWS(c, eulerSchedule(4, NAN), std::invalid_argument);
    CHECK_THROWS(c, makeSampler("euler", 4, 1.0, 5), std::invalid_argument);
}

void guidanceExtrapolates(Checks& c) {
    const at::Tensor one = at::zeros({2}) + 1.0;
    const at::Tensor three = one * 3.0;
    CHECK(c, difference(guided(three, one, 2.5), one * 6.0) < 1e-6);
    CHECK(c, difference(guided(three, one, 1.0), three) < 1e-6);
    CHECK(c, difference(guided(three, one, 0.0), one) < 1e-6);
}

} // namespace

int main() {
    Checks checks;
    checks.run("trajectories agree with the published code", trajectoriesAgreeWithThePublishedCode);
    checks.run("our schedule is plain", ourScheduleIsPlain);
    checks.run("exact velocities end at the clip", exactVelocitiesEndAtTheClip);
    checks.run("nonsense is refused", nonsenseIsRefused);
    checks.run("guidance extrapolates", guidanceExtrapolates);
    return checks.finish();
}
