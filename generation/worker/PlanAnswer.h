#pragma once

#include "generation/device/Device.h"
#include "generation/protocol/Event.h"
#include "generation/protocol/Request.h"

#include <cstdint>
#include <string>

namespace generation {

/// Answers plan requests: opens the model's files anew, so that a job that runs at the same time is not touched.
/// Thread: the one that reads requests.
class PlanAnswer {
public:
    PlanAnswer(Device device, std::string cacheFolder);

    /// A planned event, or a failed one.
    Event operator()(const PlanRequest& request) const;

private:
    PlannedEvent plan(const PlanRequest& request) const;

    Device m_device;
    std::string m_cacheFolder;
    std::int64_t m_idleBytes; ///< what the process holds without networks
};

} // namespace generation
