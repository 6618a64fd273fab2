#pragma once

#include <cstddef>

namespace generation {

/// Which of a model's transformers denoises at a timestep (Wan 2.2 A14B has two): the first, trained for much noise,
/// from the boundary up, and below it the second. A boundary of 0, as of all other models, is always the first.
/// Thread: a value.
struct Experts {
    static constexpr double kTrainingSteps = 1000.0;

    double boundary = 0.0; ///< boundary_ratio of model_index.json, 0 to 1

    bool areTwo() const { return boundary > 0.0; }
    /// timestep: 0 to 1000, as the transformer gets it. 0 is `transformer`, 1 is `transformer_2`.
    std::size_t at(double timestep) const { return areTwo() && timestep < boundary * kTrainingSteps ? 1 : 0; }

    bool operator==(const Experts&) const = default;
};

} // namespace generation
