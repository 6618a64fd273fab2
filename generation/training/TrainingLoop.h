#pragma once

#include "generation/training/LossCurve.h"
#include "generation/training/Optimiser.h"
#include "generation/training/TensorMap.h"
#include "generation/training/TrainingClock.h"
#include "generation/training/TrainingObserver.h"

#include <cstdint>
#include <functional>
#include <string>

namespace generation {

/// Where a loop is.
/// Thread: a value.
struct TrainingPosition {
    std::int64_t step = 0; ///< from 0
    double fraction = 0.0; ///< of the budget, 0 to 1
};

/// What a loop trains.
/// Thread: the loop's.
class Trainee {
public:
    virtual ~Trainee() = default;

    /// Float32 leaves; the same ones each time.
    virtual const TensorMap& leaves() const = 0;
    /// Adds the step's gradients to the leaves and returns its loss. A function of the leaves, the position and seeds
    /// alone, so that a run that is taken up again makes the same steps.
    virtual double addGradients(const TrainingPosition& position) = 0;
    /// After a step and on taking up a run: `average` are the leaves' moving averages.
    virtual void stepped(const TrainingPosition& position, const TensorMap& average) = 0;
};

/// How a loop runs.
/// Thread: a value.
struct LoopSettings {
    std::string part = {}; ///< for progress, and the names of files
    TrainingBudget budget = {};
    OptimiserSettings optimiser = {};
    std::int64_t warmup = 50;
    double averageDecay = 0.998;
    std::string folder = {};         ///< of checkpoint and loss curve; empty: none are kept
    double secondsToCheckpoint = 45; ///< between checkpoints
};

/// Where a loop of these settings keeps its state.
std::string checkpointPath(const LoopSettings& settings);

/// Moves a trainee's leaves step by step until its budget is spent. Saves leaves, averages and the optimiser's memory
/// as <folder>/<part>.checkpoint.safetensors at least once a minute, through a rename, and goes on from there when it
/// is there: 25 + 25 steps give the bits of 50. Between two steps a cancelled run saves what it has; a kill or an error
/// costs the steps since.
/// Thread: one.
class TrainingLoop {
public:
    TrainingLoop(Trainee& trainee, LoopSettings settings, TrainingObserver& observer);

    /// Returns the moving averages of the leaves. Stops early, as if interrupted, after `most` steps if that is above
    /// 0.
    TensorMap run(std::int64_t most = 0);

    const LossCurve& curve() const { return m_curve; }

private:
    void takeUp();
    void save() const;
    void pause() const; ///< asks the observer
    void follow(const TensorMap& leaves);

    Trainee& m_trainee;
    LoopSettings m_settings;
    TrainingObserver& m_observer;
    Optimiser m_optimiser;
    TensorMap m_average;
    LossCurve m_curve;
    std::int64_t m_step = 0;
    double m_spentBefore = 0.0;
    const TrainingClock* m_clock = nullptr; ///< while it runs
};

} // namespace generation
