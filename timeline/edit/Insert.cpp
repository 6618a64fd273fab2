#include "timeline/edit/Insert.h"

#include "timeline/edit/EditTrack.h"

#include <utility>

namespace timeline {

Result<Timeline> insert(const Timeline& timeline, TrackId track, Clip clip, RationalTime start) {
    const auto index = editableTrack(timeline, track);
    if (!index) {
        return index.error();
    }
    const auto frame = frameAt(timeline, start);
    if (!frame) {
        return frame.error();
    }
    auto fit = fitForTrack(timeline, *index, std::move(clip));
    if (!fit) {
        return fit.error();
    }
    auto cut = cutOut(timeline.tracks[*index].items, *frame, *frame);
    if (!cut) {
        return cut.error();
    }
    return withItems(timeline, *index, joined(*std::move(cut), *std::move(fit), *frame));
}

} // namespace timeline
