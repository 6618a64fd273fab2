#pragma once

#include "generation/model/Parity.h"

#include <vector>

namespace generation {

/// The fixtures of whole runs: schedules and samplers, text to video and video to video, VACE with references and a
/// mask, image to video with per-token time.
std::vector<ParityCase> pipelineParityCases();

} // namespace generation
