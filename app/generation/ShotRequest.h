#pragma once

#include "app/generation/GenerationTask.h"
#include "app/generation/ShotPlan.h"
#include "app/media/MediaCache.h"
#include "app/models/LoraFiles.h"
#include "timeline/render/SequenceRenderer.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace app {

/// What a shot is given beside what lies on its timeline: what only the command line and task documents have words for.
/// Thread: a value.
struct ShotExtras {
    std::optional<generation::Placement> placement; ///< of the base in a larger frame, in pixels of the take
    std::optional<generation::FrameRange> retake;   ///< frames of the take that are made anew
    std::string branch;                             ///< latent checkpoint to go on from
    bool keepsCheckpoints = false;
    bool triesAnyway = false; ///< although the memory plan says that it does not fit
};

/// What the extras keep of the base, by the names that models list: "outpaint", "retake".
Conditions partsKept(const ShotExtras& extras);

/// A shot to generate, as everything was when it was asked for.
/// Thread: a value.
struct ShotSnapshot {
    timeline::TimelinePtr timeline;
    timeline::ItemId shot;
    ModelInfo model;
    timeline::RendererSetup renderer; ///< for the base and the style pictures; without previews
    std::uint64_t seed = 0;           ///< of this take; the recipe's own does not count here
    std::optional<TakeFormat> format; ///< nothing: takeFormat(); its frames are counted from the shot's start
    LoraFiles loras = {};             ///< where the recipe's LoRAs are found
    ShotExtras extras = {};
};

/// Renders what the shot sees, writes it into the cache as frame files and hashes it: the same renderer as the
/// monitor's, so that the model sees what the user sees. Errors: those of rendering, media and disk; Cancelled. Thread:
/// any; takes seconds.
timeline::Result<PreparedRequest> prepareShot(const ShotSnapshot& snapshot, const MediaCache& cache,
                                              std::stop_token stop);

/// The request without what takes time: files are named by placeholders, and LoRAs are left out. Enough to plan by.
timeline::Result<generation::GenerateRequest> outlinedRequest(const ShotSnapshot& snapshot);

/// A timeline with nothing but this clip's picture, as large as the picture is, but no side over `mostPixels`: stills
/// and style pictures go through the renderer like everything else.
timeline::Result<timeline::Timeline> timelineOf(const timeline::Clip& clip, const timeline::UrlResolver& resolve,
                                                int mostPixels);

} // namespace app
