#pragma once

#include <ATen/core/Tensor.h>

namespace generation {

/// Matrices [n, r, c] with all their singular values brought near 1 (0.7 to 1.2) by five Newton-Schulz steps of the
/// quintic iteration of Muon (K. Jordan et al., 2024), computed in `type`; float32 out.
at::Tensor orthogonalised(const at::Tensor& matrices, at::ScalarType type);

} // namespace generation
