#include "timeline/render/CpuCompositor.h"

#include "timeline/render/Conversion.h"
#include "timeline/render/FrameMemory.h"
#include "timeline/render/LayerPlacement.h"
#include "timeline/render/Rows.h"

#include <algorithm>
#include <memory>
#include <new>
#include <vector>

namespace timeline {

/// Pictures in linear light, for as long as frame after frame shows them.
/// Thread: one at a time.
class CpuCompositor::PictureCache {
public:
    Result<FrameImagePtr> linear(const PicturePtr& picture) {
        for (Entry& entry : m_entries) {
            if (entry.picture == picture) {
                entry.isUsed = true;
                return entry.image;
            }
        }
        Result<FrameImage> image = linearImage(*picture);
        if (!image) {
            return image.error();
        }
        m_entries.push_back({picture, std::make_shared<const FrameImage>(std::move(*image)), true});
        return m_entries.back().image;
    }

    /// Forgets what was not asked for since the last call.
    void endFrame() {
        std::erase_if(m_entries, [](const Entry& entry) { return !entry.isUsed; });
        for (Entry& entry : m_entries) {
            entry.isUsed = false;
        }
    }

private:
    struct Entry {
        PicturePtr picture;
        FrameImagePtr image;
        bool isUsed = false;
    };
    std::vector<Entry> m_entries;
};

namespace {

struct Pixel {
    float r = 0, g = 0, b = 0, a = 0;
};

struct DrawnLayer {
    FrameImagePtr image; ///< null: nothing to see
    LayerGeometry geometry;
    bool isExact = false;
    bool isIncoming = false; ///< mixed with the layer before it
    bool isOutgoing = false; ///< mixed with the layer after it
};

const float* texel(const FrameImage& image, int column, int row) {
    return image.pixels.data() + 4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width) +
                                      static_cast<std::size_t>(column));
}

/// The greatest whole number that is not above; without the call that std::floor() is on plain x86-64.
int floorOf(float value) {
    const int truncated = static_cast<int>(value);
    return truncated - (value < static_cast<float>(truncated) ? 1 : 0);
}

/// Bilinear with held edges. The shares may be outside 0..1: taps lie around the place.
Pixel bilinear(const FrameImage& image, const TexelPosition& at) {
    const int wholeColumn = floorOf(at.columnShare);
    const int wholeRow = floorOf(at.rowShare);
    const float u = at.columnShare - static_cast<float>(wholeColumn);
    const float v = at.rowShare - static_cast<float>(wholeRow);
    const int column = at.column + wholeColumn;
    const int row = at.row + wholeRow;
    const int left = std::clamp(column, 0, image.width - 1);
    const int right = std::clamp(column + 1, 0, image.width - 1);
    const int top = std::clamp(row, 0, image.height - 1);
    const int bottom = std::clamp(row + 1, 0, image.height - 1);
    const float* a = texel(image, left, top);
    const float* b = texel(image, right, top);
    const float* c = texel(image, left, bottom);
    const float* d = texel(image, right, bottom);
    float mixed[4];
    for (int i = 0; i < 4; ++i) {
        const float upper = a[i] * (1.0F - u) + b[i] * u;
        const float lower = c[i] * (1.0F - u) + d[i] * u;
        mixed[i] = upper * (1.0F - v) + lower * v;
    }
    return {mixed[0], mixed[1], mixed[2], mixed[3]};
}

/// The part of a pixel's footprint around `distance` from the first edge that lies before `size`.
float covered(float fromFirst, float fromLast, float inverseFootprint) {
    const float first = std::clamp(fromFirst * inverseFootprint + 0.5F, 0.0F, 1.0F);
    const float last = std::clamp(fromLast * inverseFootprint + 0.5F, 0.0F, 1.0F);
    return first - last;
}

Pixel sampled(const DrawnLayer& layer, int x, int y) {
    const SamplingParameters& s = layer.geometry.sampling;
    const TexelPosition& across = layer.geometry.columns[static_cast<std::size_t>(x)];
    const TexelPosition& down = layer.geometry.rows[static_cast<std::size_t>(y)];
    const TexelPosition at{across.column + down.column, across.columnShare + down.columnShare, across.row + down.row,
                           across.rowShare + down.rowShare};
    const float columnEdge = at.columnShare + 0.5F;
    const float rowEdge = at.rowShare + 0.5F;
    const float coverage =
        covered(static_cast<float>(at.column) + columnEdge, static_cast<float>(at.column - s.pictureWidth) + columnEdge,
                s.inverseFootprintColumns) *
        covered(static_cast<float>(at.row) + rowEdge, static_cast<float>(at.row - s.pictureHeight) + rowEdge,
                s.inverseFootprintRows);
    if (coverage <= 0) {
        return {};
    }
    Pixel sum;
    for (int j = 0; j < s.tapsY; ++j) {
        const float ty = (static_cast<float>(j) + 0.5F) / static_cast<float>(s.tapsY) - 0.5F;
        for (int i = 0; i < s.tapsX; ++i) {
            const float tx = (static_cast<float>(i) + 0.5F) / static_cast<float>(s.tapsX) - 0.5F;
            const Pixel tap =
                bilinear(*layer.image, {at.column, at.columnShare + s.columnsPerX * tx + s.columnsPerY * ty, at.row,
                                        at.rowShare + s.rowsPerX * tx + s.rowsPerY * ty});
            sum = {sum.r + tap.r, sum.g + tap.g, sum.b + tap.b, sum.a + tap.a};
        }
    }
    const float weight = coverage * s.weight / static_cast<float>(s.tapsX * s.tapsY);
    return {sum.r * weight, sum.g * weight, sum.b * weight, sum.a * weight};
}

