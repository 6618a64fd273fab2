#include "app/EditorApplication.h"
#include "app/cli/CommandLine.h"
#include "app/cli/Interrupt.h"
#include "ui/style/Theme.h"
#include "ui/text/Translations.h"

#include <QApplication>
#include <QLocale>
#include <QLoggingCategory>

#include <cstdio>
#include <optional>

namespace {

void setNames() {
    QCoreApplication::setApplicationName(QStringLiteral("fantascope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FANTASCOPE_VERSION));
}

/// Nothing when one of them is no text: as the name of a file it would become another name.
std::optional<QStringList> argumentsOf(int argc, char** argv) {
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        arguments << QString::fromLocal8Bit(argv[i]);
        if (arguments.last().toLocal8Bit() != argv[i]) {
            return std::nullopt;
        }
    }
    return arguments;
}

/// Qt ends a program that finds no display with an abort.
bool hasDisplay() {
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int refuse(const QString& why) {
    QTextStream(stderr) << why << '\n';
    return static_cast<int>(app::cli::ExitCode::Usage);
}

/// Titles need fonts, and fonts need a platform; without a display any will do, and with one none is needed.
int runWithoutWindow(char** argv, const QStringList& arguments) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    if (!qEnvironmentVariableIsSet("XDG_RUNTIME_DIR")) {
        QLoggingCategory::setFilterRules(
            QStringLiteral("default.warning=false")); // Qt's complaints about it, three of them
    }
    QTextStream out(stdout);
    QTextStream err(stderr);
    int argc = 1; // Qt would take "--style" for its own
    QApplication application(argc, argv);
    ui::installTranslations(application, QLocale());
    app::cli::Interrupt interrupt;
    return static_cast<int>(app::cli::runCommandLine(arguments, {out, err, &interrupt}));
}

} // namespace

int main(int argc, char** argv) {
    setNames();
    const auto arguments = argumentsOf(argc, argv);
    if (!arguments) {
        return refuse(QCoreApplication::translate("main", "An argument is no valid text (UTF-8). Files with such names "
                                                          "cannot be used: rename them."));
    }
    if (app::cli::isCommandLine(*arguments)) {
        return runWithoutWindow(argv, *arguments);
    }
    if (!hasDisplay()) {
        return refuse(QCoreApplication::translate(
            "main",
            "There is no display for the editor's window. \"fantascope --help\" lists what works without one."));
    }
    QApplication application(argc, argv);
    ui::installTranslations(application, QLocale());
    ui::applyTheme(application);
    app::EditorApplication editor;
    editor.open(arguments->value(0));
    editor.show();
    return QApplication::exec();
}
