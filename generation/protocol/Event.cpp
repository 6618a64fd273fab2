#include "generation/protocol/Event.h"

#include "generation/protocol/MessageFields.h"
#include "generation/protocol/Names.h"

#include <limits>

namespace generation {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxIdBytes = 256;
constexpr std::size_t kMaxNameBytes = 1024;
constexpr std::size_t kMaxPathBytes = 16 * 1024;
constexpr std::int64_t kMaxCount = std::numeric_limits<int>::max();
constexpr std::int64_t kMaxRate = 1'000'000'000;
constexpr std::size_t kMaxTakes = 64;
constexpr std::int64_t kMaxFact = std::int64_t{1} << 60;

constexpr Names<Stage, 6> kStages{{{Stage::Load, "load"},
                                   {Stage::EncodeText, "encode-text"},
                                   {Stage::EncodeVideo, "encode-video"},
                                   {Stage::Denoise, "denoise"},
                                   {Stage::Decode, "decode"},
                                   {Stage::Save, "save"}}};

struct Writer {
    json operator()(const HelloEvent& event) const {
        return {{"type", "hello"},        {"protocol", event.protocol}, {"version", event.version},
                {"device", event.device}, {"dtype", event.dtype},       {"threads", event.threads}};
    }
    json operator()(const AcceptedEvent& event) const { return {{"type", "accepted"}, {"id", event.id}}; }
    json operator()(const ProgressEvent& event) const {
        return {{"type", "progress"}, {"id", event.id},       {"stage", nameOf(kStages, event.stage)},
                {"step", event.step}, {"steps", event.steps}, {"seconds_left", event.secondsLeft}};
    }
    json operator()(const PreviewEvent& event) const {
        return {{"type", "preview"}, {"id", event.id}, {"step", event.step}, {"path", event.path}};
    }
    json operator()(const FinishedEvent& event) const {
        json object{{"type", "finished"},
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
        for (const FinishedTake& take : event.takes) {
            object["takes"].push_back({{"seed", take.seed}, {"frames_path", take.framesPath}});
        }
        if (!event.checkpointFolder.empty()) {
            object["checkpoints"] = event.checkpointFolder;
        }
        return object;
    }
    json operator()(const PausedEvent& event) const {
        return {{"type", "paused"}, {"id", event.id}, {"step", event.step}, {"steps", event.steps}};
    }
    json operator()(const NoticeEvent& event) const {
        json object{{"type", "notice"}, {"id", event.id}, {"code", event.code}, {"detail", event.detail}};
        for (const auto& [name, fact] : event.facts) {
            std::visit([&](const auto& value) { object["facts"][name] = value; }, fact);
        }
        return object;
    }
    json operator()(const PlannedEvent& event) const {
        return {{"type", "planned"},
                {"id", event.id},
                {"fits", event.fits},
                {"memory_bytes", event.memoryBytes},
                {"memory_free", event.memoryFree},
                {"card_bytes", event.cardBytes},
                {"card_free", event.cardFree},
                {"needs_bytes", event.needsBytes},
                {"residency", event.residency},
                {"seconds", event.seconds},
                {"width", event.width},
                {"height", event.height},
                {"frames", event.frames},
                {"fps_numerator", event.fpsNumerator},
                {"fps_denominator", event.fpsDenominator},
                {"legal_width", event.legalWidth},
                {"legal_height", event.legalHeight},
                {"legal_frames", event.legalFrames},
                {"windows", event.windows}};
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
    for (const json& entry : fields.arrayOr("takes", kMaxTakes)) {
        const MessageFields take(entry, "event.takes[]");
        event.takes.push_back({take.unsignedOr("seed", 0), take.text("frames_path", kMaxPathBytes)});
    }
    event.checkpointFolder = fields.textOr("checkpoints", kMaxPathBytes, {});
    return event;
}

PlannedEvent readPlanned(const MessageFields& fields) {
    constexpr std::int64_t kMaxBytes = std::int64_t{1} << 60;
    const auto bytes = [&](const char* key) { return fields.integer(key, 0, kMaxBytes); };
    return {.id = fields.text("id", kMaxIdBytes),
            .fits = fields.booleanOr("fits", false),
            .memoryBytes = bytes("memory_bytes"),
            .memoryFree = bytes("memory_free"),
            .cardBytes = bytes("card_bytes"),
            .cardFree = bytes("card_free"),
            .needsBytes = bytes("needs_bytes"),
            .residency = fields.text("residency", kMaxNameBytes),
            .seconds = requiredNumber(fields, "seconds"),
            .width = count(fields, "width"),
            .height = count(fields, "height"),
            .frames = fields.integer("frames", 0, kMaxCount),
            .fpsNumerator = fields.integer("fps_numerator", 0, kMaxRate),
            .fpsDenominator = fields.integer("fps_denominator", 1, kMaxRate),
            .legalWidth = count(fields, "legal_width"),
            .legalHeight = count(fields, "legal_height"),
            .legalFrames = fields.integer("legal_frames", 0, kMaxCount),
            .windows = count(fields, "windows")};
}

NoticeEvent readNotice(const MessageFields& fields) {
    NoticeEvent event{.id = fields.text("id", kMaxIdBytes),
                      .code = fields.text("code", kMaxNameBytes),
                      .detail = fields.text("detail", kMaxLineBytes)};
    const json* facts = fields.find("facts");
    if (facts == nullptr) {
        return event;
    }
    const MessageFields named(*facts, "event.facts");
    for (const auto& [name, fact] : facts->items()) {
        if (fact.is_string()) {
            event.facts.emplace(name, named.text(name.c_str(), kMaxLineBytes));
        } else {
            event.facts.emplace(name, named.integer(name.c_str(), -kMaxFact, kMaxFact));
        }
    }
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
            .stage = valueOf(kStages, fields.text("stage", kMaxNameBytes), "progress.stage"),
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
    if (type == "paused") {
        return PausedEvent{
            .id = fields.text("id", kMaxIdBytes), .step = count(fields, "step"), .steps = count(fields, "steps")};
    }
    if (type == "planned") {
        return readPlanned(fields);
    }
    if (type == "notice") {
        return readNotice(fields);
    }
    if (type == "cancelled") {
        return CancelledEvent{.id = fields.text("id", kMaxIdBytes)};
    }
    throw ProtocolError("event.type: unknown");
}

} // namespace generation
