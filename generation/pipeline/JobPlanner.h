#pragma once

#include "generation/pipeline/MachineRecord.h"
#include "generation/pipeline/MemoryPlan.h"
#include "generation/pipeline/NetworkPool.h"
#include "generation/pipeline/ShotPlan.h"
#include "generation/protocol/Event.h"
#include "generation/protocol/Request.h"

#include <functional>
#include <string>

namespace generation {

/// What a job will be like.
/// Thread: a value.
struct Forecast {
    ShotPlan shot;
    JobTraits traits;
    MemoryPlan memory;
    MemoryNeeds estimated; ///< of the chosen rung, before what the machine's record says
    MemoryBudget budget;
    double seconds = -1.0; ///< below 0: not known on this machine yet
};

/// Predicts what a job takes in memory and time, and chooses how it is done. Nothing of the shot is changed to make it
/// fit. Thread: one.
class JobPlanner {
public:
    using BudgetSource = std::function<MemoryBudget()>;

    /// All of them outlive the planner. `budget`: bytes that are free; empty: as the system says.
    JobPlanner(const ModelFiles& files, const Device& device, const MachineRecord& record, BudgetSource budget = {});

    /// `reclaimable`: bytes that this process holds for networks and would give back. Throws JobError as planShot()
    /// does.
    Forecast forecast(const GenerateRequest& request, std::int64_t reclaimable = 0) const;

private:
    double seconds(const Forecast& forecast) const;

    const ModelFiles& m_files;
    const Device& m_device;
    const MachineRecord& m_record;
    BudgetSource m_budget;
};

/// Free bytes as the system says now.
MemoryBudget measuredBudget();

/// The forecast as the editor hears it.
PlannedEvent plannedEvent(const std::string& id, const Forecast& forecast, bool onCard);

/// "needs 13.2 GB, 8.1 GB are free".
std::string needsText(const Forecast& forecast, bool onCard);

/// What names a model in the machine's record: its family and sizes, not its training.
std::string recordName(const ModelFiles& files);

} // namespace generation
