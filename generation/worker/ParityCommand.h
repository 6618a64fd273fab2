#pragma once

#include <string>
#include <vector>

namespace generation {

/// `fantascope-worker parity DIR [--device cpu|cuda]`: compares every fixture file in the folder, one line a tensor
/// with name, error and tolerance (ParityResult), and "N passed, N failed" at the end. On the CPU in float32 if no
/// device is named, else in the type that jobs on the device have. Fixtures of parts this build does not have are
/// listed as skipped. Returns the exit status: 0 when nothing failed and something passed, 2 for arguments that are
/// none.
int runParityCommand(const std::vector<std::string>& arguments);

} // namespace generation
