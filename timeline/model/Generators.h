#pragma once

#include "timeline/model/MediaReference.h"

#include <optional>
#include <string>

namespace timeline {

inline constexpr const char* kRecipeKind = "recipe";
inline constexpr const char* kPromptKind = "prompt";
inline constexpr const char* kTitleKind = "title";
inline constexpr const char* kColorKind = "color";

inline constexpr double kMinTitleSize = 0.005;
inline constexpr double kMaxTitleOffset = 10.0;

/// What a prompt clip asks for, and what it asks to leave out. Any UTF-8, byte for byte.
struct Prompt {
    std::string text;
    std::string negative;

    bool operator==(const Prompt&) const = default;
};

/// A line or more of text over the picture.
struct Title {
    std::string text;
    double size = 0.1;             ///< of the letters, in frame heights; 0.005 to 1
    std::string color = "#ffffff"; ///< "#rrggbb" or "#rrggbbaa", sRGB
    double x = 0.5;                ///< of the text block's centre, in frame widths from the left; -10 to 10
    double y = 0.5;                ///< in frame heights from the top

    bool operator==(const Title&) const = default;
};

/// Parameters to struct: what is missing, misshapen or out of range is the default, and the rest is left alone.
Prompt promptFrom(const Metadata& parameters);
Title titleFrom(const Metadata& parameters);
std::string colorFrom(const Metadata& parameters); ///< "#rrggbb"; "#000000" when there is none

/// Struct to parameters, over `old` ones: keys that are not ours stay.
Metadata promptParameters(const Prompt& prompt, const Metadata& old = {});
Metadata titleParameters(const Title& title, const Metadata& old = {});
Metadata colorParameters(const std::string& color, const Metadata& old = {});

} // namespace timeline
