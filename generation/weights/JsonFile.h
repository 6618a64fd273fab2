#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace generation {

/// Reads a JSON object from a file of at most 4 MB with at most 64 levels and no key twice in one object. Throws
/// WeightsError.
nlohmann::json readJsonFile(const std::string& path);

} // namespace generation
