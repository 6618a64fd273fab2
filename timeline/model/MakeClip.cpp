#include "timeline/model/MakeClip.h"

#include "timeline/model/JsonFields.h"

#include <utility>

namespace timeline {

namespace {

Clip makeGeneratedClip(const char* kind, Metadata parameters, RationalTime duration) {
    Clip clip;
    clip.id = ItemId::create();
    clip.sourceRange = {RationalTime(0, duration.rate()), duration};
    GeneratorReference reference;
    reference.kind = kind;
    reference.parameters = std::move(parameters);
    clip.references[kDefaultMediaKey] = std::move(reference);
    return clip;
}

} // namespace

Clip makePromptClip(const Prompt& prompt, RationalTime duration) {
    return makeGeneratedClip(kPromptKind, promptParameters(prompt), duration);
}

Clip makeTitleClip(const Title& title, RationalTime duration) {
    return makeGeneratedClip(kTitleKind, titleParameters(title), duration);
}

Clip makeColorClip(const std::string& color, RationalTime duration) {
    return makeGeneratedClip(kColorKind, colorParameters(color), duration);
}

Clip makeShot(const Recipe& recipe, RationalTime duration) {
    Clip clip;
    clip.id = ItemId::create();
    clip.sourceRange = {RationalTime(0, duration.rate()), duration};
    clip.activeKey = kRecipeKey;
    return withRecipe(std::move(clip), recipe);
}

Clip makeMediaClip(ExternalReference reference, TimeRange sourceRange, MediaMotion kind) {
    Clip clip;
    clip.id = ItemId::create();
    clip.name = reference.name;
    clip.sourceRange = sourceRange;
    clip.references[kDefaultMediaKey] = withMediaKind(std::move(reference), kind);
    return clip;
}

ExternalReference withMediaKind(ExternalReference reference, MediaMotion kind) {
    Json ours = ourMetadata(reference.metadata);
    ours["still"] = kind == MediaMotion::Still;
    reference.metadata = withOurMetadata(reference.metadata, std::move(ours));
    return reference;
}

Track makeTrack(TrackKind kind, std::string name) {
    Track track;
    track.id = TrackId::create();
    track.kind = kind;
    track.name = std::move(name);
    return track;
}

} // namespace timeline
