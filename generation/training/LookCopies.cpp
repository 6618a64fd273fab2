#include "generation/training/LookCopies.h"

#include "generation/training/Footage.h"
#include "generation/training/measure/PerceptualHash.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {

namespace {

constexpr std::int64_t kFrames = 3; // of each video: begin, middle, end

std::vector<measure::PerceptualHash> hashesOf(const at::Tensor& video) {
    const std::int64_t last = video.size(2) - 1;
    std::vector<measure::PerceptualHash> hashes;
    for (std::int64_t i = 0; i < kFrames; ++i) {
        const std::int64_t frame = last * i / (kFrames - 1);
        if (i > 0 && last == 0) {
            break;
        }
        const measure::PerceptualHash hash = measure::perceptualHashOf(footageOf(video.narrow(2, frame, 1)).front());
        if (hash.quality >= measure::kLeastQuality) {
            hashes.push_back(hash);
        }
    }
    return hashes;
}

} // namespace

std::vector<LookCopy> findCopies(const std::vector<at::Tensor>& generated, const std::vector<LookWindow>& windows) {
    std::vector<measure::PerceptualHash> made;
    for (const at::Tensor& video : generated) {
        const auto hashes = hashesOf(video);
        made.insert(made.end(), hashes.begin(), hashes.end());
    }
    std::vector<LookCopy> copies;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        int nearest = measure::kSameHash + 1;
        for (const measure::PerceptualHash& hash : hashesOf(windows[i].video)) {
            for (const measure::PerceptualHash& other : made) {
                nearest = std::min(nearest, measure::hashDistance(hash, other));
            }
        }
        if (nearest <= measure::kSameHash) {
            copies.push_back({i, nearest});
        }
    }
    return copies;
}

} // namespace generation
