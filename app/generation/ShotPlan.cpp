#include "app/generation/ShotPlan.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

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
    if (condition == "first_frame") {
        return Text::tr("a still as first frame");
    }
    if (condition == "edges") {
        return Text::tr("the edges of a base clip");
    }
    if (condition == "luma") {
        return Text::tr("the brightness of a base clip");
    }
    return Text::tr("a style picture");
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

int evenFloor(double value) {
    return std::max(2, static_cast<int>(value / 2.0 + 1e-9) * 2);
}

/// The text for each frame of the take; empty where nothing was said.
std::vector<std::string> textPerFrame(const ShotContext& context, const TakeFormat& format) {
    std::vector<std::string> texts(static_cast<std::size_t>(format.frames), context.recipe.prompt);
    for (const timeline::ContextPrompt& prompt : context.prompts) {
        const RationalTime start = prompt.range.start + context.handleBefore;
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

RecipeControl bestControl(const ModelInfo& model) {
    return model.knowsAny("luma")    ? RecipeControl::Luma
           : model.knowsAny("edges") ? RecipeControl::Edges
                                     : RecipeControl::None;
}

} // namespace

TimeRange takeRange(const ShotContext& context) {
    return TimeRange::fromStartEnd(context.range.start - context.handleBefore,
                                   context.range.end() + context.handleAfter);
}

TakeFormat takeFormat(const timeline::SequenceFormat& sequence, const TimeRange& range, const ModelInfo& model) {
    const bool isTall = sequence.height > sequence.width;
    const bool isModelTall = model.height > model.width;
    const double boxWidth = isTall == isModelTall ? model.width : model.height;
    const double boxHeight = isTall == isModelTall ? model.height : model.width;
    const double scale = std::min(boxWidth / sequence.width, boxHeight / sequence.height);
    const timeline::FrameRate rate(model.fps);
    return {evenFloor(sequence.width * scale), evenFloor(sequence.height * scale), rate,
            std::max<std::int64_t>(1, range.duration.rescaledTo(rate, timeline::Rounding::Ceil).value())};
}

timeline::Recipe settledRecipe(const ShotContext& context, const ModelInfo& model) {
    timeline::Recipe recipe = context.recipe;
    recipe.model = model.name.toStdString();
    if (context.base == BaseKind::None) {
        recipe.control = RecipeControl::None;
        recipe.strength = 1.0;
    } else if (recipe.control == RecipeControl::Auto) {
        const bool isFollowed = context.base == BaseKind::Moving && recipe.strength >= 1.0;
        recipe.control = isFollowed ? bestControl(model) : RecipeControl::None;
    }
    return recipe;
}

Conditions conditionsOf(const ShotContext& context, const timeline::Recipe& settled) {
    Conditions conditions;
    if (settled.control == RecipeControl::Luma) {
        conditions.insert("luma");
    } else if (settled.control == RecipeControl::Edges) {
        conditions.insert("edges");
    } else if (context.base == BaseKind::Still) {
        conditions.insert("first_frame");
    }
    for (const timeline::ContextStyle& style : context.styles) {
        if (style.strength > 0.0) {
            conditions.insert("reference");
        }
    }
    return conditions;
}

QString shotProblem(const ShotContext& context, const ModelInfo& model) {
    if (!model.isUsable()) {
        return model.problem;
    }
    const Conditions wanted = conditionsOf(context, settledRecipe(context, model));
    if (model.knows(wanted)) {
        return {};
    }
    return Text::tr("The model %1 was not trained for %2. It knows: %3.")
        .arg(model.name, conditionNames(wanted), knownNames(model));
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

std::string negativePrompt(const ShotContext& context) {
    for (const timeline::ContextPrompt& prompt : context.prompts) {
        if (!prompt.prompt.negative.empty()) {
            return prompt.prompt.negative;
        }
    }
    return context.recipe.negativePrompt;
}

} // namespace app
