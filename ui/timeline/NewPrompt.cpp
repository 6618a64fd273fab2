#include "ui/timeline/NewPrompt.h"

#include "timeline/edit/Overwrite.h"
#include "timeline/edit/Tracks.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui {
namespace {

constexpr double kDefaultSeconds = 3.0;

/// Where the next clip of the track begins, or far away.
std::int64_t roomEnd(const TrackRow& row, std::int64_t frame) {
    for (const ItemBox& box : row.items) {
        if (box.start > frame && timeline::asClip(box.item)) {
            return box.start;
        }
    }
    return std::numeric_limits<std::int64_t>::max();
}

} // namespace

std::optional<std::size_t> topPromptTrack(const timeline::Timeline& timeline) {
    for (std::size_t i = timeline.tracks.size(); i-- > 0;) {
        if (timeline.tracks[i].kind == timeline::TrackKind::Prompt && !timeline.tracks[i].locked) {
            return i;
        }
    }
    return std::nullopt;
}

timeline::TimeRange promptRoom(const TimelineLayout& layout, std::optional<std::size_t> track, std::int64_t frame) {
    const std::int64_t end = frame + std::llround(kDefaultSeconds * layout.rate().toDouble());
    const TrackRow* row = track ? layout.rowOf(*track) : nullptr;
    return timeline::TimeRange::fromStartEnd(layout.time(frame),
                                             layout.time(row ? std::min(end, roomEnd(*row, frame)) : end));
}

timeline::Result<NewPrompt> newPrompt(const timeline::Timeline& timeline, std::optional<std::size_t> track,
                                      const timeline::TimeRange& range) {
    timeline::Timeline with = timeline;
    timeline::TrackId id;
    if (track) {
        id = with.tracks[*track].id;
    } else {
        timeline::Track added = timeline::makeTrack(timeline::TrackKind::Prompt,
                                                    QCoreApplication::translate("Tools", "Prompt").toStdString());
        id = added.id;
        auto withTrack = timeline::addTrack(with, std::move(added));
        if (!withTrack) {
            return withTrack.error();
        }
        with = std::move(withTrack).value();
    }
    timeline::Clip clip = timeline::makePromptClip({}, range.duration);
    const timeline::ItemId item = clip.id;
    auto laid = timeline::overwrite(with, id, std::move(clip), range.start);
    if (!laid) {
        return laid.error();
    }
    return NewPrompt{std::move(laid).value(), item};
}

} // namespace ui
