#include "timeline/io/OtioTimeline.h"

#include "timeline/io/OtioFormat.h"
#include "timeline/io/OtioItems.h"
#include "timeline/io/OtioWriter.h"

#include <utility>

namespace timeline {

namespace {

constexpr const char* kFormatKey = "format";

std::optional<RationalTime> readStart(OtioReading& reading, const Json& object) {
    const Json* start = member(object, "global_start_time");
    return start && !start->is_null() ? std::optional(readTime(reading, *start, "global_start_time")) : std::nullopt;
}

Json jsonFrom(const std::optional<RationalTime>& time) {
    return time ? jsonFrom(*time) : Json();
}

/// With null for the children.
Json writeStack(const Timeline& timeline) {
    const Json& file = timeline.stackOrigin.object.json();
    FieldWriter writer(timeline.stackOrigin);
    writer.schema("Stack.1");
    writer.put("metadata", readMetadata(file, {}) == timeline.stackMetadata, timeline.stackMetadata.json());
    writer.put("name", true, "tracks");
    writer.put("source_range", true, Json());
    writer.putList("effects", jsonFrom(timeline.effects));
    writer.putList("markers", jsonFrom(timeline.markers));
    writer.put("enabled", true, true);
    writer.put("children", false, Json());
    return std::move(writer.object());
}

/// With null for the tracks.
Json writeHead(const Timeline& timeline) {
    const Json& file = timeline.origin.object.json();
    OtioReading reading(timeline.format.rate);
    FieldWriter writer(timeline.origin);
    writer.schema("Timeline.1");
    const Json ours =
        writer.isNew() ? Json{{kVersionKey, kProjectVersion}, {kFormatKey, jsonFrom(timeline.format)}} : Json::object();
    writer.put("metadata", readMetadata(file, {kVersionKey, kFormatKey}) == timeline.metadata,
               jsonFrom(timeline.metadata, ours));
    writer.put("name", textAt(file, "name") == timeline.name, timeline.name);
    writer.put("global_start_time", readStart(reading, file) == timeline.globalStart, jsonFrom(timeline.globalStart));
    writer.put("tracks", false, Json());
    return std::move(writer.object());
}

} // namespace

Timeline readTimeline(OtioReading& reading, const Json& object) {
    const Json& stack = object["tracks"];
    Timeline timeline;
    timeline.name = textAt(object, "name");
    timeline.globalStart = readStart(reading, object);
    timeline.metadata = readMetadata(object, {kVersionKey, kFormatKey});
    timeline.stackMetadata = readMetadata(stack, {});
    timeline.effects = readEffects(reading, stack);
    timeline.markers = readMarkers(reading, stack);
    timeline.origin.object = Metadata(withoutChildren(object, "tracks"));
    timeline.stackOrigin.object = Metadata(withoutChildren(stack, "children"));
    const Json* children = member(stack, "children");
    if (!children || !children->is_array()) {
        reading.fail("tracks", "no children");
        return timeline;
    }
    for (const Json& child : *children) {
        if (!child.is_object()) {
            reading.fail("tracks", "not an object");
            return timeline;
        }
        timeline.tracks.push_back(readTrack(reading, child));
    }
    return timeline;
}

Json jsonFrom(const Timeline& timeline) {
    Json stack = writeStack(timeline);
    Json children = Json::array();
    for (const Track& track : timeline.tracks) {
        children.push_back(jsonFrom(track));
    }
    stack["children"] = std::move(children);
    Json object = writeHead(timeline);
    object["tracks"] = std::move(stack);
    // Another program's file gets our format only when it does not say the same by itself.
    if (formatOf(object) != timeline.format) {
        const Json ours{{kVersionKey, kProjectVersion}, {kFormatKey, jsonFrom(timeline.format)}};
        object["metadata"] = jsonFrom(timeline.metadata, ours);
    }
    return object;
}

void dropTimelineOriginIfOurs(Timeline& timeline, const Json& object) {
    Origin origin = std::exchange(timeline.origin, {});
    if (writeHead(timeline).dump() != withoutChildren(object, "tracks").dump()) {
        timeline.origin = std::move(origin);
    }
    origin = std::exchange(timeline.stackOrigin, {});
    if (writeStack(timeline).dump() != withoutChildren(object["tracks"], "children").dump()) {
        timeline.stackOrigin = std::move(origin);
    }
}

} // namespace timeline
