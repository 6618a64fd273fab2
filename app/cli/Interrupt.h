#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace app::cli {

/// Ctrl-C as a signal of Qt: the first asks politely, the second ends the program at once.
/// Thread: main.
class Interrupt : public QObject {
    Q_OBJECT

public:
    explicit Interrupt(QObject* parent = nullptr);
    ~Interrupt() override;

    /// Before there is any other thread: those started later inherit the block.
    static void blockSignals();
    /// From now on SIGINT and SIGTERM, blocked before, come here.
    void catchSignals();
    bool wasRequested() const { return m_wasRequested; }
    /// As if Ctrl-C had been pressed.
    void request();

Q_SIGNALS:
    void requested();

private:
    void readSignal();

    int m_descriptor = -1;
    QSocketNotifier* m_notifier = nullptr;
    bool m_wasRequested = false;
};

} // namespace app::cli
