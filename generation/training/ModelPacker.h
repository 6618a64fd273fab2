#pragma once

#include "generation/training/TensorMap.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace generation {

/// A whole model that was trained here, to be laid out as models are published.
/// Thread: a value.
struct TrainedModel {
    const nlohmann::json& index;       ///< model_index.json
    const nlohmann::json& transformer; ///< their config.json
    const nlohmann::json& textEncoder;
    const nlohmann::json& vae;
    const TensorMap& generator; ///< "transformer." and "text_encoder." before the names
    const TensorMap& autoencoder;
    const std::string& pieces; ///< bytes of spiece.model
    const std::string& readme;
};

/// Writes the folder beside `folder` and puts it in its place: float16 safetensors in diffusers' layout and names,
/// shards of less than 16 MiB. What stood there before is gone.
void packModel(const TrainedModel& model, const std::string& folder);

} // namespace generation
