#pragma once

#include "generation/model/VideoVae.h"

#include <cstdint>

namespace generation {

/// An autoencoder as a job uses it: whole frames, in tiles where memory is short, or all frames of a clip in one pass
/// where memory is plenty and it is the many small passes that take the time.
/// Thread: one call at a time.
class PixelCodec {
public:
    enum class Extent : std::uint8_t { Whole, Tiles, AtOnce };

    /// `vae` outlives the codec.
    PixelCodec(const VideoVae& vae, Extent extent) : m_vae(vae), m_extent(extent) {}

    const VaeConfig& config() const { return m_vae.config(); }

    /// [1, 3, F, H, W] -> normalised latents.
    at::Tensor encode(const at::Tensor& video, const Checkpoint& checkpoint = {}) const;
    /// Normalised latents, frame group by frame group.
    void decode(const at::Tensor& latents, const FrameGroupSink& sink, const Checkpoint& checkpoint = {}) const;

private:
    const VideoVae& m_vae;
    Extent m_extent;
};

} // namespace generation
