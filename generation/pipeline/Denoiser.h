#pragma once

#include "generation/device/Cancelled.h"
#include "generation/model/VideoTransformer.h"
#include "generation/pipeline/VelocityField.h"
#include "generation/pipeline/Windows.h"
#include "generation/sampling/Guidance.h"
#include "generation/sampling/RunState.h"
#include "generation/sampling/Sampler.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <optional>
#include <vector>

namespace generation {

/// Everything one run of the network depends on, as tensors on its device. Latents are [K, C, T, H, W] for K takes, T
/// counting the reference frames in front; what is the same for all takes has 1 for K.
struct DenoiseInputs {
    at::Tensor prompts;     ///< [S, n, d] text features, one row a prompt
    at::Tensor negative;    ///< [1, n, d]
    at::Tensor promptShare; ///< [S, T], sums to 1 over S: how much each prompt counts in each latent frame; undefined:
                            ///< one prompt
    Guidance guidance;
    std::optional<double> secondGuidance; ///< scale under the second of two transformers; absent: the same

    at::Tensor control;             ///< [1, channels, T, H, W]; undefined: the control branch is off
    std::int64_t references = 0;    ///< latent frames in front of the clip
    double referenceStrength = 1.0; ///< of their effect against the run that does not see them; above 1 exaggerates
    at::Tensor controlWithoutReferences; ///< then that run's control, or undefined where it has none

    at::Tensor known;          ///< [1, C, T', H, W]: latents of the clip where they are known; undefined: nowhere
    at::Tensor knownMask;      ///< [1, 1, T', H or 1, W or 1]: 1 where they are
    bool knownIsClean = false; ///< known frames (whole ones then) are shown clean, with a timestep of their own, as
                               ///< TI2V learnt it; else at the noise level of the others
    at::Tensor image;          ///< [1, m, d] image features beside the text; undefined: none
    at::Tensor channels;       ///< [1, c, T, H, W] that the network reads behind the latents; undefined: none

    at::Tensor noise; ///< where the run begins
    at::Tensor base;  ///< clip that noise is mixed into when the sampler starts late; undefined: none

    std::vector<LatentWindow> windows; ///< of the clip; empty: all at once
    StepReuse reuse;
};

/// Where a run gets its transformer from: one, or one of several by how much noise is left.
/// Thread: a value.
struct DenoiseNetworks {
    std::function<std::size_t(double timestep)> expertAt; ///< empty: always 0
    /// Loads it if need be; it stays until another is asked for.
    std::function<const VideoTransformer&(std::size_t expert)> load;
};

/// After a step: its number from 1, the latents, and the clip they promise, both with reference frames.
using StepHook = std::function<void(int step, const at::Tensor& latents, const at::Tensor& clip)>;

/// What a run tells and asks. All may be empty.
struct DenoiseHooks {
    /// Before step `index`, from 0: may change the network (a LoRA's strength), and says so.
    std::function<bool(int index, int count)> change;
    StepHook step;
    std::function<void(int step, const RunState& state)> state; ///< after each step, all that going on from there needs
    std::function<bool()> lessMemory; ///< memory ran out: give something up. True: the step is tried again
    Checkpoint checkpoint;            ///< passed between blocks
};

/// The denoising loop: text to video, video to video, image to video and VACE control, with guidance, prompts that
/// change over time, weakened references, several takes at once, and windows over long shots.
/// Thread: one; one run.
class Denoiser {
public:
    Denoiser(DenoiseNetworks networks, DenoiseInputs inputs);
    /// `transformer` outlives the denoiser.
    Denoiser(const VideoTransformer& transformer, DenoiseInputs inputs);
    Denoiser(const Denoiser&) = delete;
    Denoiser& operator=(const Denoiser&) = delete;

    /// Guided velocity [K, C, T, H, W].
    at::Tensor velocity(const FieldStep& step, const Checkpoint& checkpoint = {});

    /// The finished latents without reference frames; from the beginning, or from where `from` was saved. Throws
    /// JobError "not-finite" naming the step, "out-of-memory" when lessMemory() has nothing left to give.
    at::Tensor run(Sampler& sampler, const DenoiseHooks& hooks = {}, const RunState* from = nullptr);

    /// See VelocityField.
    void runOneByOne();
    /// The transformer will be loaded anew for the next step: whoever owns it may drop it.
    void leaveNetwork();
    int skippedSteps() const;

private:
    void useExpert(std::size_t expert);
    void makeFields();
    std::size_t expertAt(double timestep) const;
    FieldInputs windowInputs(const LatentWindow& window, const std::vector<std::int64_t>& textRows) const;
    at::Tensor windowOf(const at::Tensor& latents, const LatentWindow& window, std::int64_t dimension) const;
    at::Tensor withKnown(const at::Tensor& latents, double sigma) const;
    at::Tensor begin(Sampler& sampler, const RunState* from);
    void restoreFields(const RunState& from, bool primes);
    /// The latents after a step, and the clip that its velocity promises.
    struct Stepped {
        at::Tensor latents;
        at::Tensor clip;
    };
    Stepped oneStep(Sampler& sampler, const at::Tensor& latents, const Checkpoint& checkpoint);
    template <class Work>
    auto inMemory(const Sampler& sampler, const DenoiseHooks& hooks, const Work& work)
        -> std::optional<decltype(work())>;
    RunState stateAt(const Sampler& sampler, const at::Tensor& latents) const;

    DenoiseNetworks m_networks;
    DenoiseInputs m_inputs;
    std::vector<at::Tensor> m_weights; ///< of the windows
    bool m_oneByOne = false;
    int m_skipped = 0;                   ///< by fields that are gone
    std::optional<RunState> m_toRestore; ///< what the fields of the next step remember

    // Of the transformer in use; made when the first step asks for it.
    const VideoTransformer* m_transformer = nullptr;
    std::size_t m_expert = 0;
    PreparedText m_text;
    std::vector<VelocityField> m_fields;
};

} // namespace generation
