#include "timeline/model/Invariants.h"

#include "timeline/model/Query.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace timeline {

namespace {

constexpr double kMaxMediaSeconds = 2147483648.0;

Error broken(std::string subject, std::string detail) {
    return {ErrorCode::InvariantBroken, std::move(subject), std::move(detail)};
}

bool isWithin(double value, double low, double high) {
    return value >= low && value <= high; // false for NaN
}

/// Walks a timeline once and remembers the ids that it has seen.
/// Thread: one.
class Checker {
public:
    explicit Checker(const Timeline& timeline) : m_timeline(timeline) {}

    Result<void> run() {
        if (auto format = checkFormat(m_timeline.format); !format) {
            return format;
        }
        if (auto markers = checkMarkers(m_timeline.markers, "timeline"); !markers) {
            return markers;
        }
        for (const Track& track : m_timeline.tracks) {
            if (!track.id.isValid() || !m_trackIds.insert(track.id).second) {
                return broken(track.name, "track id invalid or used twice");
            }
            if (auto checked = checkTrack(track); !checked) {
                return checked;
            }
        }
        return {};
    }

private:
    Result<void> checkMarkers(const std::vector<Marker>& markers, const std::string& owner) {
        for (const Marker& marker : markers) {
            if (!marker.id.isValid() || !m_markerIds.insert(marker.id).second) {
                return broken(owner, "marker id invalid or used twice");
            }
            if (marker.markedRange.duration.value() < 0) {
                return broken(owner, "marker of negative length");
            }
        }
        return {};
    }

    Result<void> checkTrack(const Track& track) {
        if (auto markers = checkMarkers(track.markers, track.name); !markers) {
            return markers;
        }
        std::int64_t frames = 0;
        for (std::size_t index = 0; index < track.items.size(); ++index) {
            if (!track.items[index]) {
                return broken(track.name, "null item");
            }
            const Item& item = *track.items[index];
            if (!itemId(item).isValid() || !m_itemIds.insert(itemId(item)).second) {
                return broken(itemName(item), "item id invalid or used twice");
            }
            const RationalTime duration = itemDuration(item);
            if (duration.rate() != m_timeline.format.rate || duration.value() > kMaxFrames) {
                return broken(itemName(item), "length not at the timeline's rate, or beyond reason");
            }
            const bool isTransition = std::holds_alternative<Transition>(item);
            const auto checked = isTransition ? checkTransition(track.items, index) : checkItem(item);
            if (!checked) {
                return checked;
            }
            frames += duration.value();
            if (frames > kMaxFrames) {
                return broken(track.name, "track too long");
            }
        }
        return {};
    }

    Result<void> checkItem(const Item& item) {
        if (const auto* gap = std::get_if<Gap>(&item)) {
            return gap->duration.value() < 1 ? broken(gap->name, "gap without a length")
                                             : checkMarkers(gap->markers, gap->name);
        }
        if (const auto* foreign = std::get_if<ForeignItem>(&item)) {
            return foreign->duration.value() < 0 ? Result<void>(broken(foreign->name, "negative length"))
                                                 : Result<void>();
        }
        const Clip& clip = *std::get_if<Clip>(&item);
        if (clip.sourceRange.duration.value() < 1) {
            return broken(clip.name, "clip without a length");
        }
        if (!isWithin(clip.sourceRange.start.toSeconds(), -kMaxMediaSeconds, kMaxMediaSeconds)) {
            return broken(clip.name, "media time beyond reason");
        }
        if (const auto properties = checkProperties(clip.properties); !properties) {
            return broken(clip.name, properties.error().detail);
        }
        return checkMarkers(clip.markers, clip.name);
    }

    const Timeline& m_timeline;
    std::unordered_set<TrackId> m_trackIds;
    std::unordered_set<ItemId> m_itemIds;
    std::unordered_set<MarkerId> m_markerIds;
};

} // namespace

Result<void> checkInvariants(const Timeline& timeline) {
    return Checker(timeline).run();
}

Result<void> checkTransition(const std::vector<ItemPtr>& items, std::size_t index) {
    const auto& transition = std::get<Transition>(*items[index]);
    const Clip* left = index > 0 ? asClip(items[index - 1]) : nullptr;
    const Clip* right = index + 1 < items.size() ? asClip(items[index + 1]) : nullptr;
    if (!left || !right) {
        return broken(transition.name, "transition without two clips");
    }
    const TransitionRoom room = transitionRoom(*left, *right);
    const RationalTime in = transition.inOffset;
    const RationalTime out = transition.outOffset;
    if (in.rate() != out.rate()) {
        return broken(transition.name, "offsets not at the timeline's rate");
    }
    if (in.value() < 0 || out.value() < 0 || (in.value() == 0 && out.value() == 0) || in > room.in || out > room.out) {
        return broken(transition.name, "transition without the length or the media");
    }
    const auto* before = index > 1 ? std::get_if<Transition>(items[index - 2].get()) : nullptr;
    if (before && before->outOffset + in > left->sourceRange.duration) {
        return broken(transition.name, "transitions overlap");
    }
    return {};
}

Result<void> checkFormat(const SequenceFormat& format) {
    if (!isWithin(format.rate.toDouble(), 1.0, 1000.0)) {
        return broken("format", "rate outside 1 to 1000");
    }
    if (std::min(format.width, format.height) < 16 || std::max(format.width, format.height) > 16384) {
        return broken("format", "size outside 16 to 16384");
    }
    if (format.sampleRate < 8000 || format.sampleRate > 192000 || format.channels < 1 || format.channels > 2) {
        return broken("format", "sound outside 8000 to 192000 Hz, 1 or 2 channels");
    }
    return {};
}

Result<void> checkProperties(const ClipProperties& properties) {
    const Transform& transform = properties.transform;
    if (!isWithin(properties.opacity, 0.0, 1.0) || !isWithin(properties.gainDb, -96.0, 24.0)) {
        return broken("properties", "opacity outside 0 to 1, or gain outside -96 to 24");
    }
    if (!isWithin(transform.x, -100.0, 100.0) || !isWithin(transform.y, -100.0, 100.0) ||
        !isWithin(transform.scale, 1e-4, 1e4) || !isWithin(transform.rotation, -36000.0, 36000.0)) {
        return broken("properties", "transform beyond reason");
    }
    return {};
}

TransitionRoom transitionRoom(const Clip& left, const Clip& right) {
    const FrameRate rate = left.sourceRange.duration.rate();
    const RationalTime zero(0, rate);
    TransitionRoom room{left.sourceRange.duration, right.sourceRange.duration};
    if (const auto limits = mediaLimits(left)) {
        const RationalTime handle = (limits->end() - left.sourceRange.end()).rescaledTo(rate, Rounding::Floor);
        room.out = std::clamp(handle, zero, room.out);
    }
    if (const auto limits = mediaLimits(right)) {
        const RationalTime handle = (right.sourceRange.start - limits->start).rescaledTo(rate, Rounding::Floor);
        room.in = std::clamp(handle, zero, room.in);
    }
    return room;
}

} // namespace timeline
