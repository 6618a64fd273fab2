#include "app/cli/TrainLookCommand.h"

#include "app/cli/OptionReader.h"
#include "app/cli/TrainLook.h"

#include <QCoreApplication>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(TrainLookCommand)
};

constexpr qsizetype kLongestName = 80;
constexpr qsizetype kLongestCaption = 2000;

LookOrder readOrder(OptionReader& options, const QStringList& clips) {
    LookOrder order;
    order.clips = clips;
    order.name = options.text(QStringLiteral("name")).simplified();
    order.caption = options.text(QStringLiteral("caption")).simplified();
    order.model = options.text(QStringLiteral("model"));
    order.rank = static_cast<int>(options.integer(QStringLiteral("rank"), 1, 256).value_or(order.rank));
    order.minutes = options.number(QStringLiteral("minutes"), 0.1, 100'000.0).value_or(order.minutes);
    order.steps = options.integer(QStringLiteral("steps"), 1, 10'000'000).value_or(0);
    order.seed = options.integer(QStringLiteral("seed"), 0, 1'000'000'000'000).value_or(order.seed);
    order.output = options.text(QStringLiteral("output"));
    order.overwrites = options.flag(QStringLiteral("overwrite"));
    order.triesAnyway = options.flag(QStringLiteral("try-anyway"));
    order.isPlan = options.flag(QStringLiteral("plan"));
    options.require(order.name.size() <= kLongestName, QStringLiteral("name"),
                    Text::tr("at most %1 letters").arg(kLongestName));
    options.require(order.caption.size() <= kLongestCaption, QStringLiteral("caption"),
                    Text::tr("at most %1 letters").arg(kLongestCaption));
    return order;
}

/// What is missing or too much; empty when nothing is.
QString problemOf(const LookOrder& order) {
    if (order.name.isEmpty()) {
        return Text::tr("What is the look called? --name NAME is missing.");
    }
    if (order.clips.size() < kFewestLookClips) {
        return Text::tr("A look is learnt from at least %1 clips or stills, not from %2: it would only repeat them.")
            .arg(kFewestLookClips)
            .arg(order.clips.size());
    }
    if (order.clips.size() > kMostLookClips) {
        return Text::tr(
                   "A look is learnt from at most %1 clips or stills, not from %2: choose those that show it best.")
            .arg(kMostLookClips)
            .arg(order.clips.size());
    }
    return {};
}

} // namespace

QString TrainLookCommand::summary() const {
    return Text::tr(
        "Trains a look (a LoRA) from 5 to 50 of your own clips and stills.\n"
        "They may have any size and rate; of long clips up to eight stretches are taken. A text file of the same name "
        "beside a clip (waves.txt beside waves.mp4) says what the clip shows; \"in the style of NAME\" is said of all, "
        "and brings the look when it is said in a prompt. --caption TEXT is said of all clips in place of both. Ctrl-C "
        "keeps what was learnt in OUT.training, and the same command goes on from there.\n"
        "fantascope generate --lora NAME.safetensors uses the look; fantascope models lists it.");
}

void TrainLookCommand::declare(QCommandLineParser& parser) const {
    const auto add = [&parser](const char* name, const QString& text, const char* value) {
        parser.addOption({QLatin1String(name), text, QLatin1String(value)});
    };
    parser.addPositionalArgument(QStringLiteral("clips"), Text::tr("Clips and stills."), argumentNames());
    parser.addOption(
        {{QStringLiteral("o"), QStringLiteral("output")},
         Text::tr("The file to write (default: NAME.safetensors in the loras folder of your models). For a "
                  "model of two experts these are two, OUT_high_noise and OUT_low_noise."),
         QStringLiteral("OUT.safetensors")});
    add("name", Text::tr("What the look is called."), "NAME");
    add("caption",
        Text::tr("Said of every clip, and then in prompts, in place of the name and of the texts beside them."),
        "TEXT");
    add("model", Text::tr("Name of a model, a model folder, or the file of a transformer."), "NAME|PATH");
    add("minutes", Text::tr("How long to train (default: 20)."), "M");
    add("steps", Text::tr("So many steps in place of --minutes: the same clips and seed give the same look."), "N");
    add("rank", Text::tr("Size of the look: more learns more and takes more memory (default: 16)."), "R");
    add("seed", Text::tr("Another seed, another look (default: 1)."), "N");
    parser.addOption({QStringLiteral("overwrite"), Text::tr("Replace a file that is there already.")});
    parser.addOption({QStringLiteral("plan"), Text::tr("Train nothing: say what memory and time it would take.")});
    parser.addOption({QStringLiteral("try-anyway"), Text::tr("Also when it is predicted not to fit into the memory.")});
}

ExitCode TrainLookCommand::run(const QCommandLineParser& parser, const Streams& streams) {
    OptionReader options(parser);
    const LookOrder order = readOrder(options, parser.positionalArguments());
    const QString problem = options.problem().isEmpty() ? problemOf(order) : options.problem();
    return problem.isEmpty() ? trainLook(order, wantsJson(parser), streams) : usageError(streams, problem);
}

} // namespace app::cli
