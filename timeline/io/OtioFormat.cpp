#include "timeline/io/OtioFormat.h"

#include "timeline/model/Invariants.h"
#include "timeline/model/JsonFields.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string>

namespace timeline {

namespace {

std::optional<FrameRate> rateOfRange(const Json& range) {
    const Json* duration = member(range, "duration");
    const auto rate = duration ? numberAt(*duration, "rate", 1.0, 1000.0) : std::nullopt;
    return rate ? std::optional(FrameRate::fromDouble(*rate)) : std::nullopt;
}

/// Of a clip's source range, or else of one of its media.
std::optional<FrameRate> rateOfClip(const Json& clip) {
    if (const Json* range = member(clip, "source_range"); range && range->is_object()) {
        return rateOfRange(*range);
    }
    const Json* references = member(clip, "media_references");
    if (references && references->is_object()) {
        for (const auto& [key, reference] : references->items()) {
            const Json* range = member(reference, "available_range");
            if (range && range->is_object()) {
                return rateOfRange(*range);
            }
        }
    }
    const Json* only = member(clip, "media_reference");
    const Json* range = only ? member(*only, "available_range") : nullptr;
    return range ? rateOfRange(*range) : std::nullopt;
}

/// Of the first clip that says one, going down into nested stacks. A kind of track looks at its own tracks only.
std::optional<FrameRate> firstRate(const Json& object, const std::string& kind) {
    const std::string schema = textAt(object, "OTIO_SCHEMA");
    if (schema.starts_with("Clip.")) {
        return rateOfClip(object);
    }
    if (schema.starts_with("Track.") && textAt(object, "kind", "Video") != kind) {
        return std::nullopt;
    }
    const Json* children = member(object, "children");
    if (children && children->is_array()) {
        for (const Json& child : *children) {
            if (const auto rate = firstRate(child, kind)) {
                return rate;
            }
        }
    }
    return std::nullopt;
}

std::optional<SequenceFormat> formatFrom(const Json& json) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    constexpr int large = std::numeric_limits<int>::max();
    const auto numerator = wholeAt<std::int64_t>(json, "rate_numerator", 1, most);
    const auto denominator = wholeAt<std::int64_t>(json, "rate_denominator", 1, most);
    if (!numerator || !denominator || !FrameRate::isValid(*numerator, *denominator)) {
        return std::nullopt;
    }
    SequenceFormat format;
    format.rate = FrameRate(*numerator, *denominator);
    format.width = wholeAt<int>(json, "width", 0, large).value_or(0);
    format.height = wholeAt<int>(json, "height", 0, large).value_or(0);
    format.sampleRate = wholeAt<int>(json, "sample_rate", 0, large).value_or(0);
    format.channels = wholeAt<int>(json, "channels", 0, large).value_or(0);
    return checkFormat(format) ? std::optional(format) : std::nullopt;
}

} // namespace

std::optional<SequenceFormat> formatOf(const Json& timelineObject) {
    const Json* metadata = member(timelineObject, "metadata");
    const Json* ours = metadata ? member(*metadata, kOurMetadata) : nullptr;
    if (const Json* format = ours ? member(*ours, "format") : nullptr) {
        return formatFrom(*format);
    }
    SequenceFormat format;
    if (const Json* stack = member(timelineObject, "tracks")) {
        for (const char* kind : std::array{"Video", "Audio"}) {
            if (const auto rate = firstRate(*stack, kind)) {
                format.rate = *rate;
                break;
            }
        }
    }
    return format;
}

Json jsonFrom(const SequenceFormat& format) {
    return Json{{"rate_numerator", format.rate.numerator()},
                {"rate_denominator", format.rate.denominator()},
                {"width", format.width},
                {"height", format.height},
                {"sample_rate", format.sampleRate},
                {"channels", format.channels}};
}

} // namespace timeline
