#pragma once

#include "timeline/time/RationalTime.h"

#include <QString>

namespace ui {

QString timecodeText(timeline::RationalTime time);
/// "about 20 s", "about 3 min", in the user's language; empty when `seconds` is below 0 (unknown).
QString timeLeftText(double seconds);

} // namespace ui
