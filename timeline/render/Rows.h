#pragma once

#include <functional>

namespace timeline {

/// Calls work(first, end) for bands of [0, rows), on as many threads as the machine has cores (at most 16), and
/// returns when all are done. The calling thread takes part. Work must not throw.
void forRows(int rows, const std::function<void(int first, int end)>& work);

} // namespace timeline
