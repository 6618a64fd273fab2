#include "generation/pipeline/MemoryPlan.h"

#include <algorithm>
#include <array>

namespace generation {
namespace {

constexpr std::int64_t kFloat = 4;
constexpr std::int64_t kSample = 2; // of frame files
constexpr std::int64_t kColours = 3;

/// Float32 latents of all takes, with references.
std::int64_t latentBytes(const ShotPlan& plan, const JobTraits& job) {
    return static_cast<std::int64_t>(plan.seeds.size()) * plan.latentChannels * (plan.latentFrames + job.references) *
           plan.latentHeight * plan.latentWidth * kFloat;
}

StepSize stepSize(const ModelConfigs& model, const ShotPlan& plan, const JobTraits& job, bool oneByOne) {
    const std::int64_t branches = plan.guidance.scale > 1.0 ? 2 : 1;
    const auto takes = static_cast<std::int64_t>(plan.seeds.size());
    const bool alone = oneByOne || plan.reuse.kind != StepCache::None; // caches take each take by itself
    return {.frames = plan.windows.front().length + job.references,
            .height = plan.latentHeight,
            .width = plan.latentWidth,
            .samples = alone ? 1 : takes,
            .prompts = oneByOne ? 1 : branches,
            .textTokens = job.textTokens,
            .imageTokens = 0,
            .hasControl = plan.usesControl && model.transformer.hasControl()};
}

/// What the denoising loop holds beside the network: noise, latents, a sampler's history, what caches remember.
std::int64_t loopBytes(const ModelConfigs& model, const ShotPlan& plan, const JobTraits& job, const StepSize& step) {
    constexpr std::int64_t kHistory = 7; // noise, latents, velocity, clip, two older ones, the last sample
    const std::int64_t latents = latentBytes(plan, job);
    std::int64_t bytes = kHistory * latents + (plan.startsFromBase || plan.startsFromStill ? latents : 0);
    if (plan.usesControl) {
        bytes += latents / std::max<std::int64_t>(1, plan.latentChannels) * model.transformer.vaceInChannels;
    }
    if (plan.reuse.kind == StepCache::Easy) {
        bytes += 5 * latents;
    } else if (plan.reuse.kind == StepCache::FirstBlock) {
        const std::int64_t tokens =
            step.frames * step.height * step.width / (model.transformer.patch[1] * model.transformer.patch[2]);
        bytes += 4 * step.samples * step.prompts * tokens * model.transformer.width() * kFloat;
    }
    return bytes;
}

/// Pixels in main memory: what the inputs become, and the result.
struct PixelBytes {
    std::int64_t inputs = 0;
    std::int64_t result = 0;
};

PixelBytes pixelBytes(const ShotPlan& plan, const JobTraits& job) {
    const std::int64_t legal = plan.legalFrames * plan.legalHeight * plan.legalWidth;
    const std::int64_t asked = plan.frames * plan.height * plan.width;
    PixelBytes bytes;
    bytes.result = static_cast<std::int64_t>(plan.seeds.size()) * asked * kColours * kSample;
    if (job.hasPictures || plan.usesControl) {
        // The file's samples; the clip, its control and a masked copy as float32, and two masks.
        bytes.inputs = asked * kColours * kSample + legal * (3 * kColours + 2) * kFloat;
    }
    return bytes;
}

/// The peak of each stage on the networks' device.
struct Stages {
    std::int64_t text, encode, denoise, decode;
};

Stages stagePeaks(const ModelConfigs& model, const MemoryTraits& traits, const ShotPlan& plan, const JobTraits& job,
                  bool frugal) {
    const ClipSize clip{plan.latentFrames, plan.latentHeight, plan.latentWidth};
    const StepSize step = stepSize(model, plan, job, frugal);
    StepSize prepared = step;
    prepared.samples = 1;
    prepared.prompts = job.prompts + (plan.guidance.scale > 1.0 ? 1 : 0);
    const bool encodes = job.hasPictures || plan.usesControl;
    Stages peaks{};
    peaks.text = textBytes(model.textEncoder, traits, job.textTokens);
    peaks.encode = !encodes ? 0
                   : frugal ? vaeEncodeTiledBytes(model.vae, traits, clip, Tiling{})
                            : vaeEncodeBytes(model.vae, traits, clip);
    peaks.denoise = stepBytes(model.transformer, traits, step) + preparedBytes(model.transformer, traits, prepared) +
                    loopBytes(model, plan, job, step);
    peaks.decode =
        (frugal ? vaeDecodeTiledBytes(model.vae, traits, clip, Tiling{}) : vaeDecodeBytes(model.vae, traits, clip)) +
        latentBytes(plan, job);
    return peaks;
}

} // namespace

const char* residencyName(Residency residency) {
    constexpr std::array<const char*, 5> kNames{"resident", "sequential", "packed", "streamed", "frugal"};
    return kNames[static_cast<std::size_t>(residency)];
}

std::optional<Residency> moreFrugal(Residency residency, bool onCard) {
    if (residency == Residency::Frugal) {
        return std::nullopt;
    }
    const auto next = static_cast<Residency>(static_cast<int>(residency) + 1);
    return next == Residency::Packed && !onCard ? Residency::Streamed : next;
}

WeightResidency blocksOn(Residency residency) {
    switch (residency) {
    case Residency::Resident:
    case Residency::Sequential:
        return WeightResidency::Resident;
    case Residency::Packed:
        return WeightResidency::Packed;
    case Residency::Streamed:
    case Residency::Frugal:
        break;
    }
    return WeightResidency::Streamed;
}

MemoryNeeds memoryNeeds(const ModelConfigs& model, const Device& device, const ShotPlan& plan, const JobTraits& job,
                        Residency residency) {
    const MemoryTraits traits = memoryTraits(device);
    const bool streams = residency == Residency::Streamed || residency == Residency::Frugal;
    const std::int64_t text = textWeightBytes(
        model.textEncoder, traits, streams ? WeightResidency::Streamed : textResidency(model.textEncoder, traits));
    const WeightResidency blocks = blocksOn(residency);
    const std::int64_t transformer = transformerWeightBytes(model.transformer, traits, blocks) + job.loraBytes +
                                     (blocks == WeightResidency::Packed ? model.blockBytes : 0);
    const std::int64_t vae = vaeWeightBytes(model.vae, traits);
    const Stages peaks = stagePeaks(model, traits, plan, job, residency == Residency::Frugal);
    const PixelBytes pixels = pixelBytes(plan, job);
    // On a CPU pixels lie beside the networks; on a card's machine in main memory.
    const std::int64_t inputs = device.isCpu() ? pixels.inputs : 0;
    const std::int64_t result = device.isCpu() ? pixels.result : 0;
    std::int64_t networks = 0;
    if (residency == Residency::Resident) {
        networks = text + static_cast<std::int64_t>(model.transformers) * transformer + vae +
                   std::max({peaks.text, peaks.encode + inputs, peaks.denoise, peaks.decode + result});
    } else {
        networks = std::max(
            {text + peaks.text, vae + peaks.encode + inputs, transformer + peaks.denoise, vae + peaks.decode + result});
    }
    if (device.isCpu()) {
        return {networks, 0};
    }
    return {std::max(pixels.inputs, pixels.result), networks};
}

MemoryPlan planMemory(const std::function<MemoryNeeds(Residency)>& needs, const MemoryBudget& budget, bool onCard,
                      double factor) {
    const auto scaled = [&](Residency residency) {
        const MemoryNeeds raw = needs(residency);
        const auto times = [&](std::int64_t bytes) {
            return static_cast<std::int64_t>(static_cast<double>(bytes) * factor);
        };
        return onCard ? MemoryNeeds{raw.host, times(raw.card)} : MemoryNeeds{times(raw.host), 0};
    };
    MemoryPlan plan;
    plan.leastPossible = scaled(Residency::Frugal);
    for (std::optional<Residency> rung = Residency::Resident; rung; rung = moreFrugal(*rung, onCard)) {
        plan.residency = *rung;
        plan.needs = scaled(*rung);
        plan.fits = plan.needs.host <= budget.host && plan.needs.card <= budget.card;
        if (plan.fits) {
            break;
        }
    }
    return plan;
}

double denoiseOperations(const TransformerConfig& config, const ShotPlan& plan, const JobTraits& job) {
    const auto d = static_cast<double>(config.width());
    const auto ffn = static_cast<double>(config.ffnDim);
    const auto tokens = static_cast<double>((plan.windows.front().length + job.references) * plan.latentHeight *
                                            plan.latentWidth / (config.patch[1] * config.patch[2]));
    // Four maps of self-attention, two of cross-attention, the feed-forward; both attentions.
    const double block = 2.0 * tokens * (6.0 * d * d + 2.0 * d * ffn) +
                         4.0 * tokens * (tokens + static_cast<double>(job.textTokens)) * d;
    const double layers =
        static_cast<double>(config.layers) + (plan.usesControl ? static_cast<double>(config.vaceLayers.size()) : 0.0);
    double forwards = 0.0;
    for (int step = plan.firstStep; step < plan.steps; ++step) {
        forwards += plan.guidance.isStill(step, plan.steps)    ? 0.0
                    : plan.guidance.isGuided(step, plan.steps) ? 2.0
                                                               : 1.0;
    }
    return forwards * block * layers * static_cast<double>(plan.windows.size() * plan.seeds.size());
}

double decodedPixels(const ShotPlan& plan) {
    return static_cast<double>(plan.seeds.size()) * static_cast<double>(plan.legalFrames) * plan.legalWidth *
           plan.legalHeight;
}

} // namespace generation
