#include "app/cli/Interrupt.h"

#include "app/cli/ExitCode.h"

#include <QSocketNotifier>

#include <cerrno>
#include <cstdlib>

#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace app::cli {

namespace {

/// A signal reaches any thread that does not block it, and libraries start threads before main() (OpenBLAS does): those
/// pass it on to the main thread, which holds it back for the descriptor. The main thread's id is the process's.
void passToMainThread(int signal) {
    const int before = errno;
    ::syscall(SYS_tgkill, ::getpid(), ::getpid(), signal);
    errno = before;
}

} // namespace

Interrupt::Interrupt(QObject* parent) : QObject(parent) {}

Interrupt::~Interrupt() = default;

Interrupt::Scope::Scope(Interrupt* interrupt) : m_interrupt(interrupt) {
    if (m_interrupt && m_interrupt->m_depth++ == 0) {
        m_interrupt->hold();
    }
}

Interrupt::Scope::~Scope() {
    if (m_interrupt && --m_interrupt->m_depth == 0) {
        m_interrupt->release();
    }
}

void Interrupt::hold() {
    sigemptyset(&m_held);
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        ::sigaction(kSignals[i], nullptr, &m_before[i]);
        if (m_before[i].sa_handler != SIG_IGN) {
            sigaddset(&m_held, kSignals[i]);
        }
    }
    ::pthread_sigmask(SIG_BLOCK, &m_held, nullptr);
    struct sigaction pass{};
    pass.sa_handler = passToMainThread;
    pass.sa_flags = SA_RESTART;
    for (const int signal : kSignals) {
        if (sigismember(&m_held, signal) == 1) {
            ::sigaction(signal, &pass, nullptr);
        }
    }
    m_descriptor = ::signalfd(-1, &m_held, SFD_CLOEXEC | SFD_NONBLOCK);
    if (m_descriptor >= 0) {
        m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, &Interrupt::readSignals);
    }
}

void Interrupt::release() {
    m_notifier.reset();
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
        m_descriptor = -1;
    }
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        ::sigaction(kSignals[i], &m_before[i], nullptr);
    }
    ::pthread_sigmask(SIG_UNBLOCK, &m_held, nullptr);
}

void Interrupt::readSignals() {
    signalfd_siginfo info{};
    while (::read(m_descriptor, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        request();
    }
}

void Interrupt::request() {
    if (m_wasRequested) {
        std::_Exit(static_cast<int>(ExitCode::Cancelled));
    }
    m_wasRequested = true;
    Q_EMIT requested();
}

} // namespace app::cli
