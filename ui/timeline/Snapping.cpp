#include "ui/timeline/Snapping.h"

#include "timeline/model/Query.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

void addMarkers(std::vector<std::int64_t>& targets, const std::vector<timeline::Marker>& markers,
                timeline::FrameRate rate) {
    for (const timeline::Marker& marker : markers) {
        targets.push_back(marker.markedRange.start.rescaledTo(rate).value());
        targets.push_back(marker.markedRange.end().rescaledTo(rate).value());
    }
}

} // namespace

std::vector<std::int64_t> snapTargets(const TimelineLayout& layout, std::int64_t playhead,
                                      std::span<const timeline::ItemId> ignored) {
    std::vector<std::int64_t> targets{0, playhead};
    for (const TrackRow& row : layout.rows()) {
        for (const ItemBox& box : row.items) {
            const bool isIgnored =
                std::find(ignored.begin(), ignored.end(), timeline::itemId(*box.item)) != ignored.end();
            if (!isIgnored && !std::holds_alternative<timeline::Gap>(*box.item)) {
                targets.push_back(box.start);
                targets.push_back(box.end);
            }
        }
        addMarkers(targets, layout.timeline().tracks[row.track].markers, layout.rate());
    }
    addMarkers(targets, layout.timeline().markers, layout.rate());
    std::sort(targets.begin(), targets.end());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    return targets;
}

SnapResult snap(std::span<const std::int64_t> targets, std::span<const std::int64_t> edges, double reach) {
    SnapResult best;
    double bestDistance = reach;
    for (const std::int64_t edge : edges) {
        const auto above = std::lower_bound(targets.begin(), targets.end(), edge);
        for (const auto candidate : {above, above == targets.begin() ? above : above - 1}) {
            if (candidate == targets.end()) {
                continue;
            }
            const auto distance = std::abs(static_cast<double>(*candidate - edge));
            if (distance < bestDistance || (distance == bestDistance && !best.target)) {
                best = {*candidate - edge, *candidate};
                bestDistance = distance;
            }
        }
    }
    return best;
}

} // namespace ui
