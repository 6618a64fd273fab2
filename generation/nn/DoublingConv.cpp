#include "generation/nn/DoublingConv.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {

namespace {

/// Three taps along a dimension become two for each of the two pixels: the first sees the pixel before and its own
/// twice, the second its own twice and the one after. The pixels are a new first dimension.
at::Tensor foldTaps(const at::Tensor& kernel, std::int64_t dimension) {
    const auto tap = [&](std::int64_t i) { return kernel.select(dimension, i); };
    return at::stack({at::stack({tap(0), tap(1) + tap(2)}, dimension), at::stack({tap(0) + tap(1), tap(2)}, dimension)},
                     0);
}

} // namespace

DoublingConv DoublingConv::of(const Conv2d& conv) {
    const at::Tensor rows = foldTaps(conv.weight.to(at::kFloat), 2); // [2, out, in, 2, 3]
    const at::Tensor both = foldTaps(rows, 4).transpose(0, 1);       // [2, 2, out, in, 2, 2]
    return {both.flatten(0, 2).to(conv.weight.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast), conv.bias};
}

at::Tensor DoublingConv::operator()(const at::Tensor& x) const {
    const std::int64_t frames = x.size(0);
    const std::int64_t height = x.size(1);
    const std::int64_t width = x.size(2);
    const std::int64_t out = weight.size(0) / 4;
    const Conv2d phases{weight, bias.defined() ? bias.repeat({4}) : bias};
    const at::Tensor whole = at::empty({frames, height, 2, width, 2, out}, x.options());
    const std::int64_t chunk =
        framesTogether(x, 4 * out * height * width * static_cast<std::int64_t>(x.element_size()));
    for (std::int64_t begin = 0; begin < frames; begin += chunk) {
        const std::int64_t end = std::min(frames, begin + chunk);
        // A window over each corner between pixels: [n, H + 1, W + 1, 2, 2, out].
        const at::Tensor corners = phases(x.slice(0, begin, end), 1, 1).unflatten(3, {2, 2, out});
        for (std::int64_t i = 0; i < 2; ++i) {
            for (std::int64_t j = 0; j < 2; ++j) {
                const at::Tensor from = corners.select(4, j).select(3, i).slice(1, i, i + height);
                whole.slice(0, begin, end).select(4, j).select(2, i).copy_(from.slice(2, j, j + width));
            }
        }
    }
    return whole.view({frames, 2 * height, 2 * width, out});
}

} // namespace generation
