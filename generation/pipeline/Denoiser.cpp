#include "generation/pipeline/Denoiser.h"

#include "generation/device/OutOfMemory.h"
#include "generation/pipeline/JobError.h"
#include "generation/pipeline/PromptContexts.h"

#include <ATen/ATen.h>

#include <cmath>
#include <utility>

namespace generation {
namespace {

constexpr const char* kLatents = "latents";
constexpr const char* kExpert = "expert";
constexpr const char* kOneByOne = "one-by-one";

std::string fieldPrefix(std::size_t window) {
    return "window" + std::to_string(window) + ".";
}

} // namespace

Denoiser::Denoiser(DenoiseNetworks networks, DenoiseInputs inputs)
    : m_networks(std::move(networks)), m_inputs(std::move(inputs)) {
    const std::int64_t frames = m_inputs.noise.size(2) - m_inputs.references;
    if (m_inputs.windows.empty()) {
        m_inputs.windows = {{0, frames}};
    }
    m_weights = windowWeights(m_inputs.windows, frames);
}

Denoiser::Denoiser(const VideoTransformer& transformer, DenoiseInputs inputs)
    : Denoiser(DenoiseNetworks{.expertAt = {},
                               .load = [&transformer](std::size_t) -> const VideoTransformer& { return transformer; }},
               std::move(inputs)) {}

std::size_t Denoiser::expertAt(double timestep) const {
    return m_networks.expertAt ? m_networks.expertAt(timestep) : 0;
}

void Denoiser::useExpert(std::size_t expert) {
    if (!m_fields.empty() && expert == m_expert) {
        return;
    }
    leaveNetwork(); // before the next one is loaded, so that both never share the memory
    m_transformer = &m_networks.load(expert);
    m_expert = expert;
    makeFields();
}

void Denoiser::makeFields() {
    const PromptContexts contexts = promptContexts(m_inputs.prompts, m_inputs.promptShare, m_inputs.noise.size(2));
    Guidance guidance = m_inputs.guidance;
    guidance.scale = m_expert > 0 ? m_inputs.secondGuidance.value_or(guidance.scale) : guidance.scale;
    m_skipped = skippedSteps();
    m_fields.clear();
    std::vector<VelocityField> fields; // all of them or, when memory runs out half way, none
    const bool isGuided = guidance.scale > 1.0;
    m_text = m_transformer->prepareText(isGuided ? at::cat({contexts.rows, m_inputs.negative}, 0) : contexts.rows,
                                        m_inputs.image);
    for (const LatentWindow& window : m_inputs.windows) {
        FieldInputs inputs = windowInputs(window, contexts.ofFrame);
        inputs.guidance = guidance;
        VelocityField& field = fields.emplace_back(*m_transformer, m_text, std::move(inputs));
        if (m_oneByOne) {
            field.runOneByOne();
        }
    }
    m_fields = std::move(fields);
}

/// The window's frames of a tensor over the clip, with the reference frames in front where it has them.
at::Tensor Denoiser::windowOf(const at::Tensor& latents, const LatentWindow& window, std::int64_t dimension) const {
    if (!latents.defined() || m_inputs.windows.size() == 1) {
        return latents;
    }
    const at::Tensor clip = latents.narrow(dimension, m_inputs.references + window.begin, window.length);
    return m_inputs.references == 0 ? clip
                                    : at::cat({latents.narrow(dimension, 0, m_inputs.references), clip}, dimension);
}

FieldInputs Denoiser::windowInputs(const LatentWindow& window, const std::vector<std::int64_t>& textRows) const {
    const auto references = m_inputs.references;
    FieldInputs field;
    field.textRows.assign(textRows.begin(), textRows.begin() + references);
    const auto first = textRows.begin() + references + window.begin;
    field.textRows.insert(field.textRows.end(), first, first + window.length);
    field.control = windowOf(m_inputs.control, window, 2);
    field.references = references;
    field.referenceStrength = m_inputs.referenceStrength;
    if (m_inputs.controlWithoutReferences.defined()) {
        field.controlWithoutReferences = m_inputs.controlWithoutReferences.narrow(2, window.begin, window.length);
    }
    field.channels = windowOf(m_inputs.channels, window, 2);
    field.reuse = m_inputs.reuse;
    if (m_inputs.knownIsClean) {
        const at::Tensor ahead = at::zeros({references}, at::kFloat);
        const at::Tensor clip = m_inputs.knownMask.defined()
                                    ? m_inputs.knownMask.flatten().to(at::kCPU, at::kFloat)
                                    : at::zeros({m_inputs.noise.size(2) - references}, at::kFloat);
        field.cleanFrames = at::cat({ahead, clip.narrow(0, window.begin, window.length)});
    }
    // The text is prepared in m_text: mixtures of prompts, then the negative prompt.
    field.negativeRow = m_text.batch() - 1;
    return field;
}

at::Tensor Denoiser::velocity(const FieldStep& step, const Checkpoint& checkpoint) {
    useExpert(expertAt(step.timestep));
    if (m_toRestore) {
        restoreFields(*m_toRestore, false);
        m_toRestore.reset();
    }
    if (m_fields.size() == 1) {
        return m_fields.front().velocity(step, checkpoint);
    }
    at::Tensor sum = at::zeros_like(step.latents);
    const std::int64_t references = m_inputs.references;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const LatentWindow& window = m_inputs.windows[i];
        FieldStep part = step;
        part.latents = windowOf(step.latents, window, 2);
        const at::Tensor flow = m_fields[i].velocity(part, checkpoint);
        const at::Tensor weight = m_weights[i].to(flow.device()).view({1, 1, window.length, 1, 1});
        sum.narrow(2, references + window.begin, window.length).add_(flow.slice(2, references) * weight);
        if (references > 0) {
            sum.narrow(2, 0, references)
                .add_(flow.narrow(2, 0, references), 1.0 / static_cast<double>(m_fields.size()));
        }
    }
    return sum;
}

