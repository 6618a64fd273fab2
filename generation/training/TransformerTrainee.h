#pragma once

#include "generation/device/Device.h"
#include "generation/model/Configs.h"
#include "generation/model/TextEncoder.h"
#include "generation/model/VideoTransformer.h"
#include "generation/tokenizer/Tokenizer.h"
#include "generation/training/LatentCache.h"
#include "generation/training/TrainingLoop.h"

#include <cstdint>
#include <functional>
#include <future>
#include <string>
#include <vector>

namespace generation {

/// The video transformer and its text encoder as one set of weights ("transformer." and "text_encoder." before the
/// names), with what their networks are built from.
/// Thread: a value.
struct GeneratorNetworks {
    TransformerConfig transformer;
    TextEncoderConfig textEncoder;
    std::int64_t textLength = 512; ///< rows of text features, zeros after the tokens
};

/// The part of `all` under a prefix, without it.
TensorMap weightsUnder(const TensorMap& all, const std::string& prefix);

/// How a transformer is trained.
/// Thread: a value.
struct TransformerTraining {
    std::int64_t batch = 32;
    std::int64_t microBatch = 8;       ///< samples whose gradients are in memory at a time, of a lane
    std::size_t lanes = 2;             ///< parts of a batch side by side (Lanes.h); 1 on a card
    double shift = 2.0;                ///< of noise levels
    double promptDropout = 0.12;       ///< share of samples that see the empty text, for guidance
    double controlShare = 0.5;         ///< of samples that run with the control branch
    std::uint64_t firstExamples = 256; ///< encoded before the first step
    double examplesPerStep = 1.0;      ///< that come after each
    std::uint64_t mostExamples = 4000;
    std::uint64_t together = 8; ///< examples that are made at a time
    bool isAhead = false;       ///< the next ones are made beside the steps: on a card, whose processor is free
    bool recompute = false;     ///< blocks are run again on the way back
    std::uint64_t seed = 1;
};

/// Flow matching of the transformer with its text encoder over cached latents: a batch is part text alone, without the
/// control branch, part control tasks. Examples come one after the other as the steps go on, so that the first step
/// does not wait for the last clip. Thread: the loop's.
class TransformerTrainee : public Trainee {
public:
    struct Given {
        const Device& device;
        const Tokenizer& tokenizer;
        LatentCache& latents;
        std::int64_t spatialFactor = 16; ///< of the autoencoder
    };

    TransformerTrainee(const GeneratorNetworks& networks, const TensorMap& weights, const TransformerTraining& training,
                       const Given& given);

    const TensorMap& leaves() const override { return m_leaves; }
    double addGradients(const TrainingPosition& position) override;
    void stepped(const TrainingPosition& position, const TensorMap& average) override;

    /// Called by stepped().
    std::function<void(const TrainingPosition&, const TensorMap&)> onStep;
    /// Called before examples are encoded: how many there are, of how many that are wanted now.
    std::function<void(std::uint64_t done, std::uint64_t wanted)> onExample;

private:
    /// Samples that run together: all with control or all without, all with as many references.
    struct Group {
        std::vector<const LatentExample*> examples;
        bool usesControl = false;
        std::uint64_t seed = 0; ///< of its noise, levels and texts

        double cost() const { return static_cast<double>(examples.size()) * (usesControl ? 1.6 : 1.0); }
    };
    /// Both networks over a lane's leaves. All its groups share them: the casts and fused matrices in between keep
    /// nothing that the first way back would free.
    struct Networks {
        TextEncoder encoder;
        VideoTransformer transformer;
    };
    /// What a lane does of a step.
    struct Part {
        std::vector<Group> groups;
        TensorMap leaves;
        double cost = 0.0;
        double loss = 0.0;
    };

    std::uint64_t examplesAt(std::int64_t step) const;
    void learnExamples(std::int64_t step);
    void makeAhead();
    std::vector<Group> drawGroups(Lottery& lottery);
    Networks networksOver(const TensorMap& leaves) const;
    double addGroup(const Group& group, const Networks& networks) const;

    GeneratorNetworks m_networks;
    TransformerTraining m_training;
    Given m_given;
    TensorMap m_leaves;
    std::vector<std::vector<std::uint64_t>> m_byReferences; ///< examples with 0, 1, .. references
    std::uint64_t m_examples = 0;                           ///< that are in there
    std::future<void> m_ahead;                              ///< those that come next
};

} // namespace generation
