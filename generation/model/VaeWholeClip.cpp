#include "generation/model/VaeWholeClip.h"

#include "generation/nn/Norms.h"
#include "generation/nn/Pixels.h"

#include <ATen/ATen.h>

#include <utility>

namespace generation {

namespace {

/// Pictures of several clips, one clip after the other: [clips * T, H, W, C].
/// Thread: a value.
struct Clips {
    at::Tensor frames;
    std::int64_t count;

    std::int64_t length() const { return frames.size(0) / count; }
    /// [clips, T, H, W, C].
    at::Tensor apart() const { return frames.unflatten(0, {count, length()}); }
    Clips with(at::Tensor other) const { return {std::move(other), count}; }
    /// From [clips, T, H, W, C].
    Clips joined(const at::Tensor& apart) const { return {apart.flatten(0, 1), count}; }
};

/// `n` frames of zeros before each clip: [clips, n + T, H, W, C].
at::Tensor afterZeros(const at::Tensor& apart, std::int64_t n) {
    return at::constant_pad_nd(apart, {0, 0, 0, 0, 0, 0, n, 0});
}

/// Frames t - 2, t - 1 and t in channels, every `step`-th t from 2.
at::Tensor stacked(const at::Tensor& apart, std::int64_t step) {
    const std::int64_t frames = apart.size(1);
    return at::cat(
        {apart.slice(1, 0, frames - 2, step), apart.slice(1, 1, frames - 1, step), apart.slice(1, 2, frames, step)}, 4);
}

Clips causal(const CausalConv3d& conv, const Clips& x) {
    if (x.length() == 1) {
        return x.with(conv.present()(x.frames, 1, conv.padding));
    }
    return x.with(conv.stacked(stacked(afterZeros(x.apart(), 2), 1).flatten(0, 1), 1, conv.padding));
}

Clips normed(const CausalConv3d& conv, const at::Tensor& gain, const Clips& x) {
    return causal(conv, x.with(channelNorm(x.frames, gain, Activation::Silu)));
}

Clips residual(const VaeResidualBlock& block, const Clips& x) {
    const Clips y = normed(block.conv2, block.gain2, normed(block.conv1, block.gain1, x));
    return x.with(y.frames + (block.shortcut.defined() ? block.shortcut(x.frames) : x.frames));
}

Clips middle(const VaeMiddle& part, const Clips& x) {
    const Clips before = residual(part.before, x);
    return residual(part.after, before.with(part.attention(before.frames)));
}

Clips down(const VaeDownsampler& part, const Clips& x) {
    const Clips half = x.with(part.space(at::constant_pad_nd(x.frames, {0, 0, 0, 1, 0, 1}), 2));
    if (!part.time.stacked.defined() || half.length() == 1) {
        return half;
    }
    const at::Tensor apart = half.apart();
    const Clips rest = half.joined(stacked(apart, 2));
    const Clips fewer = rest.with(part.time.stacked(rest.frames));
    return half.joined(at::cat({apart.slice(1, 0, 1), fewer.apart()}, 1));
}

Clips up(const VaeUpsampler& part, const Clips& x) {
    Clips frames = x;
    if (part.time.stacked.defined() && x.length() > 1) {
        const at::Tensor apart = x.apart();
        // [clips * (T - 1), H, W, 2 C]: the first half of the channels is frame 2t, the second 2t + 1.
        const Clips later = causal(part.time, x.joined(apart.slice(1, 1)));
        const at::Tensor doubled =
            later.frames.unflatten(3, {2, x.frames.size(3)}).permute({0, 3, 1, 2, 4}).flatten(0, 1);
        frames = x.joined(at::cat({apart.slice(1, 0, 1), later.with(doubled).apart()}, 1));
    }
    return frames.with(part.space(doublePixels(frames.frames), 1, 1));
}

at::Tensor shortcutDown(const Clips& x, std::int64_t out, VaeScale scale) {
    return averageDown(afterZeros(x.apart(), scale.time - 1).flatten(0, 1), out, scale);
}

at::Tensor shortcutUp(const Clips& x, std::int64_t out, VaeScale scale) {
    const Clips large = x.with(duplicateUp(x.frames, out, scale, false));
    return large.apart().slice(1, scale.time - 1).flatten(0, 1);
}

} // namespace

at::Tensor encodeWholeClips(const VaeEncoder& encoder, const at::Tensor& clips) {
    Clips x = causal(encoder.convIn, {clips.flatten(0, 1), clips.size(0)});
    for (const VaeEncoder::Level& level : encoder.levels) {
        const Clips input = x;
        for (const VaeResidualBlock& block : level.blocks) {
            x = residual(block, x);
        }
        if (level.downsampler.space.defined()) {
            x = down(level.downsampler, x);
        }
        if (level.hasShortcut) {
            x = x.with(x.frames + shortcutDown(input, level.out, level.scale));
        }
    }
    x = normed(encoder.convOut, encoder.outGain, middle(encoder.middle, x));
    return x.with(encoder.quant(x.frames)).apart();
}

at::Tensor decodeWholeClips(const VaeDecoder& decoder, const at::Tensor& latents) {
    const Clips in{decoder.postQuant(latents.flatten(0, 1)), latents.size(0)};
    Clips x = middle(decoder.middle, causal(decoder.convIn, in));
    for (const VaeDecoder::Level& level : decoder.levels) {
        const Clips input = x;
        for (const VaeResidualBlock& block : level.blocks) {
            x = residual(block, x);
        }
        if (level.upsampler.space.defined()) {
            x = up(level.upsampler, x);
        }
        if (level.hasShortcut) {
            x = x.with(x.frames + shortcutUp(input, level.out, level.scale));
        }
    }
    return normed(decoder.convOut, decoder.outGain, x).apart();
}

} // namespace generation
