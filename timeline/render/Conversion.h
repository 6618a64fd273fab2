#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/Picture.h"
#include "timeline/render/FrameImage.h"

#include <array>
#include <cstdint>

namespace timeline {

/// The numbers with which a picture becomes linear light. Laid out as the shader reads it (std430, 4-byte members):
/// change it together with resources/shaders/convert.comp.
///
/// For each pixel of the stored picture, in this order:
///   1. chroma at the place of the luma sample, bilinear by siting, edges held: column x * 2^-shift + chromaOffset
///   2. (code - offset) * scale for luma (R, G, B), chroma and alpha; floats that are not numbers become 0
///   3. Cb, Cr -> R, G, B by the matrix
///   4. coded -> linear: interpolated in transferTable(); premultiplied alpha is divided out before and multiplied back
///   5. primaries -> BT.709
///   6. times alpha
/// Thread: a value.
struct ConversionParameters {
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::int32_t chromaWidth = 1;
    std::int32_t chromaHeight = 1;
    std::int32_t model = 0; ///< ColorModel
    std::int32_t alpha = 0; ///< AlphaMode
    std::int32_t isFloat = 0;
    std::int32_t isLinear = 0;     ///< no transfer table
    std::int32_t hasPrimaries = 0; ///< 0: BT.709 already
    float chromaScaleX = 1;        ///< chroma columns for each luma column
    float chromaScaleY = 1;
    float chromaOffsetX = 0;
    float chromaOffsetY = 0;
    float lumaOffset = 0;
    float lumaScale = 1;
    float chromaOffset = 0;
    float chromaScale = 1;
    float alphaScale = 1;
    float redFromCr = 0;
    float greenFromCb = 0;
    float greenFromCr = 0;
    float blueFromCb = 0;
    std::array<float, 9> primaries{}; ///< row by row
    std::int32_t padding = 0;
};
static_assert(sizeof(ConversionParameters) == 32 * 4);

/// The largest finite light we count with: that of 16-bit floats. Infinity in a file becomes this.
inline constexpr float kMaxLight = 65504.0F;

/// UnsupportedPixelFormat when the planes are not what the picture says.
Result<ConversionParameters> conversionFor(const Picture& picture);

/// The picture as linear, premultiplied BT.709 light at its stored size, not yet turned: the reference conversion.
Result<FrameImage> linearImage(const Picture& picture);

/// Row-major 3x3 matrix from light of these primaries (D65) to BT.709's.
std::array<double, 9> primariesToBt709(Primaries primaries);

} // namespace timeline
