#pragma once

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/model/Configs.h"
#include "generation/model/ImageEncoder.h"
#include "generation/model/ModelCard.h"
#include "generation/model/TinyDecoder.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/WeightResidency.h"

#include <optional>
#include <string>
#include <vector>

namespace generation {

class ContentHash;

/// What some models have beside the three networks of all.
/// Thread: as its members; move-only.
struct ModelExtras {
    std::optional<VideoTransformer> secondTransformer; ///< Wan 2.2 A14B: below the boundary of the card's experts
    std::optional<ImageEncoder> imageEncoder;          ///< Wan 2.1 with an image branch
    std::optional<TinyDecoder> tinyDecoder;            ///< for previews; no model needs one
    std::vector<std::string> problems;                 ///< of the tiny decoder's file, which is then left alone
};

/// Where extras come from and go.
struct ExtrasPlace {
    const ModelCard& card;
    const TransformerConfig& transformer;
    const VaeConfig& vae;
    Device device;
    WeightResidency residency = WeightResidency::Resident;
};

/// Loads transformer_2/, image_encoder/ and the tiny decoder's file of the card's folder. What changes a result goes
/// into the hash. Throws WeightsError for a part that the model needs and that is missing or does not fit.
ModelExtras loadExtras(const ExtrasPlace& place, ContentHash& hash, const Checkpoint& checkpoint = {});

} // namespace generation
