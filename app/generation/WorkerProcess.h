#pragma once

#include "generation/protocol/Event.h"
#include "generation/protocol/Request.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <memory>

namespace app {

/// How the worker is started and how long it is waited for.
struct WorkerSetup {
    QString program = {};
    QStringList arguments = {};
    QString memory = {};                      ///< folder for what it learns about this machine; empty: nothing is kept
    std::chrono::milliseconds hello{120'000}; ///< until its first line; a big libtorch off a slow disk takes a while
    std::chrono::milliseconds cancel{2000};   ///< until terminate
    std::chrono::milliseconds terminate{500}; ///< until kill
};

/// Our worker, which remembers what it learns in the cache folder.
WorkerSetup standardWorker();

/// For the child before the worker's program: out of the terminal's group, so that Ctrl-C is ours to pass on, and deaf
/// to no signal that asks it to end, whatever this program blocks.
void detachFromTerminal();

/// Why the worker is not there any more.
struct WorkerEnd {
    bool failedToStart = false;
    bool crashed = false; ///< ended by a signal
    int exitCode = 0;
    QString lastWords = {};    ///< the end of what it wrote to stderr
    QString misbehaviour = {}; ///< why we ended it: no hello, another protocol, garbage; empty when we did not

    bool operator==(const WorkerEnd&) const = default;
};

/// The generation worker as a child process: requests in, events out, a line of JSON each. What it writes is bounded:
/// lines over the protocol's length and too many lines that are no events end it. It never blocks the caller.
/// Invariants: events come between started and ended(); after ended() it can be started again.
/// Thread: GUI.
class WorkerProcess : public QObject {
    Q_OBJECT

public:
    explicit WorkerProcess(WorkerSetup setup, QObject* parent = nullptr);
    /// Closes the worker's input, which ends it, and hands it to a reaper that kills it if it does not.
    ~WorkerProcess() override;

    bool isRunning() const { return m_process != nullptr; }
    qint64 processId() const;

    void start();
    /// Starts the worker when it is not running.
    void send(const generation::Request& request);
    /// The ladder: a message; when the job's end does not come, terminate, then kill.
    void cancel(const QString& jobId);

Q_SIGNALS:
    void eventReceived(const generation::Event& event);
    void ended(const app::WorkerEnd& end);

private:
    void readOutput();
    void readErrors();
    void takeLine(const QByteArray& line);
    void takeEvent(const generation::Event& event);
    void misbehave(const QString& why);
    void climb();
    void processEnded();
    void processFailed(QProcess::ProcessError error);

    WorkerSetup m_setup;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_output; ///< the beginning of a line
    QByteArray m_errors; ///< the end of stderr
    QString m_misbehaviour;
    QString m_cancelled; ///< the job that the ladder is for
    int m_strangeLines = 0;
    bool m_hasHello = false;
    bool m_isTerminated = false;
    QTimer m_helloTimer;
    QTimer m_ladderTimer;
};

} // namespace app
