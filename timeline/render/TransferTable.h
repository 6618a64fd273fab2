#pragma once

#include "timeline/media/Picture.h"

#include <vector>

namespace timeline {

/// Steps of a transfer table for each unit of code value.
inline constexpr int kTransferSteps = 4096;
/// Code values that the tables cover; values beyond are limited to them.
inline constexpr int kTransferFirst = -1;
inline constexpr int kTransferLast = 3;

/// Light for a code value, 1 = reference white. Curves go on above 1 and are mirrored below 0.
///   Srgb     IEC 61966-2-1
///   Gamma22, Gamma28   pure powers
///   Pq       SMPTE ST 2084, 203 cd/m2 (BT.2408) = 1, then toneMapped()
///   Hlg      ARIB STD-B67 with the system gamma 1.2 of a 1000 cd/m2 display on each channel, 203 cd/m2 = 1, then
///            toneMapped()
double linearFromCoded(Transfer transfer, double coded);

/// The code value for light, with the sRGB curve: the display and every file we write.
double srgbFromLinear(double linear);

/// High dynamic range on a standard display: light up to half of reference white is kept; above, a shoulder that begins
/// with slope 1 reaches 1 at 1000 cd/m2.
double toneMapped(double linear);

/// linearFromCoded() at kTransferFirst, kTransferFirst + 1 / kTransferSteps, ... kTransferLast. Both compositors read
/// this table, with linear interpolation (the error is below 4e-8), instead of calling pow() for every pixel.
const std::vector<float>& transferTable(Transfer transfer);

} // namespace timeline
