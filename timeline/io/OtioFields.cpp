#include "timeline/io/OtioFields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace timeline {

namespace {

constexpr double kMaxSeconds = 2147483648.0;
constexpr double kMaxExact = 9007199254740992.0; // 2^53
constexpr const char* kIdKey = "id";

std::uint64_t idIn(const Json& object) {
    const Json* metadata = member(object, "metadata");
    const Json* ours = metadata ? member(*metadata, kOurMetadata) : nullptr;
    const std::string text = ours ? textAt(*ours, kIdKey) : std::string();
    std::uint64_t id = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), id, 16);
    return status == std::errc() && end == text.data() + text.size() ? id : 0;
}

/// A count that is not whole, at a rate that is fine enough to hold it.
RationalTime fractionalTime(double value, FrameRate rate) {
    constexpr std::int64_t finest = 10'000'000;
    const std::int64_t steps = std::clamp<std::int64_t>(finest / rate.numerator(), 1, 100'000);
    const FrameRate fine(rate.numerator() * steps, rate.denominator());
    return {std::llround(value * static_cast<double>(steps)), fine};
}

/// A list of objects; none when there is no list.
const Json& objectsAt(OtioReading& reading, const Json& object, const char* key) {
    static const Json none = Json::array();
    const Json* list = member(object, key);
    if (!list || list->is_null()) {
        return none;
    }
    if (!list->is_array() || !std::ranges::all_of(*list, [](const Json& element) { return element.is_object(); })) {
        reading.fail(key, "not a list of objects");
        return none;
    }
    return *list;
}

Marker readMarker(OtioReading& reading, const Json& object) {
    Marker marker;
    marker.id = MarkerId{reading.uniqueId(object)};
    marker.name = textAt(object, "name");
    marker.color = textAt(object, "color");
    marker.comment = textAt(object, "comment");
    const char* rangeKey = object.contains("marked_range") ? "marked_range" : "range"; // "range" in Marker.1
    marker.markedRange = readRange(reading, object, rangeKey).value_or(TimeRange{});
    marker.metadata = readMetadata(object, {kIdKey});
    return marker;
}

bool isMarker(const Json& object) {
    const OtioSchema schema = schemaOf(object);
    return schema.name == "Marker" && schema.version <= 2;
}

Json jsonFrom(const Marker& marker) {
    const Json& file = marker.origin.object.json();
    if (!file.empty() && !isMarker(file)) {
        return file;
    }
    OtioReading reading{FrameRate()};
    const Marker was = file.empty() ? Marker() : readMarker(reading, file);
    FieldWriter writer(marker.origin);
    writer.schema("Marker.2");
    const bool sameId = writer.isNew() || !hasOurId(file) || was.id == marker.id;
    writer.put("metadata", sameId && was.metadata == marker.metadata,
               jsonFrom(marker.metadata, Json{{kIdKey, idJson(marker.id.value)}}));
    writer.put("name", was.name == marker.name, marker.name);
    writer.put("color", was.color == marker.color, marker.color);
    if (writer.isNew() || was.markedRange != marker.markedRange) {
        writer.object().erase("range");
        writer.object()["OTIO_SCHEMA"] = "Marker.2";
        writer.object()["marked_range"] = jsonFrom(marker.markedRange);
    }
    writer.put("comment", was.comment == marker.comment, marker.comment);
    return std::move(writer.object());
}

/// The fields that all known references have.
template <typename T>
void readCommon(OtioReading& reading, const Json& object, T& reference) {
    reference.name = textAt(object, "name");
    reference.metadata = readMetadata(object, {});
    reference.availableRange = readRange(reading, object, "available_range");
}

template <typename T>
void writeCommon(FieldWriter& writer, const T& was, const T& reference) {
    writer.put("metadata", was.metadata == reference.metadata, reference.metadata.json());
    writer.put("name", was.name == reference.name, reference.name);
    writer.put("available_range", was.availableRange == reference.availableRange, jsonFrom(reference.availableRange));
    writer.put("available_image_bounds", true, Json());
}

ExternalReference readExternal(OtioReading& reading, const Json& object) {
    ExternalReference reference;
    readCommon(reading, object, reference);
    reference.url = textAt(object, "target_url");
    return reference;
}

GeneratorReference readGenerator(OtioReading& reading, const Json& object) {
    GeneratorReference reference;
    readCommon(reading, object, reference);
    reference.kind = textAt(object, "generator_kind");
    const Json* parameters = member(object, "parameters");
    reference.parameters = parameters ? Metadata(*parameters) : Metadata();
    return reference;
}

MissingReference readMissing(OtioReading& reading, const Json& object) {
    MissingReference reference;
    readCommon(reading, object, reference);
    return reference;
}

Json write(const ExternalReference& reference) {
    OtioReading reading{FrameRate()};
    const ExternalReference was = readExternal(reading, reference.origin.object.json());
    FieldWriter writer(reference.origin);
    writer.schema("ExternalReference.1");
    writeCommon(writer, was, reference);
    writer.put("target_url", was.url == reference.url, reference.url);
    return std::move(writer.object());
}

Json write(const GeneratorReference& reference) {
    OtioReading reading{FrameRate()};
    const GeneratorReference was = readGenerator(reading, reference.origin.object.json());
    FieldWriter writer(reference.origin);
    writer.schema("GeneratorReference.1");
    writeCommon(writer, was, reference);
    writer.put("generator_kind", was.kind == reference.kind, reference.kind);
    writer.put("parameters", was.parameters == reference.parameters, reference.parameters.json());
    return std::move(writer.object());
}

Json write(const MissingReference& reference) {
    OtioReading reading{FrameRate()};
    const MissingReference was = readMissing(reading, reference.origin.object.json());
    FieldWriter writer(reference.origin);
    writer.schema("MissingReference.1");
    writeCommon(writer, was, reference);
    return std::move(writer.object());
}

Json write(const ForeignReference& reference) {
    return reference.object.json();
}

template <typename T>
T withOrigin(T reference, const Json& object) {
    reference.origin.object = Metadata(object);
    dropOriginIfOurs(reference, object, [](const T& other) { return write(other); });
    return reference;
}

} // namespace

