#include "timeline/io/OtioItems.h"

#include "timeline/model/Invariants.h"
#include "timeline/model/Query.h"

#include <algorithm>
#include <array>
#include <limits>

namespace timeline {

namespace {

constexpr const char* kIdKey = "id";
constexpr const char* kPropertiesKey = "properties";
constexpr const char* kLockedKey = "locked";

using KindName = std::pair<TrackKind, const char*>;
constexpr std::array<KindName, 5> kKindNames{{
    {TrackKind::Video, "Video"},
    {TrackKind::Audio, "Audio"},
    {TrackKind::Prompt, "Prompt"},
    {TrackKind::Style, "Style"},
    {TrackKind::Mask, "Mask"},
}};

const Json& listAt(OtioReading& reading, const Json& object, const char* key) {
    static const Json none = Json::array();
    const Json* list = member(object, key);
    if (!list || !list->is_array()) {
        reading.fail(key, "not a list");
        return none;
    }
    return *list;
}

// --- properties

ClipProperties readProperties(const Json& object) {
    ClipProperties properties;
    const Json ours = ourMetadata(readMetadata(object, {}));
    const Json* json = member(ours, kPropertiesKey);
    if (!json) {
        return properties;
    }
    constexpr double most = std::numeric_limits<double>::max();
    const auto number = [](const Json& from, const char* key, double fallback) {
        return numberAt(from, key, -most, most).value_or(fallback);
    };
    properties.opacity = number(*json, "opacity", properties.opacity);
    properties.gainDb = number(*json, "gain_db", properties.gainDb);
    if (const Json* transform = member(*json, "transform")) {
        Transform& read = properties.transform;
        read.x = number(*transform, "x", read.x);
        read.y = number(*transform, "y", read.y);
        read.scale = number(*transform, "scale", read.scale);
        read.rotation = number(*transform, "rotation", read.rotation);
    }
    return checkProperties(properties) ? properties : ClipProperties();
}

Json jsonFrom(const ClipProperties& properties) {
    const Transform& transform = properties.transform;
    Json json = Json::object();
    putUnlessDefault(json, "opacity", properties.opacity, 1.0);
    putUnlessDefault(json, "gain_db", properties.gainDb, 0.0);
    if (!(transform == Transform())) {
        json["transform"] = {
            {"x", transform.x}, {"y", transform.y}, {"scale", transform.scale}, {"rotation", transform.rotation}};
    }
    return json;
}

// --- clips

MediaReferences readReferences(OtioReading& reading, const Json& object) {
    MediaReferences references;
    if (schemaOf(object).version == 1) {
        if (const Json* only = member(object, "media_reference"); only && only->is_object()) {
            references.emplace(kDefaultMediaKey, readReference(reading, *only));
        }
        return references;
    }
    if (const Json* all = member(object, "media_references"); all && all->is_object()) {
        for (const auto& [key, reference] : all->items()) {
            if (reference.is_object()) {
                references.emplace(key, readReference(reading, reference));
            }
        }
    }
    return references;
}

/// All but the length on the track, which depends on what lies before: see TrackReader.
Clip readClip(OtioReading& reading, const Json& object) {
    Clip clip;
    clip.id = ItemId{reading.uniqueId(object)};
    clip.name = textAt(object, "name");
    clip.references = readReferences(reading, object);
    clip.activeKey = textAt(object, "active_media_reference_key", kDefaultMediaKey);
    clip.enabled = flagAt(object, "enabled", true);
    clip.properties = readProperties(object);
    clip.effects = readEffects(reading, object);
    clip.markers = readMarkers(reading, object);
    clip.metadata = readMetadata(object, {kIdKey, kPropertiesKey});
    return clip;
}

/// What OTIO calls the trimmed range.
std::optional<TimeRange> clipRange(OtioReading& reading, const Json& object) {
    if (auto range = readRange(reading, object, "source_range")) {
        return range;
    }
    const MediaReferences references = readReferences(reading, object);
    const auto active = references.find(textAt(object, "active_media_reference_key", kDefaultMediaKey));
    if (active == references.end()) {
        return std::nullopt;
    }
    const auto* foreign = std::get_if<ForeignReference>(&active->second);
    return foreign ? readRange(reading, foreign->object.json(), "available_range") : availableRange(active->second);
}

void putReferences(FieldWriter& writer, const Clip& was, const Clip& clip) {
    if (!writer.isNew() && was.references == clip.references && was.activeKey == clip.activeKey) {
        return;
    }
    Json all = Json::object();
    for (const auto& [key, reference] : clip.references) {
        all[key] = jsonFrom(reference);
    }
    writer.object()["OTIO_SCHEMA"] = "Clip.2";
    writer.object().erase("media_reference");
    writer.object()["media_references"] = std::move(all);
    writer.object()["active_media_reference_key"] = clip.activeKey;
}

Json write(const Clip& clip) {
    const Json& file = clip.origin.object.json();
    OtioReading reading(clip.sourceRange.duration.rate());
    const Clip was = readClip(reading, file);
    FieldWriter writer(clip.origin);
    writer.schema("Clip.2");
    Json ours{{kIdKey, idJson(clip.id.value)}};
    if (!(clip.properties == ClipProperties())) {
        ours[kPropertiesKey] = jsonFrom(clip.properties);
    }
    const bool sameOurs = (!hasOurId(file) || was.id == clip.id) && was.properties == clip.properties;
    writer.put("metadata", sameOurs && was.metadata == clip.metadata, jsonFrom(clip.metadata, ours));
    writer.put("name", was.name == clip.name, clip.name);
    writer.put("source_range", clip.origin.range == clip.sourceRange, jsonFrom(clip.sourceRange));
    writer.putList("effects", jsonFrom(clip.effects));
    writer.putList("markers", jsonFrom(clip.markers));
    writer.put("enabled", was.enabled == clip.enabled, clip.enabled);
    putReferences(writer, was, clip);
    return std::move(writer.object());
}

// --- gaps, transitions, foreign items

Gap readGap(OtioReading& reading, const Json& object) {
    Gap gap;
    gap.id = ItemId{reading.uniqueId(object)};
    gap.name = textAt(object, "name");
    gap.effects = readEffects(reading, object);
    gap.markers = readMarkers(reading, object);
    gap.metadata = readMetadata(object, {kIdKey});
    return gap;
}

Json write(const Gap& gap) {
    const Json& file = gap.origin.object.json();
    OtioReading reading(gap.duration.rate());
    const Gap was = readGap(reading, file);
    const TimeRange range{RationalTime(0, gap.duration.rate()), gap.duration};
    FieldWriter writer(gap.origin);
    writer.schema("Gap.1");
    const bool sameId = !hasOurId(file) || was.id == gap.id;
    writer.put("metadata", sameId && was.metadata == gap.metadata,
               jsonFrom(gap.metadata, Json{{kIdKey, idJson(gap.id.value)}}));
    writer.put("name", was.name == gap.name, gap.name);
    writer.put("source_range", gap.origin.range.duration == gap.duration, jsonFrom(range));
    writer.putList("effects", jsonFrom(gap.effects));
    writer.putList("markers", jsonFrom(gap.markers));
    writer.put("enabled", true, true);
    return std::move(writer.object());
}

Transition readTransition(OtioReading& reading, const Json& object) {
    const auto offset = [&](const char* key) {
        const Json* time = member(object, key);
        return time ? readTime(reading, *time, key).rescaledTo(reading.rate()) : RationalTime(0, reading.rate());
    };
    Transition transition;
    transition.id = ItemId{reading.uniqueId(object)};
    transition.name = textAt(object, "name");
    transition.inOffset = offset("in_offset");
    transition.outOffset = offset("out_offset");
    transition.type = textAt(object, "transition_type");
    transition.metadata = readMetadata(object, {kIdKey});
    return transition;
}

Json write(const Transition& transition) {
    const Json& file = transition.origin.object.json();
    OtioReading reading(transition.inOffset.rate());
    const Transition was = readTransition(reading, file);
    FieldWriter writer(transition.origin);
    writer.schema("Transition.1");
    const bool sameId = !hasOurId(file) || was.id == transition.id;
    writer.put("metadata", sameId && was.metadata == transition.metadata,
               jsonFrom(transition.metadata, Json{{kIdKey, idJson(transition.id.value)}}));
    writer.put("name", was.name == transition.name, transition.name);
    writer.put("in_offset", was.inOffset == transition.inOffset, jsonFrom(transition.inOffset));
    writer.put("out_offset", was.outOffset == transition.outOffset, jsonFrom(transition.outOffset));
    writer.put("transition_type", was.type == transition.type, transition.type);
    return std::move(writer.object());
}

Json write(const ForeignItem& item) {
    return item.object.json();
}

ItemPtr makeForeign(const Json& object, RationalTime duration) {
    ForeignItem item;
    item.id = ItemId::create();
    item.duration = duration;
    item.name = textAt(object, "name");
    item.object = Metadata(object);
    return makeItem(std::move(item));
}

template <typename T>
ItemPtr withOrigin(T item, const Json& object, const TimeRange& range) {
    item.origin = {Metadata(object), range};
    dropOriginIfOurs(item, object, [](const T& other) { return write(other); });
    return makeItem(std::move(item));
}

// --- tracks

/// Turns a track's children into items. Cuts are rounded to frames where they lie on the track, so that lengths that
/// are not whole frames do not add up to a drift.
/// Thread: one.
class TrackReader {
public:
    explicit TrackReader(OtioReading& reading) : m_reading(reading), m_end(0, reading.rate()), m_frame(0) {}

