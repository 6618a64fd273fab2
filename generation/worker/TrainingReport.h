#pragma once

#include "generation/training/TrainingObserver.h"

#include <chrono>
#include <csignal>
#include <string>

namespace generation {

/// Tells of a training run: a JSON line on stdout and a line for people on stderr every few seconds. SIGINT and SIGTERM
/// end the run at its next checkpoint(), whichever thread they reach.
/// Thread: main; one at a time in a process.
class TrainingReport : public TrainingObserver {
public:
    TrainingReport();
    ~TrainingReport() override;
    TrainingReport(const TrainingReport&) = delete;
    TrainingReport& operator=(const TrainingReport&) = delete;

    void progress(const TrainingProgress& progress) override;
    void notice(const std::string& code, const std::string& detail) override;
    void checkpoint() override;

private:
    std::chrono::steady_clock::time_point m_told;
    struct sigaction m_interrupt{}; ///< as they were before
    struct sigaction m_terminate{};
};

} // namespace generation
