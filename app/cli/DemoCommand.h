#pragma once

#include "app/cli/Command.h"

namespace app::cli {

/// `fantascope demo`: makes the demo project, its shots, its film and a contact sheet, without a window.
/// Thread: main.
class DemoCommand : public Command {
public:
    QString name() const override { return QStringLiteral("demo"); }
    QString summary() const override;

protected:
    void declare(QCommandLineParser& parser) const override;
    ExitCode run(const QCommandLineParser& parser, const Streams& streams) override;
};

} // namespace app::cli
