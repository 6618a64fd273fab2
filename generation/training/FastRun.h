#pragma once

#include "generation/device/Device.h"
#include "generation/training/ClipSource.h"
#include "generation/training/Distillation.h"
#include "generation/training/TrainingClock.h"
#include "generation/training/TrainingObserver.h"

#include <string>

namespace generation {

/// What a run that makes a fast model is given.
/// Thread: a value.
struct FastSettings {
    std::string from;   ///< the model that teaches
    std::string folder; ///< of the run; the fast one is <folder>/model
    TrainingBudget budget;
    DistillationSettings distillation;
};

/// Makes a model that needs few steps and no guidance of a starter: the same parts but for the transformer, so that
/// previews come at once. An interrupted run goes on. Throws WeightsError, JobError, and what the observer throws to
/// stop it.
void makeFast(const FastSettings& settings, const Device& device, const ClipSource& source, TrainingObserver& observer);

} // namespace generation
