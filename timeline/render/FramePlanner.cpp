#include "timeline/render/FramePlanner.h"

#include "timeline/model/Generators.h"
#include "timeline/model/Query.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace timeline {

namespace {

bool isLive(const Clip& clip, const PlanOptions& options) {
    return isShot(clip) &&
           std::find(options.liveShots.begin(), options.liveShots.end(), clip.id) != options.liveShots.end();
}

std::string nameOf(const Clip& clip, const std::string& reference) {
    return reference.empty() ? clip.name : reference;
}

/// The moment of the clip's medium that shows `offset` after the clip's start; before the start too, in a dissolve.
RationalTime sourceTimeAt(const Clip& clip, RationalTime offset) {
    return clip.sourceRange.start + offset;
}

/// How far into the shot, looped: 0 <= f < 1.
double fractionAt(const Clip& clip, RationalTime offset) {
    const double length = clip.sourceRange.duration.toSeconds();
    const double part = length > 0 ? offset.toSeconds() / length : 0.0;
    const double fraction = part - std::floor(part);
    return fraction < 1.0 ? fraction : 0.0;
}

/// What a clip shows `offset` after its start; nothing when it has no picture of its own.
std::optional<LayerSource> sourceOf(const Clip& clip, RationalTime offset, const PlanOptions& options) {
    if (isLive(clip, options)) {
        return LiveSource{clip.id, fractionAt(clip, offset)};
    }
    const MediaReference* reference = activeReference(clip);
    if (!reference) {
        return isShot(clip) ? std::optional<LayerSource>() : OfflineSource{clip.name, false};
    }
    if (const auto* file = std::get_if<ExternalReference>(reference)) {
        return FileSource{file->url, fileTime(*reference, sourceTimeAt(clip, offset))};
    }
    if (const auto* generator = std::get_if<GeneratorReference>(reference)) {
        if (generator->kind == kTitleKind || generator->kind == kColorKind) {
            return GeneratorSource{generator->kind, generator->parameters, offset};
        }
        // A recipe without a take and a prompt draw nothing; other programs' generators cannot be drawn here.
        const bool isOurs = generator->kind == kRecipeKind || generator->kind == kPromptKind;
        return isOurs ? std::optional<LayerSource>() : OfflineSource{nameOf(clip, generator->name), false};
    }
    if (const auto* missing = std::get_if<MissingReference>(reference)) {
        return OfflineSource{nameOf(clip, missing->name), false};
    }
    return OfflineSource{clip.name, false};
}

std::optional<FrameLayer> layerOf(const Clip& clip, RationalTime offset, const PlanOptions& options) {
    if (!clip.enabled) {
        return std::nullopt;
    }
    std::optional<LayerSource> source = sourceOf(clip, offset, options);
    if (!source) {
        return std::nullopt;
    }
    return FrameLayer{clip.id, std::move(*source), clip.properties.transform, clip.properties.opacity, 0.0, false};
}

/// The clip on one side of a cut, and where it begins on the track.
struct Side {
    const Clip* clip = nullptr;
    RationalTime start;
};

Side sideAt(const Track& track, const std::vector<TimeRange>& ranges, std::ptrdiff_t index) {
    if (index < 0 || index >= static_cast<std::ptrdiff_t>(track.items.size())) {
        return {};
    }
    const auto i = static_cast<std::size_t>(index);
    return {std::get_if<Clip>(track.items[i].get()), ranges[i].start};
}

/// In the middle of a frame, so that the first and last frames of a dissolve are equally far from its ends.
double shareAt(const TimeRange& dissolve, RationalTime time) {
    const double frame = 1.0 / time.rate().toDouble();
    return ((time - dissolve.start).toSeconds() + 0.5 * frame) / dissolve.duration.toSeconds();
}

/// The layers of a dissolve that is under way: out of one clip, or gap, into the next.
std::vector<FrameLayer> dissolveLayers(const Side& from, const Side& to, double share, RationalTime time,
                                       const PlanOptions& options) {
    std::vector<FrameLayer> layers;
    if (from.clip) {
        if (auto outgoing = layerOf(*from.clip, time - from.start, options)) {
            layers.push_back(std::move(*outgoing));
        }
    }
    if (to.clip) {
        if (auto incoming = layerOf(*to.clip, time - to.start, options)) {
            incoming->isIncoming = !layers.empty();
            incoming->dissolve = share;
            layers.push_back(std::move(*incoming));
        }
    }
    if (layers.size() == 1) { // into or out of nothing: a fade
        const bool isOut = !to.clip || layers.front().clip != to.clip->id;
        layers.front().opacity *= isOut ? 1.0 - share : share;
        layers.front().dissolve = 0.0;
    }
    return layers;
}

/// The transition that is under way at a time, if any: the one whose range around its cut contains it.
std::optional<std::vector<FrameLayer>> transitionAt(const Timeline& timeline, const Track& track, RationalTime time,
                                                    const PlanOptions& options) {
    const std::vector<TimeRange> ranges = itemRanges(timeline, track);
    for (std::size_t i = 0; i < track.items.size(); ++i) {
        const auto* transition = std::get_if<Transition>(track.items[i].get());
        if (!transition) {
            continue;
        }
        const RationalTime cut = ranges[i].start;
        const TimeRange dissolve = TimeRange::fromStartEnd(cut - transition->inOffset, cut + transition->outOffset);
        if (dissolve.contains(time)) {
            const auto index = static_cast<std::ptrdiff_t>(i);
            return dissolveLayers(sideAt(track, ranges, index - 1), sideAt(track, ranges, index + 1),
                                  shareAt(dissolve, time), time, options);
        }
    }
    return std::nullopt;
}

void addTrack(const Timeline& timeline, const Track& track, const PlanOptions& options, FramePlan& plan) {
    if (auto layers = transitionAt(timeline, track, plan.time, options)) {
        std::move(layers->begin(), layers->end(), std::back_inserter(plan.layers));
        return;
    }
    if (const auto at = clipAt(timeline, track, plan.time)) {
        const Clip& clip = *at->clip;
        if (auto layer = layerOf(clip, plan.time - at->range.start, options)) {
            plan.layers.push_back(std::move(*layer));
        } else if (clip.enabled && isShot(clip) && plan.layers.empty() && !options.belowTrack) {
            plan.layers.push_back({clip.id, OfflineSource{clip.name, true}, {}, 1.0, 0.0, false});
        }
    }
}

} // namespace

FramePlan planFrame(const Timeline& timeline, RationalTime time, const PlanOptions& options) {
    FramePlan plan;
    plan.width = options.width > 0 ? options.width : timeline.format.width;
    plan.height = options.height > 0 ? options.height : timeline.format.height;
    plan.time = time.rescaledTo(timeline.format.rate, Rounding::Floor);
    const std::size_t end = std::min(options.belowTrack.value_or(timeline.tracks.size()), timeline.tracks.size());
    for (std::size_t i = 0; i < end; ++i) {
        const Track& track = timeline.tracks[i];
        if (track.kind == TrackKind::Video && track.enabled) {
            addTrack(timeline, track, options, plan);
        }
    }
    return plan;
}

PlanOptions fittedInto(const SequenceFormat& format, int maxWidth, int maxHeight) {
    const double scale = std::min({1.0, static_cast<double>(std::max(maxWidth, 1)) / format.width,
                                   static_cast<double>(std::max(maxHeight, 1)) / format.height});
    PlanOptions options;
    options.width = std::max(1, static_cast<int>(std::lround(format.width * scale)));
    options.height = std::max(1, static_cast<int>(std::lround(format.height * scale)));
    return options;
}

} // namespace timeline
