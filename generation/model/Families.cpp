#include "generation/model/Families.h"

#include "generation/model/Configs.h"

#include <algorithm>
#include <array>

namespace generation {

namespace {

/// The looks that the published models were taught to avoid, in our words.
constexpr std::string_view kUnwanted = "garish colours, overexposed, static picture, blurred details, subtitles, "
                                       "watermark, painting, grey picture, worst quality, "
                                       "low quality, compression artefacts, ugly, incomplete, malformed hands, "
                                       "malformed face, deformed limbs, fused fingers, "
                                       "cluttered background, crowd in the background, walking backwards";

constexpr std::array<Family, 6> kFamilies{
    Family{.name = "wan-vace",
           .pipelineClass = "WanVACEPipeline",
           .expandTimesteps = false,
           .width = 832,
           .height = 480,
           .frames = 81,
           .fps = 16,
           .steps = 30,
           .shift = 3.0,
           .guidance = 5.0,
           .sampler = "unipc",
           .negativePrompt = kUnwanted,
           .conditions = "any",
           .hasControl = true,
           .shift480p = 3.0,
           .shift720p = 5.0},
    Family{.name = "wan-ti2v",
           .pipelineClass = "WanPipeline",
           .expandTimesteps = true,
           .width = 1280,
           .height = 704,
           .frames = 121,
           .fps = 24,
           .steps = 50,
           .shift = 5.0,
           .guidance = 5.0,
           .sampler = "unipc",
           .negativePrompt = kUnwanted,
           .conditions = "first_frame extend_forward",
           .inChannels = 48,
           .shift480p = 3.0,
           .shift720p = 5.0},
    Family{.name = "wan",
           .pipelineClass = "WanPipeline",
           .expandTimesteps = false,
           .width = 832,
           .height = 480,
           .frames = 81,
           .fps = 16,
           .steps = 50,
           .shift = 5.0,
           .guidance = 5.0,
           .sampler = "unipc",
           .negativePrompt = kUnwanted,
           .conditions = "",
           .inChannels = 16,
           .shift480p = 3.0,
           .shift720p = 5.0},
    Family{.name = "wan-i2v", // with one picture or two: FLF2V differs in its image embedder alone
           .pipelineClass = "WanImageToVideoPipeline",
           .expandTimesteps = false,
           .width = 832,
           .height = 480,
           .frames = 81,
           .fps = 16,
           .steps = 40,
           .shift = 3.0,
           .guidance = 5.0,
           .sampler = "unipc",
           .negativePrompt = kUnwanted,
           .conditions = "first_frame first_frame+last_frame",
           .hasImageBranch = true,
           .inChannels = 36,
           .shift480p = 3.0,
           .shift720p = 5.0},
    Family{.name = "wan-a14b",
           .pipelineClass = "WanPipeline",
           .expandTimesteps = false,
           .width = 832,
           .height = 480,
           .frames = 81,
           .fps = 16,
           .steps = 40,
           .shift = 12.0,
           .guidance = 4.0,
           .sampler = "unipc",
           .negativePrompt = kUnwanted,
           .conditions = "",
           .inChannels = 16,
           .boundary = 0.875,
           .secondGuidance = 3.0},
    Family{.name = "wan-a14b-i2v",
           .pipelineClass = "WanImageToVideoPipeline",
           .expandTimesteps = false,
           .width = 832,
           .height = 480,
           .frames = 81,
           .fps = 16,
           .steps = 40,
           .shift = 5.0,
           .guidance = 3.5,
           .sampler = "unipc",
           .negativePrompt = kUnwanted,
           .conditions = "first_frame first_frame+last_frame",
           .inChannels = 36,
           .boundary = 0.9},
};

} // namespace

std::span<const Family> families() {
    return kFamilies;
}

const Family* familyOf(const TransformerConfig& transformer, std::size_t experts) {
    const auto* found = std::find_if(kFamilies.begin(), kFamilies.end(), [&](const Family& family) {
        return (family.boundary > 0.0) == (experts == 2) && family.hasControl == transformer.hasControl() &&
               family.hasImageBranch == (transformer.imageDim > 0) &&
               (family.inChannels == 0 || family.inChannels == transformer.inChannels);
    });
    return found == kFamilies.end() ? nullptr : found;
}

} // namespace generation
