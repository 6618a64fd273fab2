#include "generation/model/VaeParts.h"

#include "generation/nn/Attention.h"
#include "generation/nn/DoublingConv.h"
#include "generation/nn/Norms.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace generation {

CausalConv3d VaeReader::causal(const std::string& name, std::int64_t out, std::int64_t in, std::int64_t kernel) const {
    return CausalConv3d::make(weights.matrix(name + ".weight", {out, in, 3, kernel, kernel}),
                              weights.matrix(name + ".bias", {out}));
}

Conv2d VaeReader::flat(const std::string& name, std::int64_t out, std::int64_t in, std::int64_t kernel) const {
    Conv2d conv{weights.matrix(name + ".weight", {out, in, kernel, kernel}), weights.matrix(name + ".bias", {out})};
    if (conv.weight.defined()) {
        conv.weight = conv.weight.contiguous(at::MemoryFormat::ChannelsLast);
    }
    return conv;
}

Conv2d VaeReader::pointwise(const std::string& name, std::int64_t out, std::int64_t in) const {
    Conv2d conv{weights.matrix(name + ".weight", {out, in, 1, 1, 1}), weights.matrix(name + ".bias", {out})};
    if (conv.weight.defined()) {
        conv.weight = conv.weight.squeeze(2).contiguous(at::MemoryFormat::ChannelsLast);
    }
    return conv;
}

at::Tensor VaeReader::gain(const std::string& name, std::int64_t channels, int dimensions) const {
    std::vector<std::int64_t> shape(static_cast<std::size_t>(dimensions), 1);
    shape.front() = channels;
    const at::Tensor stored = weights.vector(name + ".gamma", shape);
    // The norm is to unit length; the square root of C that follows is the loop's.
    return stored.defined() ? stored.flatten() : stored;
}

VaeResidualBlock VaeResidualBlock::read(const VaeReader& reader, const std::string& prefix, std::int64_t in,
                                        std::int64_t out) {
    VaeResidualBlock block;
    block.gain1 = reader.gain(prefix + "norm1", in, 4);
    block.conv1 = reader.causal(prefix + "conv1", out, in);
    block.gain2 = reader.gain(prefix + "norm2", out, 4);
    block.conv2 = reader.causal(prefix + "conv2", out, out);
    if (in != out) {
        block.shortcut = reader.pointwise(prefix + "conv_shortcut", out, in);
    }
    return block;
}

at::Tensor VaeResidualBlock::operator()(const at::Tensor& x, FeatureCache& cache) const {
    at::Tensor& history1 = cache.next();
    at::Tensor& history2 = cache.next();
    const std::int64_t wider = std::max(x.size(3), conv2.stacked.weight.size(0));
    return mapFrames(x, 3 * wider * frameBytes(x) / x.size(3), [&](const at::Tensor& part) {
        at::Tensor hidden = conv1.normed(part, gain1, history1);
        at::Tensor y = conv2.normed(hidden, gain2, history2);
        hidden.reset();
        return y.add_(shortcut.defined() ? shortcut(part) : part);
    });
}

VaeAttention VaeAttention::read(const VaeReader& reader, const std::string& prefix, std::int64_t channels) {
    return {.gain = reader.gain(prefix + "norm", channels, 3),
            .queryKeyValue = reader.flat(prefix + "to_qkv", 3 * channels, channels, 1),
            .projection = reader.flat(prefix + "proj", channels, channels, 1)};
}

at::Tensor VaeAttention::operator()(const at::Tensor& x) const {
    const std::int64_t channels = x.size(3);
    const at::Tensor all =
        queryKeyValue(channelNorm(x, gain, Activation::None)).flatten(1, 2).unsqueeze(1); // [T, 1, HW, 3C]
    const at::Tensor mixed =
        generation::attention(all.narrow(3, 0, channels), all.narrow(3, channels, channels),
                              all.narrow(3, 2 * channels, channels), 1.0 / std::sqrt(static_cast<double>(channels)));
    return projection(mixed.view(x.sizes())).add_(x);
}

VaeMiddle VaeMiddle::read(const VaeReader& reader, const std::string& prefix, std::int64_t channels) {
    return {.before = VaeResidualBlock::read(reader, prefix + "resnets.0.", channels, channels),
            .after = VaeResidualBlock::read(reader, prefix + "resnets.1.", channels, channels),
            .attention = VaeAttention::read(reader, prefix + "attentions.0.", channels)};
}

at::Tensor VaeMiddle::operator()(const at::Tensor& x, FeatureCache& cache) const {
    return after(attention(before(x, cache)), cache);
}

