#include "app/generation/ShotPlan.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <map>
#include <set>

namespace app {

using timeline::BaseKind;
using timeline::RationalTime;
using timeline::RecipeControl;
using timeline::ShotContext;
using timeline::TimeRange;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ShotPlan)
};

QString conditionName(const std::string& condition) {
    static const std::map<std::string, const char*> names{
        {"first_frame", QT_TRANSLATE_NOOP("ShotPlan", "a still as first frame")},
        {"last_frame", QT_TRANSLATE_NOOP("ShotPlan", "a still as last frame")},
        {"known_frames", QT_TRANSLATE_NOOP("ShotPlan", "pictures in the middle")},
        {"extend_forward", QT_TRANSLATE_NOOP("ShotPlan", "film before it to go on from")},
        {"extend_backward", QT_TRANSLATE_NOOP("ShotPlan", "film after it to lead to")},
        {"bridge", QT_TRANSLATE_NOOP("ShotPlan", "film before and after it")},
        {"edges", QT_TRANSLATE_NOOP("ShotPlan", "the edges of a base clip")},
        {"luma", QT_TRANSLATE_NOOP("ShotPlan", "the brightness of a base clip")},
        {"blur", QT_TRANSLATE_NOOP("ShotPlan", "a base clip out of focus")},
        {"depth", QT_TRANSLATE_NOOP("ShotPlan", "a depth clip")},
        {"control", QT_TRANSLATE_NOOP("ShotPlan", "a guide clip")},
        {"inpaint", QT_TRANSLATE_NOOP("ShotPlan", "a mask")},
        {"outpaint", QT_TRANSLATE_NOOP("ShotPlan", "a picture to go on around")},
        {"retake", QT_TRANSLATE_NOOP("ShotPlan", "a part of a clip made anew")},
        {"any", QT_TRANSLATE_NOOP("ShotPlan", "every combination")},
        {"reference", QT_TRANSLATE_NOOP("ShotPlan", "a style picture")},
    };
    const auto found = names.find(condition);
    return found == names.end() ? QString::fromStdString(condition) : Text::tr(found->second);
}

QString conditionNames(const Conditions& conditions) {
    QStringList names;
    for (const std::string& condition : conditions) {
        names << conditionName(condition);
    }
    return names.join(Text::tr(" with "));
}

QString knownNames(const ModelInfo& model) {
    QStringList names{Text::tr("text alone")};
    for (const Conditions& set : model.conditions) {
        names << conditionNames(set);
    }
    return names.join(Text::tr(", "));
}

/// How much of the take comes before the shot's first frame.
RationalTime beforeShot(const ShotContext& context) {
    return std::max(context.handleBefore, context.leadIn);
}

/// The first frame of a take that is at `time` after its start, or later.
std::int64_t frameFrom(RationalTime time, timeline::FrameRate rate) {
    return time.rescaledTo(rate, timeline::Rounding::Ceil).value();
}

int evenFloor(double value) {
    return std::max(2, static_cast<int>(value / 2.0 + 1e-9) * 2);
}

/// The text for each frame of the take; empty where nothing was said.
std::vector<std::string> textPerFrame(const ShotContext& context, const TakeFormat& format) {
    std::vector<std::string> texts(static_cast<std::size_t>(format.frames), context.recipe.prompt);
    for (const timeline::ContextPrompt& prompt : context.prompts) {
        const RationalTime start = prompt.range.start + beforeShot(context);
        const auto first = std::clamp<std::int64_t>(start.rescaledTo(format.rate).value(), 0, format.frames);
        const auto end = std::clamp<std::int64_t>((start + prompt.range.duration).rescaledTo(format.rate).value(),
                                                  first, format.frames);
        std::fill(texts.begin() + first, texts.begin() + end, prompt.prompt.text);
    }
    return texts;
}

