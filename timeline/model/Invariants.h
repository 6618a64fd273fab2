#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

namespace timeline {

/// No track is longer, so that sums never overflow: 11 days at 1000 frames a second, 463 at 25.
inline constexpr std::int64_t kMaxFrames = 1'000'000'000;

/// What holds for every timeline that an edit or the reader returns. InvariantBroken names the first thing at fault:
/// - the format is in its ranges (see SequenceFormat; the rate is 1 to 1000 frames a second);
/// - ids are valid and used once: tracks, items and markers each;
/// - clips and gaps last at least a frame, foreign items at least nothing, all at the timeline's rate; a track lasts
///   at most kMaxFrames; media times are within +-2^31 seconds;
/// - a transition lies between two clips, covers at least a frame, does not reach past their far ends or into another
///   transition, and both have the media for it;
/// - properties are finite and in their ranges.
Result<void> checkInvariants(const Timeline& timeline);

/// The last-but-one of these, for the transition at `index` of a track's items.
Result<void> checkTransition(const std::vector<ItemPtr>& items, std::size_t index);
Result<void> checkFormat(const SequenceFormat& format);
Result<void> checkProperties(const ClipProperties& properties);

/// How far a transition may reach between these two neighbours.
struct TransitionRoom {
    RationalTime in;  ///< most that inOffset can be
    RationalTime out; ///< most that outOffset can be

    bool operator==(const TransitionRoom&) const = default;
};

/// Room at the cut from `left` to `right`, by their lengths and media; other transitions are not looked at.
TransitionRoom transitionRoom(const Clip& left, const Clip& right);

} // namespace timeline
