#include "app/generation/WorkerProcess.h"

#include "app/settings/Folders.h"
#include "generation/protocol/Protocol.h"

#include <QCoreApplication>
#include <QProcessEnvironment>
#include <QThread>

#include <csignal>

#include <unistd.h>

namespace app {

namespace {

constexpr int kMostStrangeLines = 1000;
constexpr int kMostLastWords = 4096;

/// Ends a worker that nobody listens to any more: end of input, then kill. While events are handled this returns at
/// once and the application object owns what is left; when the program is ending nobody's window is blocked by the
/// short wait.
void reap(std::unique_ptr<QProcess> process, std::chrono::milliseconds patience) {
    process->closeWriteChannel();
    if (QThread::currentThread()->loopLevel() == 0) {
        if (!process->waitForFinished(static_cast<int>(patience.count()))) {
            process->kill();
            process->waitForFinished(static_cast<int>(patience.count()));
        }
        return;
    }
    QProcess* orphan = process.release();
    orphan->setParent(QCoreApplication::instance());
    QObject::connect(orphan, &QProcess::finished, orphan, &QObject::deleteLater);
    QTimer::singleShot(patience, orphan, &QProcess::kill);
}

} // namespace

void detachFromTerminal() {
    ::setpgid(0, 0);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

WorkerSetup standardWorker() {
    return {
        .program = folders::workerProgram(), .arguments = {}, .memory = folders::cache() + QStringLiteral("/worker")};
}

WorkerProcess::WorkerProcess(WorkerSetup setup, QObject* parent) : QObject(parent), m_setup(std::move(setup)) {
    m_helloTimer.setSingleShot(true);
    m_ladderTimer.setSingleShot(true);
    connect(&m_helloTimer, &QTimer::timeout, this, [this] { misbehave(QStringLiteral("no-hello")); });
    connect(&m_ladderTimer, &QTimer::timeout, this, &WorkerProcess::climb);
}

WorkerProcess::~WorkerProcess() {
    if (m_process) {
        m_process->disconnect();
        reap(std::move(m_process), m_setup.terminate);
    }
}

qint64 WorkerProcess::processId() const {
    return m_process ? m_process->processId() : 0;
}

void WorkerProcess::start() {
    if (m_process) {
        return;
    }
    m_output.clear();
    m_errors.clear();
    m_misbehaviour.clear();
    m_cancelled.clear();
    m_strangeLines = 0;
    m_hasHello = false;
    m_isTerminated = false;
    m_process = std::make_unique<QProcess>();
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &WorkerProcess::readOutput);
    connect(m_process.get(), &QProcess::readyReadStandardError, this, &WorkerProcess::readErrors);
    connect(m_process.get(), &QProcess::finished, this, &WorkerProcess::processEnded);
    connect(m_process.get(), &QProcess::errorOccurred, this, &WorkerProcess::processFailed, Qt::QueuedConnection);
    m_process->setChildProcessModifier(detachFromTerminal);
    if (!m_setup.memory.isEmpty()) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("FANTASCOPE_CACHE"), m_setup.memory);
        m_process->setProcessEnvironment(environment);
    }
    m_helloTimer.start(m_setup.hello);
    m_process->start(m_setup.program, m_setup.arguments);
}

void WorkerProcess::send(const generation::Request& request) {
    start();
    m_process->write(QByteArray::fromStdString(generation::toJsonLine(request)) + '\n');
}

void WorkerProcess::cancel(const QString& jobId) {
    if (!m_process || m_cancelled == jobId) {
        return;
    }
    m_cancelled = jobId;
    m_isTerminated = false;
    send(generation::CancelRequest{jobId.toStdString()});
    m_ladderTimer.start(m_setup.cancel);
}

void WorkerProcess::climb() {
    if (!m_process) {
        return;
    }
    if (m_isTerminated) {
        m_process->kill();
    } else {
        m_isTerminated = true;
        m_process->terminate();
        m_ladderTimer.start(m_setup.terminate);
    }
}

