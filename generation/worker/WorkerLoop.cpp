#include "generation/worker/WorkerLoop.h"

#include "generation/pipeline/JobError.h"
#include "generation/pipeline/PipelineObserver.h"
#include "generation/protocol/LineReader.h"
#include "generation/protocol/Protocol.h"
#include "generation/weights/WeightsError.h"
#include "generation/worker/ResultFolder.h"

#include <c10/util/Exception.h>

#include <new>
#include <string_view>

namespace generation {
namespace {

/// Turns what the pipeline tells into events, and the inbox's wish to stop into Cancelled.
/// Thread: the working one.
class JobObserver final : public PipelineObserver {
public:
    JobObserver(const GenerateRequest& request, const ResultFolder& folder, Inbox& inbox, EventWriter& events,
                JobClock& clock)
        : m_request(request), m_folder(folder), m_inbox(inbox), m_events(events), m_clock(clock) {}

    void checkpoint() override {
        if (m_inbox.stopRequested()) {
            throw Cancelled();
        }
    }

    void progress(Stage stage, int step, int steps) override {
        checkpoint();
        if (stage == Stage::Denoise) {
            m_step = step;
            m_steps = steps;
        }
        const double left = m_clock.mark(stage, step, steps, std::chrono::steady_clock::now());
        m_events.send(ProgressEvent{m_request.id, stage, m_step, m_steps, left});
    }

    void preview(int step, const FrameSet& clip) override {
        writeFrameFile(m_folder.previewPath(), clip, Durability::Volatile);
        m_events.send(PreviewEvent{m_request.id, step, m_folder.previewPath()});
    }

    bool wantsPreviews() const override { return m_request.wantsPreviews; }

private:
    const GenerateRequest& m_request;
    const ResultFolder& m_folder;
    Inbox& m_inbox;
    EventWriter& m_events;
    JobClock& m_clock;
    int m_step = 0;
    int m_steps = 0;
};

/// libtorch's messages carry a stack trace behind the first line.
std::string firstLine(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
}

bool isOutOfMemory(const c10::Error& error) {
    const std::string_view text = error.what_without_backtrace();
    return text.find("allocate memory") != std::string_view::npos ||
           text.find("out of memory") != std::string_view::npos;
}

} // namespace

FailedEvent failureOf(const std::string& jobId, const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const JobError& failure) {
        return {jobId, failure.code(), failure.what()};
    } catch (const WeightsError& failure) {
        return {jobId, "bad-model", failure.what()};
    } catch (const FrameFileError& failure) {
        return {jobId, "write-failed", failure.what()};
    } catch (const std::bad_alloc&) {
        return {jobId, "out-of-memory", "memory of the process"};
    } catch (const c10::Error& failure) {
        return {jobId, isOutOfMemory(failure) ? "out-of-memory" : "internal",
                firstLine(failure.what_without_backtrace())};
    } catch (const std::exception& failure) {
        return {jobId, "internal", firstLine(failure.what())};
    } catch (...) {
        return {jobId, "internal", "unknown exception"};
    }
}

WorkerLoop::WorkerLoop(Inbox& inbox, EventWriter& events, const Device& device)
    : m_inbox(inbox), m_events(events), m_models(device) {}

void WorkerLoop::run() {
    while (const auto request = m_inbox.next()) {
        m_events.send(AcceptedEvent{request->id});
        m_events.send(process(*request));
    }
}

Event WorkerLoop::process(const GenerateRequest& request) {
    try {
        return generate(request);
    } catch (const Cancelled&) {
        return CancelledEvent{request.id};
    } catch (...) {
        FailedEvent failure = failureOf(request.id, std::current_exception());
        if (failure.code == "out-of-memory") {
            m_models.clear();
        }
        return failure;
    }
}

FinishedEvent WorkerLoop::generate(const GenerateRequest& request) {
    m_clock.begin(std::chrono::steady_clock::now());
    ResultFolder folder(request.outputPath);
    JobObserver observer(request, folder, m_inbox, m_events, m_clock);
    observer.progress(Stage::Load, 0, 1);
    LoadedModel& loaded = m_models.get(request.model, [&] { observer.checkpoint(); });
    const GeneratedShot shot = loaded.generator.generate(request, observer);
    return {.id = request.id,
            .framesPath = folder.publish(shot.frames),
            .width = shot.frames.width,
            .height = shot.frames.height,
            .frames = shot.frames.frames,
            .fpsNumerator = shot.frames.fpsNumerator,
            .fpsDenominator = shot.frames.fpsDenominator,
            .seed = request.seed,
            .steps = shot.plan.steps,
            .guidance = shot.plan.guidance,
            .shift = shot.plan.shift,
            .sampler = shot.plan.sampler,
            .modelHash = loaded.model.hash,
            .seconds = m_clock.seconds(std::chrono::steady_clock::now())};
}

void readRequests(int descriptor, Inbox& inbox, EventWriter& events) {
    LineReader reader(descriptor);
    for (bool open = true; open;) {
        try {
            const auto line = reader.next();
            if (!line) {
                break;
            }
            const Request request = parseRequest(*line);
            if (const auto* job = std::get_if<GenerateRequest>(&request)) {
                inbox.add(*job);
            } else if (const auto* cancel = std::get_if<CancelRequest>(&request)) {
                if (inbox.cancel(cancel->id)) {
                    events.send(CancelledEvent{cancel->id});
                }
            } else {
                open = false;
            }
        } catch (const std::exception&) {
            FailedEvent failure = failureOf({}, std::current_exception());
            failure.code = "bad-request";
            events.send(failure);
        }
    }
    inbox.close();
}

} // namespace generation
