#include "ui/timeline/Neighbour.h"

#include "timeline/model/Query.h"

#include <algorithm>

namespace ui {
namespace {

bool isClip(const ItemBox& box) {
    return timeline::asClip(box.item) != nullptr;
}

timeline::ItemId firstClip(const TimelineLayout& layout) {
    for (const TrackRow& row : layout.rows()) {
        const auto box = std::ranges::find_if(row.items, isClip);
        if (box != row.items.end()) {
            return timeline::itemId(*box->item);
        }
    }
    return {};
}

/// The clip of a row that begins nearest to a frame, of those that lie on the wanted side of it.
timeline::ItemId nearest(const TrackRow& row, std::int64_t start, Towards way) {
    const ItemBox* best = nullptr;
    for (const ItemBox& box : row.items) {
        const bool isAhead = way == Towards::Later ? box.start > start : way != Towards::Earlier || box.start < start;
        if (isClip(box) && isAhead && (!best || std::abs(box.start - start) < std::abs(best->start - start))) {
            best = &box;
        }
    }
    return best ? timeline::itemId(*best->item) : timeline::ItemId{};
}

} // namespace

timeline::ItemId neighbourOf(const TimelineLayout& layout, timeline::ItemId clip, Towards way) {
    const auto& rows = layout.rows();
    const auto place = timeline::findItem(layout.timeline(), clip);
    const auto from =
        std::ranges::find_if(rows, [&](const TrackRow& row) { return place && row.track == place->track; });
    if (from == rows.end()) {
        return firstClip(layout);
    }
    const std::int64_t start = place->range.start.value();
    if (way == Towards::Earlier || way == Towards::Later) {
        return nearest(*from, start, way);
    }
    const std::ptrdiff_t step = way == Towards::RowAbove ? -1 : 1;
    for (auto row = from - rows.begin() + step; row >= 0 && row < std::ssize(rows); row += step) {
        const timeline::ItemId found = nearest(rows[static_cast<std::size_t>(row)], start, way);
        if (found.isValid()) {
            return found;
        }
    }
    return {};
}

} // namespace ui
