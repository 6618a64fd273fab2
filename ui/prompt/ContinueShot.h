#pragma once

#include "timeline/model/Timeline.h"
#include "ui/prompt/ModelChoice.h"
#include "ui/prompt/ShotTarget.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace ui {

// Shots that go on from the film beside them: edits as pure functions, which say in the user's language why they cannot
// be done.

/// A new shot in a new timeline, or why there is none.
/// Thread: a value.
struct ContinuedShot {
    std::optional<NewShot> made;
    QString problem;
};

enum class Extension : std::uint8_t { Forward, Backward };

/// Lays a shot beside a clip, on its track, that goes on from it (or leads to it): as long as the gap there, but not
/// longer than the model's clips. Of a shot it takes over the recipe and the last (or first) prompt.
///
///     Video 1  [ walk.mp4 ]          ->     Video 1  [ walk.mp4 ][== shot ==]
ContinuedShot extendClip(const timeline::Timeline& timeline, timeline::ItemId clip, Extension extension,
                         const ModelChoice& model);

/// Fills the gap between two clips of a track with a shot that goes on from one and leads to the other: between the two
/// that are selected, else the one at the playhead on the topmost track that has one there.
///
///     Video 1  [ a.mp4 ]     [ b.mp4 ]     ->     Video 1  [ a.mp4 ][= shot =][ b.mp4 ]
ContinuedShot fillGap(const timeline::Timeline& timeline, const std::vector<timeline::ItemId>& selected,
                      timeline::RationalTime playhead, const ModelChoice& model);

/// Makes a part of a clip a shot of its own that joins what is left on both sides; until it is generated, and as a take
/// beside its new ones, it shows what was there.
///
///     Video 1  [ walk.mp4        ]     ->     Video 1  [ walk ][= shot =][ walk ]
ContinuedShot retakePart(const timeline::Timeline& timeline, timeline::ItemId clip, const timeline::TimeRange& part,
                         const ModelChoice& model);

} // namespace ui
