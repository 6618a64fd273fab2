// A worker without a model: speaks the protocol and answers every request with gradient frames of the size, count and
// rate asked for, or misbehaves as its script says. For tests of whatever talks to a worker.

#include "tests/fakes/FakeScript.h"

#include "generation/protocol/Event.h"
#include "generation/protocol/FrameFile.h"
#include "generation/protocol/LineReader.h"
#include "generation/protocol/Request.h"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include <unistd.h>

using namespace generation;
using namespace generation::test;
using Mode = FakeScript::Mode;
namespace fs = std::filesystem;

namespace {

/// What the reading thread heard and the working thread acts on.
/// Thread: all functions from either.
class Inbox {
public:
    void add(GenerateRequest request) {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(request));
        m_changed.notify_all();
    }
    void cancel(const std::string& id) {
        const std::lock_guard lock(m_mutex);
        m_cancelled.insert(id);
        m_changed.notify_all();
    }
    void close() {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_changed.notify_all();
    }
    void pause(const std::string& id) {
        const std::lock_guard lock(m_mutex);
        m_paused.insert(id);
        m_changed.notify_all();
    }
    /// The job that was held begins again.
    void resume(const std::string& id) {
        const std::lock_guard lock(m_mutex);
        m_paused.erase(id);
        if (const auto held = m_held.find(id); held != m_held.end()) {
            m_jobs.push_front(held->second);
            m_held.erase(held);
        }
        m_changed.notify_all();
    }
    void hold(const GenerateRequest& request) {
        const std::lock_guard lock(m_mutex);
        m_held.insert_or_assign(request.id, request);
    }
    std::optional<GenerateRequest> next() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_closed || !m_jobs.empty(); });
        if (m_closed) {
            return std::nullopt;
        }
        GenerateRequest request = std::move(m_jobs.front());
        m_jobs.pop_front();
        return request;
    }
    /// Why a step's time was not let pass.
    enum class Stop { None, Cancel, Pause };
    Stop pass(const std::string& id, int milliseconds) {
        std::unique_lock lock(m_mutex);
        const bool isStopped = m_changed.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] {
            return m_closed || m_cancelled.contains(id) || m_paused.contains(id);
        });
        return !isStopped ? Stop::None : m_paused.contains(id) && !m_closed ? Stop::Pause : Stop::Cancel;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<GenerateRequest> m_jobs;
    std::set<std::string> m_cancelled;
    std::set<std::string> m_paused;
    std::map<std::string, GenerateRequest> m_held;
    bool m_closed = false;
};

void put(const std::string& bytes) {
    [[maybe_unused]] const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
}

void send(const FakeScript& script, const Event& event) {
    const std::string line = toJsonLine(event);
    if (script.mode == Mode::Stutter) {
        const auto pause = std::chrono::milliseconds(script.stepMilliseconds);
        put(line.substr(0, 1));
        std::this_thread::sleep_for(pause);
        put(line.substr(1, line.size() / 2));
        std::this_thread::sleep_for(pause);
        put(line.substr(1 + line.size() / 2) + "\r\n");
        return;
    }
    if (script.mode == Mode::Garbage) {
        put("Warning: something wrote to stdout\n\xff\xfe\x01{\n{\"type\":\"unheard-of\"}\n\n");
    }
    put(line + "\n");
}

/// Red grows to the right, green downwards, blue in time; `fraction` of the full brightness.
FrameSet gradient(const GenerateRequest& request, int shrink, double fraction) {
    FrameSet set;
    set.frames = request.frames > 0 ? request.frames : 9;
    set.width = std::max(1, (request.width > 0 ? request.width : 64) / shrink);
    set.height = std::max(1, (request.height > 0 ? request.height : 32) / shrink);
    set.fpsNumerator = request.fpsNumerator > 0 ? request.fpsNumerator : 12;
    set.fpsDenominator = request.fpsNumerator > 0 ? request.fpsDenominator : 1;
    const auto ramp = [&](std::int64_t at, std::int64_t count) {
        return static_cast<std::uint16_t>(65535.0 * fraction * static_cast<double>(at) /
                                          static_cast<double>(std::max<std::int64_t>(1, count - 1)));
    };
    for (std::int64_t f = 0; f < set.frames; ++f) {
        for (int y = 0; y < set.height; ++y) {
            for (int x = 0; x < set.width; ++x) {
                set.samples.insert(set.samples.end(), {ramp(x, set.width), ramp(y, set.height), ramp(f, set.frames)});
            }
        }
    }
    return set;
}

