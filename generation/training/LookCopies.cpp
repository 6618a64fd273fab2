#include "generation/training/LookCopies.h"

#include "generation/training/Footage.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {

namespace {

constexpr std::int64_t kFrames = 3; // of each video: begin, middle, end

} // namespace

LookPrint printOf(const at::Tensor& video) {
    const std::int64_t last = video.size(2) - 1;
    LookPrint print;
    for (std::int64_t i = 0; i < (last > 0 ? kFrames : 1); ++i) {
        const at::Tensor frame = video.narrow(2, last * i / (kFrames - 1), 1);
        const measure::PerceptualHash hash = measure::perceptualHashOf(footageOf(frame).front());
        if (hash.quality >= measure::kLeastQuality) {
            print.push_back(hash);
        }
    }
    return print;
}

std::vector<LookCopy> findCopies(const std::vector<LookPrint>& generated, const std::vector<LookPrint>& stretches) {
    std::vector<LookCopy> copies;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        int nearest = measure::kSameHash + 1;
        for (const LookPrint& made : generated) {
            for (const measure::PerceptualHash& other : made) {
                for (const measure::PerceptualHash& hash : stretches[i]) {
                    nearest = std::min(nearest, measure::hashDistance(hash, other));
                }
            }
        }
        if (nearest <= measure::kSameHash) {
            copies.push_back({i, nearest});
        }
    }
    return copies;
}

} // namespace generation
