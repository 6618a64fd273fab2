#pragma once

#include <vector>

namespace generation {

/// The noise levels of a run, from noise to picture: x(sigma) = (1 - sigma) * clip + sigma * noise.
struct Schedule {
    std::vector<double> sigmas;    ///< one more than steps, falling; the last is 0
    std::vector<double> timesteps; ///< what the network is told at each step, 0 to 1000

    int steps() const { return static_cast<int>(timesteps.size()); }
};

/// Moves noise levels towards noise: s * sigma / (1 + (s - 1) * sigma).
double shifted(double sigma, double shift);

// steps is 1 or more, shift above 0 in all of these.

/// Ours, and what the published code of Wan's distilled models uses: shifted(1 .. 0) in equal steps.
Schedule eulerSchedule(int steps, double shift);

/// FlowMatchEulerDiscreteScheduler of diffusers, which shifts its smallest level twice. For parity.
Schedule diffusersEulerSchedule(int steps, double shift);

/// UniPCMultistepScheduler of diffusers with flow sigmas; timesteps are truncated to integers.
Schedule uniPcSchedule(int steps, double shift);

/// The same of the original Wan code, which begins at 0.999.
Schedule originalUniPcSchedule(int steps, double shift);

/// Timesteps as a distilled model was taught them: from at most 1000, falling, above 0. sigma is a thousandth.
/// Throws std::invalid_argument for others.
Schedule listedSchedule(const std::vector<double>& timesteps);

} // namespace generation
