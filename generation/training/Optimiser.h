#pragma once

#include "generation/training/TensorMap.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace generation {

/// How weights are moved.
/// Thread: a value.
struct OptimiserSettings {
    enum class Kind : std::uint8_t { Muon, AdamW };

    Kind kind = Kind::Muon;
    double matrixRate = 0.006; ///< Muon's; an update's root mean square is a fifth of it
    double rate = 0.002;       ///< AdamW's
    double weightDecay = 0.01; ///< of matrices, times the rate
    double momentum = 0.95;
    double beta1 = 0.9;
    double beta2 = 0.98;
    double largestNorm = 1.0;                     ///< of all gradients together; they are scaled down to it
    at::ScalarType iterationType = at::kBFloat16; ///< of Muon's iteration
};

/// Whether Muon moves this weight: matrices and convolution kernels inside a network, not what reads its input or
/// writes its output, nor tables and embeddings.
bool isHiddenMatrix(const std::string& name, const at::Tensor& weight);

/// Moves float32 leaves along their gradients: Muon (momentum, the update orthogonalised) on hidden matrices and AdamW
/// on the rest, or AdamW alone. Matrices of one shape are orthogonalised together. Deterministic: the same gradients
/// give the same bits. Thread: one; the leaves are not in use during step().
class Optimiser {
public:
    Optimiser(const TensorMap& leaves, const OptimiserSettings& settings);

    /// One step with rates times `factor`; gradients are spent. Returns their norm before it was limited.
    double step(double factor);

    /// All that going on needs beside the leaves.
    TensorMap state() const;
    /// What state() gave. Throws WeightsError when it is that of other leaves.
    void restore(const TensorMap& state);

private:
    struct Adam {
        at::Tensor leaf, first, second;
    };
    struct Matrix {
        at::Tensor leaf, momentum;
    };
    using Shape = std::pair<std::int64_t, std::int64_t>;

    double limitGradients();
    void moveAdam(double factor);
    void moveMatrices(double factor);

    OptimiserSettings m_settings;
    std::map<std::string, Adam> m_adam;
    std::map<std::string, Matrix> m_matrices;
    std::map<Shape, std::vector<const Matrix*>> m_groups; ///< by rows and columns
    std::int64_t m_steps = 0;
};

} // namespace generation
