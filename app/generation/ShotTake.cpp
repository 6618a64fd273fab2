#include "app/generation/ShotTake.h"

#include "generation/protocol/Sha256.h"
#include "timeline/model/Query.h"
#include "timeline/render/FramePlanner.h"

#include <nlohmann/json.hpp>

#include <sstream>

namespace app {

using timeline::RationalTime;
using timeline::Result;

namespace {

constexpr const char* kContextKey = "context";

std::string fileName(const std::string& url) {
    return url.substr(url.find_last_of('/') + 1);
}

void write(std::ostream& out, const RationalTime& time) {
    out << time.value() << '@' << time.rate().numerator() << '/' << time.rate().denominator() << ' ';
}

void write(std::ostream& out, const timeline::FrameLayer& layer) {
    if (const auto* file = std::get_if<timeline::FileSource>(&layer.source)) {
        out << "file " << fileName(file->url) << ' ';
        write(out, file->time);
    } else if (const auto* generator = std::get_if<timeline::GeneratorSource>(&layer.source)) {
        out << "made " << generator->kind << ' ' << generator->parameters.json().dump() << ' ';
        write(out, generator->time);
    } else if (const auto* offline = std::get_if<timeline::OfflineSource>(&layer.source)) {
        out << "offline " << offline->name << ' ';
    }
    const timeline::Transform& at = layer.transform;
    out << at.x << ' ' << at.y << ' ' << at.scale << ' ' << at.rotation << ' ' << layer.opacity << ' ' << layer.dissolve
        << ' ' << layer.isIncoming << '\n';
}

void writeRecipe(std::ostream& out, const timeline::Recipe& recipe, const timeline::ShotContext& context) {
    out << recipe.model << '\n'
        << negativePrompt(context) << '\n'
        << recipe.steps << ' ' << recipe.strength << ' ' << static_cast<int>(recipe.control) << ' ';
    out << recipe.guidance.value_or(-1.0) << ' ' << recipe.shift.value_or(-1.0) << ' ' << recipe.sampler << ' ';
    if (recipe.seed) {
        out << *recipe.seed;
    }
    out << '\n';
    // What later versions know besides, so that the takes of earlier ones stay as they are.
    timeline::Recipe rest;
    rest.keeping = recipe.keeping;
    rest.loras = recipe.loras;
    rest.tuning = recipe.tuning;
    if (rest != timeline::Recipe{}) {
        out << timeline::recipeParameters(rest).json().dump() << '\n';
    }
}

void writeStyles(std::ostream& out, const timeline::Timeline& timeline, const timeline::ShotContext& context) {
    for (const timeline::ContextStyle& style : context.styles) {
        const timeline::Clip* clip = timeline::findClip(timeline, style.clip);
        const timeline::MediaReference* reference = timeline::activeReference(*clip);
        const auto* file = std::get_if<timeline::ExternalReference>(reference);
        out << "style " << (file ? fileName(file->url) : clip->name) << ' ' << style.strength << ' ';
        write(out, clip->sourceRange.start);
        out << '\n';
    }
}

void writeFrames(std::ostream& out, const timeline::Timeline& timeline, const timeline::PlanOptions& options,
                 const std::vector<RationalTime>& times) {
    for (const RationalTime& time : times) {
        for (const timeline::FrameLayer& layer : timeline::planFrame(timeline, time, options).layers) {
            write(out, layer);
        }
        out << ";\n";
    }
}

/// What is drawn below, and of the film beside the shot what it is given.
void writeBase(std::ostream& out, const timeline::Timeline& timeline, const timeline::ShotContext& context,
               const TakeFormat& format) {
    const RationalTime start = takeRange(context).start;
    const std::size_t track = timeline::findItem(timeline, context.shot)->track;
    std::vector<RationalTime> below;
    std::vector<RationalTime> beside;
    for (std::int64_t i = 0; i < format.frames; ++i) {
        const RationalTime time = std::max(start + RationalTime(i, format.rate), RationalTime(0, start.rate()));
        below.push_back(time);
        const bool isLead = (time < context.range.start && context.leadIn.value() > 0) ||
                            (time >= context.range.end() && context.leadOut.value() > 0);
        if (isLead) {
            beside.push_back(time);
        }
    }
    timeline::PlanOptions options;
    options.belowTrack = track;
    if (context.base != timeline::BaseKind::None) {
        writeFrames(out, timeline, options, below);
    }
    if (!beside.empty()) {
        options.belowTrack = track + 1;
        out << "beside\n";
        writeFrames(out, timeline, options, beside);
    }
}

void writeMasks(std::ostream& out, const timeline::Timeline& timeline, const timeline::ShotContext& context,
                const TakeFormat& format) {
    if (timeline::isMasked(context)) {
        out << "mask\n";
        writeFrames(out, timeline::maskFilm(timeline), {}, maskTimes(context, format));
    }
}

std::string keyOf(const timeline::Timeline& timeline, const timeline::ShotContext& context, const ModelInfo& model) {
    const TakeFormat format = takeFormat(timeline.format, takeRange(context), model);
    std::ostringstream out;
    out << format.width << 'x' << format.height << ' ' << format.frames << '\n';
    writeRecipe(out, settledRecipe(context, model), context);
    for (const generation::PromptSpan& span : promptSpans(context, format)) {
        out << span.firstFrame << '-' << span.endFrame << ' ' << span.text << '\n';
    }
    writeStyles(out, timeline, context);
    writeBase(out, timeline, context, format);
    writeMasks(out, timeline, context, format);
    generation::Sha256 hash;
    hash.add(out.str());
    return hash.hex();
}

timeline::ExternalReference withContext(timeline::ExternalReference take, const std::string& key) {
    timeline::Json ours = take.metadata.json().value(timeline::kOurMetadata, timeline::Json::object());
    ours[kContextKey] = key;
    take.metadata = take.metadata.with(timeline::kOurMetadata, std::move(ours));
    return take;
}

} // namespace

Result<std::string> contextKey(const timeline::Timeline& timeline, timeline::ItemId shot, const ModelInfo& model) {
    const auto context = timeline::shotContext(timeline, shot);
    return context ? Result<std::string>(keyOf(timeline, *context, model)) : Result<std::string>(context.error());
}

Result<timeline::ExternalReference> takeFor(const timeline::Timeline& timeline, const timeline::ShotContext& context,
                                            const std::string& url, const timeline::TakeRecord& record,
                                            const ModelInfo& model) {
    const timeline::Clip* shot = timeline::findClip(timeline, context.shot);
    if (!shot) {
        return timeline::Error{timeline::ErrorCode::NotFound, context.name, {}};
    }
    timeline::ExternalReference take = timeline::makeTake(*shot, url, record);
    take.availableRange = timeline::TimeRange{
        shot->sourceRange.start - (context.range.start - takeRange(context).start), takeRange(context).duration};
    return withContext(std::move(take), keyOf(timeline, context, model));
}

Result<timeline::ExternalReference> refreshedTake(timeline::ExternalReference take, const timeline::Timeline& timeline,
                                                  timeline::ItemId shot, const ModelInfo& model) {
    const auto key = contextKey(timeline, shot, model);
    return key ? Result<timeline::ExternalReference>(withContext(std::move(take), *key)) : key.error();
}

std::string chosenTakeContext(const timeline::Clip& shot) {
    const timeline::MediaReference* reference = timeline::activeReference(shot);
    const auto* take = reference ? std::get_if<timeline::ExternalReference>(reference) : nullptr;
    if (!take) {
        return {};
    }
    const timeline::Json ours = take->metadata.json().value(timeline::kOurMetadata, timeline::Json::object());
    const auto found = ours.is_object() ? ours.find(kContextKey) : ours.end();
    return found != ours.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace app
