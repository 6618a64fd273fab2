#pragma once

#include "generation/device/Cancelled.h"
#include "generation/pipeline/PixelCodec.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace generation {

/// Rec.601 luma of a video [1, 3, F, H, W] in -1 to 1, in all three channels. What a "luma" control shows.
at::Tensor lumaControl(const at::Tensor& video);

/// Sobel magnitude of the luma: kernels divided by 4, magnitude times 4, clamped to 0..1, then to -1..1, in all three
/// channels. What an "edges" control shows.
at::Tensor edgesControl(const at::Tensor& video);

/// The video without its detail: a Gaussian of a 32nd of the shorter side. What a "blur" control shows.
at::Tensor blurControl(const at::Tensor& video);

/// What a VACE control branch is told, in pixels.
struct ControlSource {
    at::Tensor video;                   ///< [1, 3, F, H, W]; 0 (grey) where nothing is known
    at::Tensor mask;                    ///< [1, 1, F, H, W], 1 = to be generated, 0 = to be kept
    std::vector<at::Tensor> references; ///< [1, 3, 1, H, W] each, in the order of their latent frames
};

/// Builds control tensors (engine spec 3.7) [1, 2 C + s * s, n + T, h, w]: latents of the kept pixels, latents of the
/// others, the mask folded into channels (s = the VAE's spatial factor); n references in front with zeros for the last
/// two. Keeps the latents of an empty (grey) clip, which most controls need.
/// Thread: one.
class ControlBuilder {
public:
    at::Tensor build(const ControlSource& source, const PixelCodec& codec, const Checkpoint& checkpoint = {});

private:
    at::Tensor encode(const at::Tensor& video, const PixelCodec& codec, const Checkpoint& checkpoint);

    at::Tensor m_grey;                     ///< latents of the last grey clip
    std::vector<std::int64_t> m_greyShape; ///< and that clip's shape in pixels
};

/// The mask's channels alone: [1, s * s, T, h, w] from [1, 1, F, H, W]; time by "nearest-exact".
at::Tensor maskChannels(const at::Tensor& mask, std::int64_t spatialFactor, std::int64_t latentFrames);

} // namespace generation
