#pragma once

#include "app/cli/ExitCode.h"
#include "timeline/base/Error.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>
#include <QTextStream>

namespace app::cli {

class Interrupt;

/// Where a command talks to: results on `out` (paths, or one JSON document), progress and errors on `err`.
struct Streams {
    QTextStream& out;
    QTextStream& err;
    Interrupt* interrupt = nullptr; ///< null: cannot be interrupted
};

/// One subcommand. execute() does all that is the same for each: --help, --json, unknown options.
/// Thread: main, with an application object.
class Command {
public:
    virtual ~Command() = default;

    virtual QString name() const = 0;
    virtual QString summary() const = 0; ///< one line
    /// Options that may be given several times.
    virtual QStringList repeatable() const { return {}; }
    virtual QString argumentNames() const { return {}; } ///< as in the usage line: "FILE.otio"; empty: it takes none

    /// @param arguments  what follows the command's name
    ExitCode execute(const QStringList& arguments, const Streams& streams);

protected:
    /// Declares positional arguments and options.
    virtual void declare(QCommandLineParser& parser) const = 0;
    /// Options are known and well-formed; their values are not checked yet.
    virtual ExitCode run(const QCommandLineParser& parser, const Streams& streams) = 0;

    static bool wantsJson(const QCommandLineParser& parser) { return parser.isSet(QStringLiteral("json")); }
    static ExitCode usageError(const Streams& streams, const QString& text);
    QString givenTwice(const QCommandLineParser& parser) const;
    static ExitCode report(const Streams& streams, const timeline::Error& error, ExitCode code);
};

/// "Exit codes: 0 ..." for help texts.
QString exitCodeHelp();

} // namespace app::cli
