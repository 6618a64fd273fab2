#include "app/cli/Interrupt.h"

#include <csignal>
#include <cstdlib>

#include <sys/signalfd.h>
#include <unistd.h>

namespace app::cli {

namespace {

sigset_t ourSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

Interrupt::Interrupt(QObject* parent) : QObject(parent) {}

Interrupt::~Interrupt() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

void Interrupt::blockSignals() {
    const sigset_t signals = ourSignals();
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void Interrupt::catchSignals() {
    const sigset_t signals = ourSignals();
    m_descriptor = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (m_descriptor >= 0) {
        m_notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
        connect(m_notifier, &QSocketNotifier::activated, this, &Interrupt::readSignal);
    }
}

void Interrupt::readSignal() {
    signalfd_siginfo info{};
    while (::read(m_descriptor, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        request();
    }
}

void Interrupt::request() {
    if (m_wasRequested) {
        std::_Exit(128 + SIGINT);
    }
    m_wasRequested = true;
    Q_EMIT requested();
}

} // namespace app::cli
