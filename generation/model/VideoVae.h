#pragma once

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/model/Configs.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>

namespace generation {

struct VaeEncoder;
struct VaeDecoder;

/// Receives frames [B, 3, n, H, W], float32 in -1 to 1, in order: the first call has one frame, later ones four.
using FrameGroupSink = std::function<void(const at::Tensor& frames)>;

/// Mean and log-variance before normalisation: float32 [B, z, T, h, w] each.
struct LatentDistribution {
    at::Tensor mean;
    at::Tensor logVariance;
};

/// A tile and its step in pixels, multiples of spatialFactor(); latents are that many times smaller.
struct Tiling {
    std::int64_t tile = 256;
    std::int64_t stride = 192;
};

/// The causal video autoencoder of Wan, both types (engine spec section 4). Pixels are [B, 3, F, H, W] in -1 to 1 with
/// F = 4n + 1 and H, W multiples of spatialFactor(); latents [B, z, n + 1, h, w], normalised as the transformer wants
/// them unless said otherwise.
/// Thread: immutable after construction; one call at a time is best.
class VideoVae {
public:
    VideoVae(const VaeConfig& config, WeightReader& weights);
    ~VideoVae();
    VideoVae(VideoVae&&) noexcept;

    const Device& device() const { return m_device; }
    const VaeConfig& config() const { return m_config; }

    /// The mode of the distribution, normalised. The checkpoint is passed between groups of four frames.
    at::Tensor encode(const at::Tensor& video, const Checkpoint& checkpoint = {}) const;

    /// All frames at once, clamped to -1..1.
    at::Tensor decode(const at::Tensor& latents, const Checkpoint& checkpoint = {}) const;

    /// Frame group by frame group as they are made; memory stays at one group's.
    void decode(const at::Tensor& latents, const FrameGroupSink& sink, const Checkpoint& checkpoint = {}) const;

    at::Tensor normalise(const at::Tensor& mean) const;
    at::Tensor denormalise(const at::Tensor& latents) const;

    // Without normalisation, as the published fixtures have it.
    LatentDistribution encodeDistribution(const at::Tensor& video, const Checkpoint& checkpoint = {}) const;
    /// Neither unpatchified nor clamped.
    at::Tensor decodeRaw(const at::Tensor& latents, const Checkpoint& checkpoint = {}) const;
    at::Tensor unpatchify(const at::Tensor& raw) const;

    // Whole clips in one pass, where gradients reach the weights that ask for them: training. The same numbers; memory
    // grows with the clip.

    /// As encodeDistribution().
    LatentDistribution encodeWhole(const at::Tensor& video) const;
    /// Normalised latents to pixels that are not clamped.
    at::Tensor decodeWhole(const at::Tensor& latents) const;

    // Tile by tile, each over the whole clip (engine spec 4.5), also without normalisation. Blended where tiles
    // overlap, so close to the whole but not the same; what fits one tile is the whole.

    /// The mean. Tiles of the residual type are counted in patchified pixels: twice as large.
    at::Tensor encodeTiled(const at::Tensor& video, Tiling tiling, const Checkpoint& checkpoint = {}) const;
    /// Clamped pixels, group by group once the last tile is done. Memory: one tile's, and the clip as float32.
    void decodeTiled(const at::Tensor& latents, Tiling tiling, const FrameGroupSink& sink,
                     const Checkpoint& checkpoint = {}) const;
    at::Tensor decodeTiled(const at::Tensor& latents, Tiling tiling) const;

private:
    static bool fitsOneTile(std::int64_t height, std::int64_t width, Tiling tiling);
    std::int64_t framesOf(const at::Tensor& latents) const; ///< in pixels
    at::Tensor encodePatches(const at::Tensor& patches, const Checkpoint& checkpoint) const;
    void decodeGroups(const at::Tensor& latents, const FrameGroupSink& sink, const Checkpoint& checkpoint) const;

    VaeConfig m_config;
    Device m_device;
    at::Tensor m_mean, m_std; ///< [1, z, 1, 1, 1]
    std::unique_ptr<VaeEncoder> m_encoder;
    std::unique_ptr<VaeDecoder> m_decoder;
};

} // namespace generation
