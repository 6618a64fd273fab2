#include "ui/timeline/TimelineLayout.h"

#include "timeline/model/Query.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr int kRowGap = 2;
constexpr double kEmptySeconds = 30.0; ///< what an empty timeline shows
constexpr double kEdgeReach = 6.0;     ///< pixels inside a clip that belong to its edge

int rowHeight(timeline::TrackKind kind, int lineHeight) {
    switch (kind) {
    case timeline::TrackKind::Prompt:
        return lineHeight * 2 + 8;
    case timeline::TrackKind::Style:
    case timeline::TrackKind::Mask:
        return lineHeight * 2 + 14;
    case timeline::TrackKind::Video:
        return lineHeight * 3 + 14;
    case timeline::TrackKind::Audio:
        return lineHeight * 2 + 18;
    case timeline::TrackKind::Foreign:
        break;
    }
    return lineHeight + 10;
}

ItemBox transitionBox(const timeline::ItemPtr& item, std::size_t index, std::int64_t cut, timeline::FrameRate rate) {
    const auto& transition = std::get<timeline::Transition>(*item);
    return {item, index, cut - transition.inOffset.rescaledTo(rate).value(),
            cut + transition.outOffset.rescaledTo(rate).value()};
}

} // namespace

TimelineLayout::TimelineLayout(timeline::TimelinePtr timeline, int lineHeight) : m_timeline(std::move(timeline)) {
    const auto& tracks = m_timeline->tracks;
    for (std::size_t i = tracks.size(); i-- > 0;) {
        if (tracks[i].kind != timeline::TrackKind::Audio) {
            addRow(i, lineHeight);
        }
    }
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        if (tracks[i].kind == timeline::TrackKind::Audio) {
            addRow(i, lineHeight);
        }
    }
}

void TimelineLayout::addRow(std::size_t track, int lineHeight) {
    const timeline::Track& source = m_timeline->tracks[track];
    TrackRow row{track, contentHeight(), rowHeight(source.kind, lineHeight), {}, {}};
    std::int64_t frame = 0;
    for (std::size_t i = 0; i < source.items.size(); ++i) {
        const timeline::ItemPtr& item = source.items[i];
        if (std::holds_alternative<timeline::Transition>(*item)) {
            row.transitions.push_back(transitionBox(item, i, frame, rate()));
            continue;
        }
        const std::int64_t length = timeline::itemDuration(*item).rescaledTo(rate()).value();
        row.items.push_back({item, i, frame, frame + length});
        frame += length;
    }
    m_endFrame = std::max(m_endFrame, frame);
    m_rows.push_back(std::move(row));
}

void TimelineLayout::setScale(const TimelineScale& scale) {
    m_scale.pixelsPerFrame = std::clamp(scale.pixelsPerFrame, kMinPixelsPerFrame, kMaxPixelsPerFrame);
    m_scale.left = std::max(0.0, scale.left);
    m_scale.top = std::clamp(scale.top, 0, std::max(0, contentHeight() - m_viewport.height()));
}

std::int64_t TimelineLayout::frameAt(double x) const {
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(exactFrameAt(x))));
}

std::int64_t TimelineLayout::boundaryAt(double x) const {
    return std::max<std::int64_t>(0, std::llround(exactFrameAt(x)));
}

const TrackRow* TimelineLayout::rowOf(std::size_t track) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const TrackRow& row) { return row.track == track; });
    return found == m_rows.end() ? nullptr : &*found;
}

const TrackRow* TimelineLayout::rowAt(double y) const {
    const double contentY = y + m_scale.top;
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const TrackRow& row) {
        return contentY >= row.top && contentY < row.top + row.height + kRowGap;
    });
    return found == m_rows.end() ? nullptr : &*found;
}

int TimelineLayout::contentHeight() const {
    return m_rows.empty() ? 0 : m_rows.back().top + m_rows.back().height + kRowGap;
}

QRectF TimelineLayout::rowRect(const TrackRow& row) const {
    return {0.0, static_cast<double>(row.top - m_scale.top), static_cast<double>(m_viewport.width()),
            static_cast<double>(row.height)};
}

QRectF TimelineLayout::boxRect(const TrackRow& row, const ItemBox& box) const {
    const double x = xAt(static_cast<double>(box.start));
    const double width = static_cast<double>(box.end - box.start) * m_scale.pixelsPerFrame;
    return {x, static_cast<double>(row.top - m_scale.top), width, static_cast<double>(row.height)};
}

QRectF TimelineLayout::badgeRect(const QRectF& box) const {
    const double right = std::min(box.right(), static_cast<double>(m_viewport.width()));
    if (box.width() < 76.0) {
        return {};
    }
    return {right - 48.0, box.top() + 4.0, 42.0, 18.0};
}

std::optional<QRectF> TimelineLayout::itemRect(timeline::ItemId item) const {
    for (const TrackRow& row : m_rows) {
        for (const auto* boxes : {&row.items, &row.transitions}) {
            for (const ItemBox& box : *boxes) {
                if (timeline::itemId(*box.item) == item) {
                    return boxRect(row, box);
                }
            }
        }
    }
    return std::nullopt;
}

