#include "timeline/render/Rows.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace timeline {

void forRows(int rows, const std::function<void(int first, int end)>& work) {
    constexpr int kBand = 16; // rows: small enough to share evenly, large enough to be worth a call
    const int cores = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 16);
    const int threads = std::min(cores, (rows + kBand - 1) / kBand);
    std::atomic<int> next{0};
    const auto takeBands = [&] {
        for (int first = next.fetch_add(kBand); first < rows; first = next.fetch_add(kBand)) {
            work(first, std::min(first + kBand, rows));
        }
    };
    std::vector<std::jthread> helpers;
    for (int i = 1; i < threads; ++i) {
        helpers.emplace_back(takeBands);
    }
    takeBands();
}

} // namespace timeline
