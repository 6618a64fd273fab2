#pragma once

#include <QString>

#include <cstdint>

namespace ui {

/// "2.1 GB", in the user's language.
QString bytesText(std::int64_t bytes);
/// "about 20 s", "about 3 min", in the user's language; empty when `seconds` is below 0 (unknown).
QString durationText(double seconds);

} // namespace ui
