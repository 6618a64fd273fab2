#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Item.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace timeline {

using Items = std::vector<ItemPtr>;

/// What is left of a track on both sides of a hole.
struct CutItems {
    Items head; ///< ends at the hole's start, or earlier when the track does
    Items tail; ///< began at the hole's end
};

/// Takes [start, end) out; `start == end` parts the track there. A clip or gap that sticks out on both sides is split,
/// and its right part gets a new id. Transitions that touch the hole go.
///
///     cutOut(2..6)    |A   |B     |C  |    ->    head |A |    tail |B   |C  |
///
/// InvalidArgument when a foreign item would be split.
Result<CutItems> cutOut(const Items& items, std::int64_t start, std::int64_t end);

/// The parts of a clip or gap before and after `offset` frames (inside it). InvalidArgument for foreign items.
Result<std::pair<ItemPtr, ItemPtr>> splitItem(const ItemPtr& item, std::int64_t offset);

/// The normal form of a track: transitions that have lost a clip go, those that have lost media are shortened, plain
/// gaps in a row become one, and those at the end go.
Items tidied(Items items);

ItemPtr makeGap(RationalTime duration);
/// The clip with `frames` taken off (negative: added to) its head.
Clip withHeadMoved(Clip clip, std::int64_t frames);
/// The clip with another length.
Clip withFrames(Clip clip, std::int64_t frames);

std::int64_t frameCount(const Items& items);

} // namespace timeline
