#include "generation/protocol/RequestJson.h"

#include "generation/protocol/MessageFields.h"
#include "generation/protocol/Names.h"

#include <array>
#include <utility>

namespace generation {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxIdBytes = 256;
constexpr std::size_t kMaxNameBytes = 64;
constexpr std::size_t kMaxPathBytes = 16 * 1024;
constexpr std::size_t kMaxTextBytes = 64 * 1024;
constexpr std::int64_t kMaxSide = 16384;
constexpr std::int64_t kMaxFrames = 1'000'000;
constexpr std::int64_t kMaxRate = 1'000'000'000;

constexpr Names<Control, 6> kControls{{{Control::None, "none"},
                                       {Control::Edges, "edges"},
                                       {Control::Luma, "luma"},
                                       {Control::Blur, "blur"},
                                       {Control::Depth, "depth"},
                                       {Control::Clip, "clip"}}};
constexpr Names<StepCache, 4> kStepCaches{{{StepCache::None, "none"},
                                           {StepCache::Auto, "auto"},
                                           {StepCache::Easy, "easy"},
                                           {StepCache::FirstBlock, "first-block"}}};
constexpr Names<Keeping, 2> kKeepings{{{Keeping::Model, "model"}, {Keeping::Blend, "blend"}}};
constexpr Names<Checkpoints, 2> kCheckpoints{{{Checkpoints::Last, "last"}, {Checkpoints::All, "all"}}};

json knownJson(const std::vector<KnownFrames>& known, bool withPaths) {
    json list = json::array();
    for (const KnownFrames& span : known) {
        list.push_back({{"source_frame", span.sourceFrame}, {"frames", span.frames}, {"frame", span.frame}});
        if (withPaths) {
            list.back()["path"] = span.path;
        }
    }
    return list;
}

json pointsJson(const LoraUse& lora) {
    json points = json::array();
    for (const LoraUse::Point& point : lora.points) {
        points.push_back({{"position", point.position}, {"strength", point.strength}});
    }
    return points;
}

/// Files, and how the job is run.
void addPlaces(json& object, const GenerateRequest& request) {
    const auto put = [&](const char* key, const std::string& path) {
        if (!path.empty()) {
            object[key] = path;
        }
    };
    put("control_clip", request.controlPath);
    put("mask", request.maskPath);
    put("branch", request.branchPath);
    if (!request.known.empty()) {
        object["known"] = knownJson(request.known, true);
    }
    for (const LoraUse& lora : request.loras) {
        object["loras"].push_back({{"path", lora.path}, {"points", pointsJson(lora)}});
    }
    if (!request.seeds.empty()) {
        object["seeds"] = request.seeds;
    }
    if (request.checkpoints != Checkpoints::Last) {
        object["checkpoints"] = nameOf(kCheckpoints, request.checkpoints);
    }
    if (request.tryAnyway) {
        object["try_anyway"] = true;
    }
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

void readPictures(const MessageFields& fields, GenerateRequest& request) {
    request.basePath = fields.textOr("base", kMaxPathBytes, {});
    request.firstFramePath = fields.textOr("first_frame", kMaxPathBytes, {});
    for (const json& entry : fields.arrayOr("references", 64)) {
        const MessageFields reference(entry, "generate.references[]");
        request.references.push_back({.path = readNonEmpty(reference, "path", kMaxPathBytes),
                                      .strength = reference.number("strength", 0.0, 1.0).value_or(1.0)});
    }
    for (const json& entry : fields.arrayOr("known", 256)) {
        const MessageFields span(entry, "generate.known[]");
        request.known.push_back({.path = readNonEmpty(span, "path", kMaxPathBytes),
                                 .sourceFrame = span.integerOr("source_frame", 0, kMaxFrames, 0),
                                 .frames = span.integerOr("frames", 1, kMaxFrames, 1),
                                 .frame = span.integerOr("frame", 0, kMaxFrames, 0)});
    }
    request.control = valueOf(kControls, fields.textOr("control", kMaxNameBytes, "none"), "generate.control");
    request.controlPath = fields.textOr("control_clip", kMaxPathBytes, {});
    request.maskPath = fields.textOr("mask", kMaxPathBytes, {});
    if (const json* place = fields.find("placement")) {
        const MessageFields rect(*place, "generate.placement");
        request.placement = Placement{.x = static_cast<int>(rect.integer("x", 0, kMaxSide)),
                                      .y = static_cast<int>(rect.integer("y", 0, kMaxSide)),
                                      .width = static_cast<int>(rect.integer("width", 1, kMaxSide)),
                                      .height = static_cast<int>(rect.integer("height", 1, kMaxSide))};
    }
    if (const json* range = fields.find("retake")) {
        const MessageFields ends(*range, "generate.retake");
        request.retake = FrameRange{ends.integer("first", 0, kMaxFrames), ends.integer("end", 1, kMaxFrames)};
        if (request.retake->end <= request.retake->first) {
            throw ProtocolError("generate.retake.end: not after first");
        }
    }
    request.keeping = valueOf(kKeepings, fields.textOr("keeping", kMaxNameBytes, "model"), "generate.keeping");
    request.strength = fields.number("strength", 0.0, 1.0).value_or(1.0);
}

void readSizes(const MessageFields& fields, GenerateRequest& request) {
    request.width = static_cast<int>(fields.integerOr("width", 0, kMaxSide, 0));
    request.height = static_cast<int>(fields.integerOr("height", 0, kMaxSide, 0));
    request.frames = fields.integerOr("frames", 0, kMaxFrames, 0);
    request.fpsNumerator = fields.integerOr("fps_numerator", 0, kMaxRate, 0);
    request.fpsDenominator = fields.integerOr("fps_denominator", 1, kMaxRate, 1);
    request.promptBlend = fields.integerOr("prompt_blend", 0, kMaxFrames, request.promptBlend);
}

void readWindows(const MessageFields& fields, GenerateRequest& request) {
    const json* entry = fields.find("windows");
    if (!entry) {
        return;
    }
    const MessageFields windows(*entry, "generate.windows");
    if (const std::int64_t frames = windows.integerOr("frames", 0, kMaxFrames, -1); frames >= 0) {
        request.windows.frames = frames;
    }
    request.windows.overlap = windows.integerOr("overlap", 0, kMaxFrames, request.windows.overlap);
}

/// Points, or one strength for the whole run.
void readLoras(const MessageFields& fields, GenerateRequest& request) {
    constexpr std::size_t kMost = 32;
    constexpr double kStrongest = 100.0;
    for (const json& entry : fields.arrayOr("loras", kMost)) {
        const MessageFields lora(entry, "generate.loras[]");
        LoraUse use{.path = readNonEmpty(lora, "path", kMaxPathBytes),
                    .points = {{0.0, lora.number("strength", -kStrongest, kStrongest).value_or(1.0)}}};
        double position = 0.0;
        std::vector<LoraUse::Point> points;
        for (const json& at : lora.arrayOr("points", kMost)) {
            const MessageFields point(at, "generate.loras[].points[]");
            points.push_back({point.number("position", position, 1.0).value_or(position),
                              point.number("strength", -kStrongest, kStrongest).value_or(1.0)});
            position = points.back().position;
        }
        use.points = points.empty() ? use.points : points;
        request.loras.push_back(std::move(use));
    }
}

void readSampling(const MessageFields& fields, GenerateRequest& request) {
    constexpr std::size_t kMostTakes = 64;
    constexpr std::size_t kMostSteps = 1000;
    request.seed = fields.unsignedOr("seed", 0);
    for (const json& seed : fields.arrayOr("seeds", kMostTakes)) {
        if (!seed.is_number_unsigned()) {
            throw ProtocolError("generate.seeds[]: not an unsigned integer");
        }
        request.seeds.push_back(seed.get<std::uint64_t>());
    }
    request.steps = static_cast<int>(fields.integerOr("steps", 0, kMostSteps, 0));
    request.guidance = fields.number("guidance", 0.0, 100.0);
    request.shift = fields.number("shift", 0.01, 100.0);
    request.sampler = fields.textOr("sampler", kMaxNameBytes, {});
    request.preset = fields.textOr("preset", kMaxNameBytes, {});
    for (const json& timestep : fields.arrayOr("timesteps", kMostSteps)) {
        if (!timestep.is_number() || !(timestep.get<double>() > 0.0) || timestep.get<double>() > 1000.0) {
            throw ProtocolError("generate.timesteps[]: not above 0 and at most 1000");
        }
        request.timesteps.push_back(timestep.get<double>());
    }
    if (const json* entry = fields.find("guidance_options")) {
        const MessageFields guidance(*entry, "generate.guidance_options");
        request.guidanceOptions = {.zeroStar = guidance.booleanOr("zero_star", false),
                                   .zeroInit = guidance.number("zero_init", 0.0, 1.0).value_or(0.0),
                                   .from = guidance.number("from", 0.0, 1.0).value_or(0.0),
                                   .to = guidance.number("to", 0.0, 1.0).value_or(1.0)};
    }
    request.stepCache = valueOf(kStepCaches, fields.textOr("step_cache", kMaxNameBytes, "none"), "generate.step_cache");
    request.stepCacheThreshold = fields.number("step_cache_threshold", 0.0, 10.0);
    readWindows(fields, request);
}

} // namespace

json addedRecipe(const GenerateRequest& request) {
    const GenerateRequest plain;
    json object = json::object();
    if (request.placement) {
        object["placement"] = {{"x", request.placement->x},
                               {"y", request.placement->y},
                               {"width", request.placement->width},
                               {"height", request.placement->height}};
    }
    if (request.retake) {
        object["retake"] = {{"first", request.retake->first}, {"end", request.retake->end}};
    }
    if (request.keeping != plain.keeping) {
        object["keeping"] = nameOf(kKeepings, request.keeping);
    }
    if (!request.preset.empty()) {
        object["preset"] = request.preset;
    }
    if (!request.timesteps.empty()) {
        object["timesteps"] = request.timesteps;
    }
    if (const GuidanceOptions& g = request.guidanceOptions; !(g == plain.guidanceOptions)) {
        object["guidance_options"] = {
            {"zero_star", g.zeroStar}, {"zero_init", g.zeroInit}, {"from", g.from}, {"to", g.to}};
    }
    if (request.stepCache != plain.stepCache) {
        object["step_cache"] = nameOf(kStepCaches, request.stepCache);
    }
    if (request.stepCacheThreshold) {
        object["step_cache_threshold"] = *request.stepCacheThreshold;
    }
    if (!(request.windows == plain.windows)) {
        object["windows"] = {{"overlap", request.windows.overlap}};
        if (request.windows.frames) {
            object["windows"]["frames"] = *request.windows.frames;
        }
    }
    if (request.promptBlend != plain.promptBlend) {
        object["prompt_blend"] = request.promptBlend;
    }
    return object;
}

json generateJson(const GenerateRequest& request, const char* type) {
    json object = addedRecipe(request);
    object.update({{"type", type},
                   {"id", request.id},
                   {"model", request.model},
                   {"negative_prompt", request.negativePrompt},
                   {"base", request.basePath},
                   {"first_frame", request.firstFramePath},
                   {"control", nameOf(kControls, request.control)},
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
                   {"previews", request.wantsPreviews}});
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
    addPlaces(object, request);
    return object;
}

GenerateRequest readGenerate(const json& object) {
    const MessageFields fields(object, "generate");
    GenerateRequest request;
    request.id = readNonEmpty(fields, "id", kMaxIdBytes);
    request.model = readNonEmpty(fields, "model", kMaxPathBytes);
    request.prompts = readPrompts(fields);
    request.negativePrompt = fields.textOr("negative_prompt", kMaxTextBytes, {});
    readPictures(fields, request);
    readSizes(fields, request);
    readSampling(fields, request);
    readLoras(fields, request);
    request.branchPath = fields.textOr("branch", kMaxPathBytes, {});
    request.checkpoints =
        valueOf(kCheckpoints, fields.textOr("checkpoints", kMaxNameBytes, "last"), "generate.checkpoints");
    request.tryAnyway = fields.booleanOr("try_anyway", false);
    request.outputPath = readNonEmpty(fields, "output", kMaxPathBytes);
    request.wantsPreviews = fields.booleanOr("previews", true);
    return request;
}

} // namespace generation
