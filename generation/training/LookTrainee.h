#pragma once

#include "generation/device/Device.h"
#include "generation/model/VideoTransformer.h"
#include "generation/training/FlowMatching.h"
#include "generation/training/LatentCache.h"
#include "generation/training/TrainingLoop.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace generation {

/// How a look is trained.
/// Thread: a value.
struct LookTraining {
    std::int64_t rank = 16;
    std::vector<std::string> targets =
        {}; ///< ends of the names of maps; empty: attention and feed-forward of all blocks
    std::int64_t batch = 8;
    std::int64_t microBatch = 8;
    double shift = 2.0;
    NoiseRange noise = {}; ///< that the network is asked at
    double promptDropout = 0.1;
    bool recompute = false;
    std::uint64_t seed = 1;
};

/// Low-rank factors beside the maps of a network that stays as it is, trained by flow matching.
/// Thread: the loop's.
class LookTrainee : public Trainee {
public:
    struct Given {
        VideoTransformer& network; ///< gets the factors as terms of its maps; outlives the trainee
        const std::vector<LatentExample>& examples;
        const std::map<std::string, at::Tensor>& features; ///< by caption, [1, n, d]; "" among them
        std::int64_t spatialFactor;
    };

    /// Throws JobError "bad-input" when no map has one of the targets' names.
    LookTrainee(const LookTraining& training, const Given& given);
    ~LookTrainee() override;

    const TensorMap& leaves() const override { return m_leaves; }
    double addGradients(const TrainingPosition& position) override;
    void stepped(const TrainingPosition&, const TensorMap&) override {}

private:
    void useFactors();
    double addGroup(const std::vector<const LatentExample*>& group, Lottery& lottery);

    LookTraining m_training;
    Given m_given;
    TensorMap m_leaves; ///< "<map>.lora_A.weight" [r, in] and "<map>.lora_B.weight" [out, r]
};

/// The factors as a LoRA file as diffusers writes it ("transformer.<map>.lora_A.weight"), float16; alpha is the rank.
void writeLook(const std::string& path, const TensorMap& factors, const std::map<std::string, std::string>& metadata);

} // namespace generation
