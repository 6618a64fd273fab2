#pragma once

#include "app/project/DemoProject.h"
#include "timeline/render/SequenceRenderer.h"

#include <filesystem>

namespace app::cli {

/// Draws the demo's contact sheet, a PNG: a row of the shot from the prompt, under its prompt; then base, style picture
/// and result side by side at several moments; then the film itself. Pictures come from the renderer, like the film's.
/// Thread: main.
timeline::Result<void> writeDemoSheet(const DemoProject& demo, timeline::RendererSetup setup,
                                      const std::filesystem::path& file);

} // namespace app::cli
