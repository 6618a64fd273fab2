#pragma once

#include <span>
#include <string>

namespace generation {

/// `fantascope-worker describe PLACE...`: one line of JSON for each model found at the places: {"place", "model",
/// "files"}, with `model` as "fantascope" in a model_index.json and `files` the absolute paths of all that decides its
/// pixels, or {"place", "problem"} for a place that is none. A folder with several transformers beside each other is
/// several models, each at its transformer's file. Reads headers only.
/// Returns the exit status: 0 also when there are problems.
int runDescribeCommand(std::span<char* const> places);

} // namespace generation
