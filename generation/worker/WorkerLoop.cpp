#include "generation/worker/WorkerLoop.h"

#include "generation/device/OutOfMemory.h"
#include "generation/pipeline/JobError.h"
#include "generation/protocol/LineReader.h"
#include "generation/protocol/Protocol.h"
#include "generation/protocol/RequestKey.h"
#include "generation/weights/WeightsError.h"
#include "generation/worker/JobObserver.h"
#include "generation/worker/ResultFolder.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

namespace generation {
namespace {

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

/// The code and the facts of an exception.
std::pair<std::string, std::string> verdictOf(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const JobError& failure) {
        return {failure.code(), failure.what()};
    } catch (const WeightsError& failure) {
        return {"bad-model", failure.what()};
    } catch (const HashError& failure) {
        return {"bad-model", failure.what()};
    } catch (const FrameFileError& failure) {
        return {"write-failed", failure.what()};
    } catch (const std::bad_alloc&) {
        return {"out-of-memory", "memory of the process"};
    } catch (const c10::Error& failure) {
        const std::string_view what = failure.what_without_backtrace();
        return {isOutOfMemory(failure) ? "out-of-memory" : "internal", std::string(what)};
    } catch (const std::exception& failure) {
        return {"internal", failure.what()};
    } catch (...) {
        return {"internal", "unknown exception"};
    }
}

/// Whether a job that failed so may be tried again from the step it had reached: what was in its way is outside of it.
bool mayGoOn(std::string_view code) {
    return code == "out-of-memory" || code == "needs-memory" || code == "write-failed";
}

} // namespace

FailedEvent failureOf(const std::string& jobId, const std::exception_ptr& error) {
    const auto [code, detail] = verdictOf(error);
    return {jobId, code, shortened(detail)};
}

WorkerLoop::WorkerLoop(Inbox& inbox, EventWriter& events, const WorkerSettings& settings)
    : m_inbox(inbox), m_events(events), m_models(settings.device, settings.cacheFolder) {}

void WorkerLoop::run() {
    while (const auto request = m_inbox.next()) {
        m_events.send(AcceptedEvent{request->id});
        const Event end = process(*request);
        m_events.send(end);
        // Held only now: whoever cancels it from here on is answered after "paused".
        if (std::holds_alternative<PausedEvent>(end) && !m_inbox.hold(*request)) {
            ResultFolder::discard(request->outputPath);
            m_events.send(CancelledEvent{request->id});
        }
    }
}

Event WorkerLoop::process(const GenerateRequest& request) {
    FailedEvent failure;
    try {
        return generate(request);
    } catch (const Cancelled&) {
        return CancelledEvent{request.id};
    } catch (...) {
        failure = failureOf(request.id, std::current_exception());
    }
    if (failure.code == "out-of-memory" || failure.code == "needs-memory") {
        m_models.clear(); // after the handler: what the exception held is free now
    }
    return failure;
}

Event WorkerLoop::generate(const GenerateRequest& request) {
    m_clock.begin(std::chrono::steady_clock::now());
    ResultFolder folder(request.outputPath);
    JobObserver observer(request, {folder, m_inbox, m_events, m_clock});
    try {
        return generateInto(folder, request, observer);
    } catch (const Interrupted&) {
        if (m_inbox.wish() == Inbox::Wish::Cancel) {
            throw Cancelled(); // it came while the pause landed
        }
        folder.keep();
    } catch (const std::exception&) {
        if (mayGoOn(verdictOf(std::current_exception()).first)) {
            folder.keep();
        }
        throw;
    }
    m_models.clear();
    if (m_inbox.wish() == Inbox::Wish::Leave) {
        return CancelledEvent{request.id};
    }
    return PausedEvent{request.id, observer.step(), observer.steps()};
}

/// Numbers that overflow in fp16 mostly do not in a type of more range: the job is done once more, from its beginning,
/// so that the same request gives the same bits another time.
FinishedEvent WorkerLoop::generateInto(ResultFolder& folder, const GenerateRequest& request, JobObserver& observer) {
    try {
        return generateOnce(folder, request, observer);
    } catch (const JobError& error) {
        if (error.code() != "not-finite" || !m_models.widen(request.model)) {
            throw;
        }
    }
    folder.dropCheckpoints();
    observer.notice("wider-type", {{"dtype", m_models.deviceFor(request.model).dtypeName()}});
    return generateOnce(folder, request, observer);
}

FinishedEvent WorkerLoop::generateOnce(ResultFolder& folder, const GenerateRequest& request, JobObserver& observer) {
    observer.progress(Stage::Load, 0, 1);
    LoadedModel& loaded = m_models.get(request.model);
    const bool keepsAll = request.checkpoints == Checkpoints::All;
    CheckpointFolder checkpoints(folder.checkpointFolder(), keepsAll);
    const GeneratedShot shot = loaded.generator.generate(request, observer, &checkpoints);
    const ResultFolder::Published published = folder.publish(shot.takes, keepsAll);
    const ShotPlan& plan = shot.plan;
    const FrameSet& first = shot.takes.front();
    FinishedEvent event{.id = request.id,
                        .framesPath = published.takes.front(),
                        .width = first.width,
                        .height = first.height,
                        .frames = first.frames,
                        .fpsNumerator = first.fpsNumerator,
                        .fpsDenominator = first.fpsDenominator,
                        .seed = plan.seeds.front(),
                        .steps = plan.steps,
                        .guidance = plan.guidance.scale,
                        .shift = plan.shift,
                        .sampler = plan.sampler,
                        .modelHash = loaded.networks.hash(),
                        .seconds = m_clock.seconds(std::chrono::steady_clock::now()),
                        .checkpointFolder = published.checkpoints};
    for (std::size_t take = 0; plan.seeds.size() > 1 && take < plan.seeds.size(); ++take) {
        event.takes.push_back({plan.seeds[take], published.takes[take]});
    }
    return event;
}

namespace {

/// What does not have to wait for its turn. False: there will be no more requests.
bool answer(const Request& request, Inbox& inbox, EventWriter& events) {
    if (const auto* cancel = std::get_if<CancelRequest>(&request)) {
        if (const auto job = inbox.cancel(cancel->id)) {
            ResultFolder::discard(job->outputPath); // of a paused one
            events.send(CancelledEvent{cancel->id});
        }
    } else if (const auto* pause = std::get_if<PauseRequest>(&request)) {
        if (inbox.pause(pause->id)) {
            events.send(PausedEvent{pause->id, 0, 0});
        }
    } else if (const auto* resume = std::get_if<ResumeRequest>(&request)) {
        inbox.resume(resume->id);
    } else {
        return !std::holds_alternative<QuitRequest>(request);
    }
    return true;
}

} // namespace

void readRequests(int descriptor, Inbox& inbox, EventWriter& events, const PlanFunction& plan) {
    LineReader reader(descriptor);
    for (bool open = true; open;) {
        std::optional<std::string> line;
        try {
            line = reader.next();
            if (!line) {
                break;
            }
            const Request request = parseRequest(*line);
            if (const auto* job = std::get_if<GenerateRequest>(&request)) {
                inbox.add(*job);
            } else if (const auto* question = std::get_if<PlanRequest>(&request)) {
                events.send(plan(*question));
            } else {
                open = answer(request, inbox, events);
            }
        } catch (const std::exception&) {
            FailedEvent failure = failureOf(jobIdIn(line.value_or("")), std::current_exception());
            failure.code = "bad-request";
            events.send(failure);
        }
    }
    inbox.close();
}

} // namespace generation
