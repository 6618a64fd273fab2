#include "generation/nn/Norms.h"

#include "generation/device/Device.h"
#include "generation/nn/Gradients.h"
#include "generation/nn/Kernels.h"
#include "generation/nn/Recording.h"
#include "generation/nn/RowGroups.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

namespace generation {

namespace {

using kernels::Bf16;

bool hasLoops(const at::Tensor& x) {
    return x.is_cpu() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
}

/// Calls body with a null pointer of the tensor's element type, to select the loop's overload.
template <class Body>
void withElement(at::ScalarType type, const Body& body) {
    if (type == at::kFloat) {
        body(static_cast<float*>(nullptr));
    } else {
        TORCH_CHECK(type == at::kBFloat16, "no loop for this type");
        body(static_cast<Bf16*>(nullptr));
    }
}

template <class T>
T* data(const at::Tensor& tensor, T*) {
    return static_cast<T*>(tensor.data_ptr());
}

/// Some pixels of one frame.
struct FrameRows {
    std::int64_t frame;
    std::int64_t first;
    std::int64_t count;
};

/// Where normalised frames go: [T, H, W, 3 C] has a frame in its own group of channels and in those of the next two,
/// history [2, H, W, C] keeps the last two.
/// Thread: a value.
struct StackedFrames {
    std::int64_t frames;
    std::int64_t pixels;
    std::int64_t channels;

    template <class T>
    void copy(std::int64_t count, const T* from, std::int64_t fromStride, T* to, std::int64_t toStride) const {
        for (std::int64_t r = 0; r < count; ++r) {
            std::copy_n(from + r * fromStride, channels, to + r * toStride);
        }
    }

    /// Rows that lie in their frame's own group, to everywhere else they belong.
    template <class T>
    void spread(FrameRows rows, const T* own, T* stacked, T* history) const {
        const std::int64_t wide = 3 * channels;
        for (std::int64_t later = 1; later <= 2 && rows.frame + later < frames; ++later) {
            T* to = stacked + ((rows.frame + later) * pixels + rows.first) * wide + (2 - later) * channels;
            copy(rows.count, own, wide, to, wide);
        }
        const std::int64_t kept = rows.frame - (frames - 2); // 0 or 1: one of the last two
        if (kept >= 0) {
            copy(rows.count, own, wide, history + (kept * pixels + rows.first) * channels, channels);
        }
    }

    /// The same pixels of the two frames before, `old`, to the groups that wait for them.
    template <class T>
    void takeOver(FrameRows rows, const T* old, T* stacked, T* history) const {
        if (rows.frame > 1) {
            return;
        }
        const std::int64_t wide = 3 * channels;
        T* to = stacked + (rows.frame * pixels + rows.first) * wide;
        const T* last = old + (pixels + rows.first) * channels;
        if (rows.frame == 0) {
            copy(rows.count, old + rows.first * channels, channels, to, wide);
            copy(rows.count, last, channels, to + channels, wide);
        } else {
            copy(rows.count, last, channels, to, wide);
        }
        if (frames == 1) {
            copy(rows.count, last, channels, history + rows.first * channels, channels);
        }
    }
};

at::Tensor rotate(const at::Tensor& heads, const RotaryTable& rotary) {
    const at::Tensor cos = rotary.cos.to(heads.device());
    const at::Tensor sin = rotary.sin.to(heads.device());
    const at::Tensor even = heads.slice(-1, 0, {}, 2);
    const at::Tensor odd = heads.slice(-1, 1, {}, 2);
    return at::stack({even * cos - odd * sin, even * sin + odd * cos}, -1).flatten(-2);
}

} // namespace

at::Tensor layerNorm(const at::Tensor& x, const LayerNormWeights& weights, double eps, at::ScalarType out) {
    if (isRecorded(x, weights.gain, weights.offset)) {
        return gradients::layerNorm(x, weights, eps, out);
    }
    const std::int64_t width = x.size(-1);
    if (!x.is_cpu() || (out != at::kFloat && out != at::kBFloat16)) {
        at::Tensor y = at::layer_norm(x, {width}, {}, {}, eps);
        if (weights.gain.defined()) {
            y = at::addcmul(spreadOverRows(weights.offset, x.size(1)), y, spreadOverRows(weights.gain, x.size(1)));
        }
        return y.to(out);
    }
    TORCH_CHECK(x.is_contiguous() && x.scalar_type() == at::kFloat, "layerNorm: not contiguous float32");
    const RowGroups gains(weights.gain, x);
    const RowGroups offsets(weights.offset, x);
    const at::Tensor y = at::empty(x.sizes(), x.options().dtype(out));
    const float* from = x.data_ptr<float>();
    const kernels::LayerNormRow row{width, static_cast<float>(eps)};
    withElement(out, [&](auto* element) {
        auto* to = data(y, element);
        at::parallel_for(0, x.size(0) * x.size(1), rowGrain(width), [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t r = begin; r < end; ++r) {
                kernels::layerNorm(row, from + r * width, gains.at(r), offsets.at(r), to + r * width);
            }
        });
    });
    return y;
}

at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& gain, double eps) {
    const at::Tensor wide = x.to(wideType(x.scalar_type()));
    return (wide * at::rsqrt(wide.square().mean(-1, true) + eps) * gain).to(x.scalar_type());
}

