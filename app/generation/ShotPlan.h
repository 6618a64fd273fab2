#pragma once

#include "app/models/ModelInfo.h"
#include "generation/protocol/Request.h"
#include "timeline/model/ShotContext.h"
#include "timeline/model/Timeline.h"

#include <QString>

#include <cstdint>
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

/// The shot with what its transitions show of it beyond its cuts.
timeline::TimeRange takeRange(const timeline::ShotContext& context);

/// The model's rate, as many frames as cover the range, and the largest frame of the sequence's shape that fits into
/// the model's (turned on its side for tall sequences), in even numbers.
TakeFormat takeFormat(const timeline::SequenceFormat& sequence, const timeline::TimeRange& range,
                      const ModelInfo& model);

/// The recipe with the choices made that it leaves open. With control Auto a moving base that is not kept either
/// (strength below 1) would not count at all: it is followed, by its luma where the model knows that, else by its
/// edges. None, chosen, stays None.
timeline::Recipe settledRecipe(const timeline::ShotContext& context, const ModelInfo& model);

/// What the shot asks of the model, by the model's own words.
Conditions conditionsOf(const timeline::ShotContext& context, const timeline::Recipe& settled);

/// Why the model cannot make the shot, in the user's language; empty when it can.
QString shotProblem(const timeline::ShotContext& context, const ModelInfo& model);

/// For each frame the text of the upper prompt clip at that time, else the recipe's, as runs of frames. Where the
/// recipe has none either, the prompt before (or after) goes on. Always at least one.
std::vector<generation::PromptSpan> promptSpans(const timeline::ShotContext& context, const TakeFormat& format);

/// The first prompt clip's, else the recipe's.
std::string negativePrompt(const timeline::ShotContext& context);

} // namespace app
