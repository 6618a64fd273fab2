#include "generation/training/world/Pen.h"

#include <algorithm>
#include <limits>

namespace generation::world {

namespace {

/// A run of pixels in drawing units: pixel i is at (x + i * dx, y + i * dy).
struct Run {
    float* distance;
    int count;
    float x;
    float y;
    float dx;
    float dy;
};

FILM_LOOP void measureEdge(Run run, Point normal, float offset) {
    float* __restrict distance = run.distance;
#pragma GCC ivdep
    for (int i = 0; i < run.count; ++i) {
        const float k = static_cast<float>(i);
        const float away = (run.x + k * run.dx) * normal.x + (run.y + k * run.dy) * normal.y - offset;
        distance[i] = most(distance[i], away);
    }
}

FILM_LOOP void measureEllipse(Run run, Point centre, Point radii) {
    float* __restrict distance = run.distance;
    const float inverseX = 1.0F / radii.x;
    const float inverseY = 1.0F / radii.y;
#pragma GCC ivdep
    for (int i = 0; i < run.count; ++i) {
        const float k = static_cast<float>(i);
        const float u = (run.x + k * run.dx - centre.x) * inverseX;
        const float v = (run.y + k * run.dy - centre.y) * inverseY;
        const float length = std::sqrt(u * u + v * v);
        const float slope = std::sqrt(u * u * inverseX * inverseX + v * v * inverseY * inverseY);
        distance[i] = length * (length - 1.0F) / most(slope, 1e-6F);
    }
}

FILM_LOOP void measureLine(Run run, Point from, Point to, float halfWidth) {
    float* __restrict distance = run.distance;
    const Point along{to.x - from.x, to.y - from.y};
    const float inverse = 1.0F / most(along.x * along.x + along.y * along.y, 1e-9F);
#pragma GCC ivdep
    for (int i = 0; i < run.count; ++i) {
        const float k = static_cast<float>(i);
        const float x = run.x + k * run.dx - from.x;
        const float y = run.y + k * run.dy - from.y;
        const float t = clamp01((x * along.x + y * along.y) * inverse);
        const float ex = x - t * along.x;
        const float ey = y - t * along.y;
        distance[i] = std::sqrt(ex * ex + ey * ey) - halfWidth;
    }
}

struct Coat {
    Rgb colour;
    Rgb key;
    Rgb ambient;
    float facing;
    float facingStep; ///< per pixel along the row
    float inverseEdge;
    float alpha;
};

FILM_LOOP void coat(Span s, const float* __restrict distance, Coat c) {
    float* __restrict r = s.r;
    float* __restrict g = s.g;
    float* __restrict b = s.b;
#pragma GCC ivdep
    for (int i = 0; i < s.count; ++i) {
        const float cover = clamp01(0.5F - distance[i] * c.inverseEdge) * c.alpha;
        const float facing = clamp01(c.facing + c.facingStep * static_cast<float>(i));
        r[i] = mix(r[i], c.colour.r * (c.ambient.r + c.key.r * facing), cover);
        g[i] = mix(g[i], c.colour.g * (c.ambient.g + c.key.g * facing), cover);
        b[i] = mix(b[i], c.colour.b * (c.ambient.b + c.key.b * facing), cover);
    }
}

} // namespace

Pen::Pen(Frame& frame, const LayerView& layer, const Light& light, const Placing& placing)
    : m_frame(frame), m_layer(layer), m_light(light), m_placing(placing), m_cos(wave(placing.turn + 0.25F)),
      m_sin(wave(placing.turn)), m_distance(static_cast<std::size_t>(frame.width())) {}

template <class Measure>
void Pen::fill(Box local, const Ink& ink, Measure measure) {
    const Placing& p = m_placing;
    const float margin = ink.soft + 1.5F * m_layer.step / p.size;
    Point least{std::numeric_limits<float>::max(), std::numeric_limits<float>::max()};
    Point greatest{-least.x, -least.y};
    for (const float x : {local.least.x - margin, local.greatest.x + margin}) {
        for (const float y : {local.least.y - margin, local.greatest.y + margin}) {
            const float worldX = p.at.x + p.size * p.mirror * (x * m_cos - y * m_sin);
            const float worldY = p.at.y + p.size * p.flip * (x * m_sin + y * m_cos);
            least = {least.x < worldX ? least.x : worldX, least.y < worldY ? least.y : worldY};
            greatest = {greatest.x > worldX ? greatest.x : worldX, greatest.y > worldY ? greatest.y : worldY};
        }
    }
    const int first = std::max(0, m_layer.columnAt(least.x));
    const int last = std::min(m_frame.width(), m_layer.columnAt(greatest.x) + 1);
    const int bottom = std::min(m_frame.height(), m_layer.rowAt(std::min(greatest.y, p.floor)));
    if (first >= last) {
        return;
    }
    const float pixel = m_layer.step / p.size;
    Coat c{};
    c.colour = ink.colour;
    c.key = ink.shines ? Rgb{} : m_light.key;
    c.ambient = ink.shines ? Rgb{1.0F, 1.0F, 1.0F} : m_light.ambient;
    c.inverseEdge = 1.0F / (pixel + ink.soft);
    c.alpha = ink.alpha * p.alpha;
    for (int j = std::max(0, m_layer.rowAt(least.y)); j < bottom; ++j) {
        const float qx = (m_layer.columnX(first) - p.at.x) * p.mirror / p.size;
        const float qy = (m_layer.rowY(j) - p.at.y) * p.flip / p.size;
        const float step = p.mirror * pixel;
        const Run run{m_distance.data(),       last - first, qx * m_cos + qy * m_sin,
                      qy * m_cos - qx * m_sin, step * m_cos, -step * m_sin};
        measure(run);
        c.facing = ink.facing + ink.bend.x * run.x + ink.bend.y * run.y;
        c.facingStep = ink.bend.x * run.dx + ink.bend.y * run.dy;
        Span row = m_frame.row(m_layer, j);
        row.r += first;
        row.g += first;
        row.b += first;
        row.count = run.count;
        coat(row, run.distance, c);
    }
}

void Pen::polygon(std::initializer_list<Point> corners, const Ink& ink) {
    const std::vector<Point> points(corners);
    Box box{points.front(), points.front()};
    for (const Point& point : points) {
        box.least = {std::min(box.least.x, point.x), std::min(box.least.y, point.y)};
        box.greatest = {std::max(box.greatest.x, point.x), std::max(box.greatest.y, point.y)};
    }
    float area = 0.0F; // positive: clockwise as seen, y downwards
    for (std::size_t k = 0; k < points.size(); ++k) {
        const Point a = points[k];
        const Point b = points[(k + 1) % points.size()];
        area += a.x * b.y - b.x * a.y;
    }
    const float outward = area < 0.0F ? -1.0F : 1.0F;
    fill(box, ink, [&](const Run& run) {
        std::fill_n(run.distance, run.count, -1e3F);
        for (std::size_t k = 0; k < points.size(); ++k) {
            const Point a = points[k];
            const Point b = points[(k + 1) % points.size()];
            const float length = std::sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
            const Point normal{outward * (b.y - a.y) / length, outward * (a.x - b.x) / length};
            measureEdge(run, normal, normal.x * a.x + normal.y * a.y);
        }
    });
}

void Pen::ellipse(Point centre, Point radii, const Ink& ink) {
    const Box box{{centre.x - radii.x, centre.y - radii.y}, {centre.x + radii.x, centre.y + radii.y}};
    fill(box, ink, [&](const Run& run) { measureEllipse(run, centre, radii); });
}

void Pen::line(Point from, Point to, float width, const Ink& ink) {
    const float half = 0.5F * width;
    const Box box{{std::min(from.x, to.x) - half, std::min(from.y, to.y) - half},
                  {std::max(from.x, to.x) + half, std::max(from.y, to.y) + half}};
    fill(box, ink, [&](const Run& run) { measureLine(run, from, to, half); });
}

} // namespace generation::world
