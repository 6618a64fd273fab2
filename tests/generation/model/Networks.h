#pragma once

#include "generation/device/Device.h"
#include "generation/weights/Safetensors.h"
#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightSource.h"
#include "tests/generation/model/TensorFile.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <map>
#include <string>

namespace generation::test {

/// The largest difference; infinite where shapes differ.
inline double distance(const at::Tensor& a, const at::Tensor& b) {
    return a.sizes() == b.sizes() ? (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>()
                                  : std::numeric_limits<double>::infinity();
}

/// A file of random weights and what reads it.
/// Thread: one.
class RandomWeights {
public:
    RandomWeights(const ShapeList& shapes, std::uint64_t seed) : RandomWeights(randomTensors(shapes, seed)) {}
    explicit RandomWeights(const std::map<std::string, at::Tensor>& tensors) {
        writeTensors(m_folder.file("model.safetensors"), tensors);
    }

    WeightSource source() const { return WeightSource::openFile(m_folder.file("model.safetensors")); }

    /// Builds a network from the file; further arguments go to its constructor.
    template <class Network, class Config, class... Rest>
    Network build(const Config& config, const Device& device, Rest... rest) const {
        const WeightSource all = source();
        WeightReader reader(all, device);
        Network network(config, reader, rest...);
        reader.finish();
        return network;
    }

private:
    TemporaryFolder m_folder;
};

inline Safetensors openFixture(const std::string& name) {
    return Safetensors::open(std::string(FIXTURES_DIR) + "/engine/" + name + ".safetensors");
}

/// A network of a fixture, with its config from the metadata; further arguments go to its constructor.
template <class Network, class Parse, class... Rest>
Network fixtureNetworkOf(const Safetensors& file, const Parse& parse, Rest... rest) {
    const nlohmann::json json = nlohmann::json::parse(file.metadata("config"));
    const WeightSource source = WeightSource::openFile(file.path()).under("w.");
    WeightReader reader(source, referenceDevice());
    Network made(parse(json, file.path()), reader, rest...);
    reader.finish();
    return made;
}

} // namespace generation::test