void fillSilence(std::vector<std::string>& texts) {
    for (std::size_t i = 1; i < texts.size(); ++i) {
        if (texts[i].empty()) {
            texts[i] = texts[i - 1];
        }
    }
    for (std::size_t i = texts.size(); i-- > 1;) {
        if (texts[i - 1].empty()) {
            texts[i - 1] = texts[i];
        }
    }
}

std::int64_t takeFrames(const TimeRange& range, timeline::FrameRate rate) {
    return std::max<std::int64_t>(1, range.duration.rescaledTo(rate, timeline::Rounding::Ceil).value());
}

/// The names of what is known of a shot's frames; see generation/pipeline/Conditions.h.
Conditions knownNames(const ShotContext& context, const timeline::Recipe& settled, timeline::FrameRate rate) {
    const std::int64_t all = takeFrames(takeRange(context), rate);
    std::set<std::string> names;
    if (hasFirstFrame(context, settled)) {
        names.insert("first_frame");
    }
    if (timeline::isMasked(context)) {
        names.insert("inpaint");
    }
    for (const KnownSpan& span : knownSpans(context, settled, rate)) {
        const bool isRun = span.count > 1;
        const bool isAtEnd = span.first + span.count == all;
        names.insert(span.first == 0 ? (isRun ? "extend_forward" : "first_frame")
                     : isAtEnd       ? (isRun ? "extend_backward" : "last_frame")
                                     : "known_frames");
    }
    if (names.contains("extend_forward") && names.contains("extend_backward")) {
        names.erase("extend_forward");
        names.erase("extend_backward");
        names.insert("bridge");
    }
    return {names.begin(), names.end()};
}

/// All names of what is kept as it is.
Conditions keptNames(const ShotContext& context, const timeline::Recipe& settled, const ModelInfo& model,
                     const Conditions& partly) {
    Conditions names = knownNames(context, settled, timeline::FrameRate(model.fps));
    names.insert(partly.begin(), partly.end());
    return names;
}

const char* controlName(RecipeControl control) {
    switch (control) {
    case RecipeControl::Edges:
        return "edges";
    case RecipeControl::Luma:
        return "luma";
    case RecipeControl::Blur:
        return "blur";
    case RecipeControl::Depth:
        return "depth";
    case RecipeControl::Guide:
        return "control";
    case RecipeControl::None:
    case RecipeControl::Auto:
    case RecipeControl::Keep:
        break;
    }
    return nullptr;
}

RecipeControl bestControl(const ModelInfo& model) {
    return model.knowsAny("luma")    ? RecipeControl::Luma
           : model.knowsAny("edges") ? RecipeControl::Edges
                                     : RecipeControl::None;
}

} // namespace

TimeRange takeRange(const ShotContext& context) {
    return TimeRange::fromStartEnd(context.range.start - beforeShot(context),
                                   context.range.end() + std::max(context.handleAfter, context.leadOut));
}

TakeFormat takeFormat(const timeline::SequenceFormat& sequence, const TimeRange& range, const ModelInfo& model) {
    const bool isTall = sequence.height > sequence.width;
    const bool isModelTall = model.height > model.width;
    const double boxWidth = isTall == isModelTall ? model.width : model.height;
    const double boxHeight = isTall == isModelTall ? model.height : model.width;
    const double scale = std::min(boxWidth / sequence.width, boxHeight / sequence.height);
    const timeline::FrameRate rate(model.fps);
    return {evenFloor(sequence.width * scale), evenFloor(sequence.height * scale), rate, takeFrames(range, rate)};
}

