#pragma once

#include "generation/device/Device.h"
#include "generation/protocol/Event.h"
#include "generation/protocol/Request.h"
#include "generation/worker/EventWriter.h"
#include "generation/worker/Inbox.h"
#include "generation/worker/JobClock.h"
#include "generation/worker/JobObserver.h"
#include "generation/worker/ModelCache.h"
#include "generation/worker/ResultFolder.h"

#include <exception>
#include <functional>
#include <string>

namespace generation {

/// What a worker is started with.
/// Thread: a value.
struct WorkerSettings {
    Device device;
    std::string cacheFolder; ///< for text features and what was learnt about this machine; empty: nothing is kept
};

/// Does the jobs of an inbox one after another, and answers each with events that end in finished, failed, cancelled or
/// paused.
/// All exceptions of a job end here.
/// Thread: one; the inbox is filled by another.
class WorkerLoop {
public:
    WorkerLoop(Inbox& inbox, EventWriter& events, const WorkerSettings& settings);

    /// Until the inbox is closed.
    void run();

private:
    Event process(const GenerateRequest& request);
    Event generate(const GenerateRequest& request);
    FinishedEvent generateInto(ResultFolder& folder, const GenerateRequest& request, JobObserver& observer);
    FinishedEvent generateOnce(ResultFolder& folder, const GenerateRequest& request, JobObserver& observer);

    Inbox& m_inbox;
    EventWriter& m_events;
    ModelCache m_models;
    JobClock m_clock;
};

/// The event that tells of the exception. Takes any; never throws.
FailedEvent failureOf(const std::string& jobId, const std::exception_ptr& error);

/// What answers a plan request.
using PlanFunction = std::function<Event(const PlanRequest& request)>;

/// Reads requests from `descriptor` into the inbox until the input ends or says quit, then closes it. Lines that are no
/// requests are answered with a failed event, with the id where it is a job's or a plan's that can be read; plans at
/// once.
void readRequests(int descriptor, Inbox& inbox, EventWriter& events, const PlanFunction& plan);

} // namespace generation
