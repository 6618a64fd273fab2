#pragma once

#include "ui/state/ShotStates.h"
#include "ui/timeline/TimelineLayout.h"

#include <QString>

namespace ui {

/// An item of the timeline in words, for screen readers: what the painters say with pictures and colours.
/// "Shot 1, take 2 of 5, stale"; "fog over the lake"; "Gap".
QString spokenItem(const timeline::ItemPtr& item, const ShotState& state);
/// "On track Video 2, from 00:00:01:00 to 00:00:04:12"; empty when the timeline does not have it.
QString spokenPlace(const timeline::Timeline& timeline, timeline::ItemId item);

} // namespace ui
