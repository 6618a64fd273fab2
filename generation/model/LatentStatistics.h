#pragma once

#include <cstdint>
#include <vector>

namespace generation {

/// Mean and standard deviation of each latent channel over the videos an autoencoder was trained with.
struct LatentStatistics {
    std::vector<double> mean;
    std::vector<double> deviation;
};

/// Those of the published autoencoders (engine spec section 4.6), by their number of channels: 16 for Wan 2.1, 48 for
/// Wan 2.2. Null for any other.
const LatentStatistics* publishedLatentStatistics(std::int64_t channels);

} // namespace generation
