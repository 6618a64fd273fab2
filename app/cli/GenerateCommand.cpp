#include "app/cli/GenerateCommand.h"

#include "app/cli/OptionReader.h"
#include "app/cli/ReadSettings.h"
#include "app/cli/Runs.h"
#include "app/cli/SketchProblem.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(GenerateCommand)
};

/// "2.5=TEXT": what is to be seen from that second on.
std::optional<SketchPrompt> parsePrompt(const QString& text) {
    const qsizetype equals = text.indexOf(u'=');
    bool isNumber = false;
    const double seconds = text.left(equals).toDouble(&isNumber);
    return equals > 0 && isNumber && seconds >= 0.0 && seconds <= 3600.0
               ? std::optional(SketchPrompt{seconds, text.mid(equals + 1)})
               : std::nullopt;
}

/// "12=FILE": the picture of that frame.
std::optional<SketchStill> parseStill(const QString& text) {
    const qsizetype equals = text.indexOf(u'=');
    bool isNumber = false;
    const qint64 frame = text.left(equals).toLongLong(&isNumber);
    const bool isFine = equals > 0 && isNumber && frame >= 0 && frame < 100'000 && equals + 1 < text.size();
    return isFine ? std::optional(SketchStill{frame, text.mid(equals + 1)}) : std::nullopt;
}

void readLists(OptionReader& options, Sketch& sketch) {
    for (const QString& text : options.texts(QStringLiteral("prompt-at"))) {
        const auto prompt = parsePrompt(text);
        options.require(prompt.has_value(), QStringLiteral("prompt-at"),
                        Text::tr("a second and a text, such as 1.5=the sun goes down"));
        sketch.laterPrompts.push_back(prompt.value_or(SketchPrompt{}));
    }
    std::ranges::stable_sort(sketch.laterPrompts, {}, &SketchPrompt::seconds);
    for (const QString& text : options.texts(QStringLiteral("known"))) {
        const auto still = parseStill(text);
        options.require(still.has_value(), QStringLiteral("known"),
                        Text::tr("a frame and a picture, such as 12=lake.png"));
        sketch.known.push_back(still.value_or(SketchStill{}));
    }
}

void readPlaces(OptionReader& options, Sketch& sketch) {
    if (options.isSet(QStringLiteral("place"))) {
        sketch.placement = parsePlacement(options.text(QStringLiteral("place")));
        options.require(sketch.placement.has_value(), QStringLiteral("place"),
                        Text::tr("a size and a corner in pixels, such as 128x72+48+28"));
    }
    if (options.isSet(QStringLiteral("retake"))) {
        sketch.retake = parseFrames(options.text(QStringLiteral("retake")));
        options.require(sketch.retake.has_value(), QStringLiteral("retake"),
                        Text::tr("frames from the first to the one after the last, such as 12-24"));
    }
    if (options.isSet(QStringLiteral("size"))) {
        const auto size = parseSize(options.text(QStringLiteral("size")));
        options.require(size.has_value(), QStringLiteral("size"), Text::tr("a size such as 224x128"));
        sketch.width = size ? std::optional(size->width) : std::nullopt;
        sketch.height = size ? std::optional(size->height) : std::nullopt;
    }
}

