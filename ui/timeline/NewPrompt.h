#pragma once

#include "timeline/base/Result.h"
#include "ui/timeline/TimelineLayout.h"

namespace ui {

/// The topmost Prompt track that can be edited.
std::optional<std::size_t> topPromptTrack(const timeline::Timeline& timeline);

/// Where a prompt goes that nobody has drawn the length of: three seconds from `frame` on, or as much as there is room
/// for up to the next clip of the track.
timeline::TimeRange promptRoom(const TimelineLayout& layout, std::optional<std::size_t> track, std::int64_t frame);

struct NewPrompt {
    timeline::Timeline timeline;
    timeline::ItemId clip;
};

/// Lays an empty prompt clip on a Prompt track, or on a new one. Errors as addTrack() and overwrite().
timeline::Result<NewPrompt> newPrompt(const timeline::Timeline& timeline, std::optional<std::size_t> track,
                                      const timeline::TimeRange& range);

} // namespace ui
