#include "generation/protocol/Event.h"

#include "generation/protocol/MessageFields.h"

#include <array>
#include <limits>
#include <utility>

namespace generation {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxIdBytes = 256;
constexpr std::size_t kMaxNameBytes = 1024;
constexpr std::size_t kMaxPathBytes = 16 * 1024;
constexpr std::int64_t kMaxCount = std::numeric_limits<int>::max();
constexpr std::int64_t kMaxRate = 1'000'000'000;

constexpr std::array<std::pair<Stage, const char*>, 6> kStages{{{Stage::Load, "load"},
                                                                {Stage::EncodeText, "encode-text"},
                                                                {Stage::EncodeVideo, "encode-video"},
                                                                {Stage::Denoise, "denoise"},
                                                                {Stage::Decode, "decode"},
                                                                {Stage::Save, "save"}}};

const char* stageName(Stage stage) {
    for (const auto& [value, name] : kStages) {
        if (value == stage) {
            return name;
        }
    }
    throw ProtocolError("progress.stage: unknown value");
}

Stage stageNamed(const std::string& text) {
    for (const auto& [value, name] : kStages) {
        if (text == name) {
            return value;
        }
    }
    throw ProtocolError("progress.stage: unknown");
}

struct Writer {
    json operator()(const HelloEvent& event) const {
        return {{"type", "hello"},        {"protocol", event.protocol}, {"version", event.version},
                {"device", event.device}, {"dtype", event.dtype},       {"threads", event.threads}};
    }
    json operator()(const AcceptedEvent& event) const { return {{"type", "accepted"}, {"id", event.id}}; }
    json operator()(const ProgressEvent& event) const {
        return {{"type", "progress"}, {"id", event.id},       {"stage", stageName(event.stage)},
                {"step", event.step}, {"steps", event.steps}, {"seconds_left", event.secondsLeft}};
    }
    json operator()(const PreviewEvent& event) const {
        return {{"type", "preview"}, {"id", event.id}, {"step", event.step}, {"path", event.path}};
    }
    json operator()(const FinishedEvent& event) const {
        return {{"type", "finished"},
                {"id", event.id},
                {"frames_path", event.framesPath},
                {"width", event.width},
                {"height", event.height},
                {"frames", event.frames},
                {"fps_numerator", event.fpsNumerator},
                {"fps_denominator", event.fpsDenominator},
                {"seed", event.seed},
                {"steps", event.steps},
                {"guidance", event.guidance},
                {"shift", event.shift},
                {"sampler", event.sampler},
                {"model_hash", event.modelHash},
                {"seconds", event.seconds}};
    }
    json operator()(const FailedEvent& event) const {
        return {{"type", "failed"}, {"id", event.id}, {"code", event.code}, {"detail", event.detail}};
    }
    json operator()(const CancelledEvent& event) const { return {{"type", "cancelled"}, {"id", event.id}}; }
};

double requiredNumber(const MessageFields& fields, const char* key) {
    constexpr double kFar = 1e12;
    const auto value = fields.number(key, -kFar, kFar);
    if (!value) {
        throw ProtocolError(std::string("event.") + key + ": missing");
    }
    return *value;
}

int count(const MessageFields& fields, const char* key) {
    return static_cast<int>(fields.integer(key, 0, kMaxCount));
}

FinishedEvent readFinished(const MessageFields& fields) {
    FinishedEvent event;
    event.id = fields.text("id", kMaxIdBytes);
    event.framesPath = fields.text("frames_path", kMaxPathBytes);
    event.width = count(fields, "width");
    event.height = count(fields, "height");
    event.frames = fields.integer("frames", 0, kMaxCount);
    event.fpsNumerator = fields.integer("fps_numerator", 0, kMaxRate);
    event.fpsDenominator = fields.integer("fps_denominator", 1, kMaxRate);
    event.seed = fields.unsignedOr("seed", 0);
    event.steps = count(fields, "steps");
    event.guidance = requiredNumber(fields, "guidance");
    event.shift = requiredNumber(fields, "shift");
    event.sampler = fields.text("sampler", kMaxNameBytes);
    event.modelHash = fields.text("model_hash", kMaxNameBytes);
    event.seconds = requiredNumber(fields, "seconds");
    return event;
}

HelloEvent readHello(const MessageFields& fields) {
    return {.protocol = count(fields, "protocol"),
            .version = fields.text("version", kMaxNameBytes),
            .device = fields.text("device", kMaxNameBytes),
            .dtype = fields.text("dtype", kMaxNameBytes),
            .threads = count(fields, "threads")};
}

ProgressEvent readProgress(const MessageFields& fields) {
    return {.id = fields.text("id", kMaxIdBytes),
            .stage = stageNamed(fields.text("stage", kMaxNameBytes)),
            .step = count(fields, "step"),
            .steps = count(fields, "steps"),
            .secondsLeft = requiredNumber(fields, "seconds_left")};
}

} // namespace

std::string toJsonLine(const Event& event) {
    // Details may quote anything, so broken UTF-8 is replaced rather than the event lost.
    return std::visit(Writer{}, event).dump(-1, ' ', false, json::error_handler_t::replace);
}

Event parseEvent(const std::string& line) {
    const json object = parseObjectLine(line);
    const MessageFields fields(object, "event");
    const std::string type = fields.text("type", 32);
    if (type == "hello") {
        return readHello(fields);
    }
    if (type == "accepted") {
        return AcceptedEvent{.id = fields.text("id", kMaxIdBytes)};
    }
    if (type == "progress") {
        return readProgress(fields);
    }
    if (type == "preview") {
        return PreviewEvent{.id = fields.text("id", kMaxIdBytes),
                            .step = count(fields, "step"),
                            .path = fields.text("path", kMaxPathBytes)};
    }
    if (type == "finished") {
        return readFinished(fields);
    }
    if (type == "failed") {
        return FailedEvent{.id = fields.text("id", kMaxIdBytes),
                           .code = fields.text("code", kMaxNameBytes),
                           .detail = fields.text("detail", kMaxLineBytes)};
    }
    if (type == "cancelled") {
        return CancelledEvent{.id = fields.text("id", kMaxIdBytes)};
    }
    throw ProtocolError("event.type: unknown");
}

} // namespace generation
