#pragma once

#include "generation/protocol/Request.h"

#include <nlohmann/json.hpp>

namespace generation {

// The JSON form of a job; Request.cpp makes lines of it, RequestKey.cpp keys.

/// What has its default value is left out where leaving it out means the same.
nlohmann::json generateJson(const GenerateRequest& request, const char* type);

/// The part of generateJson() that came after the first release of the protocol and does not name a file, a folder or
/// how the job is run: only what differs from the default and decides pixels.
nlohmann::json addedRecipe(const GenerateRequest& request);

/// Throws ProtocolError.
GenerateRequest readGenerate(const nlohmann::json& object);

} // namespace generation
