#pragma once

#include "app/cli/Command.h"

namespace app::cli {

/// `fantascope frame FILE.otio --at TIME -o OUT`: one frame of a project as a picture.
/// Thread: main.
class FrameCommand : public Command {
public:
    QString name() const override { return QStringLiteral("frame"); }
    QString summary() const override;
    QString argumentNames() const override { return QStringLiteral("FILE.otio"); }

protected:
    void declare(QCommandLineParser& parser) const override;
    ExitCode run(const QCommandLineParser& parser, const Streams& streams) override;
};

} // namespace app::cli
