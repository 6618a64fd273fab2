#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/AvPointers.h"
#include "timeline/media/Picture.h"

namespace timeline {

/// Whether pictures of a pixel format (AVPixelFormat) can be taken over.
bool isSupportedPixelFormat(int format);
AlphaMode alphaOfPixelFormat(int format);
int bitDepthOfPixelFormat(int format);

/// A decoded frame as a Picture: the same samples in planes, whatever their packing and byte order in FFmpeg. Palettes,
/// bit-packed, Bayer and XYZ formats become RGB that holds all their colours. Colour, siting and pixel aspect come from
/// the frame; the orientation is the caller's.
/// UnsupportedPixelFormat, TooLarge, OutOfMemory; the subject is the caller's too.
Result<Picture> pictureFrom(const AVFrame& frame);

} // namespace timeline
