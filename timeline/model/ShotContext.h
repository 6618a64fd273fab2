#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Generators.h"
#include "timeline/model/Recipe.h"
#include "timeline/model/Timeline.h"

#include <cstdint>
#include <string>
#include <vector>

namespace timeline {

/// A prompt clip over a shot, and the part of the shot that it covers (0 = the shot's first frame).
struct ContextPrompt {
    ItemId clip;
    Prompt prompt;
    TimeRange range;

    bool operator==(const ContextPrompt&) const = default;
};

/// A style clip over a shot. Strength is its opacity.
struct ContextStyle {
    ItemId clip;
    double strength = 1.0;
    TimeRange range; ///< of the shot, as above

    bool operator==(const ContextStyle&) const = default;
};

/// Pictures that lie below or beside a part of the shot, while the rest of it has none: they are what is known of it.
struct ContextKnown {
    TimeRange range; ///< of the shot, as above; before 0 and past its end: what the film shows beside it
    bool isStill = false;

    bool operator==(const ContextKnown&) const = default;
};

enum class BaseKind : std::uint8_t {
    None,   ///< nothing to see below: text to video
    Still,  ///< one picture that does not move, from the shot's first frame on: image to video
    Moving, ///< video to video
    Parts,  ///< pictures below a part of the shot: the rest goes on from them
};

/// What a shot sees: the answer to "what would the model get if I pressed the button". A pure function of the timeline.
///
///     Prompt   [ snow at dawn   ][ rain      ]
///     Style        [ oil.png            ]
///     Video 2    [======== shot ========]           prompts: snow 0-13, rain 13-22; styles: oil 2-22
///     Video 1 [  walk.mp4              ]            base: Moving, tracks {Video 1}
///
///     Mask         [ boat.png ]
///     Video 2    [======== shot ========]           base: Moving, masks: boat.png: walk.mp4 is kept where the mask is
///     Video 1  [  walk.mp4              ]           black or not there
///
///     Video 2    [======== shot ========]           base: Parts, known: walk 0-6, end.png 19-22: the shot goes on from
///     Video 1  [ walk.mp4 ]        [end.png ]       walk.mp4 and arrives at end.png
///
/// Thread: a value.
struct ShotContext {
    ItemId shot;
    std::string name;
    TimeRange range; ///< of the shot on the timeline
    Recipe recipe;
    std::vector<ContextPrompt> prompts; ///< track by track, the lowest first: where two overlap, the later one counts
    std::vector<ContextStyle> styles;   ///< by start; at one start the lower track's first
    std::vector<ItemId> masks;          ///< clips of the mask tracks that show over the shot, track by track
    BaseKind base = BaseKind::None;
    std::vector<std::size_t> baseTracks; ///< indices of the tracks below that have a picture in the range, bottom first
    std::vector<ItemId> baseClips;       ///< the clips that show there, track by track
    RationalTime baseTime; ///< the first moment of the shot at which there is a picture below, on the timeline
    std::vector<ContextKnown> known; ///< with base Parts, in order
    RationalTime handleBefore;       ///< how much of the shot its transitions show before its start
    RationalTime handleAfter;        ///< and after its end
    RationalTime leadIn;  ///< how much of the clip before it on its own track the shot goes on from (framesBefore)
    RationalTime leadOut; ///< and of the clip after it that it leads to

    bool operator==(const ShotContext&) const = default;
};

/// NotFound when there is no such clip, InvalidArgument when it is no shot.
Result<ShotContext> shotContext(const Timeline& timeline, ItemId shot);

/// What the button that generates is called.
enum class ShotVerb : std::uint8_t { Generate, Animate, Restyle, Extend, Fill, Inpaint };
ShotVerb shotVerb(const ShotContext& context);

/// Whether the base is kept but where a mask is white.
bool isMasked(const ShotContext& context);

/// The mask tracks as a film of their own: white where the base is made anew, black where nothing lies or a picture is
/// transparent.
Timeline maskFilm(const Timeline& timeline);

/// Whether the shot goes on from pictures that lie below a part of it: what Auto means there, unless these are film and
/// a style picture, a strength or a mask says that it is to be changed.
bool keepsParts(const ShotContext& context);

} // namespace timeline
