#include "timeline/model/Query.h"

#include "timeline/base/NumberedName.h"
#include "timeline/model/Generators.h"
#include "timeline/model/JsonFields.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace timeline {

namespace {

/// With the one escape that matters: "%25d" is how a url writes "%d".
std::string unescaped(std::string_view name) {
    const std::size_t percent = name.find("%25");
    return percent == std::string_view::npos
               ? std::string(name)
               : std::string(name.substr(0, percent + 1)) + std::string(name.substr(percent + 3));
}

bool isStillName(std::string_view url) {
    constexpr std::array<std::string_view, 16> endings{"png", "jpg", "jpeg", "tif", "tiff", "exr",  "webp", "bmp",
                                                       "tga", "dpx", "hdr",  "psd", "heic", "avif", "jxl",  "jp2"};
    const std::string_view name = url.substr(url.rfind('/') + 1); // npos + 1 is 0
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || NumberedName::parse(unescaped(name))) {
        return false;
    }
    std::string ending(name.substr(dot + 1));
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::ranges::find(endings, ending) != endings.end();
}

} // namespace

const Track* findTrack(const Timeline& timeline, TrackId id) {
    const auto index = trackIndex(timeline, id);
    return index ? &timeline.tracks[*index] : nullptr;
}

std::optional<std::size_t> trackIndex(const Timeline& timeline, TrackId id) {
    const auto found = std::ranges::find(timeline.tracks, id, &Track::id);
    if (found == timeline.tracks.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - timeline.tracks.begin());
}

std::optional<ItemPosition> findItem(const Timeline& timeline, ItemId id) {
    for (std::size_t track = 0; track < timeline.tracks.size(); ++track) {
        const std::vector<ItemPtr>& items = timeline.tracks[track].items;
        RationalTime start(0, timeline.format.rate);
        for (std::size_t index = 0; index < items.size(); ++index) {
            const RationalTime duration = itemDuration(*items[index]);
            if (itemId(*items[index]) == id) {
                return ItemPosition{track, index, {start, duration}};
            }
            start = start + duration;
        }
    }
    return std::nullopt;
}

const Clip* findClip(const Timeline& timeline, ItemId id) {
    for (const Track& track : timeline.tracks) {
        for (const ItemPtr& item : track.items) {
            if (itemId(*item) == id) {
                return asClip(item);
            }
        }
    }
    return nullptr;
}

RationalTime trackDuration(const Timeline& timeline, const Track& track) {
    RationalTime duration(0, timeline.format.rate);
    for (const ItemPtr& item : track.items) {
        duration = duration + itemDuration(*item);
    }
    return duration;
}

RationalTime timelineDuration(const Timeline& timeline) {
    RationalTime longest(0, timeline.format.rate);
    for (const Track& track : timeline.tracks) {
        longest = std::max(longest, trackDuration(timeline, track));
    }
    return longest;
}

std::vector<TimeRange> itemRanges(const Timeline& timeline, const Track& track) {
    std::vector<TimeRange> ranges;
    ranges.reserve(track.items.size());
    RationalTime start(0, timeline.format.rate);
    for (const ItemPtr& item : track.items) {
        ranges.push_back({start, itemDuration(*item)});
        start = ranges.back().end();
    }
    return ranges;
}

std::optional<ClipAtTime> clipAt(const Timeline& timeline, const Track& track, RationalTime time) {
    RationalTime start(0, timeline.format.rate);
    for (const ItemPtr& item : track.items) {
        const TimeRange range{start, itemDuration(*item)};
        if (range.contains(time)) {
            const Clip* clip = asClip(item);
            return clip ? std::optional(ClipAtTime{clip, range, clip->sourceRange.start + (time - start)})
                        : std::nullopt;
        }
        start = range.end();
    }
    return std::nullopt;
}

std::vector<ItemPosition> clipsIn(const Timeline& timeline, std::size_t track, const TimeRange& range) {
    std::vector<ItemPosition> found;
    const std::vector<ItemPtr>& items = timeline.tracks[track].items;
    RationalTime start(0, timeline.format.rate);
    for (std::size_t index = 0; index < items.size() && start < range.end(); ++index) {
        const TimeRange itemRange{start, itemDuration(*items[index])};
        if (asClip(items[index]) && itemRange.overlaps(range)) {
            found.push_back({track, index, itemRange});
        }
        start = itemRange.end();
    }
    return found;
}

const MediaReference* activeReference(const Clip& clip) {
    const auto found = clip.references.find(clip.activeKey);
    return found == clip.references.end() ? nullptr : &found->second;
}

std::vector<ItemId> shotsOf(const Timeline& timeline) {
    std::vector<ItemId> shots;
    for (const Track& track : timeline.tracks) {
        for (const ItemPtr& item : track.items) {
            if (const Clip* clip = asClip(item); clip && isShot(*clip)) {
                shots.push_back(clip->id);
            }
        }
    }
    return shots;
}

bool isShot(const Clip& clip) {
    return clip.references.contains(kRecipeKey);
}

std::optional<TimeRange> availableRange(const MediaReference& reference) {
    if (const auto* file = std::get_if<ExternalReference>(&reference)) {
        return file->availableRange;
    }
    if (const auto* generator = std::get_if<GeneratorReference>(&reference)) {
        return generator->availableRange;
    }
    const auto* missing = std::get_if<MissingReference>(&reference);
    return missing ? missing->availableRange : std::nullopt;
}

bool isStill(const MediaReference& reference) {
    if (const auto* generator = std::get_if<GeneratorReference>(&reference)) {
        return generator->kind == kTitleKind || generator->kind == kColorKind;
    }
    const auto* file = std::get_if<ExternalReference>(&reference);
    return file && flagAt(ourMetadata(file->metadata), "still", isStillName(file->url));
}

bool hasPicture(const MediaReference& reference) {
    return std::holds_alternative<ExternalReference>(reference) || isStill(reference);
}

RationalTime fileTime(const MediaReference& reference, RationalTime sourceTime) {
    const std::optional<TimeRange> available = availableRange(reference);
    return available ? sourceTime - available->start : sourceTime;
}

std::optional<TimeRange> mediaLimits(const Clip& clip) {
    const MediaReference* reference = activeReference(clip);
    if (!reference || isShot(clip) || isStill(*reference) || std::holds_alternative<GeneratorReference>(*reference)) {
        return std::nullopt;
    }
    return availableRange(*reference);
}

bool accepts(TrackKind kind, const Clip& clip) {
    if (kind == TrackKind::Foreign) {
        return false;
    }
    if (isShot(clip)) {
        return kind == TrackKind::Video;
    }
    const MediaReference* reference = activeReference(clip);
    const auto* generator = reference ? std::get_if<GeneratorReference>(reference) : nullptr;
    if (generator) {
        return generator->kind == kPromptKind ? kind == TrackKind::Prompt : kind == TrackKind::Video;
    }
    return kind != TrackKind::Prompt;
}

} // namespace timeline
