#pragma once

#include "generation/device/Device.h"
#include "generation/model/Configs.h"
#include "generation/model/VideoVae.h"
#include "generation/model/WeightResidency.h"

#include <cstdint>

namespace generation {

// Bytes of memory that the networks take on their device, from their configs alone: what a plan is made from before
// anything is loaded. Pure arithmetic that follows the order in which the networks make and drop their tensors; the
// tests hold it against what is really allocated. What libraries keep for themselves comes on top.

/// What the numbers depend on beside the networks.
struct MemoryTraits {
    std::int64_t elementBytes = 4; ///< of the compute type
    bool fusedAttention = false;   ///< libtorch's own attention: scores are never in memory
    bool ownLoops = true;          ///< norms and rotations in one pass; else operation by operation, with temporaries
};

MemoryTraits memoryTraits(const Device& device);

/// A transformer's weights. Streamed: what is always there and the largest block. Packed: the same with what making
/// numbers takes; the stored bytes come on top.
std::int64_t transformerWeightBytes(const TransformerConfig& config, const MemoryTraits& traits,
                                    WeightResidency residency);

/// The size of a denoising step.
struct StepSize {
    std::int64_t frames = 0; ///< latent frames, references included
    std::int64_t height = 0; ///< latents
    std::int64_t width = 0;
    std::int64_t samples = 1;      ///< latents in one batch: takes, windows
    std::int64_t prompts = 1;      ///< for each of them: 2 with guidance
    std::int64_t textTokens = 512; ///< as padded
    std::int64_t imageTokens = 0;
    bool hasControl = false;
};

/// What PreparedText and PreparedControl hold between steps.
std::int64_t preparedBytes(const TransformerConfig& config, const MemoryTraits& traits, const StepSize& size);
/// The peak of one forward(), beside weights, what is prepared and the latents themselves; the result is in it.
std::int64_t stepBytes(const TransformerConfig& config, const MemoryTraits& traits, const StepSize& size);

std::int64_t textWeightBytes(const TextEncoderConfig& config, const MemoryTraits& traits, WeightResidency residency);
/// A text encoder above a gigabyte is streamed even where all else stays in memory: it runs once a job.
WeightResidency textResidency(const TextEncoderConfig& config, const MemoryTraits& traits);
/// The peak of encoding one text of so many real tokens.
std::int64_t textBytes(const TextEncoderConfig& config, const MemoryTraits& traits, std::int64_t tokens);

/// A clip as the autoencoder sees it, in latents.
struct ClipSize {
    std::int64_t frames = 0;
    std::int64_t height = 0;
    std::int64_t width = 0;
};

/// Both halves: they are loaded together.
std::int64_t vaeWeightBytes(const VaeConfig& config, const MemoryTraits& traits);
/// The peak of decoding group by group into a sink that keeps nothing, or of encoding a clip that the caller holds.
std::int64_t vaeDecodeBytes(const VaeConfig& config, const MemoryTraits& traits, const ClipSize& size);
std::int64_t vaeEncodeBytes(const VaeConfig& config, const MemoryTraits& traits, const ClipSize& size);
/// The same tile by tile.
std::int64_t vaeDecodeTiledBytes(const VaeConfig& config, const MemoryTraits& traits, const ClipSize& size,
                                 Tiling tiling);
std::int64_t vaeEncodeTiledBytes(const VaeConfig& config, const MemoryTraits& traits, const ClipSize& size,
                                 Tiling tiling);

} // namespace generation
