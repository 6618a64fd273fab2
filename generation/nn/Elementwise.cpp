#include "generation/nn/Elementwise.h"

#include "generation/nn/Gradients.h"
#include "generation/nn/Kernels.h"
#include "generation/nn/Recording.h"
#include "generation/nn/RowGroups.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

namespace generation {

void addGated(at::Tensor& x, const at::Tensor& y, const at::Tensor& gate) {
    if (isRecorded(x, y, gate)) {
        x = gradients::addGated(x, y, gate);
        return;
    }
    if (!x.is_cpu() || (y.scalar_type() != at::kFloat && y.scalar_type() != at::kBFloat16)) {
        x.add_(gate.defined() ? y.to(x.scalar_type()) * spreadOverRows(gate, x.size(1)) : y);
        return;
    }
    TORCH_CHECK(x.is_contiguous() && x.sizes() == y.sizes() && x.scalar_type() == at::kFloat,
                "addGated: shapes differ");
    const at::Tensor source = y.contiguous();
    const RowGroups gates(gate, x);
    const std::int64_t width = x.size(2);
    auto* to = x.data_ptr<float>();
    at::parallel_for(0, x.size(0) * x.size(1), rowGrain(width), [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
            if (source.scalar_type() == at::kFloat) {
                kernels::addGated(width, to + row * width, source.data_ptr<float>() + row * width, gates.at(row));
            } else {
                kernels::addGated(width, to + row * width,
                                  static_cast<const kernels::Bf16*>(source.data_ptr()) + row * width, gates.at(row));
            }
        }
    });
}

void geluTanhInPlace(at::Tensor& x) {
    if (isRecorded(x)) {
        x = gradients::geluTanh(x);
        return;
    }
    if (!x.is_cpu() || (x.scalar_type() != at::kFloat && x.scalar_type() != at::kBFloat16)) {
        x = at::gelu(x, "tanh");
        return;
    }
    TORCH_CHECK(x.is_contiguous(), "geluTanhInPlace: not contiguous");
    at::parallel_for(0, x.numel(), 16384, [&](std::int64_t begin, std::int64_t end) {
        if (x.scalar_type() == at::kFloat) {
            kernels::geluTanh(end - begin, x.data_ptr<float>() + begin);
        } else {
            kernels::geluTanh(end - begin, static_cast<kernels::Bf16*>(x.data_ptr()) + begin);
        }
    });
}

} // namespace generation
