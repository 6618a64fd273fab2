#include "generation/pipeline/VelocityField.h"

#include <ATen/ATen.h>

#include <utility>

namespace generation {
namespace {

/// First-block caches of a take, one for each branch of guidance and one for all of them together.
constexpr std::int64_t kBranchesPerTake = 4;
constexpr std::int64_t kAllBranches = 3;

constexpr std::int64_t kMostTakes = 64; // as the protocol allows

/// Frames [begin, end) with one row each, as segments of equal neighbours.
std::vector<TextSegment> segments(const std::vector<std::int64_t>& rows, std::int64_t begin, std::int64_t tokens) {
    std::vector<TextSegment> found;
    for (auto row = rows.begin() + begin; row != rows.end(); ++row) {
        if (found.empty() || found.back().row != *row) {
            found.push_back({0, *row});
        }
        found.back().tokens += tokens;
    }
    return found;
}

/// Whether the samples read the text row by row, which needs no layout.
bool isPlain(const TextLayout& layout, std::int64_t rows) {
    if (static_cast<std::int64_t>(layout.size()) != rows) {
        return false;
    }
    for (std::size_t i = 0; i < layout.size(); ++i) {
        if (layout[i].size() != 1 || layout[i].front().row != static_cast<std::int64_t>(i)) {
            return false;
        }
    }
    return true;
}

} // namespace

VelocityField::VelocityField(const VideoTransformer& transformer, const PreparedText& text, FieldInputs inputs)
    : m_transformer(transformer), m_text(text), m_inputs(std::move(inputs)) {
    const auto add = [&](const char* name, const at::Tensor& control, std::int64_t firstFrame) {
        Pass& pass = m_passes.emplace_back();
        pass.name = name;
        pass.firstFrame = firstFrame;
        pass.hasControl = control.defined();
        if (pass.hasControl) {
            pass.control = m_transformer.prepareControl(control);
        }
    };
    add("full", m_inputs.control, 0);
    if (m_inputs.references > 0 && m_inputs.referenceStrength != 1.0) {
        add("bare", m_inputs.controlWithoutReferences, m_inputs.references);
    }
}

std::int64_t VelocityField::tokensPerFrame(const at::Tensor& latents) const {
    const auto& patch = m_transformer.config().patch;
    return latents.size(3) / patch[1] * (latents.size(4) / patch[2]);
}

at::Tensor VelocityField::timesteps(const Pass& pass, const FieldStep& step) const {
    const auto options = at::TensorOptions().dtype(at::kFloat);
    if (!m_inputs.cleanFrames.defined()) {
        return at::full({1}, step.timestep, options);
    }
    const at::Tensor clean = m_inputs.cleanFrames.slice(0, pass.firstFrame).to(options);
    const at::Tensor ofFrame = clean.neg().add(1.0).mul(step.timestep);
    return ofFrame.repeat_interleave(tokensPerFrame(step.latents)).unsqueeze(0);
}

std::vector<std::vector<TextSegment>> VelocityField::branches(const Pass& pass, const FieldStep& step) const {
    const std::int64_t tokens = tokensPerFrame(step.latents);
    std::vector<std::vector<TextSegment>> all{segments(m_inputs.textRows, pass.firstFrame, tokens)};
    if (m_inputs.guidance.isGuided(step.index, step.count)) {
        all.push_back({{tokens * step.latents.size(2), m_inputs.negativeRow}});
    }
    return all;
}

at::Tensor VelocityField::network(const Pass& pass, const FieldStep& step, TextLayout layout,
                                  TransformerInput input) const {
    input.latents = step.latents;
    if (m_inputs.channels.defined()) {
        const at::Tensor behind = m_inputs.channels.slice(2, pass.firstFrame);
        input.latents = at::cat({step.latents, behind.expand({step.latents.size(0), -1, -1, -1, -1})}, 1);
    }
    input.timestep = timesteps(pass, step);
    input.text = &m_text;
    input.layout = isPlain(layout, m_text.batch()) ? TextLayout{} : std::move(layout);
    input.control = pass.hasControl ? &pass.control : nullptr;
    return m_transformer.forward(input);
}

at::Tensor VelocityField::forward(Pass& pass, const FieldStep& step, const Run& of, const Checkpoint& checkpoint) {
    const auto ofSample = branches(pass, step);
    const bool remembers = m_inputs.reuse.kind == StepCache::FirstBlock;
    const auto run = [&](TextLayout layout, std::int64_t branch) {
        TransformerInput input;
        input.checkpoint = checkpoint;
        BlockReuse reuse;
        if (remembers) {
            const std::int64_t which = of.take * kBranchesPerTake + branch;
            FirstBlockCache& cache = pass.firstBlock.try_emplace(which, m_inputs.reuse.threshold).first->second;
            if (step.index < m_inputs.reuse.warmUp || step.index + 1 >= step.count) {
                cache.forget();
            }
            reuse.instead = [&cache](const at::Tensor& before, const at::Tensor& after) {
                return cache.instead(before, after);
            };
            reuse.computed = [&cache, &pass, &step, which](const at::Tensor& tokens) {
                cache.computed(tokens);
                pass.primers[which] = step;
            };
            input.reuse = &reuse;
        }
        return network(pass, step, std::move(layout), std::move(input));
    };
    if (m_oneByOne) {
        std::vector<at::Tensor> rows;
        for (std::size_t b = 0; b < ofSample.size(); ++b) {
            if (!of.branch || *of.branch == static_cast<std::int64_t>(b)) {
                rows.push_back(run({ofSample[b]}, static_cast<std::int64_t>(b)));
            }
        }
        return rows.size() == 1 ? rows.front() : at::cat(rows, 0);
    }
    TextLayout layout;
    for (std::int64_t k = 0; k < step.latents.size(0); ++k) {
        layout.insert(layout.end(), ofSample.begin(), ofSample.end());
    }
    return run(std::move(layout), kAllBranches);
}

at::Tensor VelocityField::takeVelocities(Pass& pass, const FieldStep& step, std::int64_t take,
                                         const Checkpoint& checkpoint) {
    if (m_inputs.reuse.kind != StepCache::Easy) {
        return forward(pass, step, {take, {}}, checkpoint);
    }
    EasyCache& cache = pass.easy.try_emplace(take, m_inputs.reuse.threshold, m_inputs.reuse.warmUp).first->second;
    const auto rows = static_cast<std::int64_t>(branches(pass, step).size()) * step.latents.size(0);
    if (cache.skips(step.latents, rows, step.index, step.count)) {
        return cache.reuse(step.latents);
    }
    at::Tensor velocities = forward(pass, step, {take, {}}, checkpoint);
    cache.computed(step.latents, velocities);
    return velocities;
}

at::Tensor VelocityField::guidedPass(Pass& pass, const FieldStep& step, const Checkpoint& checkpoint) {
    at::Tensor velocities;
    // What one take may skip another may not: with a cache each takes its own way.
    const bool together = !m_oneByOne && m_inputs.reuse.kind == StepCache::None;
    if (together || step.latents.size(0) == 1) {
        velocities = takeVelocities(pass, step, 0, checkpoint);
    } else {
        std::vector<at::Tensor> rows;
        for (std::int64_t k = 0; k < step.latents.size(0); ++k) {
            FieldStep alone = step;
            alone.latents = step.latents.narrow(0, k, 1);
            rows.push_back(takeVelocities(pass, alone, k, checkpoint));
        }
        velocities = at::cat(rows, 0);
    }
    if (velocities.size(0) == step.latents.size(0)) {
        return velocities;
    }
    const at::Tensor prompt = velocities.slice(0, 0, {}, 2);
    const at::Tensor negative = velocities.slice(0, 1, {}, 2);
    const Guidance& guidance = m_inputs.guidance;
    return guidance.zeroStar ? guidedZeroStar(prompt, negative, guidance.scale)
                             : guided(prompt, negative, guidance.scale);
}

at::Tensor VelocityField::velocity(const FieldStep& step, const Checkpoint& checkpoint) {
    if (m_inputs.guidance.isStill(step.index, step.count)) {
        return at::zeros_like(step.latents);
    }
    at::Tensor full = guidedPass(m_passes.front(), step, checkpoint);
    if (m_passes.size() == 1) {
        return full;
    }
    FieldStep clip = step;
    clip.latents = step.latents.slice(2, m_inputs.references);
    const at::Tensor without = guidedPass(m_passes.back(), clip, checkpoint);
    full.slice(2, m_inputs.references).mul_(m_inputs.referenceStrength).add_(without, 1.0 - m_inputs.referenceStrength);
    return full;
}

int VelocityField::skippedSteps() const {
    int skipped = 0;
    for (const auto& [take, cache] : m_passes.front().easy) {
        skipped += cache.skipped();
    }
    for (const auto& [branch, cache] : m_passes.front().firstBlock) {
        skipped += cache.skipped();
    }
    return skipped;
}

void VelocityField::save(RunState& state, const std::string& prefix) const {
    for (const Pass& pass : m_passes) {
        for (const auto& [take, cache] : pass.easy) {
            cache.save(state, prefix + pass.name + ".easy" + std::to_string(take) + ".");
        }
        for (const auto& [which, step] : pass.primers) {
            const std::string name = prefix + pass.name + ".primer" + std::to_string(which) + ".";
            state.tensors[name + "latents"] = step.latents;
            state.numbers[name + "timestep"] = step.timestep;
            state.integers[name + "index"] = step.index;
            state.integers[name + "count"] = step.count;
        }
    }
}

void VelocityField::restore(const RunState& state, const std::string& prefix) {
    for (Pass& pass : m_passes) {
        pass.easy.clear();
        pass.firstBlock.clear();
        pass.primers.clear();
        for (std::int64_t take = 0; take < kMostTakes; ++take) {
            const std::string easy = prefix + pass.name + ".easy" + std::to_string(take) + ".";
            if (state.numbers.contains(easy + "rate")) {
                EasyCache cache(m_inputs.reuse.threshold, m_inputs.reuse.warmUp);
                cache.restore(state, easy);
                pass.easy.emplace(take, std::move(cache));
            }
        }
    }
}

void VelocityField::prime(const RunState& state, const std::string& prefix) {
    if (m_inputs.reuse.kind != StepCache::FirstBlock) {
        return;
    }
    for (Pass& pass : m_passes) {
        for (std::int64_t which = 0; which < kMostTakes * kBranchesPerTake; ++which) {
            const std::string primer = prefix + pass.name + ".primer" + std::to_string(which) + ".";
            const std::int64_t branch = which % kBranchesPerTake;
            const bool ranSo = (branch == kAllBranches) != m_oneByOne;
            if (ranSo && !pass.primers.contains(which) && state.has(primer + "latents")) {
                // Too large for a file at every step, and quickly made again with the same bits.
                forward(pass,
                        {state.tensors.at(primer + "latents"), state.numbers.at(primer + "timestep"),
                         static_cast<int>(state.integers.at(primer + "index")),
                         static_cast<int>(state.integers.at(primer + "count"))},
                        {which / kBranchesPerTake, m_oneByOne ? std::optional(branch) : std::nullopt}, {});
            }
        }
    }
}

} // namespace generation
