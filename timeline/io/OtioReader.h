#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <filesystem>
#include <string_view>

namespace timeline {

/// Limits within which a project is read; beyond them it is TooLarge before much memory is spent.
inline constexpr std::uintmax_t kMaxProjectBytes = 64U * 1024 * 1024;
inline constexpr std::size_t kMaxProjectValues = 4'000'000; ///< JSON values and keys
/// With its text, what it is parsed to, and what is made of its items: more than 10,000 clips with all they need.
inline constexpr std::size_t kMaxProjectMemory = 96U * 1024 * 1024;
inline constexpr std::size_t kProjectItemBytes = 2048;
inline constexpr std::size_t kMaxProjectDepth = 200;
inline constexpr std::size_t kMaxProjectStringBytes = 8U * 1024 * 1024;

/// Reads OpenTimelineIO's JSON. What we do not know stays in the values and is written back by writeOtio() word for
/// word. What other programs write and we cannot hold to our invariants (a nested stack, an item without a length, a
/// transition into a gap) becomes a ForeignItem. Without a format of ours, the rate is that of the first picture, and
/// the size the default. The result passes checkInvariants().
///
/// FileNotFound, NotAFile, PermissionDenied, ReadFailed; TooLarge; ParseFailed (not JSON, cut short, not OTIO, times
/// that are no numbers or beyond reason; the detail names the place); UnsupportedFormat (OTIO, but not a timeline);
/// UnsupportedVersion (a newer fantascope or OTIO wrote it).
/// Thread: any.
Result<Timeline> readOtio(const std::filesystem::path& file);
Result<Timeline> parseOtio(std::string_view text);

/// What parseOtio() checks before it builds anything: the limits, the grammar, and that it is a timeline of a version
/// that we know.
Result<void> checkOtioText(std::string_view text);

} // namespace timeline
