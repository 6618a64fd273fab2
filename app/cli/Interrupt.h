#pragma once

#include <QObject>

#include <array>
#include <csignal>
#include <memory>

class QSocketNotifier;

namespace app::cli {

/// SIGINT (Ctrl-C), SIGTERM and SIGHUP as a signal of Qt while a Scope is open: the first asks politely, the second
/// ends the program at once. Outside of a Scope they do what they always do, so that work without an event loop can be
/// ended, too. What the program was started to ignore stays ignored. Thread: main.
class Interrupt : public QObject {
    Q_OBJECT

public:
    explicit Interrupt(QObject* parent = nullptr);
    ~Interrupt() override;

    /// Catches signals from its beginning to its end; scopes may lie in one another. What arrives while no event loop
    /// runs is told by the next one, or does its usual work at the end.
    /// Thread: main.
    class Scope {
    public:
        explicit Scope(Interrupt* interrupt); ///< null: does nothing
        ~Scope();
        Q_DISABLE_COPY_MOVE(Scope)

    private:
        Interrupt* m_interrupt;
    };

    bool wasRequested() const { return m_wasRequested; }
    /// As if Ctrl-C had been pressed.
    void request();

Q_SIGNALS:
    void requested();

private:
    static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

    void hold();
    void release();
    void readSignals();

    int m_depth = 0; ///< of scopes
    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::array<struct sigaction, kSignals.size()> m_before{};
    sigset_t m_held{};
    bool m_wasRequested = false;
};

} // namespace app::cli
