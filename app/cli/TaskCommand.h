#pragma once

#include "app/cli/Command.h"

namespace app::cli {

/// `fantascope task FILE.json -o OUT`: runs a task document.
/// Thread: main.
class TaskCommand : public Command {
public:
    QString name() const override { return QStringLiteral("task"); }
    QString summary() const override;
    QString argumentNames() const override { return QStringLiteral("FILE.json"); }

protected:
    void declare(QCommandLineParser& parser) const override;
    ExitCode run(const QCommandLineParser& parser, const Streams& streams) override;
};

} // namespace app::cli
