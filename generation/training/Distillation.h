#pragma once

#include "generation/device/Device.h"
#include "generation/training/LatentCache.h"
#include "generation/training/TransformerTrainee.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// How a network that needs few steps is made from one that needs many.
/// Thread: a value.
struct DistillationSettings {
    int steps = 4;         ///< of the student
    int teacherSteps = 3;  ///< of the teacher for one of the student's
    double shift = 2.0;    ///< of the student's noise levels
    double guidance = 2.5; ///< of the teacher; the student needs none
    std::int64_t batch = 16;
    std::size_t lanes = 2; ///< parts of a batch side by side; 1 on a card
    double controlShare = 0.4;
    std::uint64_t examples = 256;
    std::uint64_t seed = 1;
};

/// Teaches a transformer to make in one step what its teacher, with guidance, makes in several: from a clip with noise
/// of one of the student's levels the teacher walks to the next lower level, and the student's velocity is to lead
/// there at once (progressive distillation, Salimans and Ho 2022, in flow matching's terms). Texts are encoded by the
/// teacher's encoder, which the student keeps. Thread: the loop's.
class DistillationTrainee : public Trainee {
public:
    /// `weights` as TransformerTrainee has them; `given` outlives it.
    DistillationTrainee(const GeneratorNetworks& networks, const TensorMap& weights,
                        const DistillationSettings& settings, const TransformerTrainee::Given& given);

    const TensorMap& leaves() const override { return m_leaves; }
    double addGradients(const TrainingPosition& position) override;
    void stepped(const TrainingPosition&, const TensorMap&) override {}

private:
    struct Part {
        std::vector<const LatentExample*> examples; ///< all with control or all without, of one length
        bool usesControl = false;
        std::size_t level = 0; ///< the student's step
        std::uint64_t seed = 0;
        TensorMap leaves;
        double loss = 0.0;
    };
    /// A part as tensors on the device.
    struct Batch {
        at::Tensor start;   ///< [n, C, T, h, w], the clips with noise of the level
        at::Tensor control; ///< or undefined
        std::vector<std::string> captions;
    };
    /// Where the teacher comes to, and the text's features that it read.
    struct Target {
        at::Tensor end;
        at::Tensor features;
    };

    Part drawPart(std::size_t lane, Lottery& lottery);
    Batch gather(const Part& part) const;
    Target walk(const Part& part, const Batch& batch) const;
    void addPart(Part& part) const;

    GeneratorNetworks m_networks;
    DistillationSettings m_settings;
    TransformerTrainee::Given m_given;
    TensorMap m_leaves;  ///< "transformer." alone
    TensorMap m_teacher; ///< all, without gradients
    std::vector<double> m_levels;
};

} // namespace generation
