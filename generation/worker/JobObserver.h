#pragma once

#include "generation/pipeline/PipelineObserver.h"
#include "generation/protocol/Request.h"
#include "generation/worker/EventWriter.h"
#include "generation/worker/Inbox.h"
#include "generation/worker/JobClock.h"
#include "generation/worker/ResultFolder.h"

#include <stdexcept>
#include <string>

namespace generation {

/// Thrown out of a job that is to go on later: paused, or its listener has gone.
/// Thread: a value.
class Interrupted : public std::runtime_error {
public:
    Interrupted() : std::runtime_error("interrupted") {}
};

/// Turns what the pipeline tells into events, and the inbox's wish into Cancelled at once or Interrupted after a step.
/// Thread: the working one.
class JobObserver final : public PipelineObserver {
public:
    struct Surroundings {
        const ResultFolder& folder;
        Inbox& inbox;
        EventWriter& events;
        JobClock& clock;
    };

    JobObserver(const GenerateRequest& request, Surroundings around) : m_request(request), m_around(around) {}

    void checkpoint() override;
    void progress(Stage stage, int step, int steps) override;
    void preview(int step, const FrameSet& clip) override;
    bool wantsPreviews() const override { return m_request.wantsPreviews; }
    void notice(const std::string& code, const NoticeFacts& facts) override;

    int step() const { return m_step; }
    int steps() const { return m_steps; }

private:
    const GenerateRequest& m_request;
    Surroundings m_around;
    Stage m_stage = Stage::Load;
    int m_step = 0;
    int m_steps = 0;
};

} // namespace generation