void OtioReading::fail(const std::string& place, const std::string& cause) {
    if (!m_error) {
        m_error = Error{ErrorCode::ParseFailed, {}, place + ": " + cause};
    }
}

std::uint64_t OtioReading::uniqueId(const Json& object) {
    std::uint64_t id = idIn(object);
    while (id == 0 || !m_ids.insert(id).second) {
        id = randomId();
    }
    return id;
}

OtioSchema schemaOf(const Json& object) {
    return parseSchema(textAt(object, "OTIO_SCHEMA"));
}

OtioSchema parseSchema(const std::string& text) {
    const std::size_t dot = text.rfind('.');
    OtioSchema schema{text.substr(0, dot), 0};
    if (dot != std::string::npos) {
        std::from_chars(text.data() + dot + 1, text.data() + text.size(), schema.version);
    }
    return schema;
}

RationalTime readTime(OtioReading& reading, const Json& json, const char* place) {
    const Json* value = member(json, "value");
    const auto rate = numberAt(json, "rate", 1e-3, 1e7);
    if (!value || !value->is_number() || !rate) {
        reading.fail(place, "not a time");
        return {0, reading.rate()};
    }
    const FrameRate exactRate = FrameRate::fromDouble(*rate);
    const auto count = value->get<double>();
    if (!(std::abs(count / *rate) <= kMaxSeconds)) {
        reading.fail(place, "a time beyond reason");
        return {0, reading.rate()};
    }
    if (value->is_number_integer()) {
        return {value->get<std::int64_t>(), exactRate};
    }
    return count == std::floor(count) ? RationalTime(static_cast<std::int64_t>(count), exactRate)
                                      : fractionalTime(count, exactRate);
}

std::optional<TimeRange> readRange(OtioReading& reading, const Json& object, const char* key) {
    const Json* range = member(object, key);
    if (!range || range->is_null()) {
        return std::nullopt;
    }
    const Json* start = member(*range, "start_time");
    const Json* duration = member(*range, "duration");
    if (!start || !duration) {
        reading.fail(key, "not a range");
        return std::nullopt;
    }
    return TimeRange{readTime(reading, *start, key), readTime(reading, *duration, key)};
}

