#include "generation/nn/Gradients.h"

#include "generation/device/Compat.h"
#include "generation/device/Device.h"
#include "generation/nn/Elementwise.h"
#include "generation/nn/GradientKernels.h"
#include "generation/nn/RowGroups.h"
#include "generation/nn/RowStrips.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace generation::gradients {

namespace {

using kernels::Bf16;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

bool hasLoops(const at::Tensor& x) {
    return x.is_cpu() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
}

template <class T>
at::Tensor gatedRows(const at::Tensor& d, const at::Tensor& y, const at::Tensor& gate, const at::Tensor& sums) {
    const std::int64_t width = y.size(2);
    const at::Tensor dy = at::empty_like(y);
    const RowGroups gates(gate, y);
    RowStrips(y, gate).each([&](std::int64_t strip, std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r) {
            const kernels::GateRow row{width, gates.at(r), sums.data_ptr<float>() + strip * width};
            kernels::addGatedGradient(row, d.data_ptr<float>() + r * width,
                                      static_cast<const T*>(y.data_ptr()) + r * width,
                                      static_cast<T*>(dy.data_ptr()) + r * width);
        }
    });
    return dy;
}

/// x float32 [B, L, D], gate defined.
struct AddGatedFunction : torch::autograd::Function<AddGatedFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& y,
                              const at::Tensor& gate) {
        context->save_for_backward({y, gate});
        at::Tensor sum = x.clone();
        generation::addGated(sum, y, gate);
        return sum;
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor& y = saved[0];
        const at::Tensor& gate = saved[1];
        const at::Tensor d = gradients[0].contiguous();
        const RowStrips strips(y, gate);
        const at::Tensor sums = strips.sums(y.size(2));
        const at::Tensor dy =
            y.scalar_type() == at::kFloat ? gatedRows<float>(d, y, gate, sums) : gatedRows<Bf16>(d, y, gate, sums);
        return {d, dy, strips.total(sums, gate)};
    }
};

struct GeluFunction : torch::autograd::Function<GeluFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x) {
        context->save_for_backward({x});
        at::Tensor y = x.clone();
        geluTanhInPlace(y);
        return y;
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const at::Tensor x = context->get_saved_variables()[0];
        const at::Tensor dy = gradients[0].contiguous();
        const at::Tensor dx = at::empty_like(x);
        at::parallel_for(0, x.numel(), 16384, [&](std::int64_t begin, std::int64_t end) {
            if (x.scalar_type() == at::kFloat) {
                kernels::geluTanhGradient(end - begin, x.data_ptr<float>() + begin, dy.data_ptr<float>() + begin,
                                          dx.data_ptr<float>() + begin);
            } else {
                kernels::geluTanhGradient(end - begin, static_cast<const Bf16*>(x.data_ptr()) + begin,
                                          static_cast<const Bf16*>(dy.data_ptr()) + begin,
                                          static_cast<Bf16*>(dx.data_ptr()) + begin);
            }
        });
        return {dx};
    }
};

/// body(row) over all rows and threads.
template <class Body>
void eachRow(const at::Tensor& rows, const Body& body) {
    const std::int64_t width = rows.size(-1);
    at::parallel_for(0, rows.numel() / width, rowGrain(width), [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
            body(row * width);
        }
    });
}

/// query [N, n, d], key and value [N, m, d] -> [N, n, d].
struct AttentionFunction : torch::autograd::Function<AttentionFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& query, const at::Tensor& key,
                              const at::Tensor& value, double scale) {
        const at::Tensor weights = at::bmm(query, key.transpose(1, 2));
        const std::int64_t width = weights.size(-1);
        eachRow(weights, [&](std::int64_t at) {
            if (weights.scalar_type() == at::kFloat) {
                kernels::softmax(width, static_cast<float>(scale), weights.data_ptr<float>() + at);
            } else {
                kernels::softmax(width, static_cast<float>(scale), static_cast<Bf16*>(weights.data_ptr()) + at);
            }
        });
        context->save_for_backward({query, key, value, weights});
        context->saved_data["scale"] = scale;
        return at::bmm(weights, value);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor& weights = saved[3];
        const at::Tensor d = gradients[0].contiguous();
        const auto scale = static_cast<float>(context->saved_data["scale"].toDouble());
        const at::Tensor dv = at::bmm(weights.transpose(1, 2), d);
        const at::Tensor scores = at::bmm(d, saved[2].transpose(1, 2)); // becomes their gradient
        const std::int64_t width = weights.size(-1);
        eachRow(weights, [&](std::int64_t at) {
            if (weights.scalar_type() == at::kFloat) {
                kernels::softmaxGradient(width, scale, weights.data_ptr<float>() + at, scores.data_ptr<float>() + at);
            } else {
                kernels::softmaxGradient(width, scale, static_cast<const Bf16*>(weights.data_ptr()) + at,
                                         static_cast<Bf16*>(scores.data_ptr()) + at);
            }
        });
        return {at::bmm(scores, saved[1]), at::bmm(scores.transpose(1, 2), saved[0]), dv, {}};
    }
};

} // namespace

at::Tensor addGated(const at::Tensor& x, const at::Tensor& y, const at::Tensor& gate) {
    if (!gate.defined()) {
        return x + y;
    }
    if (x.is_cpu() && x.scalar_type() == at::kFloat && hasLoops(y)) {
        return AddGatedFunction::apply(x.contiguous(), y.contiguous(), gate);
    }
    return x + y.to(x.scalar_type()) * spreadOverRows(gate, x.size(1));
}

at::Tensor geluTanh(const at::Tensor& x) {
    return hasLoops(x) ? GeluFunction::apply(x.contiguous()) : at::gelu(x, "tanh");
}

at::Tensor attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, double scale,
                     const at::Tensor& mask) {
    const std::int64_t batch = query.size(0);
    const std::int64_t heads = query.size(1);
    const std::int64_t rows = query.size(2);
    const std::int64_t headDim = query.size(3);
    const at::Tensor k = key.expand({batch, -1, -1, -1});
    const at::Tensor v = value.expand({batch, -1, -1, -1});
    const auto merged = [&](const at::Tensor& mixed) {
        return mixed.view({batch, heads, rows, headDim}).transpose(1, 2).reshape({batch, rows, heads * headDim});
    };
    const auto flat = [&](const at::Tensor& x) { return x.reshape({batch * heads, x.size(2), headDim}); };
    if (!mask.defined() && hasLoops(query)) {
        return merged(AttentionFunction::apply(flat(query), flat(k), flat(v), scale));
    }
    if (const auto fused = compat::fusedAttention(query, k, v, mask, scale)) {
        return merged(fused->contiguous());
    }
    at::Tensor scores = at::bmm(flat(query), flat(k).transpose(1, 2)).to(wideType(query.scalar_type())) * scale;
    if (mask.defined()) {
        scores = (scores.view({batch, heads, rows, k.size(2)}) + mask).flatten(0, 1);
    }
    return merged(at::bmm(at::softmax(scores, -1).to(query.scalar_type()), flat(v)));
}

} // namespace generation::gradients
