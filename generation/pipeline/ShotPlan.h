#pragma once

#include "generation/model/Configs.h"
#include "generation/model/ModelCard.h"
#include "generation/pipeline/VelocityField.h"
#include "generation/pipeline/Windows.h"
#include "generation/protocol/Request.h"
#include "generation/sampling/Guidance.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace generation {

/// A request made concrete for one model: everything it left open is filled in from the model's card, and sizes the
/// model can make stand beside those that were asked for. The clip is made at the legal size and cropped back: the
/// asked-for picture is its upper left part, the asked-for frames its first ones.
/// Thread: a value.
struct ShotPlan {
    // As asked for; what the result has.
    int width = 0;
    int height = 0;
    std::int64_t frames = 0;
    std::int64_t fpsNumerator = 0;
    std::int64_t fpsDenominator = 1;
    std::int64_t firstFrame = 0; ///< of a part of a longer shot: where in the clips that go with the shot it begins

    // Legal for the model.
    int legalWidth = 0;
    int legalHeight = 0;
    std::int64_t legalFrames = 0;

    std::int64_t spatialFactor = 8; ///< pixels per latent, a side
    std::int64_t latentChannels = 0;
    std::int64_t latentFrames = 0; ///< of the clip alone, without reference images
    std::int64_t latentHeight = 0;
    std::int64_t latentWidth = 0;

    int steps = 0;
    int firstStep = 0; ///< video to video enters the schedule late
    Guidance guidance;
    std::optional<double> secondGuidance; ///< scale under the second of two transformers; absent: the same
    double shift = 1.0;
    std::string sampler;
    std::vector<double> timesteps;    ///< of the distilled loop, where they are given; as many as steps
    std::vector<std::uint64_t> seeds; ///< of the takes, at least one
    StepReuse reuse;
    std::vector<LatentWindow> windows; ///< of the clip's latent frames, at least one

    std::vector<std::string> conditions; ///< names as in Conditions.h
    bool startsFromBase = false;         ///< video to video by strength
    bool startsFromStill = false;        ///< the first frame held, by the card's strength
    bool usesControl = false;            ///< the control branch runs

    /// Latents [1, C, T, H, W] of the clip with `references` images in front.
    std::array<std::int64_t, 5> latentShape(std::int64_t references = 0) const {
        return {1, latentChannels, latentFrames + references, latentHeight, latentWidth};
    }
};

/// Throws JobError: "unsupported-condition" naming the combination and what the model knows, "bad-request" for sizes it
/// cannot make, a sampler it has not, or inputs that do not go together.
ShotPlan planShot(const GenerateRequest& request, const ModelCard& card, const TransformerConfig& transformer,
                  const VaeConfig& vae);

} // namespace generation
