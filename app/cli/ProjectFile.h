#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"
#include "timeline/render/SequenceRenderer.h"

#include <QString>

#include <optional>

namespace app::cli {

/// A project read from a file, and what is needed to render it.
struct ProjectFile {
    timeline::TimelinePtr timeline;
    timeline::RendererSetup renderer;

    /// Nothing when the project does not use the file; else a sentence that says so.
    std::optional<QString> problemWithOutput(const QString& output) const;
    /// Nothing when `end` (the first moment that is not needed) lies in the film; else a sentence that says how long
    /// the film is.
    std::optional<QString> problemWithEnd(timeline::RationalTime end) const;

    static timeline::Result<ProjectFile> open(const QString& path, timeline::CompositorChoice compositor);
};

/// A setup whose relative paths start from `folder`.
timeline::RendererSetup rendererSetup(const QString& folder, timeline::CompositorChoice compositor);

} // namespace app::cli
