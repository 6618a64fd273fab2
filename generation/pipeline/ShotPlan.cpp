#include "generation/pipeline/ShotPlan.h"

#include "generation/pipeline/Conditions.h"
#include "generation/pipeline/JobError.h"
#include "generation/sampling/Sampler.h"
#include "generation/sampling/SamplingPreset.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace generation {
namespace {

/// The smallest multiple of `step` that holds `size`.
std::int64_t roundedUp(std::int64_t size, std::int64_t step) {
    return (size + step - 1) / step * step;
}

void planSize(ShotPlan& plan, const TransformerConfig& transformer, const VaeConfig& vae) {
    plan.spatialFactor = vae.spatialFactor();
    plan.latentChannels = vae.latentChannels;
    const std::int64_t temporal = vae.temporalFactor();
    plan.legalWidth = static_cast<int>(roundedUp(plan.width, plan.spatialFactor * transformer.patch[2]));
    plan.legalHeight = static_cast<int>(roundedUp(plan.height, plan.spatialFactor * transformer.patch[1]));
    plan.legalFrames = roundedUp(plan.frames - 1, temporal) + 1;
    plan.latentWidth = plan.legalWidth / plan.spatialFactor;
    plan.latentHeight = plan.legalHeight / plan.spatialFactor;
    plan.latentFrames = (plan.legalFrames - 1) / temporal + 1;
}

void planWindows(ShotPlan& plan, const Windows& wish, const ModelCard& card, std::int64_t temporal) {
    const std::int64_t frames = wish.frames.value_or(std::max(card.frames, std::int64_t{1}));
    const std::int64_t length = frames == 0 ? plan.latentFrames : (roundedUp(frames - 1, temporal)) / temporal + 1;
    // Half a window at most: else a frame would belong to three.
    const std::int64_t overlap = std::min(roundedUp(wish.overlap, temporal) / temporal, length / 2);
    plan.windows = latentWindows(plan.latentFrames, length, overlap);
}

void checkPositions(const ShotPlan& plan, const TransformerConfig& transformer) {
    const auto references = std::count(plan.conditions.begin(), plan.conditions.end(), "reference");
    const std::int64_t longest =
        std::max({plan.windows.front().length + references, plan.latentHeight / transformer.patch[1],
                  plan.latentWidth / transformer.patch[2]});
    if (longest > transformer.ropeMaxLength) {
        throw JobError("bad-request", std::to_string(plan.width) + "x" + std::to_string(plan.height) + ", " +
                                          std::to_string(plan.frames) + " frames is beyond the model's " +
                                          std::to_string(transformer.ropeMaxLength) + " positions a side");
    }
}

/// A number of the request, where it may be none at all.
double finite(std::optional<double> value, double fallback, const char* name) {
    if (value && !std::isfinite(*value)) {
        throw JobError("bad-request", std::string(name) + " is not a number");
    }
    return value.value_or(fallback);
}

void checkTimesteps(const std::vector<double>& timesteps, const std::string& sampler) {
    if (!timesteps.empty() && sampler != "distilled") {
        throw JobError("bad-request", "timesteps are for the distilled sampler");
    }
    if (std::adjacent_find(timesteps.begin(), timesteps.end(), [](double a, double b) { return !(a > b); }) !=
        timesteps.end()) {
        throw JobError("bad-request", "timesteps do not fall from one to the next");
    }
}

/// What is not said comes from the preset, what that does not say from the model's card.
void planSampling(ShotPlan& plan, const GenerateRequest& request, const ModelCard& card) {
    constexpr int kMostSteps = 1000;
    const auto preset = samplingPreset(request.preset);
    const bool isSized = request.preset == "size" && card.shift480p > 0.0;
    if (!request.preset.empty() && request.preset != "size" && !preset) {
        throw JobError("bad-request", "no such preset: " + request.preset);
    }
    const double sizedShift =
        isSized ? shiftForSize(card.shift480p, card.shift720p, plan.width, plan.height) : card.shift;
    plan.sampler = !request.sampler.empty() ? request.sampler : preset ? std::string(preset->sampler) : card.sampler;
    plan.shift = finite(request.shift, preset ? preset->shift : sizedShift, "shift");
    plan.steps = request.steps > 0 ? request.steps : card.steps;
    if (!isSampler(plan.sampler)) {
        throw JobError("bad-request", "no such sampler: " + plan.sampler);
    }
    if (plan.steps < 1 || plan.steps > kMostSteps || !(plan.shift > 0.0)) {
        throw JobError("bad-request", "steps must be 1 to " + std::to_string(kMostSteps) + " and shift above 0");
    }
    checkTimesteps(request.timesteps, plan.sampler);
    if (plan.sampler == "distilled") {
        // A number of steps of one's own replaces the preset's list.
        plan.timesteps = !request.timesteps.empty()     ? request.timesteps
                         : preset && request.steps == 0 ? preset->timesteps
                                                        : std::vector<double>();
        plan.steps = plan.timesteps.empty() ? plan.steps : static_cast<int>(plan.timesteps.size());
    }
    plan.guidance = {.scale = finite(request.guidance, preset ? preset->guidance : card.guidance, "guidance"),
                     .zeroStar = request.guidanceOptions.zeroStar,
                     .zeroInit = finite(request.guidanceOptions.zeroInit, 0.0, "zero_init"),
                     .from = finite(request.guidanceOptions.from, 0.0, "from"),
                     .to = finite(request.guidanceOptions.to, 1.0, "to")};
    if (card.experts.areTwo() && !request.guidance && !preset) {
        plan.secondGuidance = card.secondGuidance;
    }
    plan.seeds = request.seeds.empty() ? std::vector{request.seed} : request.seeds;
}

/// Caches pay where neighbouring steps are alike: many steps, and none of the distilled loop's fresh noise.
StepReuse planReuse(const GenerateRequest& request, const ShotPlan& plan) {
    constexpr int kManySteps = 20;
    constexpr double kPublishedThreshold = 0.05; // of both
    const bool many = plan.steps >= kManySteps && plan.sampler != "distilled";
    StepReuse reuse;
    reuse.kind = request.stepCache == StepCache::Auto ? (many ? StepCache::Easy : StepCache::None) : request.stepCache;
    reuse.threshold = finite(request.stepCacheThreshold, kPublishedThreshold, "step_cache_threshold");
    // EasyCache is published with the first ten of 50 steps computed; the other needs one to go by.
    reuse.warmUp = reuse.kind == StepCache::Easy ? std::max(1, static_cast<int>(std::lround(plan.steps * 0.2))) : 1;
    return reuse.kind == StepCache::None ? StepReuse{} : reuse;
}

} // namespace

