#pragma once

#include <Qt>

namespace ui {

/// What the job list reads of each row of its model, beside Qt::DisplayRole (what is being made: "Restyle, Shot 3").
enum JobRole : int {
    JobIdRole = Qt::UserRole + 1, ///< QString, handed back by cancelRequested() and its like
    JobPhaseRole,                 ///< int, a JobPhase
    JobProgressRole,              ///< double, 0 to 1; below 0 while unknown
    JobDetailRole,                ///< QString, second line: "Step 7 of 25", or why it failed
    JobSecondsLeftRole,           ///< double; below 0 while unknown
    JobTryAnywayRole,             ///< bool: it failed only by prediction, and may be tried all the same
};

enum class JobPhase : int { Queued, Running, Finished, Failed, Cancelled, Paused };

} // namespace ui
