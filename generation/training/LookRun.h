#pragma once

#include "generation/device/Device.h"
#include "generation/model/ModelCard.h"
#include "generation/model/ModelFiles.h"
#include "generation/training/LookExamples.h"
#include "generation/training/LookJob.h"
#include "generation/training/LookTrainee.h"
#include "generation/training/TrainingObserver.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace generation {

/// What training a look will take.
/// Thread: a value.
struct LookForecast {
    std::int64_t weightBytes = 0;
    std::int64_t activationBytes = 0; ///< of one micro-batch, forward and back
    std::int64_t factorBytes = 0;     ///< with averages and the optimiser's memory
    std::int64_t availableBytes = 0;
    std::int64_t microBatch = 1;
    bool recompute = false;
    double seconds = 0.0; ///< the budget, or 0 where steps were asked for

    std::int64_t bytes() const { return weightBytes + activationBytes + factorBytes; }
};

/// Trains a look: plans memory, encodes the clips, trains the factors, writes the file. The plan is told first, as the
/// notice "look-plan", and near-copies of the clips last, as "near-copy"; what does not fit is a JobError
/// "needs-memory". Checkpoints lie beside the output while it runs; an interrupted job goes on from there. Thread: one.
class LookRun {
public:
    /// `observer` outlives the run. Throws WeightsError, JobError.
    LookRun(LookJob job, const Device& device, TrainingObserver& observer);

    const LookForecast& forecast() const { return m_forecast; }
    void run();

private:
    LookForecast plan(std::int64_t microBatch, bool recompute) const;
    void choosePlan();
    void tellPlan();
    std::map<std::string, at::Tensor> textFeatures(const std::vector<LatentExample>& examples);
    void train(VideoTransformer& network, const std::vector<LatentExample>& examples,
               const std::map<std::string, at::Tensor>& features);
    void warnOfCopies(VideoTransformer& network, const std::vector<LookWindow>& windows,
                      const std::map<std::string, at::Tensor>& features);

    LookJob m_job;
    Device m_device;
    TrainingObserver& m_observer;
    ModelFiles m_files;
    LookForecast m_forecast;
};

} // namespace generation