Sketch readSketch(OptionReader& options) {
    Sketch sketch;
    sketch.prompt = options.text(QStringLiteral("prompt"));
    sketch.negative = options.text(QStringLiteral("negative"));
    sketch.base = options.text(QStringLiteral("base"));
    sketch.image = options.text(QStringLiteral("image"));
    sketch.last = options.text(QStringLiteral("last"));
    sketch.before = options.text(QStringLiteral("before"));
    sketch.after = options.text(QStringLiteral("after"));
    sketch.mask = options.text(QStringLiteral("mask"));
    sketch.styles = options.texts(QStringLiteral("style"));
    sketch.model = options.text(QStringLiteral("model"));
    sketch.branch = options.text(QStringLiteral("branch"));
    sketch.checkpoints = options.text(QStringLiteral("checkpoints"));
    sketch.isPlan = options.isSet(QStringLiteral("plan"));
    sketch.frames = options.integer(QStringLiteral("frames"), 1, 100'000);
    sketch.seconds = options.number(QStringLiteral("duration"), 0.01, 3600.0);
    sketch.rate = options.rate(QStringLiteral("fps"));
    sketch.takes = static_cast<int>(options.integer(QStringLiteral("takes"), 1, 100).value_or(1));
    readLists(options, sketch);
    readPlaces(options, sketch);
    readSettings(options, sketch);
    return sketch;
}

using Add = std::function<void(const char* name, const QString& text, const char* value)>;

void declareInputs(const Add& add) {
    add("prompt", Text::tr("What is to be seen."), "TEXT");
    add("prompt-at", Text::tr("What is to be seen from that second on; can be given several times."), "S=TEXT");
    add("prompt-blend", Text::tr("Frames over which one prompt gives way to the next (default: 4)."), "N");
    add("negative", Text::tr("What is not to be seen."), "TEXT");
    add("base",
        Text::tr("A clip to follow (see --control), to change (see --strength) or to keep in part (see --mask, "
                 "--place and --retake)."),
        "FILE");
    add("image", Text::tr("A still to animate: the first frame."), "FILE");
    add("last", Text::tr("A still to arrive at: the last frame."), "FILE");
    add("known", Text::tr("A picture that a frame is to be, counted from 0; can be given several times."),
        "FRAME=FILE");
    add("before", Text::tr("A clip to go on from; the film holds only what is new."), "FILE");
    add("after", Text::tr("A clip to lead to."), "FILE");
    add("context", Text::tr("Seconds of --before and --after that the model sees (default: 0.75)."), "S");
    add("mask", Text::tr("A picture or clip, white where the base clip is made anew."), "FILE");
    add("place", Text::tr("Where the base clip lies in a larger film; around it is made."), "WxH+X+Y");
    add("retake", Text::tr("Frames of the base clip that are made anew; B is the first one after them."), "A-B");
    add("style", Text::tr("A picture whose look is taken; can be given several times if the model knows that."),
        "FILE");
    add("strength", Text::tr("Of changing a base clip without control: 0 keeps it, 1 ignores it."), "F");
    add("control",
        Text::tr("What of the base clip is followed: none, edges, luma, blur; depth or guide where it is a clip of "
                 "depth or of any other guidance already (default: luma; none when --strength is given)."),
        "KIND");
    add("keep",
        Text::tr("Who keeps given pictures: model (refused where it has not learnt it), blend (put back after "
                 "every step) or auto (default)."),
        "KIND");
}

void declareSampling(const Add& add) {
    add("model", Text::tr("Name of a model, a model folder, or the file of a transformer."), "NAME|PATH");
    add("lora",
        Text::tr("A LoRA and its strength, which may change over the run: look.safetensors=1@0,0.2@1; can be "
                 "given several times."),
        "FILE[=F]");
    add("seed", Text::tr("The same seed gives the same film (default: by chance)."), "N");
    add("steps", Text::tr("Denoising steps (default: the model's)."), "N");
    add("sampler", Text::tr("euler, unipc, unipc-official or distilled (default: the model's)."), "NAME");
    add("preset",
        Text::tr("Sampling values as published: size (shift by picture size), or for few-step models "
                 "fastwan, fastwan-5b, causvid, lightx2v, self-forcing, lightning."),
        "NAME");
    add("shift", Text::tr("Shift of the noise schedule (default: the model's)."), "F");
    add("guidance", Text::tr("How strictly the prompt is followed (default: the model's)."), "F");
    add("guidance-from", Text::tr("Part of the run from which guidance counts, 0 to 1."), "F");
    add("guidance-to", Text::tr("And to which it counts, 0 to 1."), "F");
    add("zero-init", Text::tr("With --zero-star, share of the first steps that is left out, 0 to 1."), "F");
    add("step-cache",
        Text::tr("What is taken over from step to step: none, auto, easy or first-block (default: none)."), "KIND");
    add("window", Text::tr("Frames of the pieces that a long shot is made in; 0: all at once (default: the model's)."),
        "N");
    add("overlap", Text::tr("Frames that two pieces share (default: 16)."), "N");
    add("checkpoints", Text::tr("Keep the state after every step in this folder, to branch from."), "DIR");
    add("branch", Text::tr("Go on from a kept state, with this prompt."), "FILE");
}

void declareOutput(const Add& add) {
    add("size", Text::tr("Size of the film in pixels (default: the model's)."), "WxH");
    add("duration", Text::tr("Length in seconds (default: the model's, or the base clip's if that is shorter)."), "S");
    add("frames", Text::tr("Length in frames, in place of --duration."), "N");
    add("fps", Text::tr("Frames a second: 24, 23.976 or 24000/1001 (default: the model's)."), "F");
    add("takes", Text::tr("How many, with seeds one after another; the files get -1, -2 and so on."), "N");
}

/// With the LoRAs by their paths: what is no file is looked for in the loras folders.
Sketch withPaths(Sketch sketch) {
    for (timeline::RecipeLora& lora : sketch.loras) {
        const QFileInfo file(QString::fromStdString(lora.file));
        lora.file = file.isFile() ? file.absoluteFilePath().toStdString() : lora.file;
    }
    return sketch;
}

QString optionName(const char* option) {
    return QStringLiteral("--") + QLatin1String(option);
}

} // namespace

QString GenerateCommand::summary() const {
    return Text::tr(
        "Generates a shot from a prompt, and from clips, stills and style pictures if given.\n"
        "The result has exactly the size, length and rate that are asked for. What a model knows: fantascope models. "
        "What it would take: --plan.");
}

QStringList GenerateCommand::repeatable() const {
    return {QStringLiteral("style"), QStringLiteral("lora"), QStringLiteral("known"), QStringLiteral("prompt-at")};
}

void GenerateCommand::declare(QCommandLineParser& parser) const {
    const Add add = [&parser](const char* name, const QString& text, const char* value) {
        parser.addOption({QLatin1String(name), text, QLatin1String(value)});
    };
    parser.addOption(
        {{QStringLiteral("o"), QStringLiteral("output")},
         Text::tr("The film to write: .mp4 (H.264), .mkv (lossless), .png (numbered) or a folder for PNG files."),
         QStringLiteral("OUT")});
    parser.addOption({QStringLiteral("plan"), Text::tr("Make nothing: say what memory and time it would take.")});
    declareInputs(add);
    declareOutput(add);
    declareSampling(add);
    parser.addOption({QStringLiteral("zero-star"), Text::tr("Guidance by CFG-Zero*.")});
    parser.addOption({QStringLiteral("try-anyway"), Text::tr("Also when it is predicted not to fit into the memory.")});
}

ExitCode GenerateCommand::run(const QCommandLineParser& parser, const Streams& streams) {
    OptionReader options(parser);
    const Sketch sketch = readSketch(options);
    if (!options.problem().isEmpty()) {
        return usageError(streams, options.problem());
    }
    if (!options.isSet(QStringLiteral("output")) && !sketch.isPlan) {
        return usageError(streams, Text::tr("Where to? -o OUT is missing."));
    }
    if (const QString problem = sketchProblem(sketch, optionName); !problem.isEmpty()) {
        return usageError(streams, problem);
    }
    return makeSketch(withPaths(sketch), options.text(QStringLiteral("output")), wantsJson(parser), streams);
}

} // namespace app::cli
