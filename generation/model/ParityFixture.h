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

/// A fixture's config. Fixtures of autoencoders alone need no statistics of latents and often have none.
inline nlohmann::json fixtureConfig(const Safetensors& fixture) {
    nlohmann::json json = nlohmann::json::parse(fixture.metadata("config"));
    if (json.contains("z_dim") && !json.contains("latents_mean")) {
        const auto channels = json["z_dim"].get<std::size_t>();
        json["latents_mean"] = std::vector<double>(channels, 0.0);
        json["latents_std"] = std::vector<double>(channels, 1.0);
    }
    return json;
}

/// The network whose weights lie under "w." and whose config is in the metadata.
template <class Network, class Parse>
Network fixtureNetwork(const Safetensors& fixture, const Device& device, const Parse& parse) {
    const nlohmann::json json = fixtureConfig(fixture);
    const WeightSource source = fixtureWeights(fixture);
    WeightReader reader(source, device);
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
