#pragma once

#include "app/models/ModelInfo.h"
#include "generation/protocol/Request.h"
#include "timeline/model/ShotContext.h"
#include "timeline/model/Timeline.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace app {

/// Size, length and rate of what is asked of the model.
struct TakeFormat {
    int width = 0;
    int height = 0;
    timeline::FrameRate rate;
    std::int64_t frames = 0;

    bool operator==(const TakeFormat&) const = default;
};

// The decisions between what lies on the timeline and what is asked of the model: pure functions of both.

/// The shot with what its transitions show of it beyond its cuts, and what it is given of the film beside it.
timeline::TimeRange takeRange(const timeline::ShotContext& context);

/// The model's rate, as many frames as cover the range, and the largest frame of the sequence's shape that fits into
/// the model's (turned on its side for tall sequences), in even numbers.
TakeFormat takeFormat(const timeline::SequenceFormat& sequence, const timeline::TimeRange& range,
                      const ModelInfo& model);

/// The recipe with the choices made that it leaves open. With control Auto parts below are kept (see keepsParts()), and
/// a moving base that is not kept either (strength below 1) would not count at all: it is followed, by its luma where
/// the model knows that, else by its edges. Under a mask neither counts. None, chosen, stays None.
timeline::Recipe settledRecipe(const timeline::ShotContext& context, const ModelInfo& model);

/// Frames of the take that are given, and whether they are seen beside the shot or below it.
struct KnownSpan {
    std::int64_t first = 0;
    std::int64_t count = 0;
    bool isBeside = false;
    std::optional<timeline::RationalTime> stillAt = {}; ///< on the timeline: when the still that it shows is there

    bool operator==(const KnownSpan&) const = default;
};

/// In order and apart from each other; a still is one frame. A still that is the shot's base and its very first frame
/// is none of them: it goes by a name of its own (first_frame).
std::vector<KnownSpan> knownSpans(const timeline::ShotContext& context, const timeline::Recipe& settled,
                                  timeline::FrameRate rate);

/// Whether the still below is the take's first frame.
bool hasFirstFrame(const timeline::ShotContext& context, const timeline::Recipe& settled);

/// What the shot asks of the model, by the model's own words.
Conditions conditionsOf(const timeline::ShotContext& context, const timeline::Recipe& settled, const ModelInfo& model);

/// Model or Blend, never Auto: what the model has not learnt to keep is kept by blending, but for a mere first frame.
/// `partly`: what else is kept of the base ("outpaint", "retake"), here and below.
timeline::RecipeKeeping keepingOf(const timeline::ShotContext& context, const timeline::Recipe& settled,
                                  const ModelInfo& model, const Conditions& partly = {});

/// Why the model cannot make the shot, in the user's language; empty when it can.
QString shotProblem(const timeline::ShotContext& context, const ModelInfo& model, const Conditions& partly = {});

/// What the user should know of how it will be made; empty: nothing. Only for a shot without a problem.
QString shotNote(const timeline::ShotContext& context, const ModelInfo& model, const Conditions& partly = {});

/// For each frame the text of the upper prompt clip at that time, else the recipe's, as runs of frames. Where the
/// recipe has none either, the prompt before (or after) goes on. Always at least one.
std::vector<generation::PromptSpan> promptSpans(const timeline::ShotContext& context, const TakeFormat& format);

/// When each frame of the take finds its mask (see timeline::maskFilm()): what transitions show of the shot beyond its
/// cuts has the mask of its ends.
std::vector<timeline::RationalTime> maskTimes(const timeline::ShotContext& context, const TakeFormat& format);

/// The first prompt clip's, else the recipe's.
std::string negativePrompt(const timeline::ShotContext& context);

} // namespace app
