#include "ui/prompt/ContinueShot.h"

#include "ui/text/ErrorText.h"

#include "timeline/edit/Overwrite.h"
#include "timeline/edit/SetRecipe.h"
#include "timeline/edit/Slice.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"
#include "timeline/model/ShotContext.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {
namespace {

using timeline::RationalTime;
using timeline::Timeline;
using timeline::TimeRange;

constexpr double kContextSeconds = 0.75; ///< of the film that a shot goes on from

QString say(const char* text) {
    return QCoreApplication::translate("ContinueShot", text);
}

ContinuedShot refused(const QString& problem) {
    return {std::nullopt, problem};
}

int contextFrames(const Timeline& timeline) {
    return static_cast<int>(RationalTime::fromSeconds(kContextSeconds, timeline.format.rate).value());
}

/// A clip on a picture track that shows something.
struct Shown {
    timeline::ItemPosition position;
    const timeline::Clip* clip = nullptr;
};

std::optional<Shown> shownClip(const Timeline& timeline, timeline::ItemId item) {
    const timeline::Clip* clip = timeline::findClip(timeline, item);
    const auto position = timeline::findItem(timeline, item);
    if (!clip || timeline.tracks[position->track].kind != timeline::TrackKind::Video) {
        return std::nullopt;
    }
    const timeline::MediaReference* reference = timeline::activeReference(*clip);
    return reference && timeline::hasPicture(*reference) ? std::optional(Shown{*position, clip}) : std::nullopt;
}

/// What a shot that goes on from this clip asks for: what the clip itself was made with, and the prompt nearest to it.
timeline::Recipe recipeAfter(const Timeline& timeline, const timeline::Clip& clip, Extension extension,
                             const ModelChoice& model) {
    timeline::Recipe recipe;
    recipe.model = model.name.toStdString();
    const auto context = timeline::shotContext(timeline, clip.id);
    if (!context) {
        return recipe; // footage
    }
    recipe = context->recipe;
    recipe.seed.reset();
    recipe.framesBefore = 0;
    recipe.framesAfter = 0;
    if (!context->prompts.empty()) {
        const timeline::Prompt& prompt =
            (extension == Extension::Forward ? context->prompts.back() : context->prompts.front()).prompt;
        recipe.prompt = prompt.text;
        recipe.negativePrompt = prompt.negative;
    }
    return recipe;
}

ContinuedShot laid(const Timeline& timeline, std::size_t track, const timeline::Recipe& recipe,
                   const TimeRange& range) {
    timeline::Clip shot = timeline::makeShot(recipe, range.duration);
    shot.name = nextShotName(timeline);
    const timeline::ItemId id = shot.id;
    auto edited = timeline::overwrite(timeline, timeline.tracks[track].id, std::move(shot), range.start);
    return edited ? ContinuedShot{NewShot{std::move(edited).value(), id}, {}} : refused(errorText(edited.error()));
}

/// From the end of the clip to the next one, or from the one before to its start; without an end where nothing follows.
std::optional<TimeRange> roomBeside(const Timeline& timeline, const Shown& shown, Extension extension) {
    const timeline::Track& track = timeline.tracks[shown.position.track];
    const TimeRange own = shown.position.range;
    const RationalTime zero(0, timeline.format.rate);
    std::optional<RationalTime> limit;
    const std::vector<TimeRange> ranges = timeline::itemRanges(timeline, track);
    for (std::size_t i = 0; i < track.items.size(); ++i) {
        if (std::holds_alternative<timeline::Gap>(*track.items[i]) || i == shown.position.index) {
            continue;
        }
        if (extension == Extension::Forward && ranges[i].start >= own.end()) {
            limit = limit ? std::min(*limit, ranges[i].start) : ranges[i].start;
        } else if (extension == Extension::Backward && ranges[i].end() <= own.start) {
            limit = limit ? std::max(*limit, ranges[i].end()) : ranges[i].end();
        }
    }
    if (extension == Extension::Backward) {
        return TimeRange::fromStartEnd(limit.value_or(zero), own.start);
    }
    return limit ? std::optional(TimeRange::fromStartEnd(own.end(), *limit)) : std::nullopt;
}

/// What lies between the ends of two items of a track.
struct GapPlace {
    std::size_t track = 0;
    TimeRange range;
};

std::optional<GapPlace> gapBetween(const Timeline& timeline, const std::vector<timeline::ItemId>& selected) {
    if (selected.size() != 2) {
        return std::nullopt;
    }
    auto first = shownClip(timeline, selected[0]);
    auto second = shownClip(timeline, selected[1]);
    if (!first || !second || first->position.track != second->position.track) {
        return std::nullopt;
    }
    if (second->position.index < first->position.index) {
        std::swap(first, second);
    }
    const bool areNeighbours = second->position.index == first->position.index + 2;
    const TimeRange range = TimeRange::fromStartEnd(first->position.range.end(), second->position.range.start);
    return areNeighbours && !range.isEmpty() ? std::optional(GapPlace{first->position.track, range}) : std::nullopt;
}

std::optional<GapPlace> gapAt(const Timeline& timeline, RationalTime playhead) {
    for (std::size_t index = timeline.tracks.size(); index-- > 0;) {
        const timeline::Track& track = timeline.tracks[index];
        const std::vector<TimeRange> ranges = timeline::itemRanges(timeline, track);
        for (std::size_t i = 1; i + 1 < track.items.size(); ++i) {
            const bool isGap = std::holds_alternative<timeline::Gap>(*track.items[i]);
            if (track.kind == timeline::TrackKind::Video && isGap && ranges[i].contains(playhead) &&
                shownClip(timeline, timeline::itemId(*track.items[i - 1])) &&
                shownClip(timeline, timeline::itemId(*track.items[i + 1]))) {
                return GapPlace{index, ranges[i]};
            }
        }
    }
    return std::nullopt;
}

} // namespace

