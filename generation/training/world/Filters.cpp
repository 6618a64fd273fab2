#include "generation/training/world/Filters.h"

#include <algorithm>

namespace generation::world {

namespace {

FILM_LOOP void addRow(float* __restrict sums, const float* __restrict row, int count, float weight) {
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        sums[i] += weight * row[i];
    }
}

FILM_LOOP void scaleRow(float* __restrict to, const float* __restrict from, int count, float factor) {
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        to[i] = from[i] * factor;
    }
}

/// Each pixel the sum of 2 * radius + 1 shifted copies of a row padded by radius on both sides.
FILM_LOOP void sumAlong(float* __restrict to, const float* __restrict padded, int count, int radius) {
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        to[i] = padded[i];
    }
    for (int k = 1; k <= 2 * radius; ++k) {
        for (int i = 0; i < count; ++i) {
            to[i] += padded[i + k];
        }
    }
}

FILM_LOOP void lumaRow(float* __restrict to, const float* __restrict r, const float* __restrict g,
                       const float* __restrict b, int count) {
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        to[i] = 0.299F * r[i] + 0.587F * g[i] + 0.114F * b[i];
    }
}

struct Neighbours {
    const float* above;
    const float* here;
    const float* below;
};

FILM_LOOP void sobelRow(Neighbours n, float* __restrict gx, float* __restrict gy, float* __restrict size, int count) {
#pragma GCC ivdep
    for (int i = 1; i < count - 1; ++i) {
        const float dx = n.above[i + 1] + 2.0F * n.here[i + 1] + n.below[i + 1] - n.above[i - 1] -
                         2.0F * n.here[i - 1] - n.below[i - 1];
        const float dy =
            n.below[i - 1] + 2.0F * n.below[i] + n.below[i + 1] - n.above[i - 1] - 2.0F * n.above[i] - n.above[i + 1];
        gx[i] = 0.25F * dx;
        gy[i] = 0.25F * dy;
        size[i] = std::sqrt(gx[i] * gx[i] + gy[i] * gy[i]);
    }
    for (float* plane : {gx, gy, size}) {
        plane[0] = plane[1];
        plane[count - 1] = plane[count - 2];
    }
}

FILM_LOOP void squareRow(float* __restrict to, const float* __restrict from, int count) {
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        to[i] = from[i] * from[i];
    }
}

struct Quadrants {
    const float* mean;   ///< of luma
    const float* square; ///< of its square
    const float* r;      ///< of the colours
    const float* g;
    const float* b;
    std::size_t up; ///< start of the row above
    std::size_t down;
    int reach; ///< columns to the centre of a quadrant
};

FILM_LOOP void quietest(Quadrants q, float* __restrict r, float* __restrict g, float* __restrict b, int count) {
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        const int left = i < q.reach ? 0 : i - q.reach;
        const int right = i + q.reach < count ? i + q.reach : count - 1;
        const int corners[4] = {static_cast<int>(q.up) + left, static_cast<int>(q.up) + right,
                                static_cast<int>(q.down) + left, static_cast<int>(q.down) + right};
        int best = corners[0];
        float least = q.square[best] - q.mean[best] * q.mean[best];
        for (int k = 1; k < 4; ++k) {
            const float variance = q.square[corners[k]] - q.mean[corners[k]] * q.mean[corners[k]];
            best = variance < least ? corners[k] : best;
            least = variance < least ? variance : least;
        }
        r[i] = q.r[best];
        g[i] = q.g[best];
        b[i] = q.b[best];
    }
}

} // namespace

