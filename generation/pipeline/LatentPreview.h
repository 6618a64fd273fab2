#pragma once

#include "generation/model/Configs.h"
#include "generation/pipeline/ShotPlan.h"
#include "generation/protocol/FrameFile.h"

#include <ATen/core/Tensor.h>

namespace generation {

/// An empty set for a preview of `frames` latent frames, at the asked-for size divided by `shrink`; its rate makes it
/// as long as the shot.
FrameSet previewSet(const ShotPlan& plan, std::int64_t frames, std::int64_t shrink);

/// Normalised latents to a small picture by a linear map: the model's own factors (vae/config.json), or the published
/// ones of the 2.1 and 2.2 autoencoders.
/// Thread: immutable after construction.
class LatentPreview {
public:
    explicit LatentPreview(const VaeConfig& config);

    /// False for an autoencoder without factors; picture() must not be called then.
    bool available() const { return m_factors.defined(); }

    /// The clip [1, C, T, H, W] without reference frames, at latent size and cropped as the result will be; its rate
    /// makes it as long as the shot.
    FrameSet picture(const at::Tensor& clip, const ShotPlan& plan) const;

private:
    at::Tensor m_factors; ///< [C, 3]
    at::Tensor m_bias;    ///< [3]
};

} // namespace generation
