#include "ui/timeline/tools/PromptPenTool.h"

#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/timeline/NewPrompt.h"
#include "ui/timeline/Snapping.h"

#include "timeline/model/Query.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

constexpr double kThreshold = 4.0;

} // namespace

std::optional<std::size_t> PromptPenTool::promptTrack(const TimelineHit& hit) const {
    const auto& tracks = m_host.layout().timeline().tracks;
    if (hit.track && tracks[*hit.track].kind == timeline::TrackKind::Prompt) {
        return hit.track;
    }
    return topPromptTrack(m_host.layout().timeline());
}

void PromptPenTool::press(const ToolEvent& event) {
    const timeline::Clip* clip = timeline::findClip(m_host.layout().timeline(), event.hit.item);
    const auto& tracks = m_host.layout().timeline().tracks;
    if (clip && event.hit.track && tracks[*event.hit.track].kind == timeline::TrackKind::Prompt) {
        m_host.selection().selectOnly(event.hit.item);
        m_host.editPrompt(event.hit.item, timeline::newGesture());
        return;
    }
    m_press = event;
}

std::pair<std::int64_t, std::int64_t> PromptPenTool::drawnFrames(const ToolEvent& event) const {
    const TimelineLayout& layout = m_host.layout();
    std::array ends{layout.boundaryAt(m_press->position.x()), layout.boundaryAt(event.position.x())};
    const bool isClick = std::abs(event.position.x() - m_press->position.x()) < kThreshold;
    if (m_host.isSnapping()) {
        const auto targets = snapTargets(layout, m_host.playhead().position().rescaledTo(layout.rate()).value(), {});
        for (std::int64_t& end : ends) {
            const std::array edges{end};
            end += snap(targets, edges, snapReach(layout)).shift;
        }
    }
    if (isClick) {
        const timeline::TimeRange room = promptRoom(layout, promptTrack(m_press->hit), ends[0]);
        return {room.start.value(), room.end().value()};
    }
    std::sort(ends.begin(), ends.end());
    return {ends[0], std::max(ends[1], ends[0] + 1)};
}

void PromptPenTool::drag(const ToolEvent& event) {
    if (!m_press) {
        return;
    }
    const TimelineLayout& layout = m_host.layout();
    const auto [start, end] = drawnFrames(event);
    const auto track = promptTrack(m_press->hit);
    const TrackRow* row = track ? layout.rowOf(*track) : nullptr;
    const double left = layout.xAt(static_cast<double>(start));
    const double right = layout.xAt(static_cast<double>(end));
    ToolOverlay overlay;
    const QRectF rowRect = row ? layout.rowRect(*row) : QRectF(0, m_press->position.y() - 16, 0, 32);
    overlay.band = QRectF(left, rowRect.top(), right - left, rowRect.height());
    m_host.setOverlay(overlay);
}

void PromptPenTool::release(const ToolEvent& event) {
    m_host.setOverlay({});
    if (!m_press) {
        return;
    }
    const auto [start, end] = drawnFrames(event);
    const auto place = promptTrack(m_press->hit);
    m_press.reset();
    const TimelineLayout& layout = m_host.layout();
    auto drawn = newPrompt(*m_host.document().timeline(), place,
                           timeline::TimeRange::fromStartEnd(layout.time(start), layout.time(end)));
    if (!drawn) {
        m_host.raiseError(drawn.error());
        return;
    }
    const timeline::ItemId id = drawn->clip;
    const timeline::GestureId gesture = timeline::newGesture();
    const auto applied = m_host.document().apply(QCoreApplication::translate("Tools", "Write Prompt"),
                                                 std::move(drawn->timeline), gesture);
    if (!applied) {
        m_host.raiseError(applied.error());
        return;
    }
    m_host.selection().selectOnly(id);
    m_host.editPrompt(id, gesture);
}

void PromptPenTool::cancel() {
    m_press.reset();
    m_host.setOverlay({});
}

} // namespace ui
