#pragma once

#include "app/generation/JobFailure.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace app {

struct LookStretch;

/// What a look is trained to be.
/// Thread: a value.
struct LookSettings {
    QString model; ///< a place that the worker opens
    QString name;
    QString caption; ///< said of every clip; empty: the worker's, from the name
    int rank = 16;
    double minutes = 20.0;
    std::int64_t steps = 0; ///< above 0: in place of the minutes
    std::int64_t seed = 1;
    QString output;
    bool triesAnyway = false;
};

/// What the worker expects of a training.
/// Thread: a value.
struct LookPlan {
    std::int64_t memoryBytes = 0;
    std::int64_t memoryFree = 0;
    bool fits = true;
    double seconds = 0.0; ///< 0: steps were asked for
    std::int64_t steps = 0;
    QStringList outputs;  ///< one file, or one for each of two experts
    QString folder;       ///< of the checkpoint
    bool resumes = false; ///< there is one
};

/// Where a training is.
/// Thread: a value.
struct LookProgress {
    bool isPreparing = false; ///< clips are still being encoded: steps are clips, and there is no loss
    std::int64_t step = 0;
    double loss = 0.0;
    double fraction = 0.0;     ///< of all files
    double secondsLeft = -1.0; ///< of all files; below 0: unknown
};

/// An output of the finished look that repeats a clip.
struct LookCopy {
    std::size_t stretch = 0;
    int distance = 0; ///< bits of 256 that differ
};

/// How a training ended. Neither a failure nor cancelled: all outputs are written.
/// Thread: a value.
struct LookEnd {
    std::optional<JobFailure> failure;
    bool isCancelled = false;
    std::optional<LookPlan> plan;
    QStringList written;
    std::vector<LookCopy> copies;
    bool isUnchecked = false; ///< the model does not let copies be looked for
    LookProgress last;
};

/// The worker's train-look as a child process: a job on its stdin, JSON lines from its stdout.
/// Invariants: ended() comes once, last. Thread: GUI.
class LookProcess : public QObject {
    Q_OBJECT

public:
    explicit LookProcess(QObject* parent = nullptr);
    /// Ends what still runs.
    ~LookProcess() override;

    /// Asks for the plan alone.
    void plan(const LookSettings& settings);
    void train(const LookSettings& settings, const std::vector<LookStretch>& stretches);
    /// Asks it to save what it has and to end; it may take a step's time.
    void interrupt();

Q_SIGNALS:
    void progressed(const app::LookProgress& progress);
    void ended(const app::LookEnd& end);

private:
    void start(const QByteArray& job);
    void readOutput();
    void takeLine(const QByteArray& line);
    void takeNotice(const QString& code, const QString& detail);
    void takeProgress(const QString& part, LookProgress progress);
    void processEnded();

    QProcess m_process;
    QByteArray m_output; ///< the beginning of a line
    QByteArray m_errors; ///< the end of stderr
    LookEnd m_end;
    bool m_isInterrupted = false;
};

} // namespace app
