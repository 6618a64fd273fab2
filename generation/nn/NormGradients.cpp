#include "generation/device/Device.h"
#include "generation/nn/GradientKernels.h"
#include "generation/nn/Gradients.h"
#include "generation/nn/RowGroups.h"
#include "generation/nn/RowStrips.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <vector>

namespace generation::gradients {

namespace {

using kernels::Bf16;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// An argument of a Function that may be absent: an undefined tensor is no argument. Of libtorch's kind of optional,
/// which is the standard's since 2.2.
using MaybeTensor = decltype(c10::IValue().toOptional<at::Tensor>());

MaybeTensor maybe(const at::Tensor& tensor) {
    return tensor.defined() ? MaybeTensor(tensor) : MaybeTensor();
}

bool hasLoops(const at::Tensor& x) {
    return x.is_cpu() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
}

at::Tensor wide(const at::Tensor& x) {
    return x.to(wideType(x.scalar_type()));
}

float* orNull(const at::Tensor& tensor, std::int64_t row) {
    return tensor.defined() ? tensor.data_ptr<float>() + row * tensor.size(1) : nullptr;
}

struct NormForm {
    double eps;
    at::ScalarType out;
};

/// x float32 [B, L, D].
struct LayerNormFunction : torch::autograd::Function<LayerNormFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const MaybeTensor& gain,
                              const MaybeTensor& offset, NormForm form) {
        const at::Tensor none;
        context->save_for_backward({x, gain.value_or(none)});
        context->saved_data["eps"] = form.eps;
        return generation::layerNorm(x, {gain.value_or(none), offset.value_or(none)}, form.eps, form.out);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor& x = saved[0];
        const at::Tensor& gain = saved[1];
        const at::Tensor dy = gradients[0].contiguous();
        const std::int64_t width = x.size(2);
        const at::Tensor dx = at::empty_like(x);
        const RowGroups gains(gain, x);
        const RowStrips strips(x, gain);
        const at::Tensor gainSums = gain.defined() ? strips.sums(width) : at::Tensor();
        const at::Tensor offsetSums = gain.defined() ? strips.sums(width) : at::Tensor();
        const kernels::LayerNormRow norm{width, static_cast<float>(context->saved_data["eps"].toDouble())};
        const auto row = [&](const auto* from, std::int64_t r, std::int64_t strip) {
            kernels::layerNormGradient({norm, gains.at(r), orNull(gainSums, strip), orNull(offsetSums, strip)},
                                       x.data_ptr<float>() + r * width, from + r * width,
                                       dx.data_ptr<float>() + r * width);
        };
        strips.each([&](std::int64_t strip, std::int64_t begin, std::int64_t end) {
            for (std::int64_t r = begin; r < end; ++r) {
                dy.scalar_type() == at::kFloat ? row(dy.data_ptr<float>(), r, strip)
                                               : row(static_cast<const Bf16*>(dy.data_ptr()), r, strip);
            }
        });
        if (!gain.defined()) {
            return {dx, {}, {}, {}};
        }
        return {dx, strips.total(gainSums, gain), strips.total(offsetSums, gain), {}};
    }
};

/// What all rows of one tensor of heads share.
struct HeadRows {
    kernels::HeadRow row; ///< without a table
    std::int64_t rows;    ///< of one sample
    const float* cos;
    const float* sin;
};

template <class T>
void headNormRows(const HeadRows& all, const at::Tensor& x, const at::Tensor& dy, const at::Tensor& dx,
                  const at::Tensor& gainSums) {
    const std::int64_t width = all.row.heads * all.row.headDim;
    const RowStrips strips(x, {});
    strips.each([&](std::int64_t strip, std::int64_t begin, std::int64_t end) {
        std::vector<float> scratch(static_cast<std::size_t>(width));
        for (std::int64_t r = begin; r < end; ++r) {
            const std::int64_t b = r / all.rows;
            const std::int64_t l = r % all.rows;
            kernels::HeadRow row = all.row;
            row.cos = all.cos == nullptr ? nullptr : all.cos + l * row.headDim / 2;
            row.sin = all.sin == nullptr ? nullptr : all.sin + l * row.headDim / 2;
            kernels::normRotateGradient({row, orNull(gainSums, strip), scratch.data()},
                                        static_cast<const T*>(x.data_ptr()) + b * x.stride(0) + l * x.stride(1),
                                        static_cast<const T*>(dy.data_ptr()) + b * all.rows * width + l * row.headDim,
                                        static_cast<T*>(dx.data_ptr()) + r * width);
        }
    });
}

