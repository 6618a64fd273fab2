#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <string>
#include <string_view>

/// Timelines as text, one track: "A10 B5 _3 C4".
///   A10        a clip called A, 10 frames long, without a limit to its medium
///   A10@5      which shows its medium from frame 5 on
///   A10@5/30   and whose medium has 30 frames
///   _3         a gap of 3 frames
///   <2,1>      a dissolve that reaches 2 frames before the cut and 1 after it
///   ?4         a foreign item
/// The clip called A has the id idOf('A'); only what an edit makes has others. "A10 B5 | C4" has two tracks, bottom
/// first.
namespace text {

timeline::Timeline timelineOf(std::string_view text, timeline::FrameRate rate = timeline::FrameRate(25));

/// The same notation; "@" and "/" only where not zero and not unlimited. An edit that failed is its error's code.
std::string textOf(const timeline::Timeline& timeline);
std::string textOf(const timeline::Result<timeline::Timeline>& timeline);

timeline::ItemId idOf(char name);
timeline::TrackId trackId(std::size_t index = 0);
timeline::RationalTime frames(std::int64_t count);
timeline::Clip clipOf(std::string_view text);

} // namespace text