at::Tensor Denoiser::withKnown(const at::Tensor& latents, double sigma) const {
    if (!m_inputs.known.defined()) {
        return latents;
    }
    at::Tensor result = latents.clone();
    at::Tensor clip = result.slice(2, m_inputs.references);
    at::Tensor kept = m_inputs.known;
    if (!m_inputs.knownIsClean) {
        kept = (1.0 - sigma) * kept + sigma * m_inputs.noise.slice(2, m_inputs.references);
    }
    clip.copy_(at::where(m_inputs.knownMask.gt(0.5), kept, clip));
    return result;
}

RunState Denoiser::stateAt(const Sampler& sampler, const at::Tensor& latents) const {
    RunState state;
    state.tensors[kLatents] = latents;
    state.integers[kExpert] = static_cast<std::int64_t>(m_expert);
    state.integers[kOneByOne] = m_oneByOne ? 1 : 0;
    sampler.save(state);
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        m_fields[i].save(state, fieldPrefix(i));
    }
    return state;
}

at::Tensor Denoiser::begin(Sampler& sampler, const RunState* from) {
    if (from) {
        if (!from->has(kLatents) || from->tensors.at(kLatents).sizes() != m_inputs.noise.sizes()) {
            throw JobError("bad-request", "the checkpoint is of another size or number of takes");
        }
        sampler.restore(*from);
        const auto alone = from->integers.find(kOneByOne);
        if (alone != from->integers.end() && alone->second != 0) {
            runOneByOne(); // as it began: sums of rows that run alone round otherwise
        }
        if (!sampler.done()) {
            useExpert(expertAt(sampler.timestep()));
            restoreFields(*from, true);
        }
        return from->tensors.at(kLatents);
    }
    if (!m_inputs.base.defined()) {
        return m_inputs.noise;
    }
    const double sigma = sampler.done() ? 0.0 : sampler.sigma();
    return (1.0 - sigma) * m_inputs.base + sigma * m_inputs.noise;
}

