#include "generation/training/measure/Motion.h"

#include "generation/training/world/Shading.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace generation::measure {

namespace {

constexpr int kBlock = 16;
constexpr int kReach = 7;
constexpr int kWidth = kWorkWidth / 2; ///< blocks are followed at half of the work size
constexpr int kHeight = kWorkHeight / 2;

/// A picture whose border goes on for kReach pixels on each side.
Image padded(const Image& image) {
    Image wide{image.width + 2 * kReach, image.height + 2 * kReach, {}};
    for (int y = 0; y < wide.height; ++y) {
        for (int x = 0; x < wide.width; ++x) {
            wide.values.push_back(image.near(x - kReach, y - kReach));
        }
    }
    return wide;
}

/// Sum of absolute differences of two blocks, given by their first pixels and the rows' lengths. Column by column, so
/// that the loop becomes vector instructions.
FILM_LOOP float difference(const float* a, int strideA, const float* b, int strideB) {
    float columns[kBlock] = {};
    for (int y = 0; y < kBlock; ++y) {
#pragma GCC ivdep
        for (int x = 0; x < kBlock; ++x) {
            columns[x] += world::magnitude(a[y * strideA + x] - b[y * strideB + x]);
        }
    }
    float sum = 0.0F;
    for (const float column : columns) {
        sum += column;
    }
    return sum;
}

/// The least of a parabola through three neighbours, -0.5 to 0.5.
float vertex(float before, float least, float after) {
    const float bend = before + after - 2.0F * least;
    return bend > 1e-6F ? std::clamp(0.5F * (before - after) / bend, -0.5F, 0.5F) : 0.0F;
}

float textureOf(const Image& image, int left, int top) {
    float sum = 0.0F;
    for (int y = top; y < top + kBlock; ++y) {
        for (int x = left; x < left + kBlock; ++x) {
            sum += std::abs(image.near(x + 1, y) - image.at(x, y)) + std::abs(image.near(x, y + 1) - image.at(x, y));
        }
    }
    return sum / static_cast<float>(kBlock * kBlock);
}

/// `to` is padded.
BlockMotion follow(const Image& from, const Image& to, int left, int top) {
    std::array<std::array<float, 2 * kReach + 1>, 2 * kReach + 1> costs{};
    float mean = 0.0F;
    int bestX = 0;
    int bestY = 0;
    float best = 1e9F;
    const float* start = from.values.data() + top * from.width + left;
    for (int dy = -kReach; dy <= kReach; ++dy) {
        for (int dx = -kReach; dx <= kReach; ++dx) {
            // Staying is a little likelier: flat blocks should not wander.
            const int at = (top + kReach + dy) * to.width + left + kReach + dx;
            const float cost = difference(start, from.width, to.values.data() + at, to.width) +
                               0.02F * static_cast<float>(std::abs(dx) + std::abs(dy));
            costs[static_cast<std::size_t>(dy + kReach)][static_cast<std::size_t>(dx + kReach)] = cost;
            mean += cost;
            if (cost < best) {
                best = cost;
                bestX = dx;
                bestY = dy;
            }
        }
    }
    mean /= static_cast<float>(costs.size() * costs.size());
    const auto cost = [&](int dx, int dy) {
        const auto index = [](int d) { return static_cast<std::size_t>(std::clamp(d, -kReach, kReach) + kReach); };
        return costs[index(dy)][index(dx)];
    };
    const float fineX = vertex(cost(bestX - 1, bestY), best, cost(bestX + 1, bestY));
    const float fineY = vertex(cost(bestX, bestY - 1), best, cost(bestX, bestY + 1));
    const float texture = textureOf(from, left, top);
    const float certain = std::clamp((mean - best) / (mean + 0.3F), 0.0F, 1.0F);
    return {2.0F * (static_cast<float>(left + kBlock / 2) - 0.5F * kWidth),
            2.0F * (static_cast<float>(top + kBlock / 2) - 0.5F * kHeight), 2.0F * (static_cast<float>(bestX) + fineX),
            2.0F * (static_cast<float>(bestY) + fineY),
            texture > 0.006F ? certain * std::min(1.0F, texture * 30.0F) : 0.0F};
}

void addSpread(const std::vector<float>& values, Features& to) {
    double sum = 0.0;
    double squares = 0.0;
    for (const float value : values) {
        sum += value;
        squares += static_cast<double>(value) * value;
    }
    const double mean = sum / static_cast<double>(values.size());
    to.push_back(static_cast<float>(mean));
    to.push_back(
        static_cast<float>(std::sqrt(std::max(0.0, squares / static_cast<double>(values.size()) - mean * mean))));
}

} // namespace

