#pragma once

#include <string>
#include <vector>

namespace generation {

/// `fantascope-worker evaluate MODEL [--clips N] [--steps N] [--footage a.safetensors,b.safetensors] [--output FILE.md]
/// [--device cpu|cuda] [--seed N]`: what a starter model learnt, as a Markdown table on stdout or in a file. Progress
/// goes to stderr. Returns the exit status: 0 done, 2 wrong usage, 130 interrupted.
int runEvaluateCommand(const std::vector<std::string>& arguments);

} // namespace generation