at::Tensor headNorm(const at::Tensor& x, const HeadNorm& norm, const RotaryTable* rotary) {
    if (isRecorded(x, norm.gain)) {
        return gradients::headNorm(x, norm, rotary);
    }
    const std::int64_t batch = x.size(0);
    const std::int64_t rows = x.size(1);
    const std::int64_t width = x.size(2);
    const std::int64_t headDim = width / norm.heads;
    if (!hasLoops(x)) {
        const at::Tensor wide = x.to(wideType(x.scalar_type()));
        at::Tensor y = wide * at::rsqrt(wide.square().mean(-1, true) + norm.eps) * norm.gain;
        y = y.view({batch, rows, norm.heads, headDim}).transpose(1, 2);
        return (rotary ? rotate(y, *rotary) : y.contiguous()).to(x.scalar_type());
    }
    TORCH_CHECK(x.stride(2) == 1 && (!rotary || rotary->cos.size(0) == rows), "headNorm: shapes differ");
    const at::Tensor y = at::empty({batch, norm.heads, rows, headDim}, x.options());
    const float* gain = norm.gain.data_ptr<float>();
    const float* cos = rotary ? rotary->cos.data_ptr<float>() : nullptr;
    const float* sin = rotary ? rotary->sin.data_ptr<float>() : nullptr;
    withElement(x.scalar_type(), [&](auto* element) {
        const auto* from = data(x, element);
        auto* to = data(y, element);
        at::parallel_for(0, batch * rows, rowGrain(width), [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t r = begin; r < end; ++r) {
                const std::int64_t b = r / rows;
                const std::int64_t l = r % rows;
                const std::int64_t angle = rotary ? l * headDim / 2 : 0;
                const kernels::HeadRow row{norm.heads, headDim,     rows * headDim, static_cast<float>(norm.eps),
                                           gain,       cos + angle, sin + angle};
                kernels::normRotate(row, from + b * x.stride(0) + l * x.stride(1),
                                    to + b * norm.heads * rows * headDim + l * headDim);
            }
        });
    });
    return y;
}

at::Tensor channelNorm(const at::Tensor& x, const at::Tensor& gain, Activation activation) {
    if (isRecorded(x, gain)) {
        return gradients::channelNorm(x, gain, activation);
    }
    const std::int64_t channels = x.size(-1);
    if (!hasLoops(x)) {
        const at::Tensor wide = x.to(wideType(x.scalar_type()));
        const at::Tensor length = wide.square().sum(-1, true).sqrt().clamp_min(1e-12);
        const at::Tensor y = wide / length * (gain * std::sqrt(static_cast<double>(channels)));
        return (activation == Activation::Silu ? at::silu(y) : y).to(x.scalar_type());
    }
    const at::Tensor source = x.contiguous();
    const at::Tensor y = at::empty(x.sizes(), x.options());
    withElement(x.scalar_type(), [&](auto* element) {
        const auto* from = data(source, element);
        auto* to = data(y, element);
        at::parallel_for(0, x.numel() / channels, rowGrain(channels), [&](std::int64_t begin, std::int64_t end) {
            kernels::channelNorm({end - begin, channels, channels, activation == Activation::Silu},
                                 from + begin * channels, gain.data_ptr<float>(), to + begin * channels);
        });
    });
    return y;
}

at::Tensor channelNormStacked(const at::Tensor& x, const at::Tensor& gain, at::Tensor& history) {
    const std::int64_t frames = x.size(0);
    if (!hasLoops(x)) {
        const at::Tensor all = at::cat({history, channelNorm(x, gain, Activation::Silu)}, 0);
        history = all.slice(0, frames).clone();
        return at::cat({all.slice(0, 0, frames), all.slice(0, 1, frames + 1), all.slice(0, 2, frames + 2)}, 3);
    }
    const std::int64_t channels = x.size(3);
    const std::int64_t pixels = x.size(1) * x.size(2);
    const at::Tensor source = x.contiguous();
    const at::Tensor before = history.contiguous();
    const at::Tensor y = at::empty({frames, x.size(1), x.size(2), 3 * channels}, x.options());
    history = at::empty_like(before);
    const std::int64_t grain = std::max<std::int64_t>(1, rowGrain(channels) / 4);
    withElement(x.scalar_type(), [&](auto* element) {
        const StackedFrames stacked{frames, pixels, channels};
        const auto* from = data(source, element);
        const auto* old = data(before, element);
        auto* to = data(y, element);
        auto* kept = data(history, element);
        at::parallel_for(0, frames * pixels, grain, [&](std::int64_t begin, std::int64_t end) {
            // One frame's part at a time, small enough for the first-level cache.
            for (std::int64_t p = begin; p < end;) {
                const std::int64_t frame = p / pixels;
                const std::int64_t stop = std::min({end, (frame + 1) * pixels, p + grain});
                const FrameRows rows{frame, p % pixels, stop - p};
                auto* own = to + p * 3 * channels + 2 * channels;
                kernels::channelNorm({rows.count, channels, 3 * channels, true}, from + p * channels,
                                     gain.data_ptr<float>(), own);
                stacked.spread(rows, own, to, kept);
                stacked.takeOver(rows, old, to, kept);
                p = stop;
            }
        });
    });
    return y;
}

} // namespace generation
