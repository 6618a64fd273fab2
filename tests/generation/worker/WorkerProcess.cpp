#include "tests/generation/worker/WorkerProcess.h"

#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace generation::test {

WorkerProcess::WorkerProcess(const std::vector<std::string>& arguments) {
    std::signal(SIGPIPE, SIG_IGN);
    const char* folder = std::getenv("FANTASCOPE_BIN");
    const std::string program = std::string(folder ? folder : "build/worker/bin") + "/fantascope-worker";
    int input[2];
    int output[2];
    if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));
    }
    argv.push_back(nullptr);
    m_child = ::fork();
    if (m_child == 0) {
        ::dup2(input[0], STDIN_FILENO);
        ::dup2(output[1], STDOUT_FILENO);
        ::execv(program.c_str(), argv.data());
        ::_exit(127);
    }
    ::close(input[0]);
    ::close(output[1]);
    m_input = input[1];
    m_output = output[0];
    m_reader = LineReader(m_output);
}

WorkerProcess::~WorkerProcess() {
    kill();
    wait();
    closeInput();
    ::close(m_output);
}

void WorkerProcess::sendLine(const std::string& line) {
    writeLine(m_input, line);
}

void WorkerProcess::closeInput() {
    if (m_input >= 0) {
        ::close(m_input);
        m_input = -1;
    }
}

Event WorkerProcess::event() {
    const auto next = m_reader.next();
    if (!next) {
        throw std::runtime_error("the worker's output has ended");
    }
    return parseEvent(*next);
}

Event WorkerProcess::outcome() {
    for (;;) {
        Event next = event();
        if (std::holds_alternative<FinishedEvent>(next) || std::holds_alternative<FailedEvent>(next) ||
            std::holds_alternative<CancelledEvent>(next)) {
            return next;
        }
    }
}

void WorkerProcess::waitForStep(int step) {
    for (;;) {
        const Event next = event();
        const auto* progress = std::get_if<ProgressEvent>(&next);
        if (progress && progress->stage == Stage::Denoise && progress->step >= step) {
            return;
        }
    }
}

void WorkerProcess::kill() {
    if (m_child > 0) {
        ::kill(m_child, SIGKILL);
    }
}

int WorkerProcess::wait() {
    int status = 0;
    if (m_child > 0) {
        ::waitpid(m_child, &status, 0);
        m_child = -1;
    }
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace generation::test