void WorkerProcess::readOutput() {
    m_output += m_process->readAllStandardOutput();
    if (!m_misbehaviour.isEmpty()) { // what it still said before its end
        m_output.clear();
        return;
    }
    qsizetype from = 0;
    for (qsizetype end = m_output.indexOf('\n'); end >= 0; end = m_output.indexOf('\n', from)) {
        const QByteArray line = m_output.mid(from, end - from);
        from = end + 1;
        takeLine(line);
        if (!m_process || !m_misbehaviour.isEmpty()) {
            return;
        }
    }
    m_output.remove(0, from);
    if (m_output.size() > static_cast<qsizetype>(generation::kMaxLineBytes) + 1) {
        misbehave(QStringLiteral("line-too-long"));
    }
}

void WorkerProcess::readErrors() {
    m_errors += m_process->readAllStandardError();
    m_errors = m_errors.right(kMostLastWords);
}

void WorkerProcess::takeLine(const QByteArray& line) {
    try {
        const std::string text = (line.endsWith('\r') ? line.chopped(1) : line).toStdString();
        takeEvent(generation::parseEvent(text));
    } catch (const generation::ProtocolError&) {
        // A library inside the worker may print; that is no reason to lose a job, but it must not go on for ever.
        if (++m_strangeLines > kMostStrangeLines) {
            misbehave(QStringLiteral("garbage"));
        }
    }
}

void WorkerProcess::takeEvent(const generation::Event& event) {
    if (const auto* hello = std::get_if<generation::HelloEvent>(&event)) {
        if (hello->protocol != generation::kProtocolVersion) {
            misbehave(QStringLiteral("other-protocol"));
            return;
        }
        m_hasHello = true;
        m_helloTimer.stop();
    } else if (!m_hasHello) {
        misbehave(QStringLiteral("no-hello"));
        return;
    }
    const auto endsCancelled = [this](const auto& ending) { return QString::fromStdString(ending.id) == m_cancelled; };
    const bool isEnd = (std::holds_alternative<generation::FinishedEvent>(event) &&
                        endsCancelled(std::get<generation::FinishedEvent>(event))) ||
                       (std::holds_alternative<generation::FailedEvent>(event) &&
                        endsCancelled(std::get<generation::FailedEvent>(event))) ||
                       (std::holds_alternative<generation::PausedEvent>(event) &&
                        endsCancelled(std::get<generation::PausedEvent>(event))) ||
                       (std::holds_alternative<generation::CancelledEvent>(event) &&
                        endsCancelled(std::get<generation::CancelledEvent>(event)));
    if (isEnd) {
        m_ladderTimer.stop();
        m_cancelled.clear();
    }
    Q_EMIT eventReceived(event);
}

void WorkerProcess::misbehave(const QString& why) {
    m_misbehaviour = why;
    m_helloTimer.stop();
    m_output.clear();
    if (m_process) {
        m_process->kill();
    }
}

void WorkerProcess::processFailed(QProcess::ProcessError error) {
    if (m_process && error == QProcess::FailedToStart) {
        processEnded();
    }
}

void WorkerProcess::processEnded() {
    if (!m_process) {
        return;
    }
    if (m_misbehaviour.isEmpty() && m_process->error() != QProcess::FailedToStart) {
        readOutput(); // what came with the end
    }
    if (!m_process) {
        return;
    }
    readErrors();
    m_helloTimer.stop();
    m_ladderTimer.stop();
    const WorkerEnd end{
        .failedToStart = m_process->error() == QProcess::FailedToStart,
        .crashed = m_process->exitStatus() == QProcess::CrashExit,
        .exitCode = m_process->exitCode(),
        .lastWords = m_process->error() == QProcess::FailedToStart ? m_process->errorString()
                                                                   : QString::fromUtf8(m_errors).trimmed(),
        .misbehaviour = m_misbehaviour,
    };
    m_process->disconnect(this);
    m_process.release()->deleteLater(); // we are inside one of its signals
    Q_EMIT ended(end);
}

} // namespace app
