#pragma once

#include "generation/training/measure/Footage.h"
#include "generation/training/measure/RidgeClassifier.h"

#include <cstddef>
#include <vector>

namespace generation::measure {

constexpr int kWindow = 44; ///< side of the square that is looked at, pixels of the work size

/// Sums of everything above and to the left, over a picture whose border goes on for a window on each side: the mean of
/// a square anywhere is four look-ups. Thread: immutable.
class Sums {
public:
    explicit Sums(const Image& image);
    float mean(int left, int top, int size) const;

private:
    std::size_t at(int x, int y) const { return static_cast<std::size_t>(y) * m_stride + static_cast<std::size_t>(x); }

    std::size_t m_stride;
    std::vector<double> m_sums;
};

/// What all windows of a picture are cut from: luma and the two colour differences, then the directions of edges.
using Sheets = std::vector<Sums>;
Sheets sheetsOf(const Picture& picture);

/// Directions of edges in 4x4 cells (histograms of oriented gradients) and colours in 6x6 cells of a window.
Features windowFeatures(const Sheets& sheets, int left, int top);

/// Which colours are in the middle of a place and not around it, and the light of the picture they are seen in.
Features colourFeatures(const Picture& picture, int column, int row);

} // namespace generation::measure
