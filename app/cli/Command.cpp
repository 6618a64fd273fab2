#include "app/cli/Command.h"

#include "ui/text/ErrorText.h"

#include <QCoreApplication>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

QCommandLineOption helpOption() {
    return {{QStringLiteral("h"), QStringLiteral("help")}, Text::tr("Show this help.")};
}

QCommandLineOption jsonOption() {
    return {QStringLiteral("json"), Text::tr("Print the result as one JSON document.")};
}

} // namespace

QString exitCodeHelp() {
    return Text::tr("Exit codes: 0 done, 1 wrong usage, 2 a file, model or combination of inputs that cannot be used, "
                    "3 generation failed, 4 the result could not be rendered or written, 5 cancelled (Ctrl-C), 6 "
                    "written, but media "
                    "of the project is missing or broken.");
}

ExitCode Command::execute(const QStringList& arguments, const Streams& streams) {
    QCommandLineParser parser;
    parser.setApplicationDescription(summary() + QStringLiteral("\n\n") + exitCodeHelp());
    parser.addOption(helpOption());
    parser.addOption(jsonOption());
    declare(parser);
    // QCommandLineParser takes the first word for the program's name and prints it in the usage line.
    if (!parser.parse(QStringList{QStringLiteral("fantascope ") + name()} + arguments)) {
        return usageError(streams, parser.errorText());
    }
    if (parser.isSet(QStringLiteral("help"))) {
        QString help = parser.helpText();
        const qsizetype end = help.indexOf(u'\n');
        help.replace(0, end, Text::tr("Usage: fantascope %1 [options] %2").arg(name(), argumentNames()).trimmed());
        streams.out << help;
        streams.out.flush();
        return ExitCode::Ok;
    }
    if (const QString twice = givenTwice(parser); !twice.isEmpty()) {
        return usageError(streams, Text::tr("--%1 is given more than once.").arg(twice));
    }
    if (argumentNames().isEmpty() && !parser.positionalArguments().isEmpty()) {
        return usageError(streams, Text::tr("This command takes no arguments beside its options: \"%1\".")
                                       .arg(parser.positionalArguments().first()));
    }
    const ExitCode code = run(parser, streams);
    streams.out.flush();
    streams.err.flush();
    return code;
}

QString Command::givenTwice(const QCommandLineParser& parser) const {
    for (const QString& name : parser.optionNames()) {
        if (parser.values(name).size() > 1 && !repeatable().contains(name)) {
            return name;
        }
    }
    return {};
}

ExitCode Command::usageError(const Streams& streams, const QString& text) {
    streams.err << text << '\n' << Text::tr("Try --help.") << '\n';
    streams.err.flush();
    return ExitCode::Usage;
}

ExitCode Command::report(const Streams& streams, const timeline::Error& error, ExitCode code) {
    streams.err << ui::errorText(error) << '\n';
    return error.code == timeline::ErrorCode::Cancelled ? ExitCode::Cancelled : code;
}

} // namespace app::cli
