#include "timeline/model/ShotContext.h"

#include "timeline/model/Query.h"

#include <algorithm>

namespace timeline {

namespace {

TimeRange partOfShot(const TimeRange& shot, const TimeRange& other) {
    const TimeRange common = other.intersected(shot);
    return {common.start - shot.start, common.duration};
}

/// A clip of another track that lies in the shot's range and is not switched off.
struct Neighbour {
    const Clip* clip;
    const MediaReference* reference; ///< the active one; never null
    TimeRange range;                 ///< on the track
};

std::vector<Neighbour> neighbours(const Timeline& timeline, std::size_t track, const TimeRange& range) {
    std::vector<Neighbour> found;
    for (const ItemPosition& position : clipsIn(timeline, track, range)) {
        const Clip* clip = asClip(timeline.tracks[track].items[position.index]);
        const MediaReference* reference = activeReference(*clip);
        if (clip->enabled && reference) {
            found.push_back({clip, reference, position.range});
        }
    }
    return found;
}

bool isSeen(const Neighbour& neighbour) {
    return neighbour.clip->properties.opacity > 0.0 && hasPicture(*neighbour.reference);
}

void addPrompts(ShotContext& context, const std::vector<Neighbour>& clips) {
    for (const Neighbour& neighbour : clips) {
        const auto* generator = std::get_if<GeneratorReference>(neighbour.reference);
        if (generator && generator->kind == kPromptKind) {
            context.prompts.push_back(
                {neighbour.clip->id, promptFrom(generator->parameters), partOfShot(context.range, neighbour.range)});
        }
    }
}

void addStyles(ShotContext& context, const std::vector<Neighbour>& clips) {
    for (const Neighbour& neighbour : clips) {
        if (isSeen(neighbour)) {
            context.styles.push_back(
                {neighbour.clip->id, neighbour.clip->properties.opacity, partOfShot(context.range, neighbour.range)});
        }
    }
}

void addMasks(ShotContext& context, const std::vector<Neighbour>& clips) {
    for (const Neighbour& neighbour : clips) {
        if (isSeen(neighbour)) {
            context.masks.push_back(neighbour.clip->id);
        }
    }
}

/// Pictures of one track below, as a part of the shot.
struct BelowPart {
    TimeRange range; ///< of the shot
    bool isStill = false;
};

void addBase(ShotContext& context, const std::vector<Neighbour>& clips, std::size_t track,
             std::vector<BelowPart>& parts) {
    std::size_t pictures = 0;
    for (const Neighbour& neighbour : clips) {
        if (!isSeen(neighbour)) {
            continue;
        }
        const RationalTime start = std::max(neighbour.range.start, context.range.start);
        context.baseTime = context.base == BaseKind::None ? start : std::min(context.baseTime, start);
        context.baseClips.push_back(neighbour.clip->id);
        ++pictures;
        // A cut from one still to another is motion, too.
        const bool moves = context.base == BaseKind::Moving || !isStill(*neighbour.reference) || pictures > 1;
        context.base = moves ? BaseKind::Moving : BaseKind::Still;
        parts.push_back({partOfShot(context.range, neighbour.range), isStill(*neighbour.reference)});
    }
    if (pictures > 0) {
        context.baseTracks.push_back(track);
    }
}

/// The parts in order, those that touch or overlap in one.
std::vector<ContextKnown> joinedParts(std::vector<BelowPart> parts) {
    std::ranges::stable_sort(parts, {}, [](const BelowPart& part) { return part.range.start; });
    std::vector<ContextKnown> known;
    for (const BelowPart& part : parts) {
        if (known.empty() || known.back().range.end() < part.range.start) {
            known.push_back({part.range, part.isStill});
            continue;
        }
        ContextKnown& last = known.back();
        last.range = TimeRange::fromStartEnd(last.range.start, std::max(last.range.end(), part.range.end()));
        last.isStill = false; // two pictures in a row move
    }
    return known;
}

/// Decides between a base and parts of one.
void settleBase(ShotContext& context, std::vector<BelowPart> parts) {
    std::vector<ContextKnown> known = joinedParts(std::move(parts));
    if (known.empty()) {
        return;
    }
    const TimeRange& first = known.front().range;
    const bool isAtStart = first.start.value() == 0;
    const bool isWhole = isAtStart && first.duration == context.range.duration;
    const bool isFirstFrame = isAtStart && known.size() == 1 && context.base == BaseKind::Still;
    if (!isWhole && !isFirstFrame) {
        context.base = BaseKind::Parts;
        context.known = std::move(known);
    }
}

/// How much of the clip beside the shot is shown up to the cut, at most `frames`.
RationalTime besideShot(const ItemPtr& beside, int frames, const FrameRate& rate) {
    const Clip* clip = asClip(beside);
    const MediaReference* reference = clip ? activeReference(*clip) : nullptr;
    const bool isShown = reference && clip->enabled && clip->properties.opacity > 0.0 && hasPicture(*reference);
    return isShown ? std::min(RationalTime(frames, rate), clip->sourceRange.duration) : RationalTime(0, rate);
}

/// A transition's neighbour is not beside the shot, it is mixed with it.
void addLeads(ShotContext& context, const Track& track, std::size_t index) {
    const FrameRate rate = context.range.start.rate();
    context.leadIn =
        index > 0 ? besideShot(track.items[index - 1], context.recipe.framesBefore, rate) : RationalTime(0, rate);
    context.leadOut = index + 1 < track.items.size()
                          ? besideShot(track.items[index + 1], context.recipe.framesAfter, rate)
                          : RationalTime(0, rate);
}

void addHandles(ShotContext& context, const Track& track, std::size_t index) {
    const auto* before = index > 0 ? std::get_if<Transition>(track.items[index - 1].get()) : nullptr;
    const auto* after =
        index + 1 < track.items.size() ? std::get_if<Transition>(track.items[index + 1].get()) : nullptr;
    const RationalTime zero(0, context.range.start.rate());
    context.handleBefore = before ? before->inOffset : zero;
    context.handleAfter = after ? after->outOffset : zero;
}

} // namespace

Result<ShotContext> shotContext(const Timeline& timeline, ItemId shot) {
    const auto position = findItem(timeline, shot);
    if (!position) {
        return Error{ErrorCode::NotFound, "shot", {}};
    }
    const Track& own = timeline.tracks[position->track];
    const Clip* clip = asClip(own.items[position->index]);
    if (!clip || !isShot(*clip)) {
        return Error{ErrorCode::InvalidArgument, itemName(*own.items[position->index]), "no shot"};
    }
    ShotContext context;
    context.shot = shot;
    context.name = clip->name;
    context.range = position->range;
    context.recipe = *recipeOf(*clip);
    context.baseTime = position->range.start;
    std::vector<BelowPart> parts;
    for (std::size_t track = 0; track < timeline.tracks.size(); ++track) {
        const Track& other = timeline.tracks[track];
        if (!other.enabled) {
            continue;
        }
        const std::vector<Neighbour> clips = neighbours(timeline, track, context.range);
        if (other.kind == TrackKind::Prompt) {
            addPrompts(context, clips);
        } else if (other.kind == TrackKind::Style) {
            addStyles(context, clips);
        } else if (other.kind == TrackKind::Mask) {
            addMasks(context, clips);
        } else if (other.kind == TrackKind::Video && track < position->track) {
            addBase(context, clips, track, parts);
        }
    }
    std::ranges::stable_sort(context.styles, {}, [](const ContextStyle& style) { return style.range.start; });
    settleBase(context, std::move(parts));
    addHandles(context, own, position->index);
    addLeads(context, own, position->index);
    return context;
}

bool isMasked(const ShotContext& context) {
    return !context.masks.empty() && context.base != BaseKind::None;
}

Timeline maskFilm(const Timeline& timeline) {
    Timeline film = timeline;
    std::erase_if(film.tracks, [](const Track& track) { return track.kind != TrackKind::Mask; });
    for (Track& track : film.tracks) {
        track.kind = TrackKind::Video;
    }
    return film;
}

bool keepsParts(const ShotContext& context) {
    const RecipeControl control = context.recipe.control;
    const bool isAsked = control == RecipeControl::Keep;
    // Stills below single frames are nothing that a film could follow.
    const bool isOfStills = std::ranges::all_of(context.known, &ContextKnown::isStill);
    const bool isUnchanged = context.styles.empty() && context.recipe.strength >= 1.0;
    const bool isMeant = control == RecipeControl::Auto && (isOfStills || isUnchanged);
    return context.base == BaseKind::Parts && !isMasked(context) && (isAsked || isMeant);
}

ShotVerb shotVerb(const ShotContext& context) {
    if (isMasked(context)) {
        return ShotVerb::Inpaint;
    }
    bool hasStart = context.leadIn.value() > 0;
    bool hasEnd = context.leadOut.value() > 0;
    bool hasStills = context.base == BaseKind::Still;
    if (keepsParts(context)) {
        const ContextKnown& first = context.known.front();
        const ContextKnown& last = context.known.back();
        hasStart = hasStart || (!first.isStill && first.range.start.value() == 0);
        hasEnd = hasEnd || (!last.isStill && last.range.end() == context.range.duration);
        hasStills = true;
    } else if (context.base == BaseKind::Moving || context.base == BaseKind::Parts) {
        return ShotVerb::Restyle;
    }
    if (hasStart || hasEnd) {
        return hasStart && hasEnd ? ShotVerb::Fill : ShotVerb::Extend;
    }
    return hasStills ? ShotVerb::Animate : ShotVerb::Generate;
}

} // namespace timeline
