#include "generation/model/VideoVae.h"

#include "generation/model/VaeNetworks.h"

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

/// Frames of a group: the first alone, then four at a time.
std::int64_t groupEnd(std::int64_t begin, std::int64_t factor) {
    return begin == 0 ? 1 : begin + factor;
}

void blendRows(const at::Tensor& above, const at::Tensor& tile, std::int64_t extent, std::int64_t dimension) {
    extent = std::min({extent, above.size(dimension), tile.size(dimension)});
    if (extent == 0) {
        return;
    }
    std::vector<std::int64_t> shape(5, 1);
    shape[static_cast<std::size_t>(dimension)] = extent;
    const at::Tensor weight = (at::arange(extent, tile.options()) / static_cast<double>(extent)).view(shape);
    const at::Tensor part = tile.narrow(dimension, 0, extent);
    part.copy_(above.narrow(dimension, above.size(dimension) - extent, extent) * (1.0 - weight) + part * weight);
}

/// Sizes of tiles in the units of the input and of the output.
struct TileSizes {
    std::int64_t inTile, inStride, outTile, outStride;
};

/// Maps tiles of x [B, C, T, H, W] on their own and blends what overlaps.
at::Tensor mapTiles(const at::Tensor& x, TileSizes sizes, const std::function<at::Tensor(const at::Tensor&)>& map) {
    const std::int64_t blend = sizes.outTile - sizes.outStride;
    std::vector<at::Tensor> above;
    std::vector<at::Tensor> rows;
    for (std::int64_t y = 0; y < x.size(3); y += sizes.inStride) {
        std::vector<at::Tensor> row;
        std::vector<at::Tensor> cropped;
        for (std::int64_t c = 0; c < x.size(4); c += sizes.inStride) {
            const at::Tensor tile = map(x.slice(3, y, y + sizes.inTile).slice(4, c, c + sizes.inTile)).contiguous();
            if (!above.empty()) {
                blendRows(above[row.size()], tile, blend, 3);
            }
            if (!row.empty()) {
                blendRows(row.back(), tile, blend, 4);
            }
            cropped.push_back(tile.slice(3, 0, sizes.outStride).slice(4, 0, sizes.outStride));
            row.push_back(tile);
        }
        rows.push_back(at::cat(cropped, 4));
        above = std::move(row);
    }
    const at::Tensor whole = at::cat(rows, 3);
    return whole.slice(3, 0, x.size(3) * sizes.outTile / sizes.inTile)
        .slice(4, 0, x.size(4) * sizes.outTile / sizes.inTile);
}

} // namespace

VideoVae::VideoVae(const VaeConfig& config, WeightReader& weights)
    : m_config(config), m_device(weights.device()), m_encoder(std::make_unique<VaeEncoder>(config, weights)),
      m_decoder(std::make_unique<VaeDecoder>(config, weights)) {
    const auto statistic = [&](const std::vector<double>& values) {
        return at::tensor(values, at::kDouble).to(m_device.where, at::kFloat).view({1, -1, 1, 1, 1});
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
    const std::int64_t factor = m_config.spatialFactor();
    if (video.dim() != 5 || video.size(1) * m_config.patch * m_config.patch != m_config.inChannels ||
        video.size(2) == 0 || video.size(3) % factor || video.size(4) % factor) {
        throw std::invalid_argument("a video of a shape the autoencoder does not take");
    }
    const at::Tensor moments = encodePatches(patchify(video, m_config.patch), checkpoint);
    const std::int64_t z = m_config.latentChannels;
    return {moments.slice(1, 0, z), moments.slice(1, z).clamp(kMinLogVariance, kMaxLogVariance)};
}

at::Tensor VideoVae::encode(const at::Tensor& video, const Checkpoint& checkpoint) const {
    return normalise(encodeDistribution(video, checkpoint).mean);
}

void VideoVae::decode(const at::Tensor& latents, const FrameGroupSink& sink, const Checkpoint& checkpoint) const {
    checkLatents(m_config, latents);
    decodeGroups(
        denormalise(latents), [&](const at::Tensor& raw) { sink(unpatchify(raw).clamp_(-1.0, 1.0)); }, checkpoint);
}

at::Tensor VideoVae::decode(const at::Tensor& latents, const Checkpoint& checkpoint) const {
    std::vector<at::Tensor> groups;
    decode(latents, [&](const at::Tensor& frames) { groups.push_back(frames); }, checkpoint);
    return at::cat(groups, 2);
}

at::Tensor VideoVae::decodeRaw(const at::Tensor& latents) const {
    std::vector<at::Tensor> groups;
    decodeGroups(latents, [&](const at::Tensor& raw) { groups.push_back(raw); }, {});
    return at::cat(groups, 2);
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

at::Tensor VideoVae::encodeTiled(const at::Tensor& video, Tiling tiling) const {
    const c10::NoGradGuard noGradients;
    // Tiles are counted in patchified pixels, as the published code does.
    const std::int64_t factor = m_config.spatialFactor() / m_config.patch;
    const at::Tensor patches = patchify(video, m_config.patch);
    const TileSizes sizes{tiling.tile, tiling.stride, tiling.tile / factor, tiling.stride / factor};
    const at::Tensor moments =
        mapTiles(patches, sizes, [&](const at::Tensor& tile) { return encodePatches(tile, {}); });
    return moments.slice(1, 0, m_config.latentChannels);
}

at::Tensor VideoVae::decodeTiled(const at::Tensor& latents, Tiling tiling) const {
    const c10::NoGradGuard noGradients;
    const std::int64_t factor = m_config.spatialFactor();
    const TileSizes sizes{tiling.tile / factor, tiling.stride / factor, tiling.tile / m_config.patch,
                          tiling.stride / m_config.patch};
    const at::Tensor raw = mapTiles(latents, sizes, [&](const at::Tensor& tile) { return decodeRaw(tile); });
    return unpatchify(raw).clamp_(-1.0, 1.0);
}

} // namespace generation
