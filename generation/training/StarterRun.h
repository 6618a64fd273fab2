#pragma once

#include "generation/device/Device.h"
#include "generation/tokenizer/Tokenizer.h"
#include "generation/training/ClipSource.h"
#include "generation/training/StarterPlan.h"
#include "generation/training/TrainingObserver.h"

#include <memory>
#include <string>

namespace generation {

/// What a run is given beside its plan.
/// Thread: a value.
struct StarterSettings {
    std::string folder = {};   ///< everything the run makes; an interrupted run goes on from what is there
    std::string from = {};     ///< a model to go on from; empty: from nothing
    double seconds = 1200.0;   ///< for all of it
    std::int64_t vaeSteps = 0; ///< instead of seconds, both: the same bits on every run
    std::int64_t steps = 0;
    std::uint64_t seed = 1;
    double secondsToCheckpoint = 45.0;
};

/// Trains a starter model: vocabulary, autoencoder, latents, transformer with text encoder, and lays it out as
/// <folder>/model. What a part has finished is kept in the folder and not done again; the model is laid out anew every
/// few minutes, with a sheet of validation clips, so that something can be used at any time.
/// Thread: one.
class StarterRun {
public:
    /// `source` and `observer` outlive the run.
    StarterRun(StarterPlan plan, StarterSettings settings, const Device& device, const ClipSource& source,
               TrainingObserver& observer);

    /// Throws what the observer throws to stop it, WeightsError, JobError.
    void run();

private:
    void begin();
    void trainAutoencoder();
    void trainGenerator();
    void validateAutoencoder(const TensorMap& weights);
    void layOut(const TensorMap& generator, const TrainingPosition& position);
    void writeSheet(const TensorMap& generator);
    std::string readme(const TrainingPosition& position) const;
    std::string file(const std::string& name) const { return m_settings.folder + "/" + name; }

    StarterPlan m_plan;
    StarterSettings m_settings;
    Device m_device;
    const ClipSource& m_source;
    TrainingObserver& m_observer;
    std::string m_pieces;
    std::unique_ptr<Tokenizer> m_tokenizer;
    TensorMap m_vae;
    TensorMap m_generator; ///< first weights
    std::string m_vaeFacts;
};

} // namespace generation