[[noreturn]] void hang(bool hard) {
    if (hard) {
        std::signal(SIGTERM, SIG_IGN);
    }
    for (;;) {
        ::pause();
    }
}

FinishedEvent publish(const FakeScript& script, const GenerateRequest& request, int steps) {
    const std::string partial = request.outputPath + ".partial";
    fs::create_directories(partial);
    const FrameSet set = gradient(request, 1, 1.0);
    const std::string name = "/frames.safetensors";
    if (script.mode != Mode::LostFrames) {
        writeFrameFile(partial + name, set);
    }
    const std::string states = request.checkpoints == Checkpoints::All ? request.outputPath + "/checkpoints" : "";
    if (!states.empty()) {
        fs::create_directories(partial + "/checkpoints");
        std::ofstream(partial + "/checkpoints/step-0001.safetensors") << "state";
    }
    if (script.mode == Mode::BrokenFrames) {
        fs::resize_file(partial + name, fs::file_size(partial + name) / 2);
    }
    fs::rename(partial, request.outputPath);
    return {.id = request.id,
            .framesPath = request.outputPath + name,
            .width = set.width,
            .height = set.height,
            .frames = set.frames,
            .fpsNumerator = set.fpsNumerator,
            .fpsDenominator = set.fpsDenominator,
            .seed = request.seed,
            .steps = steps,
            .guidance = request.guidance.value_or(2.5),
            .shift = request.shift.value_or(2.0),
            .sampler = request.sampler.empty() ? "euler" : request.sampler,
            .modelHash = "fake",
            .seconds = 0.1,
            .takes = {},
            .checkpointFolder = states};
}

PlannedEvent plan(const FakeScript& script, const GenerateRequest& request) {
    const bool fits = script.mode != Mode::NeedsMemory;
    return {.id = request.id,
            .fits = fits,
            .memoryBytes = 2'100'000'000,
            .memoryFree = 8'100'000'000,
            .cardBytes = 0,
            .cardFree = 0,
            .needsBytes = fits ? 2'100'000'000 : 13'200'000'000,
            .residency = "sequential",
            .seconds = 42.0,
            .width = request.width,
            .height = request.height,
            .frames = request.frames,
            .fpsNumerator = 12,
            .fpsDenominator = 1,
            .legalWidth = request.width,
            .legalHeight = request.height,
            .legalFrames = request.frames,
            .windows = 1};
}

/// The files of a place, as a list in JSON.
std::string filesOf(const fs::path& place) {
    std::set<std::string> files;
    if (!fs::is_directory(place)) {
        files.insert(place.string());
    } else {
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(place)) {
            if (entry.is_regular_file()) {
                files.insert(entry.path().string());
            }
        }
    }
    std::string list;
    for (const std::string& file : files) {
        list += (list.empty() ? "\"" : ",\"") + file + '"';
    }
    return '[' + list + ']';
}

/// Says of every place that it is a model of a made-up family; when it is to refuse, that none is. Notes being asked.
int describe(int argc, char** argv) {
    const FakeScript script = readScript(1, argv);
    for (int i = 2; i < argc; ++i) {
        if (!script.log.empty()) {
            std::ofstream(script.log, std::ios::app) << "describe " << argv[i] << '\n';
        }
        if (script.mode == Mode::Refuse) {
            std::printf("{\"place\":\"%s\",\"problem\":\"as the script says\"}\n", argv[i]);
            continue;
        }
        std::printf("{\"place\":\"%s\",\"model\":{\"name\":\"%s\",\"family\":\"fake\",\"size\":[64,36],\"frames\":9,"
                    "\"fps\":8,\"conditions\":[[\"any\"]]},\"files\":%s}\n",
                    argv[i], fs::path(argv[i]).stem().c_str(), filesOf(argv[i]).c_str());
    }
    return 0;
}

