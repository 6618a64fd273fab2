#pragma once

#include "generation/protocol/Event.h"

#include <chrono>
#include <vector>

namespace generation {

/// Estimates how long a job will still take: steps by the last few steps, decoding by how it compared with a step in
/// the jobs before.
/// Thread: one.
class JobClock {
public:
    using Time = std::chrono::steady_clock::time_point;

    void begin(Time now);

    /// `step` of `steps` parts of the stage are done. Returns seconds left of the job, below 0 while unknown.
    double mark(Stage stage, int step, int steps, Time now);

    double seconds(Time now) const;

private:
    double stepSeconds() const;

    Time m_begin{};
    Time m_stageBegin{};
    Time m_lastStep{};
    Stage m_stage = Stage::Load;
    std::vector<double> m_stepSeconds; ///< of this job
    double m_decodeSteps = 10.0;       ///< time to decode, in steps; learnt from every job
};

} // namespace generation
