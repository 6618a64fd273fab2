#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/Picture.h"
#include "timeline/media/SourceClock.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <stop_token>

namespace timeline {

/// A picture and the ticks of its source during which it shows: [from, until). The first picture shows from the
/// beginning of time and the last one to its end.
struct SourcePicture {
    PicturePtr picture;
    std::int64_t from = std::numeric_limits<std::int64_t>::min();
    std::int64_t until = std::numeric_limits<std::int64_t>::max();
    bool isDamaged = false;  ///< concealed, or held in place of one that cannot be read
    bool isCutShort = false; ///< the one that is held because the file ends before its time
};

/// Anything that has a picture at each moment: a film, a still, an image sequence.
/// Thread: one at a time.
class PictureSource {
public:
    virtual ~PictureSource() = default;

    /// The ticks in which SourcePicture's range is given.
    virtual SourceClock clock() const = 0;
    /// The picture that shows at a tick; before the first and after the last these hold.
    virtual Result<SourcePicture> pictureAtTick(std::int64_t tick, std::stop_token stop) = 0;
    /// Where it would go on without seeking; int64's least value when it has no place.
    virtual std::int64_t position() const = 0;

    /// The picture that shows at a moment, counted from the first one.
    Result<SourcePicture> pictureAt(RationalTime time, std::stop_token stop = {}) {
        return pictureAtTick(clock().tickAt(time), std::move(stop));
    }
};

/// Opens whatever the file (or sequence pattern) is: VideoDecoder, StillSource or ImageSequence. NoVideoStream for
/// sound.
Result<std::unique_ptr<PictureSource>> openPictureSource(const std::filesystem::path& path);

} // namespace timeline
