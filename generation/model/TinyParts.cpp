#include "generation/model/TinyParts.h"

#include "generation/nn/Pixels.h"

#include <ATen/ATen.h>

namespace generation {

Conv2d readTinyConv(WeightReader& weights, const std::string& name, std::vector<std::int64_t> shape, TinyBias bias) {
    const std::int64_t out = shape.front();
    Conv2d conv{weights.matrix(name + ".weight", std::move(shape)),
                bias == TinyBias::Has ? weights.matrix(name + ".bias", {out}) : at::Tensor()};
    if (conv.weight.defined()) {
        conv.weight = conv.weight.contiguous(at::MemoryFormat::ChannelsLast);
    }
    return conv;
}

TinyMemoryBlock TinyMemoryBlock::read(WeightReader& weights, const std::string& prefix, std::int64_t channels) {
    const auto conv = [&](const char* name, std::int64_t in) {
        return readTinyConv(weights, prefix + ".conv." + name, {channels, in, 3, 3}, TinyBias::Has);
    };
    return {.conv0 = conv("0", 2 * channels), .conv2 = conv("2", channels), .conv4 = conv("4", channels)};
}

at::Tensor TinyMemoryBlock::operator()(const at::Tensor& x, FeatureCache& cache) const {
    at::Tensor& last = cache.next();
    const std::int64_t frames = x.size(0);
    const at::Tensor first = last.defined() ? last : at::zeros_like(x.slice(0, 0, 1));
    const at::Tensor past = frames == 1 ? first : at::cat({first, x.slice(0, 0, frames - 1)}, 0);
    last = x.slice(0, frames - 1).clone();
    at::Tensor y = conv0(at::cat({x, past}, 3), 1, 1).relu_();
    y = conv2(y, 1, 1).relu_();
    return conv4(y, 1, 1).add_(x).relu_();
}

at::Tensor TinyDecoderLevel::operator()(const at::Tensor& x, FeatureCache& cache, bool grows) const {
    at::Tensor y = x;
    for (const TinyMemoryBlock& block : blocks) {
        y = block(y, cache);
    }
    const std::int64_t channels = y.size(3);
    if (grows) {
        // Frames before pixels: a 1x1 convolution of doubled pixels is the doubled pixels of the convolution.
        y = grow(y).unflatten(3, {frames(), channels}).permute({0, 3, 1, 2, 4}).flatten(0, 1);
    } else {
        y = Conv2d{grow.weight.slice(0, grow.weight.size(0) - channels), {}}(y);
    }
    return next(doublePixels(y), 1, 1);
}

at::Tensor TinyEncoderLevel::operator()(const at::Tensor& x, FeatureCache& cache) const {
    const std::int64_t together = frames();
    const at::Tensor grouped =
        together == 1 ? x : x.unflatten(0, {x.size(0) / together, together}).permute({0, 2, 3, 1, 4}).flatten(3, 4);
    at::Tensor y = half(pool(grouped), 2, 1);
    for (const TinyMemoryBlock& block : blocks) {
        y = block(y, cache);
    }
    return y;
}

} // namespace generation
