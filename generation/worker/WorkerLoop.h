#pragma once

#include "generation/device/Device.h"
#include "generation/protocol/Event.h"
#include "generation/protocol/Request.h"
#include "generation/worker/EventWriter.h"
#include "generation/worker/Inbox.h"
#include "generation/worker/JobClock.h"
#include "generation/worker/ModelCache.h"

#include <exception>
#include <string>

namespace generation {

/// Does the jobs of an inbox one after another, and answers each with events that end in finished, failed or cancelled.
/// All exceptions of a job end here.
/// Thread: one; the inbox is filled by another.
class WorkerLoop {
public:
    WorkerLoop(Inbox& inbox, EventWriter& events, const Device& device);

    /// Until the inbox is closed.
    void run();

private:
    Event process(const GenerateRequest& request);
    FinishedEvent generate(const GenerateRequest& request);

    Inbox& m_inbox;
    EventWriter& m_events;
    ModelCache m_models;
    JobClock m_clock;
};

/// The event that tells of the exception. Takes any; never throws.
FailedEvent failureOf(const std::string& jobId, const std::exception_ptr& error);

/// Reads requests from `descriptor` into the inbox until the input ends or says quit, then closes it. Lines that are no
/// requests are answered with a failed event without an id.
void readRequests(int descriptor, Inbox& inbox, EventWriter& events);

} // namespace generation
