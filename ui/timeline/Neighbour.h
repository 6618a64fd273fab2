#pragma once

#include "ui/timeline/TimelineLayout.h"

namespace ui {

enum class Towards : std::uint8_t { Earlier, Later, RowAbove, RowBelow };

/// The clip next to one, for walking with keys: on its row, or the nearest in time on the next row that has any. From
/// nothing: the first clip of the topmost row that has one. Invalid: there is none.
timeline::ItemId neighbourOf(const TimelineLayout& layout, timeline::ItemId clip, Towards way);

} // namespace ui
