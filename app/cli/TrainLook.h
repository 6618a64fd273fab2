#pragma once

#include "app/cli/Command.h"

#include <QString>
#include <QStringList>

#include <cstdint>

namespace app::cli {

/// A look as the command line asks for it.
/// Thread: a value.
struct LookOrder {
    QStringList clips;
    QString name;
    QString caption; ///< of every clip; empty: the texts beside the clips, and the name
    QString model;   ///< name or place; empty: the usual one
    int rank = 16;
    double minutes = 20.0;
    std::int64_t steps = 0; ///< above 0: in place of the minutes
    std::int64_t seed = 1;
    QString output; ///< empty: the loras folder of the user's models
    bool overwrites = false;
    bool triesAnyway = false;
    bool isPlan = false;
};

/// How many clips a look takes.
constexpr qsizetype kFewestLookClips = 5;
constexpr qsizetype kMostLookClips = 50;

/// Plans, decodes, trains and prints the files, with progress. Ctrl-C keeps what was learnt; the same order goes on
/// from there.
ExitCode trainLook(const LookOrder& order, bool json, const Streams& streams);

} // namespace app::cli
