#include "generation/training/LookForecast.h"

#include "generation/device/Compat.h"
#include "generation/device/ProcessMemory.h"
#include "generation/model/MemoryEstimate.h"

namespace generation {

namespace {

/// Bytes that one sample's pass keeps for the way back, about: the tensors of a block are 12 rows of the model's width
/// in the compute type and 8 in float32, two of the feed-forward's, and the attention's weights where libtorch has no
/// fused form.
std::int64_t activationBytes(const TransformerConfig& config, const MemoryTraits& traits, std::int64_t tokens,
                             bool recompute) {
    const std::int64_t width = config.width();
    const std::int64_t element = traits.elementBytes;
    const std::int64_t scores = traits.fusedAttention ? 0 : config.heads * tokens * tokens * element * 2;
    const std::int64_t block = tokens * (width * (12 * element + 8 * 4) + config.ffnDim * 2 * element) + scores;
    const auto blocks = config.layers + static_cast<std::int64_t>(config.vaceLayers.size());
    const std::int64_t kept = recompute ? tokens * width * 4 * blocks + block : block * blocks;
    return kept + block; // the gradients of one block at a time
}

std::int64_t freeBytes(const Device& device) {
    if (device.isCpu()) {
        return availableBytes();
    }
    const auto card = compat::cardMemory();
    return card ? card->free : availableBytes();
}

LookForecast forecast(const ModelFiles& files, const LookJob& job, const Device& device, std::int64_t microBatch,
                      bool recompute) {
    const TransformerConfig& config = files.configs().transformer;
    const VaeConfig& vae = files.configs().vae;
    const ModelCard& card = files.card();
    const MemoryTraits traits = memoryTraits(device);
    const std::int64_t side = vae.spatialFactor() * config.patch[1];
    const std::int64_t latentFrames = (card.frames - 1) / vae.temporalFactor() + 1;
    const std::int64_t tokens = latentFrames * (card.width / side) * (card.height / side);
    const auto blocks = config.layers + static_cast<std::int64_t>(config.vaceLayers.size());
    LookForecast forecast;
    forecast.microBatch = microBatch;
    forecast.recompute = recompute;
    forecast.weightBytes = transformerWeightBytes(config, traits, WeightResidency::Resident);
    forecast.activationBytes = microBatch * activationBytes(config, traits, tokens, recompute);
    // Factors, averages, momentum or both moments, gradients: five times float32, of ten maps a block.
    forecast.factorBytes = blocks * job.rank * (16 * config.width() + 2 * (config.width() + config.ffnDim)) * 4 * 5;
    forecast.availableBytes = freeBytes(device);
    forecast.seconds = job.budget.steps > 0 ? 0.0 : job.budget.seconds;
    return forecast;
}

} // namespace

LookForecast forecastLook(const ModelFiles& files, const LookJob& job, const Device& device) {
    LookForecast least;
    for (std::int64_t microBatch = kLookBatch; microBatch >= 1; microBatch /= 2) {
        for (const bool recompute : {false, true}) {
            least = forecast(files, job, device, microBatch, recompute);
            if (least.bytes() <= least.availableBytes * 8 / 10) {
                return least;
            }
        }
    }
    return least;
}

} // namespace generation
