#pragma once

#include "generation/training/TensorMap.h"

#include <cstddef>
#include <functional>
#include <vector>

namespace generation {

/// body(i) for i below `count`, each on a thread of its own whose libtorch uses no further ones. On a CPU, parts of a
/// batch side by side are faster than one part on all cores, and far faster where other programs want the cores too:
/// the backward pass of a convolution waits for its threads in a loop that does not sleep. The first exception is
/// thrown when all have ended.
void inLanes(std::size_t count, const std::function<void(std::size_t lane)>& body);

/// Leaves that share their values with `leaves` and gather gradients of their own.
TensorMap laneLeaves(const TensorMap& leaves);

/// Adds the lanes' gradients to the leaves', in the order of the lanes: the result does not depend on which was faster.
void addLaneGradients(const TensorMap& leaves, const std::vector<TensorMap>& lanes);

} // namespace generation
