#include "generation/model/VaeTiles.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

namespace generation {

namespace {

constexpr std::int64_t kRows = 3;
constexpr std::int64_t kColumns = 4;

/// The last `extent` rows or columns, as a copy that does not keep the tile.
at::Tensor lastOf(const at::Tensor& tile, std::int64_t extent, std::int64_t dimension) {
    const std::int64_t size = tile.size(dimension);
    return tile.slice(dimension, std::max<std::int64_t>(0, size - extent)).clone();
}

/// Fades from the neighbour's edge to the tile over the tile's first rows or columns.
void blendEdge(const at::Tensor& edge, const at::Tensor& tile, std::int64_t extent, std::int64_t dimension) {
    extent = std::min({extent, edge.size(dimension), tile.size(dimension)});
    if (extent == 0) {
        return;
    }
    std::vector<std::int64_t> shape(5, 1);
    shape[static_cast<std::size_t>(dimension)] = extent;
    const at::Tensor weight = (at::arange(extent, tile.options()) / static_cast<double>(extent)).view(shape);
    const at::Tensor part = tile.narrow(dimension, 0, extent);
    part.copy_(edge.narrow(dimension, edge.size(dimension) - extent, extent) * (1.0 - weight) + part * weight);
}

} // namespace

at::Tensor mapTiles(const at::Tensor& x, TileSizes sizes, const std::function<at::Tensor(const at::Tensor&)>& map) {
    const std::int64_t blend = sizes.outTile - sizes.outStride;
    const std::int64_t height = x.size(kRows) * sizes.outTile / sizes.inTile;
    const std::int64_t width = x.size(kColumns) * sizes.outTile / sizes.inTile;
    at::Tensor whole;
    std::vector<at::Tensor> above; // edges of the row before
    for (std::int64_t row = 0; row * sizes.inStride < x.size(kRows); ++row) {
        const std::int64_t y = row * sizes.inStride;
        std::vector<at::Tensor> below;
        at::Tensor left;
        for (std::int64_t column = 0; column * sizes.inStride < x.size(kColumns); ++column) {
            const std::int64_t c = column * sizes.inStride;
            const at::Tensor tile =
                map(x.slice(kRows, y, y + sizes.inTile).slice(kColumns, c, c + sizes.inTile)).contiguous();
            if (row > 0) {
                blendEdge(above[static_cast<std::size_t>(column)], tile, blend, kRows);
            }
            if (column > 0) {
                blendEdge(left, tile, blend, kColumns);
            }
            if (!whole.defined()) {
                whole = at::empty({tile.size(0), tile.size(1), tile.size(2), height, width}, tile.options());
            }
            at::Tensor place = whole.slice(kRows, row * sizes.outStride, (row + 1) * sizes.outStride)
                                   .slice(kColumns, column * sizes.outStride, (column + 1) * sizes.outStride);
            place.copy_(tile.slice(kRows, 0, place.size(kRows)).slice(kColumns, 0, place.size(kColumns)));
            below.push_back(lastOf(tile, blend, kRows));
            left = lastOf(tile, blend, kColumns);
        }
        above = std::move(below);
    }
    return whole;
}

} // namespace generation