/// A texel as it is: what sampled() gives for a pixel-exact layer, without the arithmetic.
Pixel copied(const DrawnLayer& layer, int x, int y) {
    const SamplingParameters& s = layer.geometry.sampling;
    const int column = layer.geometry.columns[static_cast<std::size_t>(x)].column +
                       layer.geometry.rows[static_cast<std::size_t>(y)].column;
    const int row =
        layer.geometry.columns[static_cast<std::size_t>(x)].row + layer.geometry.rows[static_cast<std::size_t>(y)].row;
    if (column < 0 || row < 0 || column >= s.pictureWidth || row >= s.pictureHeight) {
        return {};
    }
    const float* source = texel(*layer.image, column, row);
    return {source[0] * s.weight, source[1] * s.weight, source[2] * s.weight, source[3] * s.weight};
}

Pixel layerPixel(const DrawnLayer& layer, int x, int y) {
    return layer.isExact ? copied(layer, x, y) : sampled(layer, x, y);
}

bool touchesRow(const DrawnLayer& layer, int y) {
    return layer.image && y >= layer.geometry.sampling.top && y < layer.geometry.sampling.bottom;
}

void over(const Pixel& top, float* below) {
    const float rest = 1.0F - top.a;
    below[0] = top.r + below[0] * rest;
    below[1] = top.g + below[1] * rest;
    below[2] = top.b + below[2] * rest;
    below[3] = top.a + below[3] * rest;
}

/// Adds a layer of a dissolve to the pair's row; the shares are in the layers' weights.
void addToPair(const DrawnLayer& layer, int y, std::vector<Pixel>& pair) {
    if (!touchesRow(layer, y)) {
        return;
    }
    for (int x = layer.geometry.sampling.left; x < layer.geometry.sampling.right; ++x) {
        const Pixel pixel = layerPixel(layer, x, y);
        Pixel& sum = pair[static_cast<std::size_t>(x)];
        sum = {sum.r + pixel.r, sum.g + pixel.g, sum.b + pixel.b, sum.a + pixel.a};
    }
}

void drawRow(const std::vector<DrawnLayer>& layers, int y, float* row, std::vector<Pixel>& pair) {
    for (const DrawnLayer& layer : layers) {
        if (layer.isOutgoing || layer.isIncoming) {
            if (!layer.isIncoming) {
                std::fill(pair.begin(), pair.end(), Pixel{});
            }
            addToPair(layer, y, pair);
            if (!layer.isOutgoing) {
                for (std::size_t x = 0; x < pair.size(); ++x) {
                    over(pair[x], row + 4 * x);
                }
            }
        } else if (touchesRow(layer, y)) {
            for (int x = layer.geometry.sampling.left; x < layer.geometry.sampling.right; ++x) {
                over(layerPixel(layer, x, y), row + 4 * static_cast<std::size_t>(x));
            }
        }
    }
}

} // namespace

CpuCompositor::CpuCompositor() : m_linear(std::make_unique<PictureCache>()) {}

CpuCompositor::~CpuCompositor() = default;

Result<FrameImagePtr> CpuCompositor::compose(const FramePlan& plan, std::span<const PicturePtr> pictures) {
    const Result<std::vector<LayerPlacement>> placements = placeLayers(plan, pictures);
    if (!placements) {
        return placements.error();
    }
    if (const auto fits = checkFrameMemory(plan.width, plan.height, freeMemory()); !fits) {
        return fits.error();
    }
    try {
        std::vector<DrawnLayer> layers;
        for (const LayerPlacement& placement : *placements) {
            DrawnLayer layer{nullptr, placement.geometry, placement.geometry.isPixelExact(), placement.isIncoming,
                             placement.isOutgoing};
            if (placement.picture) {
                Result<FrameImagePtr> image = m_linear->linear(placement.picture);
                if (!image) {
                    return image.error();
                }
                layer.image = *image;
            }
            layers.push_back(std::move(layer));
        }
        m_linear->endFrame();
        auto frame = std::make_shared<FrameImage>();
        frame->width = plan.width;
        frame->height = plan.height;
        const std::size_t rowFloats = 4 * static_cast<std::size_t>(plan.width);
        frame->pixels.resize(rowFloats * static_cast<std::size_t>(plan.height));
        forRows(plan.height, [&](int first, int end) {
            std::vector<Pixel> pair(static_cast<std::size_t>(plan.width));
            for (int y = first; y < end; ++y) {
                drawRow(layers, y, frame->pixels.data() + static_cast<std::size_t>(y) * rowFloats, pair);
            }
        });
        return FrameImagePtr(std::move(frame));
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory, {}, std::to_string(plan.width) + "x" + std::to_string(plan.height)};
    }
}

} // namespace timeline
