#pragma once

#include "app/cli/Command.h"
#include "app/generation/ShotRequest.h"
#include "app/models/ModelInfo.h"
#include "timeline/base/Result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace app::cli {

/// One shot as the command line or a task document asks for it. What is absent is the model's own choice.
/// Thread: a value.
struct Sketch {
    QString prompt = {};
    QString negative = {};
    QString base = {};  ///< file of the clip to follow or to change
    QString image = {}; ///< file of the still to animate
    QStringList styles = {};
    std::optional<double> strength = {};
    std::optional<timeline::RecipeControl> control = {};
    QString model = {}; ///< name or folder
    std::optional<int> width = {};
    std::optional<int> height = {};
    std::optional<std::int64_t> frames = {};
    std::optional<double> seconds = {};
    std::optional<timeline::FrameRate> rate = {};
    std::optional<std::uint64_t> seed = {};
    int steps = 0;
    std::optional<double> guidance = {};
    int takes = 1;
};

/// A sketch laid out as a user would: prompt and style tracks over a shot over its base.
struct SketchedShot {
    timeline::Timeline timeline;
    timeline::ItemId shot;
};

/// Probes the files. Errors as timeline::probe().
timeline::Result<SketchedShot> layOut(const Sketch& sketch, const ModelInfo& model);

/// Generates all takes and writes each as `output`, or "name-1.mp4", "name-2.mp4", ... when there are several; .mp4,
/// .mkv, .png (numbered, "%04d" is put in when it is not there) or a folder for PNG files. Prints the files.
ExitCode makeSketch(const Sketch& sketch, const QString& output, bool json, const Streams& streams);

} // namespace app::cli
