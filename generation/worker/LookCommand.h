#pragma once

#include <string>
#include <vector>

namespace generation {

/// `fantascope-worker train-look JOB.json [--device cpu|cuda]`: trains a look from decoded clips (LookJob.h); "-" reads
/// the job from stdin. Progress as in TrainCommand.h, notices as LookRun.h has them, and "failed" with {"code",
/// "detail"}. Returns the exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted (the same job goes on from its
/// last checkpoint).
int runLookCommand(const std::vector<std::string>& arguments);

} // namespace generation
