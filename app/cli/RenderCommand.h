#pragma once

#include "app/cli/Command.h"

namespace app::cli {

/// `fantascope render FILE.otio -o OUT`: exports a project as a film.
/// Thread: main.
class RenderCommand : public Command {
public:
    QString name() const override { return QStringLiteral("render"); }
    QString summary() const override;
    QString argumentNames() const override { return QStringLiteral("FILE.otio"); }

protected:
    void declare(QCommandLineParser& parser) const override;
    ExitCode run(const QCommandLineParser& parser, const Streams& streams) override;
};

} // namespace app::cli
