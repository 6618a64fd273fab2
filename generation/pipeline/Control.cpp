#include "generation/pipeline/Control.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace generation {
namespace {

/// [F, 1, H, W] in 0 to 1.
at::Tensor lumaFrames(const at::Tensor& video) {
    const at::Tensor weights = at::tensor({0.299F, 0.587F, 0.114F}, video.options()).view({1, 3, 1, 1});
    const at::Tensor frames = video.squeeze(0).transpose(0, 1);
    return (frames * weights).sum(1, true).add(1.0).mul(0.5);
}

/// [F, 1, H, W] in 0 to 1 to a video of three equal channels.
at::Tensor greyVideo(const at::Tensor& frames) {
    return frames.mul(2.0).sub(1.0).transpose(0, 1).unsqueeze(0).expand({1, 3, -1, -1, -1}).contiguous();
}

} // namespace

at::Tensor lumaControl(const at::Tensor& video) {
    return greyVideo(lumaFrames(video));
}

at::Tensor edgesControl(const at::Tensor& video) {
    const at::Tensor horizontal =
        at::tensor({-1.F, 0.F, 1.F, -2.F, 0.F, 2.F, -1.F, 0.F, 1.F}, video.options()).view({1, 1, 3, 3}).div(4.0);
    const at::Tensor kernels = at::cat({horizontal, horizontal.transpose(2, 3)}, 0);
    const at::Tensor gradient = at::conv2d(at::replication_pad2d(lumaFrames(video), {1, 1, 1, 1}), kernels);
    return greyVideo(gradient.square().sum(1, true).sqrt().mul(4.0).clamp(0.0, 1.0));
}

at::Tensor blurControl(const at::Tensor& video) {
    const double sigma = static_cast<double>(std::min(video.size(3), video.size(4))) / 32.0;
    const auto reach = static_cast<std::int64_t>(std::ceil(3.0 * sigma));
    const at::Tensor at = at::arange(-reach, reach + 1, video.options());
    at::Tensor bell = at.square().div(-2.0 * sigma * sigma).exp();
    bell = bell / bell.sum();
    // Frames and colours one by one: [3 F, 1, H, W]. The edge is repeated, so that it does not darken.
    at::Tensor frames = video.flatten(1, 2).transpose(0, 1).contiguous();
    frames = at::conv2d(at::replication_pad2d(frames, {reach, reach, 0, 0}), bell.view({1, 1, 1, -1}));
    frames = at::conv2d(at::replication_pad2d(frames, {0, 0, reach, reach}), bell.view({1, 1, -1, 1}));
    return frames.view(video.sizes());
}

at::Tensor maskChannels(const at::Tensor& mask, std::int64_t spatialFactor, std::int64_t latentFrames) {
    const std::int64_t frames = mask.size(2);
    const std::int64_t rows = mask.size(3) / spatialFactor;
    const std::int64_t columns = mask.size(4) / spatialFactor;
    const at::Tensor cells = mask.view({frames, rows, spatialFactor, columns, spatialFactor})
                                 .permute({2, 4, 0, 1, 3})
                                 .reshape({1, spatialFactor * spatialFactor, frames, rows, columns});
    std::vector<std::int64_t> source;
    for (std::int64_t i = 0; i < latentFrames; ++i) {
        source.push_back(static_cast<std::int64_t>((static_cast<double>(i) + 0.5) * static_cast<double>(frames) /
                                                   static_cast<double>(latentFrames)));
    }
    return cells.index_select(2, at::tensor(source, mask.options().dtype(at::kLong)));
}

at::Tensor ControlBuilder::encode(const at::Tensor& video, const PixelCodec& codec, const Checkpoint& checkpoint) {
    if (video.count_nonzero().item<std::int64_t>() > 0) {
        return codec.encode(video, checkpoint);
    }
    if (!m_grey.defined() || m_greyShape != video.sizes().vec()) {
        m_grey = codec.encode(video, checkpoint);
        m_greyShape = video.sizes().vec();
    }
    return m_grey;
}

at::Tensor ControlBuilder::build(const ControlSource& source, const PixelCodec& codec, const Checkpoint& checkpoint) {
    const at::Tensor generated = source.mask.gt(0.5).to(source.video.scalar_type());
    const at::Tensor kept = encode(source.video * (1.0 - generated), codec, checkpoint);
    const at::Tensor others = encode(source.video * generated, codec, checkpoint);
    const at::Tensor mask = maskChannels(source.mask, codec.config().spatialFactor(), kept.size(2)).to(kept.device());
    const at::Tensor clip = at::cat({kept, others, mask}, 1);

    std::vector<at::Tensor> inTime;
    for (const at::Tensor& image : source.references) {
        const at::Tensor latent = encode(image, codec, checkpoint);
        const at::Tensor nothing =
            at::zeros({1, clip.size(1) - latent.size(1), 1, latent.size(3), latent.size(4)}, latent.options());
        inTime.push_back(at::cat({latent, nothing}, 1));
    }
    inTime.push_back(clip);
    return at::cat(inTime, 2);
}

} // namespace generation
