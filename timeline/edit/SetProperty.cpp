#include "timeline/edit/SetProperty.h"

#include "timeline/edit/EditTrack.h"
#include "timeline/model/Invariants.h"

#include <algorithm>
#include <utility>

namespace timeline {

namespace {

/// Changes the parameters of the clip's generator, which must be of this kind.
Result<Timeline> setParameters(const Timeline& timeline, ItemId clip, const char* kind,
                               const std::function<Metadata(const Metadata&)>& change) {
    return withClip(timeline, clip, [&](Clip changed) -> Result<Clip> {
        const auto found = changed.references.find(changed.activeKey);
        auto* generator = found == changed.references.end() ? nullptr : std::get_if<GeneratorReference>(&found->second);
        if (!generator || generator->kind != kind) {
            return Error{ErrorCode::InvalidArgument, changed.name, std::string("no ") + kind};
        }
        generator->parameters = change(generator->parameters);
        return changed;
    });
}

template <typename Change>
Result<Timeline> changeTrack(const Timeline& timeline, TrackId track, const Change& change) {
    const auto index = trackIndex(timeline, track);
    if (!index) {
        return Error{ErrorCode::NotFound, "track", {}};
    }
    Timeline edited = timeline;
    change(edited.tracks[*index]);
    return edited;
}

} // namespace

Result<Timeline> setProperties(const Timeline& timeline, ItemId clip, const ClipProperties& properties) {
    return withClip(timeline, clip, [&](Clip changed) -> Result<Clip> {
        if (const auto checked = checkProperties(properties); !checked) {
            return Error{ErrorCode::InvalidArgument, changed.name, checked.error().detail};
        }
        changed.properties = properties;
        return changed;
    });
}

Result<Timeline> setClipName(const Timeline& timeline, ItemId clip, const std::string& name) {
    return withClip(timeline, clip, [&](Clip changed) -> Result<Clip> {
        changed.name = name;
        return changed;
    });
}

Result<Timeline> setClipEnabled(const Timeline& timeline, ItemId clip, bool enabled) {
    return withClip(timeline, clip, [&](Clip changed) -> Result<Clip> {
        changed.enabled = enabled;
        return changed;
    });
}

Result<Timeline> setPrompt(const Timeline& timeline, ItemId clip, const Prompt& prompt) {
    return setParameters(timeline, clip, kPromptKind,
                         [&](const Metadata& old) { return promptParameters(prompt, old); });
}

Result<Timeline> setTitle(const Timeline& timeline, ItemId clip, const Title& title) {
    if (titleFrom(titleParameters(title)) != title) {
        return Error{ErrorCode::InvalidArgument, "title", "size, colour or place out of range"};
    }
    return setParameters(timeline, clip, kTitleKind, [&](const Metadata& old) { return titleParameters(title, old); });
}

Result<Timeline> setReference(const Timeline& timeline, ItemId clip, const std::string& key, MediaReference reference) {
    return withClip(timeline, clip, [&](Clip changed) -> Result<Clip> {
        changed.references[key] = std::move(reference);
        return changed;
    });
}

Result<Timeline> setTrackName(const Timeline& timeline, TrackId track, const std::string& name) {
    return changeTrack(timeline, track, [&](Track& changed) { changed.name = name; });
}

Result<Timeline> setTrackEnabled(const Timeline& timeline, TrackId track, bool enabled) {
    return changeTrack(timeline, track, [&](Track& changed) { changed.enabled = enabled; });
}

Result<Timeline> setTrackLocked(const Timeline& timeline, TrackId track, bool locked) {
    return changeTrack(timeline, track, [&](Track& changed) { changed.locked = locked; });
}

Result<Timeline> setName(const Timeline& timeline, const std::string& name) {
    Timeline edited = timeline;
    edited.name = name;
    return edited;
}

Result<Timeline> setFormat(const Timeline& timeline, const SequenceFormat& format) {
    if (const auto checked = checkFormat(format); !checked) {
        return Error{ErrorCode::InvalidArgument, "format", checked.error().detail};
    }
    const bool isEmpty = std::ranges::all_of(timeline.tracks, [](const Track& track) { return track.items.empty(); });
    if (format.rate != timeline.format.rate && !isEmpty) {
        return Error{ErrorCode::InvalidArgument, "format", "the rate is fixed once something lies on the tracks"};
    }
    Timeline edited = timeline;
    edited.format = format;
    return edited;
}

} // namespace timeline
