#pragma once

#include "timeline/edit/Overwrite.h"
#include "timeline/edit/Tracks.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QtGlobal>

#include <string>

/// Small timelines for the tests of ui/, at 25 frames a second.
namespace testing {

inline const timeline::FrameRate kRate(25);

inline timeline::RationalTime frames(std::int64_t count) {
    return {count, kRate};
}

/// A clip of a file that is 200 frames long, from its frame `from` on.
inline timeline::Clip mediaClip(const std::string& name, std::int64_t length, std::int64_t from = 50) {
    timeline::ExternalReference file;
    file.url = name;
    file.availableRange = timeline::TimeRange{frames(0), frames(200)};
    timeline::Clip clip = timeline::makeMediaClip(file, {frames(from), frames(length)});
    clip.name = name;
    return clip;
}

/// Tracks bottom first: Audio 1, Video 1, Video 2, Style, Prompt; nothing on them.
inline timeline::Timeline emptyTimeline() {
    timeline::Timeline timeline;
    timeline.format.rate = kRate;
    using timeline::TrackKind;
    const std::pair<TrackKind, const char*> tracks[] = {{TrackKind::Audio, "Audio 1"},
                                                        {TrackKind::Video, "Video 1"},
                                                        {TrackKind::Video, "Video 2"},
                                                        {TrackKind::Style, "Style"},
                                                        {TrackKind::Prompt, "Prompt"}};
    for (const auto& [kind, name] : tracks) {
        timeline.tracks.push_back(timeline::makeTrack(kind, name));
    }
    return timeline;
}

inline const timeline::Track& trackNamed(const timeline::Timeline& timeline, const std::string& name) {
    for (const timeline::Track& track : timeline.tracks) {
        if (track.name == name) {
            return track;
        }
    }
    qFatal("no track of that name");
}

/// Lays a clip on the track of that name; returns its id.
inline timeline::ItemId lay(timeline::Timeline& timeline, const std::string& track, timeline::Clip clip,
                            std::int64_t start) {
    const timeline::ItemId id = clip.id;
    auto laid = timeline::overwrite(timeline, trackNamed(timeline, track).id, std::move(clip), frames(start));
    if (!laid) {
        qFatal("a test's clip does not fit");
    }
    timeline = std::move(laid).value();
    return id;
}

inline std::int64_t startOf(const timeline::Timeline& timeline, timeline::ItemId item) {
    const auto position = timeline::findItem(timeline, item);
    return position ? position->range.start.value() : -1;
}

inline std::int64_t endOf(const timeline::Timeline& timeline, timeline::ItemId item) {
    const auto position = timeline::findItem(timeline, item);
    return position ? position->range.end().value() : -1;
}

} // namespace testing
