#include "app/cli/SketchProblem.h"

#include "timeline/model/ShotContext.h"

#include <QCoreApplication>

#include <array>
#include <utility>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(SketchProblem)
};

/// What says how a base clip is used.
QString missingBase(const Sketch& sketch, const InputName& nameOf) {
    const std::array uses{std::pair{"control", sketch.control.has_value()},
                          std::pair{"strength", sketch.strength.has_value()}, std::pair{"mask", !sketch.mask.isEmpty()},
                          std::pair{"place", sketch.placement.has_value()},
                          std::pair{"retake", sketch.retake.has_value()}};
    for (const auto& [name, isThere] : uses) {
        if (isThere && sketch.base.isEmpty()) {
            return Text::tr("%1 says how a base clip is used: it needs %2.").arg(nameOf(name), nameOf("base"));
        }
    }
    return {};
}

/// What a base clip leaves no place for.
QString besideBase(const Sketch& sketch, const InputName& nameOf) {
    if (sketch.base.isEmpty()) {
        return {};
    }
    if (!sketch.image.isEmpty()) {
        return Text::tr("%1 and %2 exclude each other: what lies below a shot is a clip or a still.")
            .arg(nameOf("base"), nameOf("image"));
    }
    if (!sketch.last.isEmpty() || !sketch.known.empty()) {
        return Text::tr("%1 and %2 say what single frames are: with %3 all of them are something already.")
            .arg(nameOf("last"), nameOf("known"), nameOf("base"));
    }
    if (!sketch.before.isEmpty() || !sketch.after.isEmpty()) {
        return Text::tr("%1 and %2 are clips that the shot lies between: with %3 it is laid over one.")
            .arg(nameOf("before"), nameOf("after"), nameOf("base"));
    }
    return {};
}

QString settingsProblem(const Sketch& sketch, const InputName& nameOf) {
    const bool isFollowed =
        sketch.control ? *sketch.control != timeline::RecipeControl::None : !sketch.styles.isEmpty();
    if (sketch.strength && isFollowed) {
        return Text::tr(
                   "%1 has no effect where something of the base clip is followed: set %2 to none, or leave it out.")
            .arg(nameOf("strength"), nameOf("control"));
    }
    const bool isGuide =
        sketch.control == timeline::RecipeControl::Depth || sketch.control == timeline::RecipeControl::Guide;
    if (isGuide && !sketch.mask.isEmpty()) {
        return Text::tr("%1 keeps a part of the base clip: with %2 it is nothing but a guide. Leave one of them out.")
            .arg(nameOf("mask"), nameOf("control"));
    }
    if (sketch.frames && sketch.seconds) {
        return Text::tr("%1 and %2 exclude each other.").arg(nameOf("frames"), nameOf("duration"));
    }
    if (sketch.contextSeconds && sketch.before.isEmpty() && sketch.after.isEmpty()) {
        return Text::tr("%1 says how much of %2 and %3 is seen: it needs one of them.")
            .arg(nameOf("context"), nameOf("before"), nameOf("after"));
    }
    if (sketch.tuning.zeroInit > 0.0 && !sketch.tuning.zeroStar) {
        return Text::tr("%1 belongs to %2.").arg(nameOf("zero-init"), nameOf("zero-star"));
    }
    return {};
}

bool hasInput(const Sketch& sketch) {
    return !sketch.prompt.isEmpty() || !sketch.laterPrompts.empty() || !sketch.base.isEmpty() ||
           !sketch.image.isEmpty() || !sketch.last.isEmpty() || !sketch.known.empty() || !sketch.before.isEmpty() ||
           !sketch.after.isEmpty() || !sketch.styles.isEmpty();
}

} // namespace

QString sketchProblem(const Sketch& sketch, const InputName& nameOf) {
    for (const auto& judge : {missingBase, besideBase, settingsProblem}) {
        if (const QString problem = judge(sketch, nameOf); !problem.isEmpty()) {
            return problem;
        }
    }
    return hasInput(sketch) ? QString()
                            : Text::tr("Nothing to generate from: give %1, %2, %3 or %4.")
                                  .arg(nameOf("prompt"), nameOf("base"), nameOf("image"), nameOf("style"));
}

QString placeProblem(const Sketch& sketch, const SketchedShot& sketched) {
    const timeline::SequenceFormat& film = sketched.timeline.format;
    const auto context = timeline::shotContext(sketched.timeline, sketched.shot);
    const std::int64_t frames = context->range.duration.value();
    if (const auto& place = sketch.placement;
        place && (place->x + place->width > film.width || place->y + place->height > film.height)) {
        return Text::tr("The base clip's place, %1x%2 pixels from %3, %4 on, sticks out of the film, which has %5x%6.")
            .arg(place->width)
            .arg(place->height)
            .arg(place->x)
            .arg(place->y)
            .arg(film.width)
            .arg(film.height);
    }
    if (const auto& retake = sketch.retake; retake && retake->end > frames) {
        return Text::tr("Frames %1-%2 cannot be made anew: the shot has %3.")
            .arg(retake->first)
            .arg(retake->end)
            .arg(frames);
    }
    for (const SketchPrompt& prompt : sketch.laterPrompts) {
        if (prompt.seconds >= context->range.duration.toSeconds()) {
            return Text::tr("The prompt at %1 s would never be seen: the shot is over after %2 s.")
                .arg(prompt.seconds)
                .arg(context->range.duration.toSeconds(), 0, 'f', 2);
        }
    }
    return {};
}

} // namespace app::cli
