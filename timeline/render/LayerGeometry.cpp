#include "timeline/render/LayerGeometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace timeline {

namespace {

constexpr int kMaxTaps = 256;

struct Direction {
    double cosine;
    double sine;
};

/// Exact for quarter turns.
Direction directionOf(double degrees, int quarterTurns) {
    const double angle = std::remainder(degrees + 90.0 * quarterTurns, 360.0);
    const double quarters = angle / 90.0;
    if (quarters == std::floor(quarters)) {
        static constexpr std::array<Direction, 4> exact{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
        return exact[static_cast<std::size_t>((static_cast<int>(quarters) + 4) % 4)];
    }
    const double radians = angle * std::numbers::pi / 180.0;
    return {std::cos(radians), std::sin(radians)};
}

/// From frame pixels to texels: an affine map around two centres.
struct Inverse {
    double columnsPerX, columnsPerY, rowsPerX, rowsPerY;
    double frameX, frameY;        // what the picture's centre comes to lie on
    double column, row;           // the picture's centre
    double halfWidth, halfHeight; // of the upright, scaled, rotated picture's bounding box in the frame
};

bool isUsable(const Transform& t) {
    return std::isfinite(t.x) && std::isfinite(t.y) && std::isfinite(t.rotation) && std::isfinite(t.scale) &&
           t.scale > 0;
}

Inverse inverseOf(const Picture& picture, const Transform& transform, FrameSize frame) {
    const double aspect = picture.pixelAspectNumerator > 0 && picture.pixelAspectDenominator > 0
                              ? static_cast<double>(picture.pixelAspectNumerator) / picture.pixelAspectDenominator
                              : 1.0;
    const double width = picture.width * aspect;
    const double height = picture.height;
    const int turns = ((picture.orientation.quarterTurns % 4) + 4) % 4;
    const double uprightWidth = turns % 2 == 0 ? width : height;
    const double uprightHeight = turns % 2 == 0 ? height : width;
    const double fit = std::min(frame.width / uprightWidth, frame.height / uprightHeight);
    const double scale = fit * transform.scale;
    const Direction turn = directionOf(transform.rotation, turns);
    const double acrossScale = 1.0 / (scale * aspect * (picture.orientation.mirrored ? -1.0 : 1.0));
    return {.columnsPerX = turn.cosine * acrossScale,
            .columnsPerY = turn.sine * acrossScale,
            .rowsPerX = -turn.sine / scale,
            .rowsPerY = turn.cosine / scale,
            .frameX = frame.width * (0.5 + transform.x),
            .frameY = frame.height * (0.5 + transform.y),
            .column = picture.width / 2.0,
            .row = picture.height / 2.0,
            .halfWidth = (std::abs(turn.cosine) * width + std::abs(turn.sine) * height) * scale / 2.0,
            .halfHeight = (std::abs(turn.sine) * width + std::abs(turn.cosine) * height) * scale / 2.0};
}

struct Split {
    std::int32_t whole;
    float share;
};

Split split(double position) {
    constexpr double kGrid = 1 << 20;
    constexpr double kFarthest = 1 << 29; // beyond any picture
    const double snapped = std::round(std::clamp(position, -kFarthest, kFarthest) * kGrid) / kGrid;
    const double whole = std::floor(snapped);
    return {static_cast<std::int32_t>(whole), static_cast<float>(snapped - whole)};
}

TexelPosition positionAt(double column, double row) {
    const Split across = split(column);
    const Split down = split(row);
    return {across.whole, across.share, down.whole, down.share};
}

/// How many taps cover a step of so many texels.
int tapsFor(double columns, double rows) {
    const double step = std::max(std::abs(columns), std::abs(rows));
    return static_cast<int>(std::clamp(std::ceil(step - 1e-6), 1.0, static_cast<double>(kMaxTaps)));
}

/// The frame's pixels between two edges, with half a pixel around them for smooth edges.
std::array<std::int32_t, 2> touched(double centre, double half, int size) {
    const double first = std::clamp(std::floor(centre - half - 0.5), 0.0, static_cast<double>(size));
    const double end = std::clamp(std::ceil(centre + half + 0.5), 0.0, static_cast<double>(size));
    return {static_cast<std::int32_t>(first), static_cast<std::int32_t>(end)};
}

} // namespace

std::optional<LayerGeometry> layerGeometry(const Picture& picture, const Transform& transform, FrameSize frame) {
    if (!isUsable(transform) || picture.width < 1 || picture.height < 1) {
        return std::nullopt;
    }
    const Inverse map = inverseOf(picture, transform, frame);
    const std::array<std::int32_t, 2> across = touched(map.frameX, map.halfWidth, frame.width);
    const std::array<std::int32_t, 2> down = touched(map.frameY, map.halfHeight, frame.height);
    if (across[0] >= across[1] || down[0] >= down[1]) {
        return std::nullopt;
    }
    LayerGeometry geometry;
    SamplingParameters& s = geometry.sampling;
    s.pictureWidth = picture.width;
    s.pictureHeight = picture.height;
    s.left = across[0];
    s.right = across[1];
    s.top = down[0];
    s.bottom = down[1];
    s.tapsX = tapsFor(map.columnsPerX, map.rowsPerX);
    s.tapsY = tapsFor(map.columnsPerY, map.rowsPerY);
    s.columnsPerX = static_cast<float>(map.columnsPerX);
    s.columnsPerY = static_cast<float>(map.columnsPerY);
    s.rowsPerX = static_cast<float>(map.rowsPerX);
    s.rowsPerY = static_cast<float>(map.rowsPerY);
    s.inverseFootprintColumns = static_cast<float>(1.0 / (std::abs(map.columnsPerX) + std::abs(map.columnsPerY)));
    s.inverseFootprintRows = static_cast<float>(1.0 / (std::abs(map.rowsPerX) + std::abs(map.rowsPerY)));
    geometry.columns.reserve(static_cast<std::size_t>(frame.width));
    for (int x = 0; x < frame.width; ++x) {
        const double offset = x + 0.5 - map.frameX;
        geometry.columns.push_back(positionAt(map.column - 0.5 + map.columnsPerX * offset, map.rowsPerX * offset));
    }
    geometry.rows.reserve(static_cast<std::size_t>(frame.height));
    for (int y = 0; y < frame.height; ++y) {
        const double offset = y + 0.5 - map.frameY;
        geometry.rows.push_back(positionAt(map.columnsPerY * offset, map.row - 0.5 + map.rowsPerY * offset));
    }
    return geometry;
}

bool LayerGeometry::isPixelExact() const {
    const SamplingParameters& s = sampling;
    const auto isWhole = [](const TexelPosition& p) { return p.columnShare == 0 && p.rowShare == 0; };
    return s.columnsPerX == 1 && s.rowsPerY == 1 && s.columnsPerY == 0 && s.rowsPerX == 0 &&
           std::all_of(columns.begin(), columns.end(), isWhole) && std::all_of(rows.begin(), rows.end(), isWhole);
}

} // namespace timeline
