#include "app/cli/GenerateCommand.h"

#include "app/cli/OptionReader.h"
#include "app/cli/Runs.h"
#include "app/cli/Sketch.h"

#include <QCoreApplication>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(GenerateCommand)
};

std::optional<timeline::RecipeControl> parseControl(const QString& word) {
    if (word == u"none") {
        return timeline::RecipeControl::None;
    }
    if (word == u"edges") {
        return timeline::RecipeControl::Edges;
    }
    if (word == u"luma") {
        return timeline::RecipeControl::Luma;
    }
    return std::nullopt;
}

Sketch readSketch(OptionReader& options) {
    Sketch sketch;
    sketch.prompt = options.text(QStringLiteral("prompt"));
    sketch.negative = options.text(QStringLiteral("negative"));
    sketch.base = options.text(QStringLiteral("base"));
    sketch.image = options.text(QStringLiteral("image"));
    sketch.styles = options.texts(QStringLiteral("style"));
    sketch.model = options.text(QStringLiteral("model"));
    sketch.strength = options.number(QStringLiteral("strength"), 0.0, 1.0);
    sketch.frames = options.integer(QStringLiteral("frames"), 1, 100'000);
    sketch.seconds = options.number(QStringLiteral("duration"), 0.01, 3600.0);
    sketch.rate = options.rate(QStringLiteral("fps"));
    sketch.guidance = options.number(QStringLiteral("guidance"), 0.0, 100.0);
    sketch.steps = static_cast<int>(options.integer(QStringLiteral("steps"), 1, 1000).value_or(0));
    sketch.takes = static_cast<int>(options.integer(QStringLiteral("takes"), 1, 100).value_or(1));
    if (const auto seed = options.integer(QStringLiteral("seed"), 0, std::numeric_limits<std::int64_t>::max())) {
        sketch.seed = static_cast<std::uint64_t>(*seed);
    }
    if (options.isSet(QStringLiteral("control"))) {
        sketch.control = parseControl(options.text(QStringLiteral("control")));
        options.require(sketch.control.has_value(), QStringLiteral("control"), Text::tr("none, edges or luma"));
    }
    if (options.isSet(QStringLiteral("size"))) {
        const auto size = parseSize(options.text(QStringLiteral("size")));
        options.require(size.has_value(), QStringLiteral("size"), Text::tr("a size such as 224x128"));
        sketch.width = size ? std::optional(size->width) : std::nullopt;
        sketch.height = size ? std::optional(size->height) : std::nullopt;
    }
    return sketch;
}

} // namespace

QString GenerateCommand::summary() const {
    return Text::tr(
        "Generates a shot from a prompt, and from a base clip, a still and style pictures if given.\n"
        "The result has exactly the size, length and rate that are asked for. What a model knows: fantascope models.");
}

void GenerateCommand::declare(QCommandLineParser& parser) const {
    const auto add = [&parser](const char* name, const QString& text, const char* value) {
        parser.addOption({QLatin1String(name), text, QLatin1String(value)});
    };
    parser.addOption(
        {{QStringLiteral("o"), QStringLiteral("output")},
         Text::tr("The film to write: .mp4 (H.264), .mkv (lossless), .png (numbered) or a folder for PNG files."),
         QStringLiteral("OUT")});
    add("prompt", Text::tr("What is to be seen."), "TEXT");
    add("negative", Text::tr("What is not to be seen."), "TEXT");
    add("base", Text::tr("A clip to follow (see --control) or to change (see --strength)."), "FILE");
    add("image", Text::tr("A still to animate: the first frame."), "FILE");
    add("style", Text::tr("A picture whose look is taken; can be given several times if the model knows that."),
        "FILE");
    add("strength", Text::tr("Of changing a base clip without control: 0 keeps it, 1 ignores it."), "F");
    add("control",
        Text::tr(
            "What of the base clip is followed: none, edges or luma (default: luma; none when --strength is given)."),
        "KIND");
    add("model", Text::tr("Name of a model, or a model folder."), "NAME|DIR");
    add("size", Text::tr("Size of the film in pixels (default: the model's)."), "WxH");
    add("duration", Text::tr("Length in seconds (default: the model's, or the base clip's if that is shorter)."), "S");
    add("frames", Text::tr("Length in frames, in place of --duration."), "N");
    add("fps", Text::tr("Frames a second: 24, 23.976 or 24000/1001 (default: the model's)."), "F");
    add("seed", Text::tr("The same seed gives the same film (default: by chance)."), "N");
    add("steps", Text::tr("Denoising steps (default: the model's)."), "N");
    add("guidance", Text::tr("How strictly the prompt is followed (default: the model's)."), "F");
    add("takes", Text::tr("How many, with seeds one after another; the files get -1, -2 and so on."), "N");
}

ExitCode GenerateCommand::run(const QCommandLineParser& parser, const Streams& streams) {
    OptionReader options(parser);
    const Sketch sketch = readSketch(options);
    if (!options.problem().isEmpty()) {
        return usageError(streams, options.problem());
    }
    if (!options.isSet(QStringLiteral("output"))) {
        return usageError(streams, Text::tr("Where to? -o OUT is missing."));
    }
    for (const char* name : {"control", "strength"}) {
        if (options.isSet(QLatin1String(name)) && sketch.base.isEmpty()) {
            return usageError(streams,
                              Text::tr("--%1 says how a base clip is used: it needs --base.").arg(QLatin1String(name)));
        }
    }
    const bool isFollowed =
        sketch.control ? *sketch.control != timeline::RecipeControl::None : !sketch.styles.isEmpty();
    if (sketch.strength && isFollowed) {
        return usageError(streams,
                          Text::tr("--strength has no effect where something of the base clip is followed: add "
                                   "--control none, or leave it out."));
    }
    if (sketch.frames && sketch.seconds) {
        return usageError(streams, Text::tr("--frames and --duration exclude each other."));
    }
    if (!sketch.base.isEmpty() && !sketch.image.isEmpty()) {
        return usageError(
            streams, Text::tr("--base and --image exclude each other: what lies below a shot is a clip or a still."));
    }
    if (sketch.prompt.isEmpty() && sketch.base.isEmpty() && sketch.image.isEmpty() && sketch.styles.isEmpty()) {
        return usageError(streams, Text::tr("Nothing to generate from: give --prompt, --base, --image or --style."));
    }
    return makeSketch(sketch, options.text(QStringLiteral("output")), wantsJson(parser), streams);
}

} // namespace app::cli
