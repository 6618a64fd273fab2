#pragma once

#include "app/cli/Command.h"

namespace app::cli {

/// `fantascope probe FILE...`: what is in media files.
/// Thread: main.
class ProbeCommand : public Command {
public:
    QString name() const override { return QStringLiteral("probe"); }
    QString summary() const override;
    QString argumentNames() const override { return QStringLiteral("FILE..."); }

protected:
    void declare(QCommandLineParser& parser) const override;
    ExitCode run(const QCommandLineParser& parser, const Streams& streams) override;
};

} // namespace app::cli
