#include "generation/protocol/Request.h"

#include "generation/protocol/MessageFields.h"
#include "generation/protocol/RequestJson.h"

namespace generation {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxIdBytes = 256;

struct Writer {
    json operator()(const GenerateRequest& request) const { return generateJson(request, "generate"); }
    json operator()(const PlanRequest& request) const { return generateJson(request.job, "plan"); }
    json operator()(const CancelRequest& request) const { return {{"type", "cancel"}, {"id", request.id}}; }
    json operator()(const PauseRequest& request) const { return {{"type", "pause"}, {"id", request.id}}; }
    json operator()(const ResumeRequest& request) const { return {{"type", "resume"}, {"id", request.id}}; }
    json operator()(const QuitRequest&) const { return {{"type", "quit"}}; }
};

} // namespace

std::string toJsonLine(const Request& request) {
    try {
        return std::visit(Writer{}, request).dump();
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
    if (type == "plan") {
        return PlanRequest{readGenerate(object)};
    }
    if (type == "cancel") {
        return CancelRequest{.id = fields.text("id", kMaxIdBytes)};
    }
    if (type == "pause") {
        return PauseRequest{.id = fields.text("id", kMaxIdBytes)};
    }
    if (type == "resume") {
        return ResumeRequest{.id = fields.text("id", kMaxIdBytes)};
    }
    if (type == "quit") {
        return QuitRequest{};
    }
    throw ProtocolError("request.type: unknown");
}

std::string jobIdIn(const std::string& line) {
    try {
        const json object = parseObjectLine(line);
        const MessageFields fields(object, "request");
        const std::string type = fields.text("type", 32);
        return type == "generate" || type == "plan" ? fields.text("id", kMaxIdBytes) : std::string();
    } catch (const ProtocolError&) {
        return {};
    }
}

} // namespace generation