timeline::Recipe settledRecipe(const ShotContext& context, const ModelInfo& model) {
    timeline::Recipe recipe = context.recipe;
    recipe.model = model.name.toStdString();
    const bool isFilm = context.base == BaseKind::Moving || context.base == BaseKind::Parts;
    if (context.base == BaseKind::None) {
        recipe.control = RecipeControl::None;
        recipe.strength = 1.0;
    } else if (timeline::isMasked(context) &&
               (recipe.control == RecipeControl::Auto || recipe.control == RecipeControl::Keep)) {
        recipe.control = RecipeControl::None; // what the masks leave is kept; the rest has nothing to follow
    } else if (timeline::keepsParts(context)) {
        recipe.control = RecipeControl::Keep;
        recipe.strength = 1.0;
    } else if (recipe.control == RecipeControl::Auto) {
        recipe.control = isFilm && recipe.strength >= 1.0 ? bestControl(model) : RecipeControl::None;
    } else if (recipe.control == RecipeControl::Keep && !isFilm) {
        recipe.control = RecipeControl::None; // a still, whose first frame is kept anyway
    }
    return recipe;
}

bool hasFirstFrame(const ShotContext& context, const timeline::Recipe& settled) {
    return context.base == BaseKind::Still && settled.control == RecipeControl::None && context.leadIn.value() == 0 &&
           !timeline::isMasked(context);
}

std::vector<KnownSpan> knownSpans(const ShotContext& context, const timeline::Recipe& settled,
                                  timeline::FrameRate rate) {
    const RationalTime before = beforeShot(context);
    const std::int64_t all = takeFrames(takeRange(context), rate);
    const std::int64_t shotStart = frameFrom(before, rate);
    const std::int64_t shotEnd = std::min(frameFrom(before + context.range.duration, rate), all);
    std::vector<KnownSpan> spans;
    std::int64_t free = hasFirstFrame(context, settled) ? 1 : 0;
    const auto add = [&](std::int64_t first, std::int64_t end, bool isBeside,
                         std::optional<RationalTime> stillAt = std::nullopt) {
        first = std::max(first, free);
        if (first < end) {
            spans.push_back({first, end - first, isBeside, stillAt});
            free = end;
        }
    };
    if (context.leadIn.value() > 0) {
        add(frameFrom(before - context.leadIn, rate), shotStart, true);
    }
    const bool isStart = context.base == BaseKind::Still && settled.control == RecipeControl::None;
    if (isStart && !hasFirstFrame(context, settled) && !timeline::isMasked(context)) {
        add(shotStart, shotStart + 1, false, context.baseTime);
    }
    for (const timeline::ContextKnown& known : context.known) {
        if (settled.control != RecipeControl::Keep) {
            break;
        }
        const std::int64_t first = frameFrom(before + known.range.start, rate);
        const std::int64_t end = std::min(frameFrom(before + known.range.end(), rate), shotEnd);
        if (!known.isStill) {
            add(first, end, false);
            continue;
        }
        // A still lies on the timeline for longer than the one frame that it stands for.
        const bool isLast = first > shotStart && end == shotEnd;
        const std::int64_t frame = isLast ? shotEnd - 1 : first;
        add(frame, std::min(frame + 1, shotEnd), false, context.range.start + known.range.start);
    }
    if (context.base == BaseKind::Moving && settled.control == RecipeControl::Keep) {
        add(shotStart, shotEnd, false);
    }
    if (context.leadOut.value() > 0) {
        add(shotEnd, all, true);
    }
    return spans;
}

Conditions conditionsOf(const ShotContext& context, const timeline::Recipe& settled, const ModelInfo& model) {
    Conditions conditions = knownNames(context, settled, timeline::FrameRate(model.fps));
    if (const char* name = controlName(settled.control)) {
        conditions.insert(name);
    }
    for (const timeline::ContextStyle& style : context.styles) {
        if (style.strength > 0.0) {
            conditions.insert("reference");
        }
    }
    return conditions;
}

