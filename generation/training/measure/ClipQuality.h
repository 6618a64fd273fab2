#pragma once

#include "generation/training/measure/Footage.h"

namespace generation::measure {

/// 10 log10(1 / mean square error) over all pixels, channels and frames; 100 for equal clips. Both have the same shape.
double psnr(const Footage& a, const Footage& b);

/// VBench's temporal flickering of a static clip: (255 - mean |I_t - I_t+1|) / 255 of 8-bit values. 1: nothing changes.
double steadiness(const Footage& footage);

/// The root mean square of what the picture's mean luma does faster than about a third of the Nyquist frequency, as a
/// share of the range. A still or evenly moving clip has nearly 0. Clips under five frames have none.
double flicker(const Footage& footage);

/// How little motion changes from one frame to the next: 1 minus the mean of |m2 - m1| / (|m1| + |m2| + 1 pixel) over
/// the blocks that can be followed, at the work size. 1: everything moves evenly; repeated or missing frames lower it.
double motionSmoothness(const Footage& footage);

} // namespace generation::measure
