#pragma once

#include "generation/weights/KeyMap.h"
#include "tests/generation/weights/Writers.h"

#include <map>
#include <string>

namespace generation::test {

/// The tensors of a fixture under "w.", by diffusers' names, and the config in its metadata.
struct FixtureNetwork {
    NetworkKind kind = NetworkKind::Transformer;
    std::map<std::string, at::Tensor> tensors;
    std::string config; ///< JSON
};

FixtureNetwork fixtureNetwork(const std::string& fixture, NetworkKind kind);

enum class Spelling { Diffusers, Authors, Comfy, Gguf };

/// A network's tensors as files of that spelling have them, with the names written down from engine spec 1.5 in the
/// direction in which the loader does not go.
FileTensors spelled(const FixtureNetwork& network, Spelling spelling);

/// A whole file. GGUF: float32, without leading ones, 5-D tensors reshaped with their shape in the metadata.
std::string fileOf(const FixtureNetwork& network, Spelling spelling);

} // namespace generation::test
