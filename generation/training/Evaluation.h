#pragma once

#include "generation/device/Device.h"
#include "generation/training/TrainingObserver.h"

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// What is measured of a model.
/// Thread: a value.
struct EvaluationSettings {
    std::string model = {};
    std::int64_t clips = 48;               ///< generated from text, and again as many restyled
    std::int64_t together = 8;             ///< of them in a batch
    int steps = 0;                         ///< 0: as the model's card says
    std::vector<std::string> footage = {}; ///< frame files that the autoencoder is measured with, beside the film set
    int lessons = 2600;                    ///< frames that the meters learn from; fewer read worse
    std::uint64_t seed = 1;
};

/// One line of the table.
/// Thread: a value.
struct Measured {
    std::string what;
    double value = 0.0;
    double chance = 0.0; ///< what guessing gives; 0: means nothing here
    std::int64_t count = 0;
};

/// Generates clips from held-out captions of the film set and reads them with plain image statistics: a share of right
/// ones for each attribute that a caption names, styles from words and from a reference image over a base clip, how
/// steady the clips are, and the autoencoder's reconstruction.
std::vector<Measured> evaluateStarter(const EvaluationSettings& settings, const Device& device,
                                      TrainingObserver& observer);

/// The table in Markdown.
std::string markdownOf(const std::vector<Measured>& table);

} // namespace generation
