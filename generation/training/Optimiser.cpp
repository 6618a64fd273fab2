#include "generation/training/Optimiser.h"

#include "generation/training/Orthogonalise.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace generation {

namespace {

constexpr double kEps = 1e-8;
constexpr const char* kSteps = "steps";
/// Muon's updates have this root mean square at a rate of 1, about AdamW's (Moonlight, 2025).
constexpr double kUpdateSize = 0.2;
/// Values of momentum that are stacked at a time.
constexpr std::int64_t kGroupValues = std::int64_t{1} << 24U;

using Tensors = std::vector<at::Tensor>; // for one call over all of them: a card has too many to take one at a time

} // namespace

bool isHiddenMatrix(const std::string& name, const at::Tensor& weight) {
    static constexpr std::array<std::string_view, 9> kEnds{"shared.weight",
                                                           "patch_embedding.weight",
                                                           "scale_shift_table",
                                                           "relative_attention_bias.weight",
                                                           "encoder.conv_in.weight",
                                                           "decoder.conv_in.weight",
                                                           "encoder.conv_out.weight",
                                                           "decoder.conv_out.weight",
                                                           "pos_embed"};
    if (name == "proj_out.weight" || weight.dim() < 2 || weight.size(0) < 8 || weight[0].numel() < 8) {
        return false;
    }
    return std::none_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return name.ends_with(end); });
}

Optimiser::Optimiser(const TensorMap& leaves, const OptimiserSettings& settings) : m_settings(settings) {
    for (const auto& [name, leaf] : leaves) {
        const at::Tensor zeros = at::zeros_like(leaf).set_requires_grad(false);
        if (settings.kind == OptimiserSettings::Kind::Muon && isHiddenMatrix(name, leaf)) {
            m_matrices[name] = {leaf, zeros};
        } else {
            m_adam[name] = {leaf, zeros, at::zeros_like(zeros)};
        }
    }
    for (const auto& [name, matrix] : m_matrices) {
        m_groups[{matrix.leaf.size(0), matrix.leaf[0].numel()}].push_back(&matrix);
    }
}

double Optimiser::limitGradients() {
    Tensors gradients;
    const auto take = [&](const at::Tensor& leaf) {
        if (!leaf.grad().defined()) {
            leaf.mutable_grad() = at::zeros_like(leaf).set_requires_grad(false); // a part that was not used this time
        }
        gradients.push_back(leaf.grad());
    };
    for (const auto& [name, adam] : m_adam) {
        take(adam.leaf);
    }
    for (const auto& [name, matrix] : m_matrices) {
        take(matrix.leaf);
    }
    const double norm = at::stack(at::_foreach_norm(gradients, 2)).norm().item<double>();
    if (norm > m_settings.largestNorm) {
        at::_foreach_mul_(gradients, m_settings.largestNorm / norm);
    }
    return norm;
}

void Optimiser::moveAdam(double factor) {
    const auto n = static_cast<double>(m_steps);
    const double rate = m_settings.rate * factor;
    const double firstBias = 1.0 - std::pow(m_settings.beta1, n);
    const double secondBias = 1.0 - std::pow(m_settings.beta2, n);
    Tensors leaves;
    Tensors decaying;
    Tensors gradients;
    Tensors first;
    Tensors second;
    for (const auto& [name, adam] : m_adam) {
        leaves.push_back(adam.leaf);
        gradients.push_back(adam.leaf.grad());
        first.push_back(adam.first);
        second.push_back(adam.second);
        if (adam.leaf.dim() > 1) {
            decaying.push_back(adam.leaf);
        }
    }
    if (leaves.empty()) {
        return;
    }
    at::_foreach_mul_(first, m_settings.beta1);
    at::_foreach_add_(first, gradients, 1.0 - m_settings.beta1);
    at::_foreach_mul_(second, m_settings.beta2);
    at::_foreach_addcmul_(second, gradients, gradients, 1.0 - m_settings.beta2);
    if (!decaying.empty()) {
        at::_foreach_mul_(decaying, 1.0 - rate * m_settings.weightDecay);
    }
    const Tensors sizes = at::_foreach_div(second, secondBias);
    at::_foreach_sqrt_(sizes);
    at::_foreach_add_(sizes, kEps);
    at::_foreach_addcdiv_(leaves, first, sizes, -rate / firstBias);
}

void Optimiser::moveMatrices(double factor) {
    const double rate = m_settings.matrixRate * factor;
    for (const auto& [shape, group] : m_groups) {
        const auto [rows, columns] = shape;
        const std::int64_t most = std::max<std::int64_t>(1, kGroupValues / (rows * columns));
        const auto count = static_cast<std::int64_t>(group.size());
        const double scale = -rate * kUpdateSize * std::sqrt(static_cast<double>(std::max(rows, columns)));
        for (std::int64_t begin = 0; begin < count; begin += most) {
            const std::int64_t end = std::min(count, begin + most);
            Tensors leaves;
            Tensors gradients;
            Tensors momenta;
            for (std::int64_t i = begin; i < end; ++i) {
                const auto& [leaf, momentum] = *group[static_cast<std::size_t>(i)];
                leaves.push_back(leaf.flatten(1)); // a view
                gradients.push_back(leaf.grad().flatten(1));
                momenta.push_back(momentum.flatten(1));
            }
            at::_foreach_mul_(momenta, m_settings.momentum);
            at::_foreach_add_(momenta, gradients, 1.0 - m_settings.momentum);
            const at::Tensor directions =
                at::stack(gradients).lerp(at::stack(momenta), m_settings.momentum); // Nesterov's
            const at::Tensor updates = orthogonalised(directions, m_settings.iterationType).contiguous();
            at::_foreach_mul_(leaves, 1.0 - rate * m_settings.weightDecay);
            at::_foreach_add_(leaves, updates.unbind(0), scale);
        }
    }
}

double Optimiser::step(double factor) {
    const c10::NoGradGuard quiet;
    const double norm = limitGradients();
    ++m_steps;
    moveAdam(factor);
    moveMatrices(factor);
    for (const auto& [name, adam] : m_adam) {
        adam.leaf.mutable_grad() = at::Tensor();
    }
    for (const auto& [name, matrix] : m_matrices) {
        matrix.leaf.mutable_grad() = at::Tensor();
    }
    return norm;
}

TensorMap Optimiser::state() const {
    TensorMap state;
    for (const auto& [name, adam] : m_adam) {
        state["first." + name] = adam.first;
        state["second." + name] = adam.second;
    }
    for (const auto& [name, matrix] : m_matrices) {
        state["momentum." + name] = matrix.momentum;
    }
    state[kSteps] = at::full({1}, static_cast<double>(m_steps), at::kFloat); // exact up to 2^24
    return state;
}

void Optimiser::restore(const TensorMap& state) {
    const auto take = [&](const std::string& name, const at::Tensor& into) {
        const auto found = state.find(name);
        if (found == state.end() || found->second.sizes() != into.sizes()) {
            throw WeightsError("checkpoint", "no '" + name + "' of this size");
        }
        into.copy_(found->second);
    };
    for (const auto& [name, adam] : m_adam) {
        take("first." + name, adam.first);
        take("second." + name, adam.second);
    }
    for (const auto& [name, matrix] : m_matrices) {
        take("momentum." + name, matrix.momentum);
    }
    const at::Tensor steps = at::zeros({1});
    take(kSteps, steps);
    m_steps = static_cast<std::int64_t>(steps.item<float>());
}

} // namespace generation
