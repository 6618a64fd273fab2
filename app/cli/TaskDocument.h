#pragma once

#include "app/cli/Sketch.h"

#include <QByteArray>
#include <QString>

#include <variant>

namespace app::cli {

/// Why a task document cannot be run: the field and what is wrong with it, as a sentence.
struct TaskProblem {
    QString text;
};

/// Reads a task document:
///     {"task_type": "text-to-video" | "image-to-video" | "video-to-video",
///      "input": {"prompt": TEXT, "image_url"?, "video_url"?, "style_image_url"?},
///      "model_id": NAME?, "output_settings": {"duration_seconds"?, "resolution"? "WxH" | "720p", "fps"?}?}
/// Urls are file paths (relative ones start from `folder`) or file: URLs; others are refused.
/// Thread: any.
std::variant<Sketch, TaskProblem> readTask(const QByteArray& document, const QString& folder);

} // namespace app::cli
