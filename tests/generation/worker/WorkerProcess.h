#pragma once

#include "generation/protocol/Event.h"
#include "generation/protocol/LineReader.h"
#include "generation/protocol/Request.h"

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace generation::test {

/// The real fantascope-worker as a child process, with pipes to its stdin and stdout. Killed with the object.
/// Thread: one.
class WorkerProcess {
public:
    explicit WorkerProcess(const std::vector<std::string>& arguments = {});
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    void send(const Request& request) { sendLine(toJsonLine(request)); }
    void sendLine(const std::string& line);
    void closeInput();

    /// The next line of its stdout; absent at the end.
    std::optional<std::string> line() { return m_reader.next(); }
    /// The next event. Throws ProtocolError when a line is none, std::runtime_error at the end.
    Event event();
    /// Reads events up to the job's last one (finished, failed, cancelled).
    Event outcome();
    /// Reads events until the job has done `step` denoising steps.
    void waitForStep(int step);

    pid_t processId() const { return m_child; }

    void kill();
    /// Waits for its end; the exit status, or minus the signal.
    int wait();

private:
    pid_t m_child = -1;
    int m_input = -1;
    int m_output = -1;
    LineReader m_reader{-1};
};

} // namespace generation::test
