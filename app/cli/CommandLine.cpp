#include "app/cli/CommandLine.h"

#include "app/cli/DemoCommand.h"
#include "app/cli/FrameCommand.h"
#include "app/cli/GenerateCommand.h"
#include "app/cli/ModelsCommand.h"
#include "app/cli/ProbeCommand.h"
#include "app/cli/RenderCommand.h"
#include "app/cli/TaskCommand.h"
#include "app/cli/TrainLookCommand.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

QString firstLine(const QString& text) {
    return text.section(u'\n', 0, 0);
}

QString helpText() {
    QString help = Text::tr("Fantascope, a video editor whose timeline is the prompt.") + QStringLiteral("\n\n");
    help += Text::tr("Usage: fantascope [FILE.otio]          opens the editor\n"
                     "       fantascope COMMAND [options]    works without a window") +
            QStringLiteral("\n\n");
    help += Text::tr("Commands (COMMAND --help says more):") + u'\n';
    for (const auto& command : allCommands()) {
        help += QStringLiteral("  %1 %2\n").arg(command->name(), -10).arg(firstLine(command->summary()));
    }
    help += u'\n' + Text::tr("Options:") + u'\n';
    help += QStringLiteral("  -h, --help     %1\n  --version      %2\n")
                .arg(Text::tr("Show this help."), Text::tr("Show the version."));
    return help + u'\n' + exitCodeHelp() + u'\n';
}

bool isOption(const QString& argument, const char* shortName, const char* longName) {
    return argument == QLatin1String(shortName) || argument == QLatin1String(longName);
}

std::unique_ptr<Command> findCommand(const QString& name) {
    for (auto& command : allCommands()) {
        if (command->name() == name) {
            return std::move(command);
        }
    }
    return nullptr;
}

/// What the editor opens: a project that exists, or is called like one; not a folder "demo" that lies here by chance.
bool isProject(const QString& argument) {
    return !argument.startsWith(u'-') && !findCommand(argument) &&
           (argument.endsWith(QStringLiteral(".otio"), Qt::CaseInsensitive) || QFileInfo(argument).isFile());
}

} // namespace

std::vector<std::unique_ptr<Command>> allCommands() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(std::make_unique<DemoCommand>());
    commands.push_back(std::make_unique<GenerateCommand>());
    commands.push_back(std::make_unique<TaskCommand>());
    commands.push_back(std::make_unique<TrainLookCommand>());
    commands.push_back(std::make_unique<RenderCommand>());
    commands.push_back(std::make_unique<FrameCommand>());
    commands.push_back(std::make_unique<ProbeCommand>());
    commands.push_back(std::make_unique<ModelsCommand>());
    return commands;
}

bool isCommandLine(const QStringList& arguments) {
    return !arguments.isEmpty() && (arguments.size() > 1 || !isProject(arguments.first()));
}

ExitCode runCommandLine(const QStringList& arguments, const Streams& streams) {
    const QString first = arguments.value(0);
    if (isOption(first, "-h", "--help") || first == u"help") {
        streams.out << helpText();
        return ExitCode::Ok;
    }
    if (isOption(first, "-v", "--version")) {
        streams.out << QStringLiteral("fantascope ") << QCoreApplication::applicationVersion() << '\n';
        return ExitCode::Ok;
    }
    if (const auto command = findCommand(first)) {
        return command->execute(arguments.mid(1), streams);
    }
    if (isProject(first)) {
        streams.err
            << Text::tr("The editor opens one project and takes no more arguments: \"%1\".").arg(arguments.value(1))
            << '\n';
        return ExitCode::Usage;
    }
    streams.err << Text::tr("There is no command \"%1\". Try --help.").arg(first) << '\n';
    return ExitCode::Usage;
}

} // namespace app::cli
