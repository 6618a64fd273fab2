#pragma once

#include "timeline/model/Ids.h"
#include "ui/queue/JobRoles.h"

#include <QString>

namespace app {

/// Something that takes a while, as the queue and the job list see it.
/// Thread: a value.
struct Job {
    QString id = {};
    QString title = {};
    timeline::ItemId shot; ///< the clip it works for; invalid: none
    ui::JobPhase phase = ui::JobPhase::Queued;
    double progress = -1.0; ///< 0 to 1; below 0 while unknown
    QString detail = {};    ///< what it is doing, or why it failed
    double secondsLeft = -1.0;
    bool canTryAnyway = false; ///< it failed by prediction alone

    bool isOver() const {
        return phase != ui::JobPhase::Queued && phase != ui::JobPhase::Running && phase != ui::JobPhase::Paused;
    }
    bool operator==(const Job&) const = default;
};

} // namespace app
