#pragma once

#include "generation/model/VideoVae.h"
#include "generation/training/ClipSource.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>

namespace generation {

/// Measures an autoencoder whose config has no statistics yet (means 0, deviations 1) over `clips` clips of the source
/// and writes them into the config: latents_mean and latents_std, and the colours that its latents stand for by least
/// squares (latent_rgb_factors, latent_rgb_bias), of normalised latents.
void fitLatents(nlohmann::json& config, const VideoVae& vae, const ClipSource& source, std::uint64_t clips);

} // namespace generation
