#pragma once

#include "generation/weights/NetworkFinder.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace generation {

/// The config.json of a network that came without one, in diffusers' words, as far as its tensors' shapes tell (engine
/// spec section 1.6); the rest are the family's published values. `hints` is an object whose fields of the same names
/// say what shapes cannot (num_attention_heads, vace_layers, latents_mean, ...); others are ignored. Throws
/// WeightsError when a tensor that is needed for it is missing or misshapen, or when shapes and hints leave something
/// open. Shapes: the layers are those that are there, heads are 128 wide.
nlohmann::json derivedConfig(const FoundNetwork& network, const nlohmann::json& hints);

} // namespace generation
