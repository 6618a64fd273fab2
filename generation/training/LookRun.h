#pragma once

#include "generation/device/Device.h"
#include "generation/model/ModelCard.h"
#include "generation/model/ModelFiles.h"
#include "generation/training/LookCopies.h"
#include "generation/training/LookExamples.h"
#include "generation/training/LookForecast.h"
#include "generation/training/LookJob.h"
#include "generation/training/LookTrainee.h"
#include "generation/training/TrainingLoop.h"
#include "generation/training/TrainingObserver.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace generation {

/// Trains a look: plans memory, encodes the clips, trains the factors, writes the file. Of a model of two experts each
/// gets its own factors, from the noise that it is asked at, in its own file and half of the budget.
///
/// Notices, those with several facts as JSON: "look-plan" first (bytes, and "outputs", "folder", "resumes"),
/// "look-clips" (stretches that were encoded), "look" for each file, "look-steps", and last "near-copy" ("clip" of the
/// job, "distance" in bits of 256) or "copies-unchecked". What does not fit is a JobError "needs-memory", a model that
/// looks are not made for "unsupported-model".
///
/// Checkpoints lie in `<output>.training` while it runs; an interrupted job goes on from there, and one that differs in
/// more than its length is refused as "other-job". Thread: one.
class LookRun {
public:
    /// `observer` outlives the run. Throws WeightsError, JobError.
    LookRun(LookJob job, const Device& device, TrainingObserver& observer);

    const LookForecast& forecast() const { return m_forecast; }
    void run();

private:
    /// What was cut from the job's clips.
    struct Stretches {
        std::vector<LatentExample> examples;
        std::vector<LookPrint> prints;
        std::vector<std::size_t> clips;    ///< of the job, by print
        std::vector<std::string> captions; ///< different ones
    };
    using Features = std::map<std::string, at::Tensor>;

    std::string folder() const { return m_job.output + ".training"; }
    bool isTwo() const { return m_files.experts().areTwo(); }
    void tellPlan();
    LoopSettings loopSettings(std::size_t expert) const;
    bool hasCheckpoint() const;
    void refuseOtherJob() const;
    void makeFolder() const;
    Stretches encode();
    Features textFeatures(const Stretches& stretches);
    LookTraining trainingOf(std::size_t expert) const;
    void train(VideoTransformer& network, std::size_t expert, const Stretches& stretches, const Features& features);
    void warnOfCopies(VideoTransformer& network, const Stretches& stretches, const Features& features);

    LookJob m_job;
    Device m_device;
    TrainingObserver& m_observer;
    ModelFiles m_files;
    std::vector<std::string> m_outputs; ///< by expert
    LookForecast m_forecast;
};

} // namespace generation
