#pragma once

#include "generation/training/world/Clip.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace generation::world {

/// A description of the clip in the words a person might use: scene and time, then the subject with its colour and
/// direction, the weather, the clouds, the light and the camera in any order, the style in front or at the end. Each
/// seed words it differently, and leaves out now one thing, now another; no two things of a clip are ever said wrongly.
std::string captionOf(const Clip& clip, std::uint64_t seed);

/// Which parts captionOf names. Restyling is trained half of the time without the style's name.
struct CaptionParts {
    bool style = true;
};
std::string captionOf(const Clip& clip, std::uint64_t seed, const CaptionParts& parts);

/// Every piece of wording the grammar can use, for training a tokenizer that knows all its words. Sorted, without
/// duplicates.
std::vector<std::string> captionPhrases();

} // namespace generation::world
