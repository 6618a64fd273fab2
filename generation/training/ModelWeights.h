#pragma once

#include "generation/training/TensorMap.h"

#include <nlohmann/json.hpp>

#include <string>

namespace generation {

/// A whole model as training takes and gives it: configs, float32 weights, the vocabulary's bytes.
/// Thread: a value.
struct ModelWeights {
    nlohmann::json index; ///< model_index.json, or null
    nlohmann::json transformer, textEncoder, vae;
    TensorMap generator; ///< "transformer." and "text_encoder." before the names
    TensorMap autoencoder;
    std::string pieces; ///< bytes of spiece.model
};

/// Reads a model from a place that openModelParts() takes and that has its vocabulary in a file of its own. Throws
/// WeightsError.
ModelWeights readModelWeights(const std::string& place);

/// Adds tensors under a prefix.
void addUnder(const std::string& prefix, const TensorMap& tensors, TensorMap& all);

/// 32 hex digits of all values.
std::string hashOf(const TensorMap& weights);

/// A file's bytes, or none.
std::string bytesOfFile(const std::string& path);

} // namespace generation
