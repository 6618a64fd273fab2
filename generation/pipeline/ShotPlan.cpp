#include "generation/pipeline/ShotPlan.h"

#include "generation/pipeline/JobError.h"

#include <algorithm>
#include <limits>

namespace generation {
namespace {

/// The smallest multiple of `step` that holds `size`.
std::int64_t roundedUp(std::int64_t size, std::int64_t step) {
    return (size + step - 1) / step * step;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : "+") + name;
    }
    return text;
}

std::vector<std::string> conditionsOf(const GenerateRequest& request) {
    std::vector<std::string> names;
    if (!request.firstFramePath.empty()) {
        names.emplace_back("first_frame");
    }
    if (request.control != Control::None) {
        if (request.basePath.empty()) {
            throw JobError("bad-request", "control needs a base clip");
        }
        names.emplace_back(request.control == Control::Edges ? "edges" : "luma");
    }
    names.insert(names.end(),
                 static_cast<std::size_t>(std::count_if(request.references.begin(), request.references.end(),
                                                        [](const Reference& r) { return r.strength > 0.0; })),
                 "reference");
    return names;
}

void refuseUnknownConditions(const std::vector<std::string>& names, const ModelCard& card) {
    if (names.empty() || card.allows(names)) {
        return;
    }
    std::string known = "text";
    for (const auto& combination : card.conditions) {
        known += ", " + joined(combination);
    }
    throw JobError("unsupported-condition", joined(names) + " is not what " + card.name + " knows: " + known);
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
    const auto references = std::count(plan.conditions.begin(), plan.conditions.end(), "reference");
    const std::int64_t longest = std::max({plan.latentFrames + references, plan.latentHeight / transformer.patch[1],
                                           plan.latentWidth / transformer.patch[2]});
    if (longest > transformer.ropeMaxLength) {
        throw JobError("bad-request", std::to_string(plan.width) + "x" + std::to_string(plan.height) + ", " +
                                          std::to_string(plan.frames) + " frames is beyond the model's " +
                                          std::to_string(transformer.ropeMaxLength) + " positions a side");
    }
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
    plan.steps = request.steps > 0 ? request.steps : card.steps;
    plan.guidance = request.guidance.value_or(card.guidance);
    plan.shift = request.shift.value_or(card.shift);
    plan.sampler = request.sampler.empty() ? card.sampler : request.sampler;
    if (plan.sampler != "euler" && plan.sampler != "unipc") {
        throw JobError("bad-request", "no such sampler: " + plan.sampler);
    }

    plan.conditions = conditionsOf(request);
    refuseUnknownConditions(plan.conditions, card);
    planSize(plan, transformer, vae);

    plan.startsFromBase = !request.basePath.empty() && request.control == Control::None && request.strength < 1.0;
    if (plan.startsFromBase) {
        plan.firstStep = plan.steps - std::min(static_cast<int>(plan.steps * request.strength), plan.steps);
    }
    const bool onlyText = plan.conditions.empty();
    plan.usesControl = card.hasControl && !(onlyText && card.textOnlyWithoutControl);
    return plan;
}

} // namespace generation
