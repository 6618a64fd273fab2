#include "generation/worker/PlanAnswer.h"

#include "generation/device/ProcessMemory.h"
#include "generation/pipeline/JobError.h"
#include "generation/pipeline/JobPlanner.h"
#include "generation/worker/WorkerLoop.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace generation {

PlanAnswer::PlanAnswer(Device device, std::string cacheFolder)
    : m_device(std::move(device)), m_cacheFolder(std::move(cacheFolder)), m_idleBytes(residentBytes()) {}

Event PlanAnswer::operator()(const PlanRequest& request) const {
    try {
        return plan(request);
    } catch (...) {
        return failureOf(request.job.id, std::current_exception());
    }
}

PlannedEvent PlanAnswer::plan(const PlanRequest& request) const {
    std::error_code error;
    if (!std::filesystem::exists(request.job.model, error)) {
        throw JobError("model-not-found", request.job.model);
    }
    const ModelFiles files(request.job.model);
    const MachineRecord record(m_cacheFolder, m_device.recordName());
    // What this process holds for the job before would be given back.
    const std::int64_t reclaimable = m_device.isCpu() ? std::max<std::int64_t>(0, residentBytes() - m_idleBytes) : 0;
    const Forecast forecast = JobPlanner(files, m_device, record).forecast(request.job, reclaimable);
    return plannedEvent(request.job.id, forecast, !m_device.isCpu());
}

} // namespace generation
