#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Item.h"
#include "timeline/model/JsonFields.h"
#include "timeline/model/Timeline.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace timeline {

/// What one reading of a file carries along: the sequence rate, the ids that are taken, and the first thing that was
/// wrong. Readers return something harmless after a failure; the end result is thrown away then.
/// Thread: one.
class OtioReading {
public:
    explicit OtioReading(FrameRate sequenceRate) : m_rate(sequenceRate) {}

    FrameRate rate() const { return m_rate; }

    void fail(const std::string& place, const std::string& cause);
    const std::optional<Error>& error() const { return m_error; }

    /// The id in metadata["fantascope"]["id"], unless it is missing or was seen before: then a new one.
    std::uint64_t uniqueId(const Json& object);

private:
    FrameRate m_rate;
    std::unordered_set<std::uint64_t> m_ids;
    std::optional<Error> m_error;
};

/// "Clip.2" -> {"Clip", 2}; version 0 when there is no schema.
struct OtioSchema {
    std::string name;
    std::int64_t version = 0;
};
OtioSchema schemaOf(const Json& object);
OtioSchema parseSchema(const std::string& text);

/// Times are exact; those that are no numbers, not positive in rate or beyond +-2^31 seconds fail.
RationalTime readTime(OtioReading& reading, const Json& json, const char* place);
std::optional<TimeRange> readRange(OtioReading& reading, const Json& object, const char* key); ///< none when null
Json jsonFrom(const RationalTime& time);
Json jsonFrom(const TimeRange& range);
Json jsonFrom(const std::optional<TimeRange>& range);

/// The member "metadata" without the keys of ours that are fields of the model.
Metadata readMetadata(const Json& object, std::initializer_list<const char*> fields);
/// `metadata` with `ours` put into its "fantascope" object, before what is there.
Json jsonFrom(const Metadata& metadata, const Json& ours);
Json idJson(std::uint64_t id);
/// A copy with null where the children are, so that a writer can put them back in their place.
Json withoutChildren(const Json& object, const std::string& key);
/// True when the file gave this thing an id.
bool hasOurId(const Json& object);

std::vector<Effect> readEffects(OtioReading& reading, const Json& object);
std::vector<Marker> readMarkers(OtioReading& reading, const Json& object);
MediaReference readReference(OtioReading& reading, const Json& object);
Json jsonFrom(const std::vector<Effect>& effects);
Json jsonFrom(const std::vector<Marker>& markers);
Json jsonFrom(const MediaReference& reference);

/// Starts from what the file said and replaces what differs, or writes everything when there was no file.
///     FieldWriter writer(clip.origin);
///     writer.put("name", was.name == clip.name, clip.name);
/// Thread: one.
class FieldWriter {
public:
    explicit FieldWriter(const Origin& origin) : m_isNew(origin.object.empty()), m_object(origin.object.json()) {}

    bool isNew() const { return m_isNew; }

    template <typename T>
    void put(const char* key, bool isUnchanged, const T& value) {
        if (m_isNew || !isUnchanged) {
            m_object[key] = value;
        }
    }
    /// Lists are compared as they are written: their elements have origins of their own.
    void putList(const char* key, const Json& list) {
        const Json* old = member(m_object, key);
        const bool isUnchanged = old && old->is_array() ? *old == list : list.empty();
        put(key, isUnchanged, list);
    }
    void schema(const char* name) {
        if (m_isNew) {
            m_object["OTIO_SCHEMA"] = name;
        }
    }

    Json& object() { return m_object; }

private:
    bool m_isNew;
    Json m_object;
};

/// Drops the origin of a thing that we would write just as the file has it.
///     dropOriginIfOurs(clip, object, [](const Clip& c) { return jsonFrom(c); });
template <typename T, typename Write>
void dropOriginIfOurs(T& thing, const Json& written, const Write& write) {
    Origin origin = std::exchange(thing.origin, {});
    if (write(thing).dump() != written.dump()) { // as text: 24 and 24.0 are equal as values
        thing.origin = std::move(origin);
    }
}

} // namespace timeline
