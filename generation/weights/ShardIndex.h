#pragma once

#include <map>
#include <string>

namespace generation {

/// Reads a *.safetensors.index.json: tensor name to the shard that holds it, a plain file name in the index's own
/// folder. Throws WeightsError, also for names that lead elsewhere.
std::map<std::string, std::string> readShardIndex(const std::string& path);

} // namespace generation