HitZone TimelineLayout::zoneAt(const QRectF& rect, const ItemBox& box, QPointF point) const {
    if (std::holds_alternative<timeline::Gap>(*box.item)) {
        return HitZone::Gap;
    }
    const timeline::Clip* clip = timeline::asClip(box.item);
    if (clip && timeline::isShot(*clip) && badgeRect(rect).contains(point)) {
        return HitZone::Badge;
    }
    const double reach = std::min(kEdgeReach, rect.width() / 4.0);
    if (point.x() < rect.left() + reach) {
        return HitZone::StartEdge;
    }
    return point.x() > rect.right() - reach ? HitZone::EndEdge : HitZone::Body;
}

TimelineHit TimelineLayout::hitTest(QPointF point) const {
    TimelineHit hit;
    hit.frame = frameAt(point.x());
    const TrackRow* row = rowAt(point.y());
    if (!row) {
        return hit;
    }
    hit.track = row->track;
    for (const ItemBox& box : row->transitions) {
        const QRectF rect = boxRect(*row, box);
        if (rect.contains(point) && point.y() > rect.bottom() - rect.height() / 3.0) {
            return {row->track, timeline::itemId(*box.item), HitZone::Body, hit.frame};
        }
    }
    const double frame = exactFrameAt(point.x());
    const auto found =
        std::upper_bound(row->items.begin(), row->items.end(), frame,
                         [](double value, const ItemBox& box) { return value < static_cast<double>(box.end); });
    if (found != row->items.end() && frame >= static_cast<double>(found->start)) {
        hit.item = timeline::itemId(*found->item);
        hit.zone = zoneAt(boxRect(*row, *found), *found, point);
    }
    return hit;
}

std::pair<std::size_t, std::size_t> TimelineLayout::visibleItems(const TrackRow& row) const {
    const auto from = static_cast<std::int64_t>(std::floor(m_scale.left));
    const auto to = static_cast<std::int64_t>(std::ceil(exactFrameAt(m_viewport.width())));
    const auto first =
        std::partition_point(row.items.begin(), row.items.end(), [&](const ItemBox& b) { return b.end <= from; });
    const auto last = std::partition_point(first, row.items.end(), [&](const ItemBox& b) { return b.start <= to; });
    return {static_cast<std::size_t>(first - row.items.begin()), static_cast<std::size_t>(last - row.items.begin())};
}

std::vector<timeline::ItemId> TimelineLayout::itemsIn(const QRectF& area) const {
    std::vector<timeline::ItemId> found;
    for (const TrackRow& row : m_rows) {
        for (const ItemBox& box : row.items) {
            if (timeline::asClip(box.item) && boxRect(row, box).intersects(area)) {
                found.push_back(timeline::itemId(*box.item));
            }
        }
    }
    return found;
}

TimelineScale TimelineLayout::zoomed(double factor, double x) const {
    TimelineScale scale = m_scale;
    const double frame = exactFrameAt(x);
    scale.pixelsPerFrame = std::clamp(scale.pixelsPerFrame * factor, kMinPixelsPerFrame, kMaxPixelsPerFrame);
    scale.left = std::max(0.0, frame - x / scale.pixelsPerFrame);
    return scale;
}

TimelineScale TimelineLayout::fitted() const {
    const double frames = m_endFrame > 0 ? static_cast<double>(m_endFrame) : kEmptySeconds * rate().toDouble();
    const double pixels = static_cast<double>(m_viewport.width()) / (frames * 1.04);
    return {std::clamp(pixels, kMinPixelsPerFrame, kMaxPixelsPerFrame), 0.0, m_scale.top};
}

TimelineScale TimelineLayout::revealing(std::int64_t frame) const {
    TimelineScale scale = m_scale;
    const double shown = static_cast<double>(m_viewport.width()) / scale.pixelsPerFrame;
    const double margin = shown * 0.1;
    const auto exact = static_cast<double>(frame);
    if (exact < scale.left) {
        scale.left = std::max(0.0, exact - margin);
    } else if (exact > scale.left + shown) {
        scale.left = exact - shown + margin;
    }
    return scale;
}

TimelineScale TimelineLayout::revealing(timeline::ItemId item) const {
    const auto rect = itemRect(item);
    if (!rect) {
        return m_scale;
    }
    const bool isInSight = rect->left() < m_viewport.width() && rect->right() > 0.0;
    TimelineScale scale = isInSight ? m_scale : revealing(std::llround(exactFrameAt(rect->left())));
    const int top = static_cast<int>(rect->top()) + m_scale.top;
    const int bottom = top + static_cast<int>(rect->height());
    if (bottom > scale.top + m_viewport.height()) {
        scale.top = bottom - m_viewport.height();
    }
    scale.top = std::min(scale.top, top);
    return scale;
}

} // namespace ui
