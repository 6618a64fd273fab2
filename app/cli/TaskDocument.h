#pragma once

#include "app/cli/Sketch.h"

#include <QByteArray>
#include <QString>

#include <variant>

namespace app::cli {

/// A task, and the fields of its document that are not known and not looked at.
/// Thread: a value.
struct TaskDocument {
    Sketch sketch;
    QStringList ignored;
};

/// Why a task document cannot be run: the field and what is wrong with it, as a sentence.
struct TaskProblem {
    QString text;
};

/// Reads a task document:
///     {"task_type": "text-to-video" | "image-to-video" | "video-to-video",
///      "input": {"prompt": TEXT, "image_url"?, "video_url"?, "style_image_url"?},
///      "model_id": NAME?, "output_settings": {"duration_seconds"?, "resolution"? "WxH" | "720p", "fps"?}?}
/// A field that is null counts as absent. Urls are file paths (relative ones start from `folder`) or file: URLs; others
/// are refused.
/// Thread: any.
std::variant<TaskDocument, TaskProblem> readTask(const QByteArray& document, const QString& folder);

} // namespace app::cli
