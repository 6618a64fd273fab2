#pragma once

#include "app/cli/Command.h"

namespace app::cli {

/// `fantascope train-look`: a LoRA from the user's own clips and stills.
/// Thread: main.
class TrainLookCommand : public Command {
public:
    QString name() const override { return QStringLiteral("train-look"); }
    QString summary() const override;
    QString argumentNames() const override { return QStringLiteral("CLIPS..."); }

protected:
    void declare(QCommandLineParser& parser) const override;
    ExitCode run(const QCommandLineParser& parser, const Streams& streams) override;
};

} // namespace app::cli
