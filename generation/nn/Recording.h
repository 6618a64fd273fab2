#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/GradMode.h>

namespace generation {

/// Whether autograd takes down what happens to any of these tensors. Functions of this room then leave the tensors they
/// are given as they are and take a form that has a gradient; otherwise nothing changes for them.
template <class... Tensors>
bool isRecorded(const Tensors&... tensors) {
    return c10::GradMode::is_enabled() && ((tensors.defined() && tensors.requires_grad()) || ...);
}

} // namespace generation
