#pragma once

#include "timeline/media/Picture.h"
#include "timeline/model/Item.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace timeline {

/// A place in a picture, in texels from the centre of its first one, as whole and fraction (0 <= f < 1, a multiple of
/// 2^-20): the sum of two of them is exact in float32, so that every device finds the same place.
struct TexelPosition {
    std::int32_t column = 0;
    float columnShare = 0;
    std::int32_t row = 0;
    float rowShare = 0;

    bool operator==(const TexelPosition&) const = default;
};

/// The numbers with which a layer is sampled; laid out as the shader reads it (std430): change it together with
/// resources/shaders/layer.comp.
struct SamplingParameters {
    std::int32_t pictureWidth = 0;
    std::int32_t pictureHeight = 0;
    std::int32_t left = 0; ///< the part of the frame that the layer touches, half-open
    std::int32_t top = 0;
    std::int32_t right = 0;
    std::int32_t bottom = 0;
    std::int32_t tapsX = 1;
    std::int32_t tapsY = 1;
    float columnsPerX = 1; ///< texels to go for one frame pixel to the right and down
    float rowsPerX = 0;
    float columnsPerY = 0;
    float rowsPerY = 1;
    float inverseFootprintColumns = 1; ///< 1 / texels that a frame pixel covers along the picture's axes
    float inverseFootprintRows = 1;
    float weight = 1; ///< opacity, times the share in a dissolve
    std::int32_t padding = 0;
};
static_assert(sizeof(SamplingParameters) == 16 * 4);

/// Where a layer's picture lies in the frame, and the one rule by which it is sampled:
///
///   place     the picture is turned upright, fitted into the frame with square pixels, scaled and rotated about its
///             centre, moved. Frame pixel (x, y) looks at the place columns[x] + rows[y].
///   taps      tapsX x tapsY places spread evenly over the frame pixel, as many as it covers texels along each frame
///   axis
///             (rounded up, at most 256); each tap is bilinear with held edges; their mean is the colour. Half size
///             is the exact mean of 2 x 2 texels; full size is the texel itself.
///   coverage  the part of the pixel's footprint, a box along the picture's axes, that lies on the picture; multiplies
///             colour and alpha, so that edges are smooth.
///
/// Thread: a value.
struct LayerGeometry {
    SamplingParameters sampling;
    std::vector<TexelPosition> columns; ///< one for each column of the frame
    std::vector<TexelPosition> rows;

    /// True when each frame pixel of the part is exactly one whole texel.
    bool isPixelExact() const;
};

struct FrameSize {
    int width = 0;
    int height = 0;
};

/// Nothing when the layer touches no pixel of the frame, or its transform is no number.
std::optional<LayerGeometry> layerGeometry(const Picture& picture, const Transform& transform, FrameSize frame);

} // namespace timeline
