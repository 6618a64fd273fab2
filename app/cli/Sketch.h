#pragma once

#include "app/cli/Command.h"
#include "app/generation/ShotRequest.h"
#include "app/models/ModelInfo.h"
#include "timeline/base/Result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace app::cli {

/// What is to be seen from a moment of the shot on.
struct SketchPrompt {
    double seconds = 0.0;
    QString text = {};
};

/// A picture that one frame of the shot is to be; frames are the film's.
struct SketchStill {
    std::int64_t frame = 0;
    QString file = {};
};

/// One shot as the command line or a task document asks for it. What is absent is the model's own choice.
/// Thread: a value.
struct Sketch {
    QString prompt = {};
    QString negative = {};
    QString base = {};  ///< file of the clip to follow or to change
    QString image = {}; ///< file of the still to animate
    QString last = {};  ///< file of the still to arrive at
    QStringList styles = {};
    std::vector<SketchPrompt> laterPrompts = {}; ///< by time
    std::vector<SketchStill> known = {};
    QString before = {};                                 ///< file of the clip whose end the shot goes on from
    QString after = {};                                  ///< and whose beginning it leads to
    std::optional<double> contextSeconds = {};           ///< how much of these it sees; 0.75 where nothing is said
    QString mask = {};                                   ///< file: white where the base is made anew
    std::optional<generation::Placement> placement = {}; ///< of the base, in pixels of the film
    std::optional<generation::FrameRange> retake = {};   ///< of the base, in frames of the film
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
    std::optional<double> shift = {};
    std::string sampler = {};
    timeline::RecipeKeeping keeping = timeline::RecipeKeeping::Auto;
    timeline::RecipeTuning tuning = {};
    std::vector<timeline::RecipeLora> loras = {};
    QString branch = {};      ///< latent checkpoint to go on from
    QString checkpoints = {}; ///< folder for those of this run
    bool triesAnyway = false;
    bool isPlan = false; ///< nothing is made, only predicted
    int takes = 1;
};

/// A sketch laid out as a user would: prompt and style tracks over a shot over its base.
struct SketchedShot {
    timeline::Timeline timeline;
    timeline::ItemId shot;
};

/// Probes the files. Errors as timeline::probe().
timeline::Result<SketchedShot> layOut(const Sketch& sketch, const ModelInfo& model);

/// What a sketch gives beside its layout, in the take's pixels and frames.
ShotExtras extrasFor(const Sketch& sketch, const SketchedShot& sketched, const ModelInfo& model);

/// Generates all takes and writes each as `output`, or "name-1.mp4", "name-2.mp4", ... when there are several; .mp4,
/// .mkv, .png (numbered, "%04d" is put in when it is not there) or a folder for PNG files. Prints the files.
ExitCode makeSketch(const Sketch& sketch, const QString& output, bool json, const Streams& streams);

} // namespace app::cli
