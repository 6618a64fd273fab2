#pragma once

#include "app/cli/Command.h"

namespace app::cli {

/// `fantascope models`: which models there are and what they were trained for.
/// Thread: main.
class ModelsCommand : public Command {
public:
    QString name() const override { return QStringLiteral("models"); }
    QString summary() const override;

protected:
    void declare(QCommandLineParser& parser) const override;
    ExitCode run(const QCommandLineParser& parser, const Streams& streams) override;
};

} // namespace app::cli
