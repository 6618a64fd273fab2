#pragma once

#include "timeline/media/MediaInput.h"

#include <cstdint>
#include <vector>

namespace timeline {

/// What a look at a stream's packets, without decoding, says of its frames.
struct PacketScan {
    std::vector<std::int64_t> stamps; ///< of frames that are shown, ascending, in the stream's ticks
    std::int64_t lastDuration = 0;    ///< of the last frame, in ticks; 0: not said
    bool isComplete = false;          ///< the end of the file was reached
    bool isVariable = false;          ///< the distances differ by more than the clock's rounding

    bool operator==(const PacketScan&) const = default;
};

/// Reads a stream's packets up to the end, or as many as a second allows. The input stands somewhere else afterwards.
PacketScan scanPackets(MediaInput& input, int stream, std::stop_token stop);

} // namespace timeline
