#include "generation/nn/Cells.h"

#include "generation/nn/RowGroups.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <type_traits>
#include <vector>

namespace generation {

namespace {

/// Sizes of the small and the large picture, and where in a cell's values a channel of the large one lies.
/// Thread: a value.
struct Cells {
    CellSize size;
    std::int64_t height, width; ///< of the small picture
    std::int64_t small, large;  ///< channels of the picture with few and with many pixels

    /// For pixel k of a cell and channel c of the large picture, [k * large + c]: the channel of the small one.
    std::vector<std::int32_t> channels() const {
        const std::int64_t count = size.pixels();
        std::vector<std::int32_t> result(static_cast<std::size_t>(count * large));
        for (std::int64_t k = 0; k < count; ++k) {
            for (std::int64_t c = 0; c < large; ++c) {
                result[static_cast<std::size_t>(k * large + c)] =
                    static_cast<std::int32_t>((c * count + k) * small / (large * count));
            }
        }
        return result;
    }

    /// The number of the large picture's pixel (frame, small row y and row i of the cell, small column x and column j).
    std::int64_t pixel(std::int64_t frame, std::int64_t row, std::int64_t column) const {
        return (frame * height * size.space + row) * width * size.space + column;
    }
};

template <class T>
void addMeans(const Cells& cells, std::int64_t frames, std::int64_t missing, const T* x, T* y) {
    const std::vector<std::int32_t> channels = cells.channels();
    const std::int64_t s = cells.size.space;
    const float factor = static_cast<float>(cells.small) / static_cast<float>(cells.large * cells.size.pixels());
    at::parallel_for(0, frames * cells.height, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> sums(static_cast<std::size_t>(cells.small));
        for (std::int64_t row = begin; row < end; ++row) {
            for (std::int64_t column = 0; column < cells.width; ++column) {
                std::fill(sums.begin(), sums.end(), 0.0F);
                for (std::int64_t k = 0; k < cells.size.pixels(); ++k) {
                    const std::int64_t frame = row / cells.height * cells.size.time + k / (s * s) - missing;
                    if (frame < 0) {
                        continue;
                    }
                    const T* from =
                        x + cells.large * cells.pixel(frame, row % cells.height * s + k / s % s, column * s + k % s);
                    const std::int32_t* to = channels.data() + k * cells.large;
                    for (std::int64_t c = 0; c < cells.large; ++c) {
                        sums[static_cast<std::size_t>(to[c])] += static_cast<float>(from[c]);
                    }
                }
                T* out = y + (row * cells.width + column) * cells.small;
                for (std::int64_t c = 0; c < cells.small; ++c) {
                    out[c] = static_cast<T>(static_cast<float>(out[c]) + factor * sums[static_cast<std::size_t>(c)]);
                }
            }
        }
    });
}

template <class T>
void addCopies(const Cells& cells, std::int64_t frames, std::int64_t skipped, const T* x, T* y) {
    const std::vector<std::int32_t> channels = cells.channels();
    const std::int64_t s = cells.size.space;
    const std::int64_t rows = cells.height * s;
    at::parallel_for(0, frames * rows, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
            const std::int64_t frame = row / rows + skipped;
            const std::int64_t k = frame % cells.size.time * s * s + row % s * s;
            const T* line = x + (frame / cells.size.time * cells.height + row % rows / s) * cells.width * cells.small;
            T* to = y + row * cells.width * s * cells.large;
            for (std::int64_t column = 0; column < cells.width * s; ++column, to += cells.large) {
                const T* from = line + column / s * cells.small;
                const std::int32_t* which = channels.data() + (k + column % s) * cells.large;
                for (std::int64_t c = 0; c < cells.large; ++c) {
                    to[c] = static_cast<T>(static_cast<float>(to[c]) + static_cast<float>(from[which[c]]));
                }
            }
        }
    });
}

/// Calls body with null pointers to the tensor's element type.
template <class Body>
void withElement(const at::Tensor& tensor, const Body& body) {
    if (tensor.scalar_type() == at::kFloat) {
        body(static_cast<float*>(nullptr));
    } else {
        TORCH_CHECK(tensor.scalar_type() == at::kBFloat16, "no loop for this type");
        body(static_cast<at::BFloat16*>(nullptr));
    }
}

} // namespace

bool hasCellLoops(const at::Tensor& y) {
    return y.is_cpu() && (y.scalar_type() == at::kFloat || y.scalar_type() == at::kBFloat16);
}

void addCellMeans(at::Tensor& y, const at::Tensor& x, CellSize size) {
    const at::Tensor source = x.contiguous();
    TORCH_CHECK(y.is_contiguous() && y.scalar_type() == x.scalar_type(), "addCellMeans: not contiguous");
    const std::int64_t missing = y.size(0) * size.time - x.size(0);
    withElement(y, [&](auto* element) {
        using T = std::remove_pointer_t<decltype(element)>;
        addMeans<T>({size, y.size(1), y.size(2), y.size(3), x.size(3)}, y.size(0), missing, source.data_ptr<T>(),
                    y.data_ptr<T>());
    });
}

void addCellCopies(at::Tensor& y, const at::Tensor& x, CellSize size, std::int64_t skipped) {
    const at::Tensor source = x.contiguous();
    TORCH_CHECK(y.is_contiguous() && y.scalar_type() == x.scalar_type(), "addCellCopies: not contiguous");
    withElement(y, [&](auto* element) {
        using T = std::remove_pointer_t<decltype(element)>;
        addCopies<T>({size, x.size(1), x.size(2), x.size(3), y.size(3)}, y.size(0), skipped, source.data_ptr<T>(),
                     y.data_ptr<T>());
    });
}

} // namespace generation
