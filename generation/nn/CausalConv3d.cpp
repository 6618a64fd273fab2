#include "generation/nn/CausalConv3d.h"

#include "generation/nn/Norms.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {

at::Tensor Conv2d::operator()(const at::Tensor& x, std::int64_t stride, std::int64_t padding) const {
    // The permuted view is a channels-last picture as libtorch knows it; its result is one too.
    const at::Tensor y = at::conv2d(x.contiguous().permute({0, 3, 1, 2}), weight, bias, stride, padding);
    return y.permute({0, 2, 3, 1}).contiguous();
}

CausalConv3d CausalConv3d::make(const at::Tensor& weight, const at::Tensor& bias) {
    if (!weight.defined()) {
        return {}; // missing from the file: the reader's report says so
    }
    const std::int64_t out = weight.size(0);
    const std::int64_t in = weight.size(1);
    const std::int64_t kernel = weight.size(3);
    const auto format = at::MemoryFormat::ChannelsLast;
    CausalConv3d conv;
    conv.stacked = {weight.permute({0, 2, 1, 3, 4}).reshape({out, 3 * in, kernel, kernel}).contiguous(format), bias};
    conv.padding = kernel / 2;
    return conv;
}

Conv2d CausalConv3d::present() const {
    const std::int64_t in = stacked.weight.size(1) / 3;
    return {stacked.weight.narrow(1, 2 * in, in).contiguous(at::MemoryFormat::ChannelsLast), stacked.bias};
}

at::Tensor lastTwoFrames(const at::Tensor& history, const at::Tensor& x) {
    const std::int64_t frames = x.size(0);
    if (frames >= 2) {
        return x.slice(0, frames - 2).clone();
    }
    return at::cat({history.defined() ? history.slice(0, 1) : at::zeros_like(x), x}, 0);
}

at::Tensor stackFrames(const at::Tensor& all, std::int64_t step) {
    const std::int64_t frames = all.size(0);
    return at::cat(
        {all.slice(0, 0, frames - 2, step), all.slice(0, 1, frames - 1, step), all.slice(0, 2, frames, step)}, 3);
}

std::int64_t frameBytes(const at::Tensor& x) {
    return x.numel() / std::max<std::int64_t>(1, x.size(0)) * static_cast<std::int64_t>(x.element_size());
}

std::int64_t framesTogether(const at::Tensor& x, std::int64_t bytesPerFrame) {
    const std::int64_t most = x.is_cpu() ? kCachedFrameBytes : kFrameBytes;
    return std::max<std::int64_t>(1, most / std::max<std::int64_t>(1, bytesPerFrame));
}

at::Tensor mapFrames(const at::Tensor& x, std::int64_t bytesPerFrame,
                     const std::function<at::Tensor(const at::Tensor&)>& map) {
    const std::int64_t frames = x.size(0);
    const std::int64_t chunk = framesTogether(x, bytesPerFrame);
    if (chunk >= frames) {
        return map(x);
    }
    at::Tensor whole;
    std::int64_t done = 0;
    for (std::int64_t begin = 0; begin < frames; begin += chunk) {
        const std::int64_t end = std::min(frames, begin + chunk);
        const at::Tensor part = map(x.slice(0, begin, end));
        if (!whole.defined()) {
            std::vector<std::int64_t> shape = part.sizes().vec();
            shape[0] = part.size(0) / (end - begin) * frames;
            whole = at::empty(shape, part.options());
        }
        whole.narrow(0, done, part.size(0)).copy_(part);
        done += part.size(0);
    }
    return whole;
}

at::Tensor CausalConv3d::some(const at::Tensor& x, at::Tensor& history) const {
    at::Tensor next = lastTwoFrames(history, x);
    at::Tensor y;
    if (!history.defined() && x.size(0) == 1) {
        y = present()(x, 1, padding);
    } else {
        const at::Tensor before =
            history.defined() ? history : at::zeros_like(x.slice(0, 0, 1)).expand({2, -1, -1, -1});
        y = stacked(stackFrames(at::cat({before, x}, 0)), 1, padding);
    }
    history = std::move(next);
    return y;
}

at::Tensor CausalConv3d::operator()(const at::Tensor& x, at::Tensor& history) const {
    return mapFrames(x, 4 * frameBytes(x), [&](const at::Tensor& part) { return some(part, history); });
}

at::Tensor CausalConv3d::someNormed(const at::Tensor& x, const at::Tensor& gain, at::Tensor& history) const {
    if (!history.defined()) {
        return some(channelNorm(x, gain, Activation::Silu), history);
    }
    return stacked(channelNormStacked(x, gain, history), 1, padding);
}

at::Tensor CausalConv3d::normed(const at::Tensor& x, const at::Tensor& gain, at::Tensor& history) const {
    return mapFrames(x, 3 * frameBytes(x), [&](const at::Tensor& part) { return someNormed(part, gain, history); });
}

} // namespace generation
