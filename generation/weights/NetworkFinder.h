#pragma once

#include "generation/weights/KeyMap.h"
#include "generation/weights/WeightSource.h"

#include <string>
#include <vector>

namespace generation {

/// A network that was recognised in a source by names only it has.
struct FoundNetwork {
    NetworkKind kind = NetworkKind::Transformer;
    std::string prefix;  ///< of its tensors in the file
    WeightSource source; ///< its tensors under diffusers' names
};

/// The networks of the Wan family in a source, in whatever spelling (engine spec section 1.6). A checkpoint may hold
/// several under prefixes ("model.diffusion_model.", "first_stage_model.", ...). Empty: something else. File names do
/// not matter. That a network is recognised does not say that it is complete.
std::vector<FoundNetwork> findNetworks(const WeightSource& source);

/// The source with its tensors under diffusers' names, when it is known what the network is.
WeightSource withDiffusersNames(const WeightSource& source, NetworkKind kind);

} // namespace generation
