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
/// "targets", "minutes" or "steps", "seed", "output", "plan_only", "try_anyway"}.
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
    std::string output; ///< the safetensors file; of a model of two experts one each, see lookOutputs()
    bool planOnly = false;
    bool tryAnyway = false; ///< also when it is predicted not to fit
};

/// Throws JobError "bad-input" naming the field.
LookJob parseLookJob(const std::string& json);

/// What the job says about the factors that come out, but for its length: 64 hexadecimal digits of model, clips by
/// content, captions, rank, targets and seed. A checkpoint of another one is of no use. Throws JobError "bad-input" for
/// a clip that cannot be read.
std::string lookKey(const LookJob& job);

/// The files that it writes. A LoRA is one network's: of two experts the first gets "NAME_high_noise", the second
/// "NAME_low_noise", as they are published and as generation tells them apart.
std::vector<std::string> lookOutputs(const std::string& output, std::size_t experts);

} // namespace generation
