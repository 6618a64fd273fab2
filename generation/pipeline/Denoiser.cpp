#include "generation/pipeline/Denoiser.h"

#include "generation/pipeline/JobError.h"

#include <ATen/ATen.h>

#include <cmath>
#include <utility>

namespace generation {

Denoiser::Denoiser(const VideoTransformer& transformer, DenoiseInputs inputs)
    : m_transformer(transformer), m_inputs(std::move(inputs)) {
    const at::Tensor text =
        m_inputs.guidance > 1.0 ? at::cat({m_inputs.prompts, m_inputs.negative}, 0) : m_inputs.prompts;
    m_text = m_transformer.prepareText(text);
    if (m_inputs.control.defined()) {
        m_control = m_transformer.prepareControl(m_inputs.control);
    }
    if (m_inputs.controlWithoutReferences.defined()) {
        m_controlWithoutReferences = m_transformer.prepareControl(m_inputs.controlWithoutReferences);
    }
}

at::Tensor Denoiser::timesteps(double timestep, const at::Tensor& latents) const {
    if (!m_inputs.perTokenTime) {
        return at::full({1}, timestep, latents.options().dtype(at::kFloat));
    }
    const auto& patch = m_transformer.config().patch;
    const std::int64_t perFrame = latents.size(3) / patch[1] * (latents.size(4) / patch[2]);
    at::Tensor all =
        at::full({1, latents.size(2) / patch[0] * perFrame}, timestep, latents.options().dtype(at::kFloat));
    if (m_inputs.firstFrame.defined()) {
        all.narrow(1, 0, perFrame).zero_();
    }
    return all;
}

at::Tensor Denoiser::withFirstFrame(const at::Tensor& latents, double sigma) const {
    if (!m_inputs.firstFrame.defined()) {
        return latents;
    }
    at::Tensor result = latents.clone();
    at::Tensor first = result.narrow(2, m_inputs.references, 1);
    first.copy_(m_inputs.firstFrame);
    if (!m_inputs.perTokenTime) {
        first.mul_(1.0 - sigma).add_(m_inputs.noise.narrow(2, m_inputs.references, 1), sigma);
    }
    return result;
}

at::Tensor Denoiser::promptMix(const at::Tensor& velocities, std::int64_t skippedFrames) const {
    const std::int64_t prompts = m_inputs.prompts.size(0);
    const at::Tensor conditional = velocities.narrow(0, 0, prompts);
    if (prompts == 1) {
        return conditional;
    }
    const at::Tensor share =
        m_inputs.promptShare.narrow(1, skippedFrames, velocities.size(2)).view({prompts, 1, velocities.size(2), 1, 1});
    return (conditional * share).sum(0, true);
}

at::Tensor Denoiser::forward(const at::Tensor& latents, double timestep, const PreparedControl* control,
                             const Checkpoint& checkpoint) const {
    TransformerInput input;
    input.latents = latents;
    input.timestep = timesteps(timestep, latents);
    input.text = &m_text;
    input.control = control;
    input.checkpoint = checkpoint;
    const at::Tensor velocities = m_transformer.forward(input);
    const std::int64_t skipped = m_inputs.noise.size(2) - latents.size(2);
    const at::Tensor conditional = promptMix(velocities, skipped);
    if (m_inputs.guidance <= 1.0) {
        return conditional;
    }
    return guided(conditional, velocities.narrow(0, m_inputs.prompts.size(0), 1), m_inputs.guidance);
}

at::Tensor Denoiser::velocity(const at::Tensor& latents, double timestep, const Checkpoint& checkpoint) const {
    at::Tensor full = forward(latents, timestep, m_inputs.control.defined() ? &m_control : nullptr, checkpoint);
    if (m_inputs.references == 0 || m_inputs.referenceStrength == 1.0) {
        return full;
    }
    const std::int64_t clipFrames = latents.size(2) - m_inputs.references;
    const at::Tensor clip = latents.narrow(2, m_inputs.references, clipFrames);
    const PreparedControl* control =
        m_inputs.controlWithoutReferences.defined() ? &m_controlWithoutReferences : nullptr;
    const at::Tensor without = forward(clip, timestep, control, checkpoint);
    full.narrow(2, m_inputs.references, clipFrames)
        .mul_(m_inputs.referenceStrength)
        .add_(without, 1.0 - m_inputs.referenceStrength);
    return full;
}

at::Tensor Denoiser::run(Sampler& sampler, const StepHook& hook, const Checkpoint& checkpoint) const {
    at::Tensor latents = m_inputs.noise;
    if (m_inputs.base.defined()) {
        const double sigma = sampler.sigma();
        latents = (1.0 - sigma) * m_inputs.base + sigma * m_inputs.noise;
    }
    while (!sampler.done()) {
        const double sigma = sampler.sigma();
        const int step = sampler.index() + 1;
        latents = withFirstFrame(latents, sigma);
        const at::Tensor flow = velocity(latents, sampler.timestep(), checkpoint);
        if (!std::isfinite(flow.abs().max().item<double>())) {
            throw JobError("not-finite",
                           "at step " + std::to_string(step) + " of " + std::to_string(sampler.schedule().steps()));
        }
        const at::Tensor clip = clipEstimate(latents, flow, sigma);
        latents = sampler.step(latents, flow);
        if (hook) {
            hook(step, withFirstFrame(latents, sampler.done() ? 0.0 : sampler.sigma()), withFirstFrame(clip, 0.0));
        }
    }
    latents = withFirstFrame(latents, 0.0);
    return latents.narrow(2, m_inputs.references, latents.size(2) - m_inputs.references);
}

} // namespace generation