std::vector<BlockMotion> blockMotions(const Image& from, const Image& to) {
    const Image a = resized(from, kWidth, kHeight);
    const Image b = padded(resized(to, kWidth, kHeight));
    std::vector<BlockMotion> blocks;
    for (int top = 0; top + kBlock <= kHeight; top += kBlock / 2) {
        for (int left = 0; left + kBlock <= kWidth; left += kBlock) {
            blocks.push_back(follow(a, b, left, top));
        }
    }
    return blocks;
}

GlobalMotion globalMotionOf(const std::vector<BlockMotion>& blocks) {
    GlobalMotion motion;
    std::vector<float> weights;
    for (const BlockMotion& block : blocks) {
        weights.push_back(block.trust);
        motion.trust += block.trust > 0.1F ? 1.0F / static_cast<float>(blocks.size()) : 0.0F;
    }
    for (int round = 0; round < 8; ++round) {
        double w = 1e-6;
        double wx = 0.0;
        double wy = 0.0;
        double wd = 0.0;
        double we = 0.0;
        double wrr = 0.0;
        double wrd = 0.0;
        for (std::size_t k = 0; k < blocks.size(); ++k) {
            const BlockMotion& b = blocks[k];
            const double weight = weights[k];
            w += weight;
            wx += weight * b.x;
            wy += weight * b.y;
            wd += weight * b.dx;
            we += weight * b.dy;
            wrr += weight * (b.x * b.x + b.y * b.y);
            wrd += weight * (b.x * b.dx + b.y * b.dy);
        }
        // dx = tx + s x, dy = ty + s y
        const double spread = wrr - (wx * wx + wy * wy) / w;
        motion.growth = static_cast<float>((wrd - (wx * wd + wy * we) / w) / (spread + 100.0));
        motion.x = static_cast<float>((wd - motion.growth * wx) / w);
        motion.y = static_cast<float>((we - motion.growth * wy) / w);
        double rest = 0.0;
        for (std::size_t k = 0; k < blocks.size(); ++k) {
            const BlockMotion& b = blocks[k];
            const float ex = b.dx - motion.x - motion.growth * b.x;
            const float ey = b.dy - motion.y - motion.growth * b.y;
            const float error = std::sqrt(ex * ex + ey * ey);
            rest += static_cast<double>(weights[k]) * error;
            weights[k] = b.trust / (1.0F + 0.5F * error * error);
        }
        motion.rest = static_cast<float>(rest / w);
    }
    return motion;
}

Features cameraFeatures(const Footage& footage) {
    constexpr int kPairs = 6;
    const int frames = static_cast<int>(footage.size());
    std::array<std::vector<float>, 3> moves;
    std::array<std::vector<float>, 5> rest;
    std::vector<Image> lumas;
    const int step = std::max(1, (frames - 1) / kPairs);
    for (int k = 0; k < frames; k += step) {
        lumas.push_back(atWorkSize(footage[static_cast<std::size_t>(k)]).luma());
    }
    for (std::size_t k = 0; k + 1 < lumas.size(); ++k) {
        const std::vector<BlockMotion> blocks = blockMotions(lumas[k], lumas[k + 1]);
        const GlobalMotion all = globalMotionOf(blocks);
        moves[0].push_back(all.x);
        moves[1].push_back(all.y);
        moves[2].push_back(100.0F * all.growth);
        rest[0].push_back(all.rest);
        rest[1].push_back(all.trust);
        for (const int third : {0, 1, 2}) {
            std::vector<BlockMotion> part;
            std::copy_if(blocks.begin(), blocks.end(), std::back_inserter(part), [&](const BlockMotion& b) {
                return static_cast<int>((b.y + 0.5F * kWorkHeight) * 3.0F / kWorkHeight) == third;
            });
            rest[2U + static_cast<std::size_t>(third)].push_back(globalMotionOf(part).x);
        }
    }
    Features f;
    for (const std::vector<float>& values : moves) {
        addSpread(values.empty() ? std::vector<float>{0.0F} : values, f);
    }
    // Signs and sizes: a camera pans or it does not.
    for (const std::size_t at : {0U, 2U, 4U}) {
        f.push_back(std::clamp(f[at], -2.0F, 2.0F));
        f.push_back(std::abs(f[at]));
    }
    for (const std::vector<float>& values : rest) {
        addSpread(values.empty() ? std::vector<float>{0.0F} : values, f);
    }
    return f;
}

} // namespace generation::measure