struct HeadNormFunction : torch::autograd::Function<HeadNormFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& gain,
                              const HeadNorm* norm, const RotaryTable* rotary) {
        const at::Tensor none;
        context->save_for_backward({x, gain, rotary ? rotary->cos : none, rotary ? rotary->sin : none});
        context->saved_data["heads"] = norm->heads;
        context->saved_data["eps"] = norm->eps;
        return generation::headNorm(x, *norm, rotary);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor& x = saved[0];
        const at::Tensor& gain = saved[1];
        const std::int64_t heads = context->saved_data["heads"].toInt();
        const at::Tensor dy = gradients[0].contiguous();
        const at::Tensor dx = at::empty(x.sizes(), x.options());
        const RowStrips strips(x, {});
        const at::Tensor gainSums = strips.sums(x.size(2));
        const std::int64_t headDim = x.size(2) / heads;
        const auto pointer = [](const at::Tensor& table) {
            return table.defined() ? table.data_ptr<float>() : nullptr;
        };
        const HeadRows rows{{heads, headDim, x.size(1) * headDim,
                             static_cast<float>(context->saved_data["eps"].toDouble()), gain.data_ptr<float>(), nullptr,
                             nullptr},
                            x.size(1),
                            pointer(saved[2]),
                            pointer(saved[3])};
        x.scalar_type() == at::kFloat ? headNormRows<float>(rows, x, dy, dx, gainSums)
                                      : headNormRows<Bf16>(rows, x, dy, dx, gainSums);
        return {dx, strips.total(gainSums, gain), {}, {}};
    }
};

/// x and dy dense [1, N, C].
template <class T>
at::Tensor channelNormRows(const variable_list& saved, bool silu, const at::Tensor& dy, const at::Tensor& gainSums) {
    const at::Tensor& x = saved[0];
    const std::int64_t channels = x.size(2);
    const at::Tensor dx = at::empty(x.sizes(), x.options());
    RowStrips(x, {}).each([&](std::int64_t strip, std::int64_t begin, std::int64_t end) {
        std::vector<float> scratch(static_cast<std::size_t>(channels));
        const kernels::ChannelGradient norm{{end - begin, channels, channels, silu},
                                            saved[1].data_ptr<float>(),
                                            orNull(gainSums, strip),
                                            scratch.data()};
        kernels::channelNormGradient(norm, static_cast<const T*>(x.data_ptr()) + begin * channels,
                                     static_cast<const T*>(dy.data_ptr()) + begin * channels,
                                     static_cast<T*>(dx.data_ptr()) + begin * channels);
    });
    return dx;
}

struct ChannelNormFunction : torch::autograd::Function<ChannelNormFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& gain, bool silu) {
        context->save_for_backward({x, gain});
        context->saved_data["silu"] = silu;
        return generation::channelNorm(x, gain, silu ? Activation::Silu : Activation::None);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const bool silu = context->saved_data["silu"].toBool();
        const at::Tensor dy = gradients[0].contiguous();
        const RowStrips strips(saved[0], {});
        const at::Tensor gainSums = strips.sums(saved[0].size(2));
        const at::Tensor dx = saved[0].scalar_type() == at::kFloat ? channelNormRows<float>(saved, silu, dy, gainSums)
                                                                   : channelNormRows<Bf16>(saved, silu, dy, gainSums);
        return {dx, strips.total(gainSums, saved[1]), {}};
    }
};

at::Tensor rotated(const at::Tensor& heads, const RotaryTable& rotary) {
    const at::Tensor cos = rotary.cos.to(heads.device());
    const at::Tensor sin = rotary.sin.to(heads.device());
    const at::Tensor even = heads.slice(-1, 0, {}, 2);
    const at::Tensor odd = heads.slice(-1, 1, {}, 2);
    return at::stack({even * cos - odd * sin, even * sin + odd * cos}, -1).flatten(-2);
}

} // namespace

at::Tensor layerNorm(const at::Tensor& x, const LayerNormWeights& weights, double eps, at::ScalarType out) {
    if (x.is_cpu() && x.scalar_type() == at::kFloat && (out == at::kFloat || out == at::kBFloat16)) {
        return LayerNormFunction::apply(x.contiguous(), maybe(weights.gain), maybe(weights.offset), NormForm{eps, out});
    }
    at::Tensor y = at::layer_norm(x, {x.size(-1)}, {}, {}, eps);
    if (weights.gain.defined()) {
        y = at::addcmul(spreadOverRows(weights.offset, x.size(1)), y, spreadOverRows(weights.gain, x.size(1)));
    }
    return y.to(out);
}

at::Tensor headNorm(const at::Tensor& x, const HeadNorm& norm, const RotaryTable* rotary) {
    if (hasLoops(x)) {
        return HeadNormFunction::apply(x, norm.gain, &norm, rotary);
    }
    const at::Tensor values = wide(x);
    at::Tensor y = values * at::rsqrt(values.square().mean(-1, true) + norm.eps) * norm.gain;
    y = y.view({x.size(0), x.size(1), norm.heads, -1}).transpose(1, 2);
    return (rotary ? rotated(y, *rotary) : y.contiguous()).to(x.scalar_type());
}

at::Tensor channelNorm(const at::Tensor& x, const at::Tensor& gain, Activation activation) {
    const std::int64_t channels = x.size(-1);
    const bool silu = activation == Activation::Silu;
    if (hasLoops(x)) {
        return ChannelNormFunction::apply(x.contiguous().view({1, -1, channels}), gain, silu).view(x.sizes());
    }
    const at::Tensor values = wide(x);
    // The square root of zero has no slope: a pixel of nothing must not become one of NaN on the way back.
    const at::Tensor length = values.square().sum(-1, true).clamp_min(1e-24).sqrt();
    const at::Tensor y = values / length * (gain * std::sqrt(static_cast<double>(channels)));
    return (silu ? at::silu(y) : y).to(x.scalar_type());
}

} // namespace generation::gradients
