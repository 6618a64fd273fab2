#include "ui/prompt/ShotTarget.h"

#include "timeline/edit/Overwrite.h"
#include "timeline/edit/Tracks.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {
namespace {

using timeline::RationalTime;
using timeline::Timeline;
using timeline::TimeRange;
using timeline::TrackKind;

const timeline::Clip* clipOf(const Timeline& timeline, const timeline::ItemPosition& position) {
    return timeline::asClip(timeline.tracks[position.track].items[position.index]);
}

/// The topmost shot that overlaps the range.
timeline::ItemId topmostShot(const Timeline& timeline, const TimeRange& range) {
    for (std::size_t track = timeline.tracks.size(); track-- > 0;) {
        if (timeline.tracks[track].kind != TrackKind::Video) {
            continue;
        }
        for (const timeline::ItemPosition& position : timeline::clipsIn(timeline, track, range)) {
            const timeline::Clip* clip = clipOf(timeline, position);
            if (clip && timeline::isShot(*clip)) {
                return clip->id;
            }
        }
    }
    return {};
}

TimeRange oneFrame(const Timeline& timeline, RationalTime time) {
    return {time.rescaledTo(timeline.format.rate, timeline::Rounding::Floor), RationalTime(1, timeline.format.rate)};
}

/// The clip at the playhead that a shot would be about: a prompt first, then the topmost picture.
std::optional<timeline::ItemPosition> clipAtPlayhead(const Timeline& timeline, RationalTime playhead) {
    for (const TrackKind kind : {TrackKind::Prompt, TrackKind::Video}) {
        for (std::size_t track = timeline.tracks.size(); track-- > 0;) {
            const auto found = timeline::clipsIn(timeline, track, oneFrame(timeline, playhead));
            if (timeline.tracks[track].kind == kind && !found.empty()) {
                return found.front();
            }
        }
    }
    return std::nullopt;
}

struct Place {
    TimeRange range;
    std::optional<std::size_t> above; ///< the track to lie over; nothing: the lowest one that is free
};

bool isBase(const timeline::Clip& clip) {
    const timeline::MediaReference* active = timeline::activeReference(clip);
    return active && std::holds_alternative<timeline::ExternalReference>(*active);
}

std::optional<std::size_t> topmostBase(const Timeline& timeline, const TimeRange& range) {
    for (std::size_t track = timeline.tracks.size(); track-- > 0;) {
        if (timeline.tracks[track].kind != TrackKind::Video || !timeline.tracks[track].enabled) {
            continue;
        }
        for (const timeline::ItemPosition& position : timeline::clipsIn(timeline, track, range)) {
            if (const timeline::Clip* clip = clipOf(timeline, position); clip && isBase(*clip)) {
                return track;
            }
        }
    }
    return std::nullopt;
}

Place placeFor(const Timeline& timeline, const std::vector<timeline::ItemId>& selected, RationalTime playhead) {
    Place place;
    for (const timeline::ItemId item : selected) {
        const auto position = timeline::findItem(timeline, item);
        if (!position || position->range.isEmpty() || timeline.tracks[position->track].kind == TrackKind::Audio) {
            continue;
        }
        const RationalTime start =
            place.range.isEmpty() ? position->range.start : std::min(place.range.start, position->range.start);
        const RationalTime end =
            place.range.isEmpty() ? position->range.end() : std::max(place.range.end(), position->range.end());
        place.range = TimeRange::fromStartEnd(start, end);
        if (timeline.tracks[position->track].kind == TrackKind::Video && clipOf(timeline, *position)) {
            place.above = std::max(place.above.value_or(0), position->track);
        }
    }
    if (place.range.isEmpty()) {
        const auto position = clipAtPlayhead(timeline, playhead);
        const RationalTime start = oneFrame(timeline, playhead).start;
        place.range =
            position ? position->range : TimeRange{start, RationalTime::fromSeconds(2.0, timeline.format.rate)};
    }
    if (!place.above) {
        place.above = topmostBase(timeline, place.range);
    }
    return place;
}

bool isFree(const Timeline& timeline, std::size_t track, const TimeRange& range) {
    return track < timeline.tracks.size() && timeline.tracks[track].kind == TrackKind::Video &&
           !timeline.tracks[track].locked && timeline::clipsIn(timeline, track, range).empty();
}

/// The index of a track for the shot; a new one is put into `timeline` when none is free there.
timeline::Result<std::size_t> trackFor(Timeline& timeline, const Place& place) {
    std::size_t index = place.above ? *place.above + 1 : 0;
    if (place.above) {
        if (isFree(timeline, index, place.range)) {
            return index;
        }
    } else {
        for (std::size_t i = 0; i < timeline.tracks.size(); ++i) {
            if (isFree(timeline, i, place.range)) {
                return i;
            }
        }
        while (index < timeline.tracks.size() && timeline.tracks[index].kind == TrackKind::Audio) {
            ++index;
        }
    }
    const auto videoTracks = std::count_if(timeline.tracks.begin(), timeline.tracks.end(),
                                           [](const timeline::Track& track) { return track.kind == TrackKind::Video; });
    const QString name = QCoreApplication::translate("ShotTarget", "Video %1").arg(videoTracks + 1);
    auto added = timeline::addTrack(timeline, timeline::makeTrack(TrackKind::Video, name.toStdString()), index);
    if (!added) {
        return added.error();
    }
    timeline = std::move(added).value();
    return index;
}

std::size_t shotCount(const Timeline& timeline) {
    std::size_t count = 0;
    for (const timeline::Track& track : timeline.tracks) {
        count += static_cast<std::size_t>(
            std::count_if(track.items.begin(), track.items.end(), [](const timeline::ItemPtr& item) {
                const timeline::Clip* clip = timeline::asClip(item);
                return clip && timeline::isShot(*clip);
            }));
    }
    return count;
}

} // namespace

timeline::ItemId shotFor(const Timeline& timeline, const std::vector<timeline::ItemId>& selected,
                         RationalTime playhead) {
    if (selected.empty()) {
        return topmostShot(timeline, oneFrame(timeline, playhead));
    }
    const timeline::Clip* clip = timeline::findClip(timeline, selected.back());
    if (!clip) {
        return {};
    }
    if (timeline::isShot(*clip)) {
        return clip->id;
    }
    const auto position = timeline::findItem(timeline, clip->id);
    return timeline.tracks[position->track].kind == TrackKind::Audio ? timeline::ItemId{}
                                                                     : topmostShot(timeline, position->range);
}

std::string nextShotName(const Timeline& timeline) {
    return QCoreApplication::translate("ShotTarget", "Shot %1").arg(shotCount(timeline) + 1).toStdString();
}

timeline::Result<NewShot> newShot(const Timeline& timeline, const std::vector<timeline::ItemId>& selected,
                                  RationalTime playhead, const ModelChoice& model) {
    Timeline edited = timeline;
    const Place place = placeFor(timeline, selected, playhead);
    const auto track = trackFor(edited, place);
    if (!track) {
        return track.error();
    }
    timeline::Recipe recipe;
    recipe.model = model.name.toStdString();
    timeline::Clip clip = timeline::makeShot(recipe, place.range.duration);
    clip.name = nextShotName(timeline);
    const timeline::ItemId shot = clip.id;
    auto laid = timeline::overwrite(edited, edited.tracks[*track].id, std::move(clip), place.range.start);
    if (!laid) {
        return laid.error();
    }
    return NewShot{std::move(laid).value(), shot};
}

} // namespace ui
