#pragma once

#include "app/generation/WorkerProcess.h"
#include "timeline/base/Error.h"

#include <QString>

#include <cstdint>

namespace app {

/// Whose fault it was, for exit codes and for what can be tried.
enum class JobFault : std::uint8_t {
    Input,  ///< a file, a model or a combination of inputs that cannot be used
    Worker, ///< the generation itself
    Output, ///< the result could not be written
};

/// Why a job failed: a code for machines and sentences for people.
/// Thread: a value.
struct JobFailure {
    JobFault fault = JobFault::Worker;
    QString code; ///< the worker's ("out-of-memory", "worker-died", ...) or the name of a timeline::ErrorCode
    QString text;
    bool canTryAnyway = false; ///< only a prediction said that it would fail

    bool operator==(const JobFailure&) const = default;
};

/// What the worker said about a job.
JobFailure failureFrom(const generation::FailedEvent& event);
/// The worker went away in the middle of a job.
JobFailure failureFrom(const WorkerEnd& end);
/// Something of ours went wrong before or after the worker's part.
JobFailure failureFrom(const timeline::Error& error, JobFault fault);

} // namespace app