ContinuedShot extendClip(const Timeline& timeline, timeline::ItemId clip, Extension extension,
                         const ModelChoice& model) {
    const auto shown = shownClip(timeline, clip);
    if (!shown) {
        return refused(say(QT_TRANSLATE_NOOP("ContinueShot", "Select a clip that shows something to go on from.")));
    }
    const int context = contextFrames(timeline);
    const RationalTime longest = std::max(RationalTime::fromSeconds(model.seconds, timeline.format.rate) -
                                              RationalTime(context, timeline.format.rate),
                                          RationalTime(1, timeline.format.rate));
    const auto room = roomBeside(timeline, *shown, extension);
    const RationalTime length = room ? std::min(room->duration, longest) : longest;
    if (length.value() <= 0) {
        return refused(extension == Extension::Forward
                           ? say(QT_TRANSLATE_NOOP("ContinueShot", "There is no room after the clip: move what follows "
                                                                   "away first."))
                           : say(QT_TRANSLATE_NOOP("ContinueShot", "There is no room before the clip: move it away "
                                                                   "from what comes before it first.")));
    }
    timeline::Recipe recipe = recipeAfter(timeline, *shown->clip, extension, model);
    (extension == Extension::Forward ? recipe.framesBefore : recipe.framesAfter) = context;
    const TimeRange own = shown->position.range;
    const RationalTime start = extension == Extension::Forward ? own.end() : own.start - length;
    return laid(timeline, shown->position.track, recipe, {start, length});
}

ContinuedShot fillGap(const Timeline& timeline, const std::vector<timeline::ItemId>& selected, RationalTime playhead,
                      const ModelChoice& model) {
    auto place = gapBetween(timeline, selected);
    if (!place && selected.size() < 2) {
        place = gapAt(timeline, playhead);
    }
    if (!place) {
        return refused(say(QT_TRANSLATE_NOOP("ContinueShot", "Select two clips of a track with a gap between them, or "
                                                             "put the playhead into the gap.")));
    }
    const auto before = timeline::clipAt(timeline, timeline.tracks[place->track],
                                         place->range.start - RationalTime(1, timeline.format.rate));
    timeline::Recipe recipe =
        before ? recipeAfter(timeline, *before->clip, Extension::Forward, model) : timeline::Recipe{};
    recipe.framesBefore = contextFrames(timeline);
    recipe.framesAfter = contextFrames(timeline);
    return laid(timeline, place->track, recipe, place->range);
}

ContinuedShot retakePart(const Timeline& timeline, timeline::ItemId clip, const TimeRange& part,
                         const ModelChoice& model) {
    const auto shown = shownClip(timeline, clip);
    const TimeRange common = shown ? shown->position.range.intersected(part) : TimeRange{};
    if (!shown || common.isEmpty() || common.duration == shown->position.range.duration) {
        return refused(say(QT_TRANSLATE_NOOP("ContinueShot", "Select a clip and mark the part of it that is to be made "
                                                             "anew (I and O).")));
    }
    timeline::Recipe recipe = timeline::recipeOf(*shown->clip).value_or(timeline::Recipe{});
    if (!timeline::isShot(*shown->clip)) {
        recipe.model = model.name.toStdString();
    }
    recipe.seed.reset();
    recipe.framesBefore = common.start > shown->position.range.start ? contextFrames(timeline) : recipe.framesBefore;
    recipe.framesAfter = common.end() < shown->position.range.end() ? contextFrames(timeline) : recipe.framesAfter;
    const timeline::TrackId track = timeline.tracks[shown->position.track].id;
    auto edited = timeline::slice(timeline, track, common.start);
    edited = edited ? timeline::slice(*edited, track, common.end()) : edited;
    if (!edited) {
        return refused(errorText(edited.error()));
    }
    const auto middle = timeline::clipAt(*edited, *timeline::findTrack(*edited, track), common.start);
    const timeline::ItemId shot = middle ? middle->clip->id : timeline::ItemId{};
    edited = timeline::makeIntoShot(*edited, shot, recipe);
    return edited ? ContinuedShot{NewShot{std::move(edited).value(), shot}, {}} : refused(errorText(edited.error()));
}

} // namespace ui
