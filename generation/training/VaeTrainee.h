#pragma once

#include "generation/device/Device.h"
#include "generation/model/Configs.h"
#include "generation/training/ClipSource.h"
#include "generation/training/Lottery.h"
#include "generation/training/TrainingLoop.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

namespace generation {

/// A stretch of an autoencoder's training, up to a fraction of the whole. An autoencoder that has only seen short clips
/// is wrong on long ones, and single frames are the cheapest to learn from: stages go from one frame to whole clips.
/// Thread: a value.
struct VaeStage {
    std::int64_t frames = 1;
    std::int64_t crop = 64; ///< pixels, both ways
    std::int64_t batch = 24;
    double until = 1.0;
};

/// How an autoencoder is trained.
/// Thread: a value.
struct VaeTraining {
    std::vector<VaeStage> stages;
    bool mixed = false;           ///< stages come by lot, the shorter clips more often, instead of one after the other
    std::int64_t microBatch = 24; ///< clips whose gradients are in memory at a time, of a lane
    std::size_t lanes = 2;        ///< parts of a batch side by side (Lanes.h); 1 on a card
    std::int64_t bank = 96;       ///< clips in memory that crops are taken from
    double clipsPerStep = 0.5;    ///< new ones
    double divergence = 1e-4;     ///< weight of the KL term
    double detail = 3.0;          ///< how much more a pixel counts where the picture has detail
    std::uint64_t seed = 1;
};

/// The terms of an autoencoder's loss. target and made: [B, 3, F, H, W]; mean and logVariance of the latents.
/// Squared and absolute differences, both more where the picture has detail (a small subject would else be smoothed
/// away: it is few pixels), differences of neighbours in space and of frames in time, and a little of the divergence
/// from the standard normal distribution.
struct VaeOutput {
    at::Tensor made;
    at::Tensor mean;
    at::Tensor logVariance;
};
at::Tensor vaeLoss(const at::Tensor& target, const VaeOutput& output, const VaeTraining& training);

/// 10 log10 of the squared range over the mean squared difference, of videos in -1 to 1.
double peakSignalToNoise(const at::Tensor& target, const at::Tensor& made);

/// The video autoencoder over crops of a source's clips. Half of the crops are taken where there is most to see.
/// Thread: the loop's.
class VaeTrainee : public Trainee {
public:
    /// `device` and `source` outlive it.
    VaeTrainee(const VaeConfig& config, const TensorMap& weights, const VaeTraining& training, const Device& device,
               const ClipSource& source);

    const TensorMap& leaves() const override { return m_leaves; }
    double addGradients(const TrainingPosition& position) override;
    void stepped(const TrainingPosition& position, const TensorMap& average) override;

    /// Called by stepped().
    std::function<void(const TrainingPosition&, const TensorMap&)> onStep;

private:
    const VaeStage& stageAt(double fraction, Lottery& lottery) const;
    void fillBank(std::int64_t step);
    at::Tensor drawCrop(const VaeStage& stage, Lottery& lottery) const;

    /// A lane's part of a step.
    struct Part {
        std::vector<at::Tensor> crops;     ///< uint8 [3, F, h, w]
        std::vector<std::uint64_t> noises; ///< a seed for each micro-batch
        TensorMap leaves;
        double loss = 0.0;
    };
    void addPart(Part& part, std::int64_t batch) const;

    VaeConfig m_config;
    VaeTraining m_training;
    const Device& m_device;
    const ClipSource& m_source;
    TensorMap m_leaves;
    std::deque<at::Tensor> m_bank; ///< uint8 [3, F, H, W]
    std::uint64_t m_next = 0;      ///< clip that comes next into the bank
};

} // namespace generation
