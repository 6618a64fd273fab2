#pragma once

#include "generation/training/Optimiser.h"
#include "generation/training/TransformerTrainee.h"
#include "generation/training/VaeTrainee.h"

#include <nlohmann/json.hpp>

#include <string>

namespace generation {

/// What a starter model is made of and how it is taught.
/// Thread: a value.
struct StarterPlan {
    std::string size; ///< "small", "large", ...
    nlohmann::json index;
    nlohmann::json transformer, textEncoder, vae; ///< their config.json
    VaeTraining vaeTraining;
    OptimiserSettings vaeOptimiser;
    TransformerTraining training;
    OptimiserSettings optimiser;
    double vaeShare = 0.35; ///< of the time
    std::uint64_t validationClips = 24;

    int width() const { return index.at("fantascope").at("size").at(0).get<int>(); }
    int height() const { return index.at("fantascope").at("size").at(1).get<int>(); }
    int frames() const { return index.at("fantascope").at("frames").get<int>(); }
    int fps() const { return index.at("fantascope").at("fps").get<int>(); }
};

/// 224x128, 25 frames at 12 fps, about 17 + 11 M weights: for two CPU cores.
StarterPlan smallStarter();
/// 512x288, 33 frames at 16 fps, about 55 + 30 M weights: for an hour of a data-centre card.
StarterPlan largeStarter();
/// A model of a few thousand weights, for tests: 64x32, 5 frames.
StarterPlan tinyStarter();

/// Throws std::invalid_argument for other names.
StarterPlan starterOfSize(const std::string& size);

/// The plan for a card: parts of a batch do not run side by side, examples are made beside the steps, and a plan that
/// was meant for a CPU takes more clips at a time, as a card needs as long for few.
StarterPlan onCard(StarterPlan plan);

/// The plan for going on from weights that are good already: lower rates, clips of all lengths but single frames by
/// lot.
StarterPlan continued(StarterPlan plan);

} // namespace generation
