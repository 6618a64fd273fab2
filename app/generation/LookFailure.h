#pragma once

#include "app/generation/JobFailure.h"

#include <QString>

namespace app {

/// What the worker said about the training of a look.
JobFailure lookFailure(const QString& code, const QString& detail);
/// The worker went away in the middle of one.
JobFailure lookFailure(const WorkerEnd& end);

} // namespace app
