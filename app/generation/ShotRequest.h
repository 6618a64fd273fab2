#pragma once

#include "app/generation/GenerationTask.h"
#include "app/generation/ShotPlan.h"
#include "app/media/MediaCache.h"
#include "timeline/render/SequenceRenderer.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

namespace app {

/// A shot to generate, as everything was when it was asked for.
/// Thread: a value.
struct ShotSnapshot {
    timeline::TimelinePtr timeline;
    timeline::ItemId shot;
    ModelInfo model;
    timeline::RendererSetup renderer; ///< for the base and the style pictures; without previews
    std::uint64_t seed = 0;           ///< for a recipe without one
    std::optional<TakeFormat> format; ///< nothing: takeFormat(); its frames are counted from the shot's start
};

/// Renders what the shot sees, writes it into the cache as frame files and hashes it: the same renderer as the
/// monitor's, so that the model sees what the user sees. Errors: those of rendering, media and disk; Cancelled. Thread:
/// any; takes seconds.
timeline::Result<PreparedRequest> prepareShot(const ShotSnapshot& snapshot, const MediaCache& cache,
                                              std::stop_token stop);

/// A timeline with nothing but this clip's picture, as large as the picture is, but no side over `mostPixels`: stills
/// and style pictures go through the renderer like everything else.
timeline::Result<timeline::Timeline> timelineOf(const timeline::Clip& clip, const timeline::UrlResolver& resolve,
                                                int mostPixels);

} // namespace app
