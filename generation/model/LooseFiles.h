#pragma once

#include "generation/weights/NetworkFinder.h"

#include <string>
#include <vector>

namespace generation {

/// One file (or the shards of an index) beside others, and what it holds.
struct LooseFile {
    std::string path;
    WeightSource source;                ///< all its tensors, under their own names
    std::vector<FoundNetwork> networks; ///< empty: nothing we know
    std::string problem;                ///< why it cannot be read; empty: it can
};

/// Where a model's loose files lie: the folder itself, or its parent when it is one of those that tools sort files into
/// (vae, text_encoders, ...).
std::string looseRoot(const std::string& folder);

/// Opens the weights in a root folder and in those folders in it that tools sort files into. Reads headers only; at
/// most 256 files, else a WeightsError. What cannot be opened is listed with the reason.
std::vector<LooseFile> lookThrough(const std::string& root);

/// Whether there is anything to look through. Opens nothing.
bool hasLooseFiles(const std::string& root);

/// One file, whatever its name.
LooseFile openLoose(const std::string& path);

} // namespace generation
