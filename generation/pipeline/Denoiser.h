#pragma once

#include "generation/device/Cancelled.h"
#include "generation/model/VideoTransformer.h"
#include "generation/sampling/Sampler.h"

#include <ATen/core/Tensor.h>

#include <functional>

namespace generation {

/// Everything one run of the network depends on, as tensors on its device. Latents are [1, C, T, H, W], T counting the
/// reference frames in front.
struct DenoiseInputs {
    at::Tensor prompts;     ///< [S, n, d] text features, one row a prompt
    at::Tensor negative;    ///< [1, n, d]
    at::Tensor promptShare; ///< [S, T], sums to 1 over S: how much each prompt counts in each latent frame; undefined:
                            ///< one prompt
    double guidance = 1.0;  ///< 1 or less: without the negative prompt, in half the time

    at::Tensor control;             ///< [1, channels, T, H, W]; undefined: the control branch is off
    std::int64_t references = 0;    ///< latent frames in front of the clip
    double referenceStrength = 1.0; ///< of their effect against the run that does not see them; above 1 exaggerates
    at::Tensor controlWithoutReferences; ///< then that run's control, or undefined where it has none

    at::Tensor firstFrame; ///< [1, C, 1, H, W]: the clip's first latent frame where it is known; undefined: it is not
    bool perTokenTime = false; ///< the network takes a known frame clean, with a timestep of its own; else it is shown
                               ///< at the noise level of the others

    at::Tensor noise; ///< where the run begins
    at::Tensor base;  ///< clip that noise is mixed into when the sampler starts late; undefined: none
};

/// After a step: its number from 1, the latents, and the clip they promise, both with reference frames.
using StepHook = std::function<void(int step, const at::Tensor& latents, const at::Tensor& clip)>;

/// The denoising loop: text to video, video to video, image to video and VACE control, with guidance, prompts that
/// change over time and weakened references. Prompts and guidance share one batch.
/// Thread: one.
class Denoiser {
public:
    Denoiser(const VideoTransformer& transformer, DenoiseInputs inputs);

    /// Guided velocity [1, C, T, H, W]. The checkpoint is passed between blocks.
    at::Tensor velocity(const at::Tensor& latents, double timestep, const Checkpoint& checkpoint = {}) const;

    /// The finished latents without reference frames. Throws JobError "not-finite" naming the step.
    at::Tensor run(Sampler& sampler, const StepHook& hook = {}, const Checkpoint& checkpoint = {}) const;

private:
    at::Tensor forward(const at::Tensor& latents, double timestep, const PreparedControl* control,
                       const Checkpoint& checkpoint) const;
    at::Tensor timesteps(double timestep, const at::Tensor& latents) const;
    at::Tensor promptMix(const at::Tensor& velocities, std::int64_t skippedFrames) const;
    at::Tensor withFirstFrame(const at::Tensor& latents, double sigma) const;

    const VideoTransformer& m_transformer;
    DenoiseInputs m_inputs;
    PreparedText m_text;
    PreparedControl m_control;
    PreparedControl m_controlWithoutReferences;
};

} // namespace generation
