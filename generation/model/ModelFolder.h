#pragma once

#include "generation/device/Device.h"
#include "generation/model/ModelCard.h"
#include "generation/model/ModelExtras.h"
#include "generation/model/TextEncoder.h"
#include "generation/model/TokenizerPlace.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/VideoVae.h"

#include <string>
#include <vector>

namespace generation {

/// A model's networks, loaded and checked against their weights.
/// Thread: as its members; move-only.
struct Model {
    ModelCard card;
    std::string hash; ///< 32 hex digits over all weights and configs
    TokenizerPlace tokenizer;
    std::vector<std::string> unused; ///< tensors of the text encoder's and the VAE's files that nothing needed
    TextEncoder textEncoder;
    VideoTransformer transformer;
    VideoVae vae;
    ModelExtras extras;
};

/// Where the networks' blocks are to be.
struct LoadOptions {
    WeightResidency text = WeightResidency::Resident;
    WeightResidency transformer = WeightResidency::Resident; ///< of both, and of the image encoder
};

/// Loads card, text encoder, transformer and VAE from a place that openModelParts() takes. Throws WeightsError naming
/// the file and the first mismatches; the checkpoint is passed between the components.
Model loadModel(const std::string& place, const Device& device, const Checkpoint& checkpoint = {},
                const LoadOptions& options = {});

} // namespace generation