ShotPlan planShot(const GenerateRequest& request, const ModelCard& card, const TransformerConfig& transformer,
                  const VaeConfig& vae) {
    ShotPlan plan;
    plan.width = request.width > 0 ? request.width : card.width;
    plan.height = request.height > 0 ? request.height : card.height;
    plan.frames = request.frames > 0 ? request.frames : card.frames;
    const bool ownRate = request.fpsNumerator <= 0;
    plan.fpsNumerator = ownRate ? card.fpsNumerator : request.fpsNumerator;
    plan.fpsDenominator = ownRate ? card.fpsDenominator : request.fpsDenominator;
    if (plan.fpsNumerator < 1 || plan.fpsDenominator < 1 || plan.width < 1 || plan.height < 1 || plan.frames < 1) {
        throw JobError("bad-request", "a size, a length or a rate is not above 0");
    }
    planSampling(plan, request, card);
    plan.reuse = planReuse(request, plan);

    plan.conditions = conditionsOf(request, plan.frames);
    refuseUnknownConditions(plan.conditions, card);
    planSize(plan, transformer, vae);
    planWindows(plan, request.windows, card, vae.temporalFactor());
    checkPositions(plan, transformer);

    plan.startsFromBase = !request.basePath.empty() && request.control == Control::None && request.strength < 1.0;
    plan.startsFromStill = plan.conditions == std::vector<std::string>{"first_frame"} && card.firstFrameStrength < 1.0;
    if (plan.startsFromBase || plan.startsFromStill) {
        const double strength = plan.startsFromBase ? request.strength : card.firstFrameStrength;
        plan.firstStep = plan.steps - std::min(static_cast<int>(plan.steps * strength), plan.steps);
    }
    const bool onlyText = plan.conditions.empty();
    plan.usesControl = card.hasControl && !(onlyText && card.textOnlyWithoutControl);
    return plan;
}

} // namespace generation
