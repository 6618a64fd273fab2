#pragma once

#include "generation/training/TrainingClock.h"

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// A clip or still of the user's, decoded to a frame file.
/// Thread: a value.
struct LookClip {
    std::string path;    ///< of a frame file (FrameFile.h), any size, length and rate
    std::string caption; ///< what it shows; empty: the look's alone
};

/// What a look is to be trained from. As JSON: {"model", "name", "caption", "clips": [{"frames", "caption"}], "rank",
/// "targets", "minutes" or "steps", "seed", "output", "plan_only"}.
/// Thread: a value.
struct LookJob {
    std::string model;   ///< a place that openModelParts() takes
    std::string name;    ///< of the look, for its file's metadata
    std::string caption; ///< said of every clip; empty: "in the style of NAME"
    std::vector<LookClip> clips;
    std::int64_t rank = 16;
    std::vector<std::string> targets; ///< ends of map names; empty: attention and feed-forward of all blocks
    TrainingBudget budget{0, 20.0 * 60.0};
    std::uint64_t seed = 1;
    std::string output; ///< the safetensors file
    bool planOnly = false;
};

/// Throws JobError "bad-input" naming the field.
LookJob parseLookJob(const std::string& json);

} // namespace generation