void boxBlur(float* plane, int width, int height, int radius, Plane& scratch) {
    if (radius < 1) {
        return;
    }
    const auto w = static_cast<std::size_t>(width);
    const auto pad = static_cast<std::size_t>(radius);
    const float share = 1.0F / static_cast<float>(2 * radius + 1);
    scratch.resize(w * static_cast<std::size_t>(height) + w + (w + 2 * pad));
    float* rows = scratch.data();
    float* sums = rows + w * static_cast<std::size_t>(height);
    float* padded = sums + w;
    for (int j = 0; j < height; ++j) {
        const float* row = plane + static_cast<std::size_t>(j) * w;
        std::fill_n(padded, pad, row[0]);
        std::copy_n(row, w, padded + pad);
        std::fill_n(padded + pad + w, pad, row[w - 1]);
        sumAlong(rows + static_cast<std::size_t>(j) * w, padded, width, radius);
    }
    const auto rowAt = [&](int j) { return rows + static_cast<std::size_t>(std::clamp(j, 0, height - 1)) * w; };
    std::fill_n(sums, w, 0.0F);
    for (int j = -radius; j <= radius; ++j) {
        addRow(sums, rowAt(j), width, 1.0F);
    }
    for (int j = 0; j < height; ++j) {
        scaleRow(plane + static_cast<std::size_t>(j) * w, sums, width, share * share);
        addRow(sums, rowAt(j + radius + 1), width, 1.0F);
        addRow(sums, rowAt(j - radius), width, -1.0F);
    }
}

void blur(Frame& frame, int radius, Plane& scratch) {
    for (int channel = 0; channel < 3; ++channel) {
        boxBlur(frame.plane(channel), frame.width(), frame.height(), radius, scratch);
        boxBlur(frame.plane(channel), frame.width(), frame.height(), radius, scratch);
    }
}

void lumaOf(const Frame& frame, Plane& luma) {
    luma.resize(frame.pixels());
    lumaRow(luma.data(), frame.plane(0), frame.plane(1), frame.plane(2), static_cast<int>(frame.pixels()));
}

void gradientsOf(const Plane& plane, int width, int height, Gradients& gradients) {
    for (Plane* to : {&gradients.x, &gradients.y, &gradients.size}) {
        to->resize(plane.size());
    }
    const auto w = static_cast<std::size_t>(width);
    const auto rowAt = [&](int j) { return plane.data() + static_cast<std::size_t>(std::clamp(j, 0, height - 1)) * w; };
    for (int j = 0; j < height; ++j) {
        const std::size_t start = static_cast<std::size_t>(j) * w;
        sobelRow({rowAt(j - 1), rowAt(j), rowAt(j + 1)}, gradients.x.data() + start, gradients.y.data() + start,
                 gradients.size.data() + start, width);
    }
}

void paintPatches(Frame& frame, int radius, PaintScratch& scratch) {
    const int width = frame.width();
    const int height = frame.height();
    // The mean of a square of side 2h + 1 is the mean of a quadrant seen from its corner, h pixels away.
    const int half = std::max(1, radius / 2);
    lumaOf(frame, scratch.luma);
    scratch.square.resize(scratch.luma.size());
    squareRow(scratch.square.data(), scratch.luma.data(), static_cast<int>(scratch.luma.size()));
    boxBlur(scratch.luma.data(), width, height, half, scratch.sums);
    boxBlur(scratch.square.data(), width, height, half, scratch.sums);
    scratch.mean = frame;
    for (int channel = 0; channel < 3; ++channel) {
        boxBlur(scratch.mean.plane(channel), width, height, half, scratch.sums);
    }
    const auto startOf = [&](int j) {
        return static_cast<std::size_t>(std::clamp(j, 0, height - 1)) * static_cast<std::size_t>(width);
    };
    for (int j = 0; j < height; ++j) {
        const Quadrants q{scratch.luma.data(),   scratch.square.data(), scratch.mean.plane(0), scratch.mean.plane(1),
                          scratch.mean.plane(2), startOf(j - half),     startOf(j + half),     half};
        const std::size_t start = startOf(j);
        quietest(q, frame.plane(0) + start, frame.plane(1) + start, frame.plane(2) + start, width);
    }
}

} // namespace generation::world
