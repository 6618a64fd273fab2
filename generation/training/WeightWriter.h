#pragma once

#include "generation/training/TensorMap.h"

#include <cstdint>
#include <map>
#include <string>

namespace generation {

/// Writes tensors as they are (float64, float32, float16, bfloat16, int64, uint8) as one safetensors file, through a
/// rename. Throws JobError "write-failed".
void writeWeights(const std::string& path, const TensorMap& tensors,
                  const std::map<std::string, std::string>& metadata = {});

/// Writes a network as float16 under `<folder>/<name>.safetensors`, or where that would be more than `mostBytes` as
/// shards with the index that names them, as diffusers does.
void writeShards(const std::string& folder, const std::string& name, const TensorMap& tensors, std::int64_t mostBytes);

} // namespace generation
