#include "generation/worker/WorkerLoop.h"

#include "generation/pipeline/JobError.h"
#include "generation/pipeline/PipelineObserver.h"
#include "generation/protocol/LineReader.h"
#include "generation/protocol/Protocol.h"
#include "generation/weights/WeightsError.h"
#include "generation/worker/ResultFolder.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

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

/// libtorch's messages carry a stack trace behind the first line, and names out of a file may be of any length: a line
/// that is too long would cost the worker its life.
std::string shortened(std::string_view text) {
    constexpr std::size_t kLongest = 2000;
    std::string line(text.substr(0, std::min(text.find('\n'), kLongest)));
    const auto last = [&] { return line.empty() ? 0U : static_cast<unsigned char>(line.back()); };
    if (line.size() == kLongest) { // no part of a character is left
        while ((last() & 0xC0U) == 0x80U) {
            line.pop_back();
        }
        if (last() >= 0xC0U) {
            line.pop_back();
        }
    }
    return line;
}

bool isOutOfMemory(std::string_view text) {
    return text.find("allocate memory") != std::string_view::npos ||
           text.find("out of memory") != std::string_view::npos;
}

/// The code and the facts of an exception.
std::pair<std::string, std::string> verdictOf(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const JobError& failure) {
        return {failure.code(), failure.what()};
    } catch (const WeightsError& failure) {
        return {"bad-model", failure.what()};
    } catch (const FrameFileError& failure) {
        return {"write-failed", failure.what()};
    } catch (const std::bad_alloc&) {
        return {"out-of-memory", "memory of the process"};
    } catch (const c10::Error& failure) {
        const std::string_view what = failure.what_without_backtrace();
        return {isOutOfMemory(what) ? "out-of-memory" : "internal", std::string(what)};
    } catch (const std::exception& failure) {
        return {"internal", failure.what()};
    } catch (...) {
        return {"internal", "unknown exception"};
    }
}

} // namespace

FailedEvent failureOf(const std::string& jobId, const std::exception_ptr& error) {
    const auto [code, detail] = verdictOf(error);
    return {jobId, code, shortened(detail)};
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
