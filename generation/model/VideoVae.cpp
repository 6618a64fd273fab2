#include "generation/model/VideoVae.h"

#include "generation/model/VaeNetworks.h"
#include "generation/model/VaeTiles.h"
#include "generation/model/VaeWholeClip.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <stdexcept>

namespace generation {

namespace {

constexpr double kMinLogVariance = -30.0;
constexpr double kMaxLogVariance = 20.0;

/// [C, T, H, W] -> [T, H, W, C] in the type the networks compute in.
at::Tensor channelsLast(const at::Tensor& sample, const Device& device) {
    return sample.permute({1, 2, 3, 0}).to(at::TensorOptions(device.where).dtype(device.compute)).contiguous();
}

/// [T, H, W, C] -> float32 [1, C, T, H, W].
at::Tensor channelsFirst(const at::Tensor& pictures) {
    return pictures.to(at::kFloat).permute({3, 0, 1, 2}).contiguous().unsqueeze(0);
}

/// Pixels [B, 3, F, H, W] -> [B, 3 p p, F, H / p, W / p]; within a colour the column offset is the slower index.
at::Tensor patchify(const at::Tensor& video, std::int64_t p) {
    if (p == 1) {
        return video;
    }
    return video.unflatten(4, {video.size(4) / p, p})
        .unflatten(3, {video.size(3) / p, p})
        .permute({0, 1, 6, 4, 2, 3, 5})
        .flatten(1, 3);
}

void checkLatents(const VaeConfig& config, const at::Tensor& latents) {
    if (latents.dim() != 5 || latents.size(1) != config.latentChannels || latents.size(2) == 0) {
        throw std::invalid_argument("latents of a shape the autoencoder does not take");
    }
}

void checkVideo(const VaeConfig& config, const at::Tensor& video) {
    const std::int64_t factor = config.spatialFactor();
    if (video.dim() != 5 || video.size(1) * config.patch * config.patch != config.inChannels || video.size(2) == 0 ||
        video.size(3) % factor || video.size(4) % factor) {
        throw std::invalid_argument("a video of a shape the autoencoder does not take");
    }
}

/// Frames of a group: the first alone, then four at a time.
std::int64_t groupEnd(std::int64_t begin, std::int64_t factor) {
    return begin == 0 ? 1 : begin + factor;
}

/// All groups that `produce` hands out, `frames` in all, in one tensor: beside it there is only one group.
at::Tensor gatherGroups(std::int64_t frames, const std::function<void(const FrameGroupSink&)>& produce) {
    at::Tensor whole;
    std::int64_t done = 0;
    produce([&](const at::Tensor& group) {
        if (!whole.defined()) {
            std::vector<std::int64_t> shape = group.sizes().vec();
            shape[2] = frames;
            whole = at::empty(shape, group.options());
        }
        whole.narrow(2, done, group.size(2)).copy_(group);
        done += group.size(2);
    });
    return whole;
}

} // namespace

VideoVae::VideoVae(const VaeConfig& config, WeightReader& weights)
    : m_config(config), m_device(weights.device()), m_encoder(std::make_unique<VaeEncoder>(config, weights)),
      m_decoder(std::make_unique<VaeDecoder>(config, weights)) {
    const auto statistic = [&](const std::vector<double>& values) {
        return at::tensor(values, at::kDouble).to(m_device.where, m_device.wide()).view({1, -1, 1, 1, 1});
    };
    m_mean = statistic(config.latentsMean);
    m_std = statistic(config.latentsStd);
}

VideoVae::~VideoVae() = default;
VideoVae::VideoVae(VideoVae&&) noexcept = default;

at::Tensor VideoVae::normalise(const at::Tensor& mean) const {
    return (mean - m_mean) / m_std;
}

at::Tensor VideoVae::denormalise(const at::Tensor& latents) const {
    return latents.to(m_device.where) * m_std + m_mean;
}

at::Tensor VideoVae::encodePatches(const at::Tensor& patches, const Checkpoint& checkpoint) const {
    std::vector<at::Tensor> samples;
    for (std::int64_t b = 0; b < patches.size(0); ++b) {
        FeatureCache cache;
        std::vector<at::Tensor> groups;
        for (std::int64_t begin = 0; begin < patches.size(2);) {
            passCheckpoint(checkpoint);
            const std::int64_t end = groupEnd(begin, m_config.temporalFactor());
            if (end > patches.size(2)) {
                break; // frames that do not fill a group are left out
            }
            groups.push_back((*m_encoder)(channelsLast(patches[b].slice(1, begin, end), m_device), cache));
            begin = end;
        }
        samples.push_back(channelsFirst(at::cat(groups, 0)));
    }
    return at::cat(samples, 0);
}

void VideoVae::decodeGroups(const at::Tensor& latents, const FrameGroupSink& sink, const Checkpoint& checkpoint) const {
    const c10::NoGradGuard noGradients;
    checkLatents(m_config, latents);
    std::vector<FeatureCache> caches(static_cast<std::size_t>(latents.size(0)));
    for (std::int64_t t = 0; t < latents.size(2); ++t) {
        std::vector<at::Tensor> samples;
        for (std::int64_t b = 0; b < latents.size(0); ++b) {
            passCheckpoint(checkpoint);
            const at::Tensor latent = channelsLast(latents[b].slice(1, t, t + 1), m_device);
            samples.push_back(channelsFirst((*m_decoder)(latent, caches[static_cast<std::size_t>(b)], t == 0)));
        }
        sink(samples.size() == 1 ? samples.front() : at::cat(samples, 0));
    }
}

LatentDistribution VideoVae::encodeDistribution(const at::Tensor& video, const Checkpoint& checkpoint) const {
    const c10::NoGradGuard noGradients;
    checkVideo(m_config, video);
    const at::Tensor moments = encodePatches(patchify(video, m_config.patch), checkpoint);
    const std::int64_t z = m_config.latentChannels;
    return {moments.slice(1, 0, z), moments.slice(1, z).clamp(kMinLogVariance, kMaxLogVariance)};
}

at::Tensor VideoVae::encode(const at::Tensor& video, const Checkpoint& checkpoint) const {
    return normalise(encodeDistribution(video, checkpoint).mean);
}

LatentDistribution VideoVae::encodeWhole(const at::Tensor& video) const {
    checkVideo(m_config, video);
    const std::int64_t last = (video.size(2) - 1) / m_config.temporalFactor() * m_config.temporalFactor();
    const at::Tensor clips = patchify(video.slice(2, 0, last + 1), m_config.patch).permute({0, 2, 3, 4, 1});
    const at::TensorOptions options = at::TensorOptions(m_device.where).dtype(m_device.compute);
    const at::Tensor moments =
        encodeWholeClips(*m_encoder, clips.to(options).contiguous()).to(m_device.wide()).permute({0, 4, 1, 2, 3});
    const std::int64_t z = m_config.latentChannels;
    return {moments.slice(1, 0, z), moments.slice(1, z).clamp(kMinLogVariance, kMaxLogVariance)};
}

at::Tensor VideoVae::decodeWhole(const at::Tensor& latents) const {
    checkLatents(m_config, latents);
    const at::Tensor places = denormalise(latents).permute({0, 2, 3, 4, 1}).to(m_device.compute).contiguous();
    return unpatchify(decodeWholeClips(*m_decoder, places).to(m_device.wide()).permute({0, 4, 1, 2, 3}));
}

void VideoVae::decode(const at::Tensor& latents, const FrameGroupSink& sink, const Checkpoint& checkpoint) const {
    checkLatents(m_config, latents);
    decodeGroups(
        denormalise(latents), [&](const at::Tensor& raw) { sink(unpatchify(raw).clamp_(-1.0, 1.0)); }, checkpoint);
}

at::Tensor VideoVae::decode(const at::Tensor& latents, const Checkpoint& checkpoint) const {
    return gatherGroups(framesOf(latents), [&](const FrameGroupSink& sink) { decode(latents, sink, checkpoint); });
}

at::Tensor VideoVae::decodeRaw(const at::Tensor& latents, const Checkpoint& checkpoint) const {
    return gatherGroups(framesOf(latents),
                        [&](const FrameGroupSink& sink) { decodeGroups(latents, sink, checkpoint); });
}

std::int64_t VideoVae::framesOf(const at::Tensor& latents) const {
    checkLatents(m_config, latents);
    return 1 + (latents.size(2) - 1) * m_config.temporalFactor();
}

at::Tensor VideoVae::unpatchify(const at::Tensor& raw) const {
    const std::int64_t p = m_config.patch;
    if (p == 1) {
        return raw;
    }
    return raw.unflatten(1, {raw.size(1) / (p * p), p, p})
        .permute({0, 1, 4, 5, 3, 6, 2})
        .flatten(5, 6)
        .flatten(3, 4)
        .contiguous();
}

bool VideoVae::fitsOneTile(std::int64_t height, std::int64_t width, Tiling tiling) {
    return height <= tiling.tile && width <= tiling.tile;
}

at::Tensor VideoVae::encodeTiled(const at::Tensor& video, Tiling tiling, const Checkpoint& checkpoint) const {
    const c10::NoGradGuard noGradients;
    if (fitsOneTile(video.size(3), video.size(4), tiling)) {
        return encodeDistribution(video, checkpoint).mean;
    }
    checkVideo(m_config, video);
    // Tiles are counted in patchified pixels, as the published code does.
    const std::int64_t factor = m_config.spatialFactor() / m_config.patch;
    const at::Tensor patches = patchify(video, m_config.patch);
    const TileSizes sizes{tiling.tile, tiling.stride, tiling.tile / factor, tiling.stride / factor};
    const at::Tensor moments =
        mapTiles(patches, sizes, [&](const at::Tensor& tile) { return encodePatches(tile, checkpoint); });
    return moments.slice(1, 0, m_config.latentChannels);
}

void VideoVae::decodeTiled(const at::Tensor& latents, Tiling tiling, const FrameGroupSink& sink,
                           const Checkpoint& checkpoint) const {
    const c10::NoGradGuard noGradients;
    checkLatents(m_config, latents);
    const std::int64_t factor = m_config.spatialFactor();
    const auto finish = [&](const at::Tensor& raw) { sink(unpatchify(raw).clamp_(-1.0, 1.0)); };
    if (fitsOneTile(latents.size(3) * factor, latents.size(4) * factor, tiling)) {
        decodeGroups(latents, finish, checkpoint);
        return;
    }
    // Tile by tile over the whole clip: the caches of one tile are far smaller than those of all, and than the clip.
    const TileSizes sizes{tiling.tile / factor, tiling.stride / factor, tiling.tile / m_config.patch,
                          tiling.stride / m_config.patch};
    const at::Tensor raw =
        mapTiles(latents, sizes, [&](const at::Tensor& tile) { return decodeRaw(tile, checkpoint); });
    for (std::int64_t begin = 0; begin < raw.size(2);) {
        const std::int64_t end = groupEnd(begin, m_config.temporalFactor());
        finish(raw.slice(2, begin, end));
        begin = end;
    }
}

at::Tensor VideoVae::decodeTiled(const at::Tensor& latents, Tiling tiling) const {
    return gatherGroups(framesOf(latents), [&](const FrameGroupSink& sink) { decodeTiled(latents, tiling, sink); });
}

} // namespace generation