Json jsonFrom(const RationalTime& time) {
    RationalTime exact = time;
    if (FrameRate::fromDouble(time.rate().toDouble()) != time.rate()) {
        // 11.988 does not say 12000/1001: count in 1/12000 s, which comes back as it was.
        exact = time.rescaledTo(FrameRate(time.rate().numerator(), 1));
    }
    Json object{{"OTIO_SCHEMA", "RationalTime.1"}, {"rate", exact.rate().toDouble()}};
    if (std::abs(static_cast<double>(exact.value())) < kMaxExact) {
        object["value"] = static_cast<double>(exact.value());
    } else {
        object["value"] = exact.value();
    }
    return object;
}

Json jsonFrom(const TimeRange& range) {
    return Json{
        {"OTIO_SCHEMA", "TimeRange.1"}, {"duration", jsonFrom(range.duration)}, {"start_time", jsonFrom(range.start)}};
}

Json jsonFrom(const std::optional<TimeRange>& range) {
    return range ? jsonFrom(*range) : Json();
}

Metadata readMetadata(const Json& object, std::initializer_list<const char*> fields) {
    const Json* metadata = member(object, "metadata");
    if (!metadata || !metadata->is_object()) {
        return {};
    }
    const Json* ours = member(*metadata, kOurMetadata);
    if (!ours || !ours->is_object() || fields.size() == 0) {
        return Metadata(*metadata);
    }
    Json rest = *ours;
    for (const char* field : fields) {
        rest.erase(field);
    }
    return withOurMetadata(Metadata(*metadata), std::move(rest));
}

Json jsonFrom(const Metadata& metadata, const Json& ours) {
    Json merged = ours;
    const Json rest = ourMetadata(metadata);
    for (const auto& [key, value] : rest.items()) {
        merged[key] = value;
    }
    Json object = metadata.json();
    if (!merged.empty()) {
        object[kOurMetadata] = std::move(merged);
    }
    return object;
}

Json idJson(std::uint64_t id) {
    std::array<char, 17> text{};
    const auto [end, status] = std::to_chars(text.data(), text.data() + text.size(), id, 16);
    const std::string digits(text.data(), end);
    return std::string(16 - digits.size(), '0') + digits;
}

Json withoutChildren(const Json& object, const std::string& key) {
    Json copy = Json::object();
    for (const auto& [name, value] : object.items()) {
        copy[name] = name == key ? Json() : value;
    }
    return copy;
}

bool hasOurId(const Json& object) {
    return idIn(object) != 0;
}

std::vector<Effect> readEffects(OtioReading& reading, const Json& object) {
    std::vector<Effect> effects;
    for (const Json& effect : objectsAt(reading, object, "effects")) {
        effects.push_back({Metadata(effect)});
    }
    return effects;
}

std::vector<Marker> readMarkers(OtioReading& reading, const Json& object) {
    std::vector<Marker> markers;
    for (const Json& json : objectsAt(reading, object, "markers")) {
        Marker marker;
        if (isMarker(json)) {
            marker = readMarker(reading, json);
        } else {
            marker.id = MarkerId::create();
        }
        if (marker.markedRange.duration.value() < 0) {
            reading.fail("marker", "negative length");
        }
        marker.origin.object = Metadata(json);
        dropOriginIfOurs(marker, json, [](const Marker& other) { return jsonFrom(other); });
        markers.push_back(std::move(marker));
    }
    return markers;
}

MediaReference readReference(OtioReading& reading, const Json& object) {
    const OtioSchema schema = schemaOf(object);
    if (schema.version == 1 && schema.name == "ExternalReference" && object.contains("target_url") &&
        object["target_url"].is_string()) {
        return withOrigin(readExternal(reading, object), object);
    }
    if (schema.version == 1 && schema.name == "GeneratorReference") {
        return withOrigin(readGenerator(reading, object), object);
    }
    if (schema.version == 1 && schema.name == "MissingReference") {
        return withOrigin(readMissing(reading, object), object);
    }
    return ForeignReference{Metadata(object)};
}

Json jsonFrom(const std::vector<Effect>& effects) {
    Json list = Json::array();
    for (const Effect& effect : effects) {
        list.push_back(effect.object.json());
    }
    return list;
}

Json jsonFrom(const std::vector<Marker>& markers) {
    Json list = Json::array();
    for (const Marker& marker : markers) {
        list.push_back(jsonFrom(marker));
    }
    return list;
}

Json jsonFrom(const MediaReference& reference) {
    return std::visit([](const auto& known) { return write(known); }, reference);
}

} // namespace timeline
