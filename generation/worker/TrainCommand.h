#pragma once

#include <string>
#include <vector>

namespace generation {

/// `fantascope-worker train starter [--minutes M] [--steps N] [--device cpu|cuda] [--size small|large] [--output DIR]
/// [--from MODEL] [--vae-share S] [--rate R] [--seed N] [--checkpoint SECONDS]`, or `--resume DIR`: trains a starter
/// model into DIR/model.
/// Progress goes to stdout as JSON lines and to stderr for people. Interrupting it keeps the last checkpoint; --resume
/// goes on. Returns the exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
int runTrainCommand(const std::vector<std::string>& arguments);

} // namespace generation
