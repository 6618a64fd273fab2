#pragma once

#include "timeline/media/Picture.h"

#include <cstdint>

struct AVCodecContext;
struct AVCodecParameters;
struct AVFrame;

namespace timeline {

/// What decides about a picture's colour, in FFmpeg's enumerations.
struct ColorTags {
    int matrix = 0; ///< AVColorSpace
    int range = 0;
    int transfer = 0;
    int primaries = 0;
    int siting = 0; ///< AVChromaLocation
    int pixelFormat = -1;
    int height = 0;
};

ColorTags colorTags(const AVFrame& frame);
ColorTags colorTags(const AVCodecParameters& parameters);

/// False where what is stored is no Y'CbCr of ours by another matrix, but other values altogether (YCgCo, ICtCp, ...):
/// shown as if it were, it would have wrong colours without a word.
bool isSupportedMatrix(int matrix);

/// The description of tagged film; for what is not tagged, HD is BT.709 and SD BT.601, limited range, primaries BT.709,
/// and it is marked as guessed.
ColorDescription colorDescription(const ColorTags& tags);
ChromaSiting chromaSiting(const ColorTags& tags);

/// Writes BT.709, limited range, left siting onto an encoder and its frames; for RGB: sRGB, full range.
void tagAsRec709(AVCodecContext& codec);
void tagAsRec709(AVFrame& frame);

/// The turn that a display matrix asks for, to the nearest quarter.
Orientation orientationOf(const std::int32_t* displayMatrix);

} // namespace timeline
