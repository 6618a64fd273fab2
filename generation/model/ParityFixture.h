#pragma once

#include "generation/device/Device.h"
#include "generation/model/Parity.h"
#include "generation/weights/NetworkFinder.h"
#include "generation/weights/Safetensors.h"
#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightSource.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace generation {

/// The tensors under "w.", whoever's spelling they are in.
inline WeightSource fixtureWeights(const Safetensors& fixture) {
    WeightSource source = WeightSource::openFile(fixture.path()).under("w.");
    const std::vector<FoundNetwork> found = findNetworks(source);
    return found.empty() ? source : found.front().source;
}

/// The network whose weights lie under "w." and whose config is in the metadata.
template <class Network, class Parse>
Network fixtureNetwork(const Safetensors& fixture, const Parse& parse) {
    const nlohmann::json json = nlohmann::json::parse(fixture.metadata("config"));
    const WeightSource source = fixtureWeights(fixture);
    WeightReader reader(source, referenceDevice());
    Network network(parse(json, fixture.path()), reader);
    reader.finish();
    return network;
}

inline bool hasAll(const Safetensors& fixture, std::initializer_list<const char*> names) {
    return std::all_of(names.begin(), names.end(), [&](const char* name) { return fixture.contains(name); });
}

// Kinds of fixtures with sources of their own.
ParityCase tinyDecoderParity();
ParityCase loraParity();

} // namespace generation
