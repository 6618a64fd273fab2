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
///     {"task_type": "text-to-video" | "image-to-video" | "video-to-video" | "extend-video" | "bridge-videos" |
///                   "retake-video" | "inpaint-video" | "outpaint-video",
///      "input": {"prompt": TEXT, "negative_prompt"?, "prompts"?: [{"at_seconds", "prompt"}],
///                "image_url"?, "last_image_url"?, "known_images"?: [{"frame", "image_url"}], "video_url"?,
///                "before_video_url"?, "after_video_url"?, "mask_url"?, "place"? "WxH+X+Y", "retake"? "A-B",
///                "style_image_url"?},
///      "model_id": NAME?,
///      "settings": {what readSettings() knows, with _ in place of -}?,
///      "output_settings": {"duration_seconds"?, "resolution"? "WxH" | "720p", "fps"?, "takes"?}?}
/// A field that is null counts as absent. Urls are file paths (relative ones start from `folder`) or file: URLs; others
/// are refused.
/// Thread: any.
std::variant<TaskDocument, TaskProblem> readTask(const QByteArray& document, const QString& folder);

} // namespace app::cli
