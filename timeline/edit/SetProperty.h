#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include "timeline/model/Generators.h"

#include <string>

namespace timeline {

// Each changes one thing where it stands:   |A   |B {opacity 1}  |C  |   ->   |A   |B {opacity 0.5}|C  |
// NotFound when there is no such clip or track, TrackLocked (clips), InvalidArgument for what is out of range or does
// not apply to the clip.

Result<Timeline> setProperties(const Timeline& timeline, ItemId clip, const ClipProperties& properties);
Result<Timeline> setClipName(const Timeline& timeline, ItemId clip, const std::string& name);
Result<Timeline> setClipEnabled(const Timeline& timeline, ItemId clip, bool enabled);
Result<Timeline> setPrompt(const Timeline& timeline, ItemId clip, const Prompt& prompt); ///< of a prompt clip
Result<Timeline> setTitle(const Timeline& timeline, ItemId clip, const Title& title);    ///< of a title clip
/// Replaces or adds what lies under `key`: a probed length, a file that was found again.
Result<Timeline> setReference(const Timeline& timeline, ItemId clip, const std::string& key, MediaReference reference);

Result<Timeline> setTrackName(const Timeline& timeline, TrackId track, const std::string& name);
Result<Timeline> setTrackEnabled(const Timeline& timeline, TrackId track, bool enabled);
Result<Timeline> setTrackLocked(const Timeline& timeline, TrackId track, bool locked);

Result<Timeline> setName(const Timeline& timeline, const std::string& name);
/// InvalidArgument when out of range. The rate can only change while nothing is on the tracks: every length counts in
/// it.
Result<Timeline> setFormat(const Timeline& timeline, const SequenceFormat& format);

} // namespace timeline
