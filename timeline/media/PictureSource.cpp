#include "timeline/media/PictureSource.h"

#include "timeline/media/FileStamp.h"
#include "timeline/media/ImageSequence.h"
#include "timeline/media/StillReader.h"
#include "timeline/media/StillSource.h"
#include "timeline/media/VideoDecoder.h"

namespace timeline {

namespace {

template <typename Source>
Result<std::unique_ptr<PictureSource>> asSource(Result<std::unique_ptr<Source>> opened) {
    if (!opened) {
        return opened.error();
    }
    return std::unique_ptr<PictureSource>(std::move(*opened));
}

} // namespace

Result<std::unique_ptr<PictureSource>> openPictureSource(const std::filesystem::path& path) {
    if (const auto stamp = fileStamp(path); !stamp) {
        return stamp.error();
    }
    if (SequencePattern::parse(path)) {
        return asSource(ImageSequence::open(path));
    }
    if (!stillFormat(path).empty()) {
        return asSource(StillSource::open(path));
    }
    return asSource(VideoDecoder::open(path));
}

} // namespace timeline
