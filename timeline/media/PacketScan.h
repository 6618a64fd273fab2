#pragma once

#include "timeline/media/MediaInput.h"
#include "timeline/media/RunningClock.h"

#include <cstdint>
#include <vector>

namespace timeline {

/// What a look at a stream's packets, without decoding, says of its frames.
struct PacketScan {
    std::vector<std::int64_t>
        stamps;                    ///< of frames that are shown, ascending, in the stream's ticks, on a running clock
    std::int64_t lastDuration = 0; ///< of the last frame, in ticks; 0: not said
    bool isComplete = false;       ///< the end of the file was reached
    bool isVariable = false;       ///< the distances differ by more than the clock's rounding
    bool isSetAnew = false;        ///< the file's clock was, in mid-file

    bool operator==(const PacketScan&) const = default;
};

/// Reads a stream's packets up to the end, or as many as a second allows. The input stands somewhere else afterwards.
PacketScan scanPackets(MediaInput& input, int stream, std::stop_token stop);

/// Formats of broadcasts and recorders, which can be cut and joined anywhere: their clock may be set anew in mid-file.
bool hasLooseClock(const MediaInput& input);
/// For a stream's stamps.
RunningClock runningClock(const MediaInput& input, int stream);
/// Whether a stream's clock is set back in mid-file, so that a stamp does not tell a place: exactly for files of some
/// minutes, by samples for longer ones. The input stands somewhere else afterwards.
bool isClockSetAnew(MediaInput& input, int stream);

} // namespace timeline