    std::vector<ItemPtr> read(const Json& children) {
        std::vector<ItemPtr> items;
        items.reserve(children.size());
        for (const Json& child : children) {
            if (!child.is_object()) {
                m_reading.fail("children", "not an object");
                return {};
            }
            items.push_back(readItem(child));
        }
        for (std::size_t index = 0; index < items.size(); ++index) {
            if (std::holds_alternative<Transition>(*items[index]) && !checkTransition(items, index)) {
                items[index] = makeForeign(children[index], RationalTime(0, m_reading.rate()));
            }
        }
        return items;
    }

private:
    ItemPtr readItem(const Json& child) {
        const OtioSchema schema = schemaOf(child);
        if (schema.name == "Transition" && schema.version == 1) {
            return withOrigin(readTransition(m_reading, child), child, {});
        }
        if (schema.name == "Clip" && (schema.version == 1 || schema.version == 2)) {
            const auto range = clipRange(m_reading, child);
            const RationalTime duration = advanced(range ? range->duration : RationalTime());
            if (duration.value() > 0) {
                Clip clip = readClip(m_reading, child);
                clip.sourceRange = {range->start, duration};
                return withOrigin(std::move(clip), child, clip.sourceRange);
            }
            return makeForeign(child, duration);
        }
        const RationalTime duration = advanced(durationOf(m_reading, child));
        if (schema.name == "Gap" && schema.version == 1 && duration.value() > 0) {
            Gap gap = readGap(m_reading, child);
            gap.duration = duration;
            return withOrigin(std::move(gap), child, {RationalTime(0, m_reading.rate()), duration});
        }
        return makeForeign(child, duration);
    }

