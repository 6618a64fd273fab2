#pragma once

#include "generation/training/TrainingObserver.h"

#include <chrono>
#include <string>

namespace generation {

/// Tells of a training run: a JSON line on stdout and a line for people on stderr every few seconds. SIGINT and SIGTERM
/// end the run at its next checkpoint().
/// Thread: the trainer's; one at a time in a process.
class TrainingReport : public TrainingObserver {
public:
    TrainingReport();

    void progress(const TrainingProgress& progress) override;
    void notice(const std::string& code, const std::string& detail) override;
    void checkpoint() override;

private:
    std::chrono::steady_clock::time_point m_told;
};

} // namespace generation
