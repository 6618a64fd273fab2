#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"
#include "timeline/render/SequenceRenderer.h"

#include <QString>

namespace app::cli {

/// A project read from a file, and what is needed to render it.
struct ProjectFile {
    timeline::TimelinePtr timeline;
    timeline::RendererSetup renderer;

    static timeline::Result<ProjectFile> open(const QString& path, timeline::CompositorChoice compositor);
};

/// A setup whose relative paths start from `folder`.
timeline::RendererSetup rendererSetup(const QString& folder, timeline::CompositorChoice compositor);

} // namespace app::cli