    /// Moves on by an exact length, and says how many frames that is.
    RationalTime advanced(RationalTime length) {
        if (length.value() > 0) {
            m_end = m_end + length;
        }
        const std::int64_t frame = m_end.rescaledTo(m_reading.rate()).value();
        if (frame > kMaxFrames) {
            m_reading.fail("track", "too long");
        }
        return {frame - std::exchange(m_frame, frame), m_reading.rate()};
    }

    OtioReading& m_reading;
    RationalTime m_end;
    std::int64_t m_frame;
};

void readKind(Track& track, const Json& object) {
    const std::string name = textAt(object, "kind", "Video");
    const auto found = std::ranges::find_if(kKindNames, [&](const KindName& kind) { return name == kind.second; });
    track.kind = found == kKindNames.end() ? TrackKind::Foreign : found->first;
    track.kindName = found == kKindNames.end() ? name : std::string();
}

std::string kindText(const Track& track) {
    const auto found = std::ranges::find(kKindNames, track.kind, &KindName::first);
    return found == kKindNames.end() ? track.kindName : found->second;
}

/// All but the items.
Track readHead(OtioReading& reading, const Json& object) {
    Track track;
    track.id = TrackId{reading.uniqueId(object)};
    track.name = textAt(object, "name");
    readKind(track, object);
    track.enabled = flagAt(object, "enabled", true);
    track.locked = flagAt(ourMetadata(readMetadata(object, {})), kLockedKey, false);
    track.effects = readEffects(reading, object);
    track.markers = readMarkers(reading, object);
    track.metadata = readMetadata(object, {kIdKey, kLockedKey});
    return track;
}

bool isTrack(const Json& object) {
    const OtioSchema schema = schemaOf(object);
    return schema.name == "Track" && schema.version == 1;
}

/// With null for the children.
Json writeHead(const Track& track) {
    const Json& file = track.origin.object.json();
    OtioReading reading{FrameRate()};
    const Track was = readHead(reading, file);
    FieldWriter writer(track.origin);
    writer.schema("Track.1");
    Json ours{{kIdKey, idJson(track.id.value)}};
    if (track.locked) {
        ours[kLockedKey] = true;
    }
    const bool sameOurs = (!hasOurId(file) || was.id == track.id) && was.locked == track.locked;
    writer.put("metadata", sameOurs && was.metadata == track.metadata, jsonFrom(track.metadata, ours));
    writer.put("name", was.name == track.name, track.name);
    writer.put("source_range", true, Json());
    writer.putList("effects", jsonFrom(track.effects));
    writer.putList("markers", jsonFrom(track.markers));
    writer.put("enabled", was.enabled == track.enabled, track.enabled);
    writer.put("children", false, Json());
    writer.put("kind", was.kind == track.kind, kindText(track));
    return std::move(writer.object());
}

} // namespace

Track readTrack(OtioReading& reading, const Json& object) {
    if (!isTrack(object)) {
        Track foreign;
        foreign.id = TrackId::create();
        foreign.name = textAt(object, "name");
        foreign.kind = TrackKind::Foreign;
        foreign.kindName = textAt(object, "OTIO_SCHEMA");
        foreign.origin.object = Metadata(object);
        return foreign;
    }
    const Json head = withoutChildren(object, "children");
    Track track = readHead(reading, head);
    track.origin.object = Metadata(head);
    dropOriginIfOurs(track, head, [](const Track& other) { return writeHead(other); });
    track.items = TrackReader(reading).read(listAt(reading, object, "children"));
    return track;
}

Json jsonFrom(const Track& track) {
    const Json& file = track.origin.object.json();
    if (!file.empty() && !isTrack(file)) {
        return file;
    }
    Json object = writeHead(track);
    Json children = Json::array();
    for (const ItemPtr& item : track.items) {
        children.push_back(std::visit([](const auto& value) { return write(value); }, *item));
    }
    object["children"] = std::move(children);
    return object;
}

RationalTime durationOf(OtioReading& reading, const Json& object) {
    const OtioSchema schema = schemaOf(object);
    if (schema.name == "Transition") {
        return {0, reading.rate()};
    }
    if (const auto range = clipRange(reading, object)) {
        return range->duration;
    }
    RationalTime duration(0, reading.rate());
    const Json* children = member(object, "children");
    if (children && children->is_array()) {
        for (const Json& child : *children) {
            const RationalTime length = durationOf(reading, child);
            duration = schema.name == "Track" ? duration + length : std::max(duration, length);
        }
    }
    return duration;
}

} // namespace timeline
