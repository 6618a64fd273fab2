#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace generation {

/// Reads a JSON object from a file of at most 1 MB (the index of the largest model has 150 KB) with at most 64 levels
/// and no key twice in one object. Throws WeightsError.
nlohmann::json readJsonFile(const std::string& path);

} // namespace generation
