#pragma once

#include "timeline/base/Error.h"
#include "timeline/time/FrameRate.h"

struct AVFormatContext;

namespace timeline {

class MediaInput;

/// The rate a picture stream says or is measured to have, within reason; 25 when it says nothing sensible.
FrameRate nominalRate(AVFormatContext& context, int stream);

/// Why a file has no pictures: UnsupportedCodec or Encrypted where it has some that cannot be decoded, else
/// NoVideoStream.
Error noVideoError(const MediaInput& input);
Error noAudioError(const MediaInput& input);

} // namespace timeline
