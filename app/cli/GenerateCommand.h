#pragma once

#include "app/cli/Command.h"

namespace app::cli {

/// `fantascope generate`: a shot from a prompt, a base clip, a still and style pictures.
/// Thread: main.
class GenerateCommand : public Command {
public:
    QString name() const override { return QStringLiteral("generate"); }
    QString summary() const override;
    QStringList repeatable() const override;

protected:
    void declare(QCommandLineParser& parser) const override;
    ExitCode run(const QCommandLineParser& parser, const Streams& streams) override;
};

} // namespace app::cli
