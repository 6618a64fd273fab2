#pragma once

#include "generation/device/Device.h"
#include "generation/training/TensorMap.h"
#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightSource.h"

#include <cstdint>
#include <string>

namespace generation {

// Weights in training: float32 leaves on the device, under the names that the files have. A network is built from them
// anew for each pass (it is a function of its weights: casts to the compute type and fused matrices are part of the
// graph), so the networks themselves know nothing of training.

/// The shapes that a network asks for.
template <class Network, class Config>
ShapeMap shapesOf(const Config& config) {
    ShapeMap shapes;
    WeightReader reader(shapes);
    const Network network(config, reader);
    return shapes;
}

/// First values for weights of these shapes, from the seed alone: kernels and matrices with a variance of 1 / fan-in,
/// gains 1, offsets 0, and zeros where a part is to begin as if it were not there (the output and the control hints of
/// the transformer).
TensorMap firstWeights(const ShapeMap& shapes, std::uint64_t seed);

/// All tensors of a source in float32.
TensorMap weightsOf(const WeightSource& source);

/// The same values as leaves that ask for gradients.
TensorMap leavesOf(const TensorMap& weights, at::Device where);

/// A network over the leaves (or any other tensors of these names). Throws WeightsError when they are not its weights.
template <class Network, class Config>
Network networkOver(const TensorMap& weights, const Config& config, const Device& device) {
    const WeightSource source = WeightSource::ofTensors(weights, "weights in training");
    WeightReader reader(source, device);
    Network network(config, reader);
    reader.finish();
    return network;
}

} // namespace generation