timeline::RecipeKeeping keepingOf(const ShotContext& context, const timeline::Recipe& settled, const ModelInfo& model,
                                  const Conditions& partly) {
    using timeline::RecipeKeeping;
    if (settled.keeping != RecipeKeeping::Auto) {
        return settled.keeping;
    }
    const Conditions known = keptNames(context, settled, model, partly);
    const bool isMereFirstFrame = known == Conditions{"first_frame"};
    Conditions wanted = conditionsOf(context, settled, model);
    wanted.insert(partly.begin(), partly.end());
    return known.empty() || isMereFirstFrame || model.knows(wanted) ? RecipeKeeping::Model : RecipeKeeping::Blend;
}

QString shotProblem(const ShotContext& context, const ModelInfo& model, const Conditions& partly) {
    if (!model.isUsable()) {
        return model.problem;
    }
    const timeline::Recipe settled = settledRecipe(context, model);
    const bool isGuided = settled.control == RecipeControl::Depth || settled.control == RecipeControl::Guide;
    if (isGuided && timeline::isMasked(context)) {
        return Text::tr(
            "Under a mask what lies below is kept where the mask is black: it cannot be a depth or guide clip "
            "as well. Choose another under Follow, or take the mask away.");
    }
    const timeline::FrameRate rate(model.fps);
    std::int64_t left = takeFrames(takeRange(context), rate);
    for (const KnownSpan& span : knownSpans(context, settled, rate)) {
        left -= span.count;
    }
    if (left <= 0) {
        return Text::tr("All of the shot is there already: nothing is left to be made.");
    }
    Conditions wanted = conditionsOf(context, settled, model);
    wanted.insert(partly.begin(), partly.end());
    if (keepingOf(context, settled, model, partly) == timeline::RecipeKeeping::Blend) {
        for (const std::string& name : keptNames(context, settled, model, partly)) {
            wanted.erase(name);
        }
    }
    if (model.knows(wanted)) {
        return {};
    }
    return Text::tr("The model %1 was not trained for %2. It knows: %3.")
        .arg(model.name, conditionNames(wanted), knownNames(model));
}

QString shotNote(const ShotContext& context, const ModelInfo& model, const Conditions& partly) {
    if (!context.masks.empty() && !timeline::isMasked(context)) {
        return Text::tr("The mask over the shot does not count: nothing lies below that could be kept.");
    }
    const timeline::Recipe settled = settledRecipe(context, model);
    if (keptNames(context, settled, model, partly).empty() ||
        keepingOf(context, settled, model, partly) != timeline::RecipeKeeping::Blend) {
        return {};
    }
    if (timeline::isMasked(context)) {
        return Text::tr(
                   "The model %1 was not trained to keep parts of a picture. They are blended in at every step, and "
                   "the edge may show.")
            .arg(model.name);
    }
    return Text::tr("The model %1 was not trained to go on from given pictures. They are blended in at every step, and "
                    "the join may show.")
        .arg(model.name);
}

std::vector<generation::PromptSpan> promptSpans(const ShotContext& context, const TakeFormat& format) {
    std::vector<std::string> texts = textPerFrame(context, format);
    fillSilence(texts);
    std::vector<generation::PromptSpan> spans;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (spans.empty() || spans.back().text != texts[i]) {
            spans.push_back({texts[i], static_cast<std::int64_t>(i), 0});
        }
        spans.back().endFrame = static_cast<std::int64_t>(i) + 1;
    }
    return spans;
}

std::vector<RationalTime> maskTimes(const ShotContext& context, const TakeFormat& format) {
    const RationalTime start = takeRange(context).start;
    const RationalTime last = context.range.end() - RationalTime(1, context.range.start.rate());
    std::vector<RationalTime> times;
    for (std::int64_t i = 0; i < format.frames; ++i) {
        times.push_back(std::clamp(start + RationalTime(i, format.rate), context.range.start, last));
    }
    return times;
}

std::string negativePrompt(const ShotContext& context) {
    for (const timeline::ContextPrompt& prompt : context.prompts) {
        if (!prompt.prompt.negative.empty()) {
            return prompt.prompt.negative;
        }
    }
    return context.recipe.negativePrompt;
}

} // namespace app
