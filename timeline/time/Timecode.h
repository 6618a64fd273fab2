#pragma once

#include "timeline/base/Result.h"
#include "timeline/time/RationalTime.h"

#include <string>
#include <string_view>

namespace timeline {

/// SMPTE 12M timecode: HH:MM:SS:FF, and HH:MM:SS;FF (drop-frame) at 29.97 and 59.94.
/// Negative times get a leading minus. The hour is not wrapped at 24.
std::string timecodeFrom(const RationalTime& time);

/// Reads a timecode as above, or a plain frame count ("120"), at `rate`. A ';' or '.' before the frames means
/// drop-frame and is InvalidTime at rates that have none, as is a frame number that drop-frame leaves out.
Result<RationalTime> parseTimecode(std::string_view text, FrameRate rate);

/// True at 30000/1001 and 60000/1001.
bool isDropFrameRate(FrameRate rate);

} // namespace timeline
