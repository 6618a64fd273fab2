#pragma once

#include "app/cli/Command.h"
#include "app/generation/GenerationTask.h"
#include "generation/protocol/Event.h"

#include <QString>

#include <variant>

namespace app::cli {

/// Prepares a task and asks the worker what it would take, without doing it. Ctrl-C cancels. What went wrong is
/// reported already.
std::variant<generation::PlannedEvent, ExitCode> planShot(const GenerationTask& task, const Streams& streams);

/// Prints it for people, or as one JSON document.
void printPlan(const generation::PlannedEvent& plan, bool json, QTextStream& out);

} // namespace app::cli