Event generate(const FakeScript& script, const GenerateRequest& request, Inbox& inbox) {
    send(script, AcceptedEvent{request.id});
    if (script.mode == Mode::CrashOnAccept) {
        std::abort();
    }
    if (script.mode == Mode::Fail || script.mode == Mode::Refuse) {
        return FailedEvent{request.id, script.mode == Mode::Fail ? "out-of-memory" : "unsupported-condition",
                           "as the script says"};
    }
    if (script.mode == Mode::NeedsMemory && !request.tryAnyway) {
        return FailedEvent{request.id, "needs-memory", "needs 13.2 GB, 8.1 GB are free"};
    }
    if (script.mode == Mode::Notice) {
        send(script,
             NoticeEvent{
                 .id = request.id, .code = "less-memory", .detail = "streamed", .facts = {{"residency", "streamed"}}});
    }
    if (script.mode == Mode::BadLine) {
        send(script, FailedEvent{"", "bad-request", "of another line"});
    }
    const int steps = request.steps > 0 ? request.steps : 4;
    for (int step = 1; step <= steps; ++step) {
        switch (inbox.pass(request.id, script.stepMilliseconds)) {
        case Inbox::Stop::None:
            break;
        case Inbox::Stop::Cancel:
            return CancelledEvent{request.id};
        case Inbox::Stop::Pause:
            inbox.hold(request);
            return PausedEvent{request.id, step - 1, steps};
        }
        send(script,
             ProgressEvent{request.id, Stage::Denoise, step, steps, 0.001 * script.stepMilliseconds * (steps - step)});
        if (request.wantsPreviews) {
            const std::string path = request.outputPath + ".preview.safetensors";
            fs::create_directories(fs::path(path).parent_path());
            writeFrameFile(path, gradient(request, 16, static_cast<double>(step) / steps));
            send(script, PreviewEvent{request.id, step, path});
        }
        if (script.mode == Mode::Hang || script.mode == Mode::HangHard) {
            hang(script.mode == Mode::HangHard);
        }
        if (script.mode == Mode::Crash && step == 2) {
            std::abort();
        }
    }
    send(script, ProgressEvent{request.id, Stage::Save, steps, steps, 0.0});
    fs::remove(request.outputPath + ".preview.safetensors");
    return publish(script, request, steps);
}

void listen(const FakeScript& script, Inbox& inbox) {
    LineReader reader(STDIN_FILENO);
    for (;;) {
        try {
            const auto line = reader.next();
            if (!line) {
                break;
            }
            const Request request = parseRequest(*line);
            if (!script.log.empty()) {
                std::ofstream(script.log, std::ios::app) << *line << '\n';
            }
            if (const auto* job = std::get_if<GenerateRequest>(&request)) {
                inbox.add(*job);
            } else if (const auto* cancel = std::get_if<CancelRequest>(&request)) {
                inbox.cancel(cancel->id);
            } else if (const auto* pause = std::get_if<PauseRequest>(&request)) {
                inbox.pause(pause->id);
            } else if (const auto* resume = std::get_if<ResumeRequest>(&request)) {
                inbox.resume(resume->id);
            } else if (const auto* question = std::get_if<PlanRequest>(&request)) {
                script.mode == Mode::NoPlan
                    ? send(script, FailedEvent{question->job.id, "bad-model", "as the script says"})
                    : send(script, plan(script, question->job));
            } else {
                break;
            }
        } catch (const ProtocolError& error) {
            send(script, FailedEvent{"", "bad-request", error.what()});
        }
    }
    inbox.close();
}

} // namespace

int main(int argc, char** argv) {
    try {
        std::signal(SIGPIPE, SIG_IGN);
        if (argc > 1 && std::string(argv[1]) == "describe") {
            return describe(argc, argv);
        }
        const FakeScript script = readScript(argc, argv);
        if (script.mode == Mode::CrashAtStart) {
            std::abort();
        }
        Inbox inbox;
        if (script.mode != Mode::Silent) {
            const int protocol = script.mode == Mode::OtherProtocol ? kProtocolVersion + 1 : kProtocolVersion;
            send(script, HelloEvent{protocol, "fake", "none", "fp32", 1});
        }
        std::jthread listener([&] { listen(script, inbox); });
        while (const auto request = inbox.next()) {
            send(script, generate(script, *request, inbox));
        }
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "fake-worker: %s\n", error.what());
        return 1;
    }
}
