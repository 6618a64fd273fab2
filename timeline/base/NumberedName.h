#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace timeline {

/// The place of a number in a name: "%d", "%4d" or "%04d" as FFmpeg and printf write it; both of the latter are padded
/// with zeros. Anything else after a "%" is none: "%25d" is an escaped "%d".
/// Thread: a value.
struct NumberField {
    std::size_t length = 0; ///< of the text that stands for it
    int digits = 0;         ///< least number of digits; 0: not padded

    /// The one that `text` begins with.
    static std::optional<NumberField> startOf(std::string_view text);
};

/// The name of numbered files, such as "frame.%04d.exr".
/// Thread: a value.
struct NumberedName {
    std::string prefix;
    std::string suffix;
    int digits = 0;

    /// Nothing when there is not exactly one number in the name, or another "%".
    static std::optional<NumberedName> parse(std::string_view name);
    std::string text() const; ///< parse() gives this back
};

} // namespace timeline
