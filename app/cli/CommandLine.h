#pragma once

#include "app/cli/Command.h"

#include <memory>
#include <vector>

namespace app::cli {

/// All subcommands, in the order of the help text.
std::vector<std::unique_ptr<Command>> allCommands();

/// True when the program does not open a window: for a subcommand, --help or --version, and for what is none of them
/// and no project either, which is wrong usage.
bool isCommandLine(const QStringList& arguments);

/// Runs what the arguments (without the program's name) say.
ExitCode runCommandLine(const QStringList& arguments, const Streams& streams);

} // namespace app::cli
