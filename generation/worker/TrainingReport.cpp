#include "generation/worker/TrainingReport.h"

#include "generation/device/Cancelled.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cmath>
#include <cstdio>

#include <sys/syscall.h>
#include <unistd.h>

namespace generation {

namespace {

constexpr std::chrono::seconds kPause{2};

/// The signals that end a run: blocked, so that only sigpending() hears of them, between two steps.
sigset_t endings() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

/// A signal reaches any thread that does not block it, and libraries start threads before main() (OpenBLAS does): those
/// pass it on to the main thread, whose id is the process's.
void passToMainThread(int signal) {
    const int before = errno;
    ::syscall(SYS_tgkill, ::getpid(), ::getpid(), signal);
    errno = before;
}

void tell(const nlohmann::json& event) {
    std::printf("%s\n", event.dump().c_str());
    std::fflush(stdout);
}

} // namespace

TrainingReport::TrainingReport() : m_told(std::chrono::steady_clock::now() - kPause) {
    const sigset_t set = endings();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    struct sigaction pass{};
    pass.sa_handler = passToMainThread;
    pass.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &pass, &m_interrupt);
    ::sigaction(SIGTERM, &pass, &m_terminate);
}

TrainingReport::~TrainingReport() {
    ::sigaction(SIGINT, &m_interrupt, nullptr);
    ::sigaction(SIGTERM, &m_terminate, nullptr);
}

void TrainingReport::progress(const TrainingProgress& progress) {
    const auto now = std::chrono::steady_clock::now();
    if (now - m_told < kPause) {
        return;
    }
    m_told = now;
    tell({{"event", "training"},
          {"part", progress.part},
          {"step", progress.step},
          {"fraction", progress.fraction},
          {"loss", progress.loss},
          {"seconds_left", progress.secondsLeft}});
    std::fprintf(stderr, "%s: %5.1f %%, step %lld", progress.part.c_str(), progress.fraction * 100.0,
                 static_cast<long long>(progress.step));
    if (progress.secondsLeft >= 0.0) {
        std::fprintf(stderr, ", loss %.4f, %.0f min %02.0f s left", progress.loss,
                     std::floor(progress.secondsLeft / 60.0), std::fmod(progress.secondsLeft, 60.0));
    }
    std::fputc('\n', stderr);
}

void TrainingReport::notice(const std::string& code, const std::string& detail) {
    tell({{"event", "notice"}, {"code", code}, {"detail", detail}});
    std::fprintf(stderr, "%s: %s\n", code.c_str(), detail.c_str());
}

void TrainingReport::checkpoint() {
    sigset_t pending;
    if (sigpending(&pending) == 0 && (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1)) {
        throw Cancelled();
    }
}

} // namespace generation
