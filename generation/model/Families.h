#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace generation {

/// What distinguishes one kind of model from the next, where its own files are silent. This table is the only place
/// that knows model versions; everything else reads the config files.
struct Family {
    std::string_view name;
    std::string_view pipelineClass; ///< _class_name of model_index.json
    bool expandTimesteps;           ///< as in model_index.json
    int width;
    int height;
    std::int64_t frames;
    std::int64_t fps;
    int steps;
    double shift;
    double guidance;
    std::string_view sampler;
    std::string_view negativePrompt;
    std::string_view conditions; ///< combinations separated by spaces, "+" within one; "any": all there are

    // How a transformer looks whose files do not name its family.
    bool hasControl = false;
    bool hasImageBranch = false;
    std::int64_t inChannels = 0; ///< 0: any number

    double shift480p = 0.0; ///< the pair published for two sizes (832x480, 1280x720); 0: one shift serves all
    double shift720p = 0.0;

    double boundary = 0.0;       ///< between two transformers, where there are two
    double secondGuidance = 0.0; ///< of the second one; 0: as the first
};

std::span<const Family> families();

struct TransformerConfig;

/// The first family that a transformer of this config, or two of them, may be of; or null.
const Family* familyOf(const TransformerConfig& transformer, std::size_t experts = 1);

} // namespace generation
