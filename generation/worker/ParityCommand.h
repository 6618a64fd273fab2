#pragma once

#include <string>

namespace generation {

/// `fantascope-worker parity DIR`: compares every fixture file in the folder, one line a tensor with name, largest
/// absolute error and tolerance, and "N passed, N failed" at the end. Fixtures of parts this build does not have are
/// listed as skipped. Returns the exit status: 0 when nothing failed and something passed.
int runParityCommand(const std::string& folder);

} // namespace generation
