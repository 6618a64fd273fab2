#include "generation/training/TrainingLoop.h"

#include "generation/device/Cancelled.h"
#include "generation/pipeline/TensorFile.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>

namespace generation {

namespace {

constexpr const char* kLeaf = "leaf.";
constexpr const char* kAverage = "average.";
constexpr const char* kOptimiser = "optimiser.";
constexpr const char* kCurve = "curve";

void addUnder(const std::string& prefix, const TensorMap& tensors, TensorMap& all) {
    for (const auto& [name, tensor] : tensors) {
        all[prefix + name] = tensor.detach();
    }
}

TensorMap takeUnder(const std::string& prefix, const TensorMap& all) {
    TensorMap tensors;
    for (const auto& [name, tensor] : all) {
        if (name.starts_with(prefix)) {
            tensors[name.substr(prefix.size())] = tensor;
        }
    }
    return tensors;
}

/// Copies values of the same names and sizes.
void copyInto(const TensorMap& from, const TensorMap& into, const std::string& where) {
    const c10::NoGradGuard quiet;
    for (const auto& [name, tensor] : into) {
        const auto found = from.find(name);
        if (found == from.end() || found->second.sizes() != tensor.sizes()) {
            throw WeightsError(where, "is of another network: no '" + name + "' of this size");
        }
        tensor.copy_(found->second);
    }
}

} // namespace

std::string checkpointPath(const LoopSettings& settings) {
    return settings.folder + "/" + settings.part + ".checkpoint.safetensors";
}

TrainingLoop::TrainingLoop(Trainee& trainee, LoopSettings settings, TrainingObserver& observer)
    : m_trainee(trainee), m_settings(std::move(settings)), m_observer(observer),
      m_optimiser(trainee.leaves(), m_settings.optimiser) {
    for (const auto& [name, leaf] : trainee.leaves()) {
        m_average[name] = leaf.detach().clone();
    }
}

void TrainingLoop::takeUp() {
    std::error_code error;
    if (m_settings.folder.empty() || !std::filesystem::exists(checkpointPath(m_settings), error)) {
        return;
    }
    const TensorFile file = readTensorFile(checkpointPath(m_settings));
    copyInto(takeUnder(kLeaf, file.tensors), m_trainee.leaves(), checkpointPath(m_settings));
    copyInto(takeUnder(kAverage, file.tensors), m_average, checkpointPath(m_settings));
    m_optimiser.restore(takeUnder(kOptimiser, file.tensors));
    m_curve.restore(file.tensors.at(kCurve));
    m_step = std::strtoll(file.metadata.at("step").c_str(), nullptr, 10);
    m_spentBefore = std::strtod(file.metadata.at("seconds").c_str(), nullptr);
}

void TrainingLoop::save() const {
    if (m_settings.folder.empty()) {
        return;
    }
    TensorMap all;
    addUnder(kLeaf, m_trainee.leaves(), all);
    addUnder(kAverage, m_average, all);
    addUnder(kOptimiser, m_optimiser.state(), all);
    all[kCurve] = m_curve.values();
    writeTensorFile(checkpointPath(m_settings), all,
                    {{"step", std::to_string(m_step)}, {"seconds", std::to_string(m_clock->spent())}});
    m_curve.write(m_settings.folder + "/" + m_settings.part + "-loss");
}

void TrainingLoop::follow(const TensorMap& leaves) {
    const c10::NoGradGuard quiet;
    // At first the averages follow closely: a mean that remembers the first random values is of no use.
    const auto n = static_cast<double>(m_step);
    const double decay = std::min(m_settings.averageDecay, (1.0 + n) / (10.0 + n));
    std::vector<at::Tensor> averages;
    std::vector<at::Tensor> values;
    for (const auto& [name, leaf] : leaves) {
        averages.push_back(m_average.at(name));
        values.push_back(leaf.detach());
    }
    at::_foreach_mul_(averages, decay);
    at::_foreach_add_(averages, values, 1.0 - decay);
}

void TrainingLoop::pause() const {
    try {
        m_observer.checkpoint();
    } catch (const Cancelled&) {
        if (m_step > 0) {
            save();
        }
        throw;
    }
}

TensorMap TrainingLoop::run(std::int64_t most) {
    takeUp();
    const TrainingClock clock(m_settings.budget, m_spentBefore);
    m_clock = &clock;
    double saved = clock.spent();
    m_trainee.stepped({m_step, clock.fraction(m_step)}, m_average);
    for (std::int64_t made = 0; clock.fraction(m_step) < 1.0 && (most == 0 || made < most); ++made) {
        pause();
        const TrainingPosition position{m_step, clock.fraction(m_step)};
        const double loss = m_trainee.addGradients(position);
        if (!std::isfinite(loss)) {
            throw WeightsError(m_settings.part, "the loss is not a number at step " + std::to_string(m_step));
        }
        m_optimiser.step(learningRateFactor(m_step, m_settings.warmup, position.fraction));
        ++m_step;
        follow(m_trainee.leaves());
        m_curve.add(m_step, clock.spent(), loss);
        if (clock.spent() - saved >= m_settings.secondsToCheckpoint) {
            save();
            saved = clock.spent();
        }
        const double fraction = clock.fraction(m_step);
        m_trainee.stepped({m_step, fraction}, m_average);
        m_observer.progress(
            {m_settings.part, m_step, m_settings.budget.steps, fraction, m_curve.recent(), clock.secondsLeft(m_step)});
    }
    save();
    m_clock = nullptr;
    return m_average;
}

} // namespace generation
