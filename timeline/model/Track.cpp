#include "timeline/model/Track.h"

#include <algorithm>

namespace timeline {

bool Track::operator==(const Track& other) const {
    const auto sameItem = [](const ItemPtr& a, const ItemPtr& b) { return a == b || *a == *b; };
    return id == other.id && name == other.name && kind == other.kind && kindName == other.kindName &&
           enabled == other.enabled && locked == other.locked && std::ranges::equal(items, other.items, sameItem) &&
           effects == other.effects && markers == other.markers && metadata == other.metadata && origin == other.origin;
}

} // namespace timeline
