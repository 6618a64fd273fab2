#include "generation/protocol/Request.h"

#include "generation/protocol/MessageFields.h"

#include <array>
#include <utility>

namespace generation {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxIdBytes = 256;
constexpr std::size_t kMaxPathBytes = 16 * 1024;
constexpr std::size_t kMaxTextBytes = 64 * 1024;
constexpr std::int64_t kMaxSide = 16384;
constexpr std::int64_t kMaxFrames = 1'000'000;
constexpr std::int64_t kMaxRate = 1'000'000'000;

constexpr std::array<std::pair<Control, const char*>, 3> kControls{
    {{Control::None, "none"}, {Control::Edges, "edges"}, {Control::Luma, "luma"}}};

const char* controlName(Control control) {
    for (const auto& [value, name] : kControls) {
        if (value == control) {
            return name;
        }
    }
    throw ProtocolError("generate.control: unknown value");
}

Control controlNamed(const std::string& text) {
    for (const auto& [value, name] : kControls) {
        if (text == name) {
            return value;
        }
    }
    throw ProtocolError("generate.control: not one of none, edges, luma");
}

json toJson(const GenerateRequest& request) {
    json object{{"type", "generate"},
                {"id", request.id},
                {"model", request.model},
                {"negative_prompt", request.negativePrompt},
                {"base", request.basePath},
                {"first_frame", request.firstFramePath},
                {"control", controlName(request.control)},
                {"strength", request.strength},
                {"width", request.width},
                {"height", request.height},
                {"frames", request.frames},
                {"fps_numerator", request.fpsNumerator},
                {"fps_denominator", request.fpsDenominator},
                {"seed", request.seed},
                {"steps", request.steps},
                {"sampler", request.sampler},
                {"output", request.outputPath},
                {"previews", request.wantsPreviews}};
    object["prompts"] = json::array();
    for (const PromptSpan& span : request.prompts) {
        object["prompts"].push_back(
            {{"text", span.text}, {"first_frame", span.firstFrame}, {"end_frame", span.endFrame}});
    }
    object["references"] = json::array();
    for (const Reference& reference : request.references) {
        object["references"].push_back({{"path", reference.path}, {"strength", reference.strength}});
    }
    if (request.guidance) {
        object["guidance"] = *request.guidance;
    }
    if (request.shift) {
        object["shift"] = *request.shift;
    }
    return object;
}

std::vector<PromptSpan> readPrompts(const MessageFields& fields) {
    std::vector<PromptSpan> prompts;
    for (const json& entry : fields.arrayOr("prompts", 256)) {
        const MessageFields span(entry, "generate.prompts[]");
        prompts.push_back({.text = span.text("text", kMaxTextBytes),
                           .firstFrame = span.integerOr("first_frame", 0, kMaxFrames, 0),
                           .endFrame = span.integerOr("end_frame", 0, kMaxFrames, 0)});
        if (prompts.back().endFrame != 0 && prompts.back().endFrame <= prompts.back().firstFrame) {
            throw ProtocolError("generate.prompts[].end_frame: not after first_frame");
        }
    }
    if (prompts.empty()) {
        throw ProtocolError("generate.prompts: at least one is needed");
    }
    return prompts;
}

std::string readNonEmpty(const MessageFields& fields, const char* key, std::size_t maxBytes) {
    std::string text = fields.text(key, maxBytes);
    if (text.empty()) {
        throw ProtocolError(std::string("generate.") + key + ": empty");
    }
    return text;
}

GenerateRequest readGenerate(const json& object) {
    const MessageFields fields(object, "generate");
    GenerateRequest request;
    request.id = readNonEmpty(fields, "id", kMaxIdBytes);
    request.model = readNonEmpty(fields, "model", kMaxPathBytes);
    request.prompts = readPrompts(fields);
    request.negativePrompt = fields.textOr("negative_prompt", kMaxTextBytes, {});
    request.basePath = fields.textOr("base", kMaxPathBytes, {});
    request.firstFramePath = fields.textOr("first_frame", kMaxPathBytes, {});
    for (const json& entry : fields.arrayOr("references", 64)) {
        const MessageFields reference(entry, "generate.references[]");
        request.references.push_back({.path = readNonEmpty(reference, "path", kMaxPathBytes),
                                      .strength = reference.number("strength", 0.0, 1.0).value_or(1.0)});
    }
    request.control = controlNamed(fields.textOr("control", 16, "none"));
    request.strength = fields.number("strength", 0.0, 1.0).value_or(1.0);
    request.width = static_cast<int>(fields.integerOr("width", 0, kMaxSide, 0));
    request.height = static_cast<int>(fields.integerOr("height", 0, kMaxSide, 0));
    request.frames = fields.integerOr("frames", 0, kMaxFrames, 0);
    request.fpsNumerator = fields.integerOr("fps_numerator", 0, kMaxRate, 0);
    request.fpsDenominator = fields.integerOr("fps_denominator", 1, kMaxRate, 1);
    request.seed = fields.unsignedOr("seed", 0);
    request.steps = static_cast<int>(fields.integerOr("steps", 0, 1000, 0));
    request.guidance = fields.number("guidance", 0.0, 100.0);
    request.shift = fields.number("shift", 0.01, 100.0);
    request.sampler = fields.textOr("sampler", 32, {});
    request.outputPath = readNonEmpty(fields, "output", kMaxPathBytes);
    request.wantsPreviews = fields.booleanOr("previews", true);
    return request;
}

} // namespace

std::string toJsonLine(const Request& request) {
    json object;
    if (const auto* generate = std::get_if<GenerateRequest>(&request)) {
        object = toJson(*generate);
    } else if (const auto* cancel = std::get_if<CancelRequest>(&request)) {
        object = {{"type", "cancel"}, {"id", cancel->id}};
    } else {
        object = {{"type", "quit"}};
    }
    try {
        return object.dump();
    } catch (const json::exception& error) {
        // A path or prompt that is not UTF-8 cannot be sent without changing it.
        throw ProtocolError(error.what());
    }
}

Request parseRequest(const std::string& line) {
    const json object = parseObjectLine(line);
    const MessageFields fields(object, "request");
    const std::string type = fields.text("type", 32);
    if (type == "generate") {
        return readGenerate(object);
    }
    if (type == "cancel") {
        return CancelRequest{.id = fields.text("id", kMaxIdBytes)};
    }
    if (type == "quit") {
        return QuitRequest{};
    }
    throw ProtocolError("request.type: unknown");
}

} // namespace generation
