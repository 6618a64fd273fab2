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

void addBase(ShotContext& context, const std::vector<Neighbour>& clips, std::size_t track) {
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
    }
    if (pictures > 0) {
        context.baseTracks.push_back(track);
    }
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
        } else if (other.kind == TrackKind::Video && track < position->track) {
            addBase(context, clips, track);
        }
    }
    std::ranges::stable_sort(context.styles, {}, [](const ContextStyle& style) { return style.range.start; });
    addHandles(context, own, position->index);
    return context;
}

ShotVerb shotVerb(const ShotContext& context) {
    switch (context.base) {
    case BaseKind::None:
        return ShotVerb::Generate;
    case BaseKind::Still:
        return ShotVerb::Animate;
    case BaseKind::Moving:
        return ShotVerb::Restyle;
    }
    return ShotVerb::Generate;
}

} // namespace timeline