/// What another transformer remembers is of no use to the one whose turn it is.
void Denoiser::restoreFields(const RunState& from, bool primes) {
    const bool isSame = from.integers.at(kExpert) == static_cast<std::int64_t>(m_expert);
    const RunState nothing;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        m_fields[i].restore(isSame ? from : nothing, fieldPrefix(i));
        if (primes && isSame) {
            m_fields[i].prime(from, fieldPrefix(i));
        }
    }
}

Denoiser::Stepped Denoiser::oneStep(Sampler& sampler, const at::Tensor& latents, const Checkpoint& checkpoint) {
    const double sigma = sampler.sigma();
    const int step = sampler.index() + 1;
    const int steps = sampler.schedule().steps();
    const at::Tensor shown = withKnown(latents, sigma);
    const at::Tensor flow = velocity({shown, sampler.timestep(), step - 1, steps}, checkpoint);
    if (!std::isfinite(flow.abs().max().item<double>())) {
        throw JobError("not-finite", "at step " + std::to_string(step) + " of " + std::to_string(steps));
    }
    at::Tensor clip = clipEstimate(shown, flow, sigma);
    return {sampler.step(shown, flow), std::move(clip)};
}

/// What `work` gives, or nothing when memory ran out and something was given up for it: then it is to be tried again.
template <class Work>
auto Denoiser::inMemory(const Sampler& sampler, const DenoiseHooks& hooks, const Work& work)
    -> std::optional<decltype(work())> {
    try {
        return work();
    } catch (const std::exception& error) {
        if (!isOutOfMemory(error)) {
            throw;
        }
    }
    // Here, not in the handler: what unwinding keeps for the exception is freed only now.
    if (!hooks.lessMemory || !hooks.lessMemory()) {
        throw JobError("out-of-memory", "at step " + std::to_string(sampler.index() + 1) + " of " +
                                            std::to_string(sampler.schedule().steps()));
    }
    return std::nullopt;
}

at::Tensor Denoiser::run(Sampler& sampler, const DenoiseHooks& hooks, const RunState* from) {
    std::optional<at::Tensor> begun;
    while (!begun) {
        begun = inMemory(sampler, hooks, [&] { return begin(sampler, from); });
    }
    at::Tensor latents = *begun;
    while (!sampler.done()) {
        const RunState before = stateAt(sampler, latents);
        const auto stepped = inMemory(sampler, hooks, [&] {
            if (hooks.change && hooks.change(sampler.index(), sampler.schedule().steps()) && !m_fields.empty()) {
                makeFields();
            }
            return oneStep(sampler, latents, hooks.checkpoint);
        });
        if (!stepped) {
            sampler.restore(before);
            m_toRestore = before;
            continue;
        }
        latents = stepped->latents;
        if (hooks.state) {
            hooks.state(sampler.index(), stateAt(sampler, latents));
        }
        if (hooks.step) {
            hooks.step(sampler.index(), withKnown(latents, sampler.done() ? 0.0 : sampler.sigma()),
                       withKnown(stepped->clip, 0.0));
        }
    }
    return withKnown(latents, 0.0).slice(2, m_inputs.references);
}

void Denoiser::runOneByOne() {
    m_oneByOne = true;
    for (VelocityField& field : m_fields) {
        field.runOneByOne();
    }
}

void Denoiser::leaveNetwork() {
    m_skipped = skippedSteps();
    m_fields.clear();
    m_text = {};
    m_transformer = nullptr;
}

int Denoiser::skippedSteps() const {
    int skipped = m_skipped;
    for (const VelocityField& field : m_fields) {
        skipped += field.skippedSteps();
    }
    return skipped;
}

} // namespace generation
