#pragma once

#include "timeline/model/Timeline.h"

#include <QRectF>
#include <QSize>

#include <cstdint>
#include <optional>
#include <vector>

namespace ui {

/// What part of the timeline is in sight, and how large.
struct TimelineScale {
    double pixelsPerFrame = 4.0;
    double left = 0.0; ///< the frame at the left edge
    int top = 0;       ///< pixels of the rows that are scrolled away above

    bool operator==(const TimelineScale&) const = default;
};

/// Limits of zooming: an hour in a few hundred pixels, and one frame across a hundred.
inline constexpr double kMinPixelsPerFrame = 0.0005;
inline constexpr double kMaxPixelsPerFrame = 100.0;

enum class HitZone : std::uint8_t { None, Gap, Body, StartEdge, EndEdge, Badge };

/// What lies at a point: which row, which item, and which part of it.
struct TimelineHit {
    std::optional<std::size_t> track; ///< index in Timeline::tracks; nothing below and above the rows
    timeline::ItemId item;            ///< invalid where there is none
    HitZone zone = HitZone::None;
    std::int64_t frame = 0; ///< the frame under the point, at least 0

    bool operator==(const TimelineHit&) const = default;
};

/// An item's place in frames, at the timeline's rate; transitions cover the frames that they mix.
struct ItemBox {
    timeline::ItemPtr item;
    std::size_t index = 0; ///< in Track::items
    std::int64_t start = 0;
    std::int64_t end = 0;
};

struct TrackRow {
    std::size_t track = 0; ///< index in Timeline::tracks
    int top = 0;           ///< in the rows' own coordinates, before scrolling
    int height = 0;
    std::vector<ItemBox> items;       ///< clips, gaps and foreign items, in order
    std::vector<ItemBox> transitions; ///< in order
};

/// The geometry of the timeline view: pure numbers, no widget. Rows from top to bottom: the picture's stack (Video,
/// Mask, Style, Prompt and others) with the topmost track first, then the Audio tracks. Points are in the pixels of the
/// canvas. Thread: a value.
class TimelineLayout {
public:
    TimelineLayout() = default;
    /// @param lineHeight  of the font in pixels; the rows grow with it
    TimelineLayout(timeline::TimelinePtr timeline, int lineHeight);

    void setScale(const TimelineScale& scale);
    const TimelineScale& scale() const { return m_scale; }
    void setViewport(QSize size) { m_viewport = size; }
    QSize viewport() const { return m_viewport; }
    const timeline::Timeline& timeline() const { return *m_timeline; }
    const timeline::TimelinePtr& snapshot() const { return m_timeline; }
    timeline::FrameRate rate() const { return m_timeline->format.rate; }

    double xAt(double frame) const { return (frame - m_scale.left) * m_scale.pixelsPerFrame; }
    double exactFrameAt(double x) const { return x / m_scale.pixelsPerFrame + m_scale.left; }
    std::int64_t frameAt(double x) const;    ///< the frame that covers x, at least 0
    std::int64_t boundaryAt(double x) const; ///< the nearest frame boundary, at least 0
    timeline::RationalTime time(std::int64_t frame) const { return {frame, rate()}; }

    const std::vector<TrackRow>& rows() const { return m_rows; }
    const TrackRow* rowOf(std::size_t track) const;
    /// The row at a height of the canvas; null above and below.
    const TrackRow* rowAt(double y) const;
    int contentHeight() const;
    std::int64_t endFrame() const { return m_endFrame; } ///< of the longest track

    QRectF rowRect(const TrackRow& row) const;
    QRectF boxRect(const TrackRow& row, const ItemBox& box) const;
    /// Where a shot shows which take it is on; empty when the clip is too short for it.
    QRectF badgeRect(const QRectF& box) const;
    std::optional<QRectF> itemRect(timeline::ItemId item) const;
    TimelineHit hitTest(QPointF point) const;
    /// The boxes of a row that are in sight.
    std::pair<std::size_t, std::size_t> visibleItems(const TrackRow& row) const;
    /// All clips whose boxes touch the rectangle.
    std::vector<timeline::ItemId> itemsIn(const QRectF& area) const;

    /// The scale that zooms by `factor` and keeps the frame at `x` where it is.
    TimelineScale zoomed(double factor, double x) const;
    /// The scale that shows everything with a little room at the end.
    TimelineScale fitted() const;
    /// The scale scrolled as little as needed to bring `frame` into sight.
    TimelineScale revealing(std::int64_t frame) const;
    /// Likewise for an item: its start, unless it is in sight already, and the whole height of its row.
    TimelineScale revealing(timeline::ItemId item) const;

private:
    void addRow(std::size_t track, int lineHeight);
    HitZone zoneAt(const QRectF& rect, const ItemBox& box, QPointF point) const;

    timeline::TimelinePtr m_timeline = std::make_shared<const timeline::Timeline>();
    TimelineScale m_scale;
    QSize m_viewport{800, 300};
    std::vector<TrackRow> m_rows;
    std::int64_t m_endFrame = 0;
};

} // namespace ui