VaeDownsampler VaeDownsampler::read(const VaeReader& reader, const std::string& prefix, std::int64_t channels,
                                    bool inTime) {
    VaeDownsampler down;
    down.space = reader.flat(prefix + "resample.1", channels, channels, 3);
    if (inTime) {
        down.time = reader.causal(prefix + "time_conv", channels, channels, 1);
    }
    return down;
}

at::Tensor VaeDownsampler::operator()(const at::Tensor& x, FeatureCache& cache) const {
    // One row and column of zeros at the far sides only.
    const at::Tensor half = mapFrames(x, frameBytes(x), [&](const at::Tensor& part) {
        return space(at::constant_pad_nd(part, {0, 0, 0, 1, 0, 1}), 2);
    });
    if (!time.stacked.defined()) {
        return half;
    }
    at::Tensor& last = cache.next();
    if (!last.defined()) {
        last = half.clone(); // what is returned may be changed
        return half;
    }
    const at::Tensor all = at::cat({last.slice(0, last.size(0) - 1), half}, 0);
    last = half.slice(0, half.size(0) - 1).clone();
    return time.stacked(stackFrames(all, 2));
}

VaeUpsampler VaeUpsampler::read(const VaeReader& reader, const std::string& prefix, std::int64_t in, std::int64_t out,
                                bool inTime) {
    VaeUpsampler up;
    if (inTime) {
        up.time = reader.causal(prefix + "time_conv", 2 * in, in, 1);
    }
    up.space = reader.flat(prefix + "resample.1", out, in, 3);
    return up;
}

at::Tensor VaeUpsampler::operator()(const at::Tensor& x, FeatureCache& cache) const {
    at::Tensor frames = x;
    if (time.stacked.defined()) {
        at::Tensor& history = cache.next();
        if (!history.defined()) {
            // The first group takes no step in time and leaves no trace of itself: the second starts from zeros.
            history = at::zeros_like(x.slice(0, 0, 1)).repeat({2, 1, 1, 1});
        } else {
            const at::Tensor doubled = time(x, history); // [T, H, W, 2 C]: first half is frame 2t, second 2t + 1
            frames = doubled.unflatten(3, {2, x.size(3)}).permute({0, 3, 1, 2, 4}).flatten(0, 1);
        }
    }
    at::Tensor& kernel = cache.next(); // made once a clip
    if (!kernel.defined()) {
        kernel = DoublingConv::of(space).weight;
    }
    return DoublingConv{kernel, space.bias}(frames);
}

at::Tensor averageDown(const at::Tensor& x, std::int64_t out, VaeScale scale) {
    const std::int64_t in = x.size(3);
    const std::int64_t missing = (scale.time - x.size(0) % scale.time) % scale.time;
    const at::Tensor padded =
        missing == 0 ? x : at::cat({at::zeros_like(x.slice(0, 0, 1)).expand({missing, -1, -1, -1}), x}, 0);
    const std::int64_t t = padded.size(0) / scale.time;
    const std::int64_t h = x.size(1) / scale.space;
    const std::int64_t w = x.size(2) / scale.space;
    const at::Tensor deep = padded.view({t, scale.time, h, scale.space, w, scale.space, in})
                                .permute({0, 2, 4, 6, 1, 3, 5})
                                .reshape({t, h, w, out, -1});
    return deep.mean(-1);
}

at::Tensor duplicateUp(const at::Tensor& x, std::int64_t out, VaeScale scale, bool isFirst) {
    const std::int64_t in = x.size(3);
    const std::int64_t t = x.size(0);
    const std::int64_t h = x.size(1);
    const std::int64_t w = x.size(2);
    const std::int64_t repeats = out * scale.time * scale.space * scale.space / in;
    const at::Tensor deep =
        x.unsqueeze(4).expand({t, h, w, in, repeats}).reshape({t, h, w, out, scale.time, scale.space, scale.space});
    const at::Tensor large =
        deep.permute({0, 4, 1, 5, 2, 6, 3}).reshape({t * scale.time, h * scale.space, w * scale.space, out});
    return isFirst ? large.slice(0, scale.time - 1) : large;
}

void addAverageDown(at::Tensor& y, const at::Tensor& x, VaeScale scale) {
    if (hasCellLoops(y)) {
        addCellMeans(y, x, scale);
    } else {
        y.add_(averageDown(x, y.size(3), scale));
    }
}

void addDuplicateUp(at::Tensor& y, const at::Tensor& x, VaeScale scale, bool isFirst) {
    if (hasCellLoops(y)) {
        addCellCopies(y, x, scale, isFirst ? scale.time - 1 : 0);
    } else {
        y.add_(duplicateUp(x, y.size(3), scale, isFirst));
    }
}

} // namespace generation
