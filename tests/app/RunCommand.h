#pragma once

#include "app/cli/CommandLine.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTest>
#include <QTextStream>

/// What a command did.
/// Thread: a value.
struct Outcome {
    app::cli::ExitCode code = app::cli::ExitCode::Ok;
    QString out = {};
    QString err = {};

    QJsonDocument json() const { return QJsonDocument::fromJson(out.toUtf8()); }
};

/// Runs the program's command line in this process; an interrupt is its Ctrl-C.
inline Outcome run(const QStringList& arguments, app::cli::Interrupt* interrupt = nullptr) {
    Outcome outcome;
    QTextStream out(&outcome.out);
    QTextStream err(&outcome.err);
    outcome.code = app::cli::runCommandLine(arguments, {out, err, interrupt});
    return outcome;
}

/// A file of the demo's media.
inline QString resource(const QString& name) {
    return qEnvironmentVariable("FANTASCOPE_RESOURCES") + "/demo/" + name;
}

inline void write(const QString& path, const QByteArray& bytes) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}
