#include "ui/timeline/tools/SelectTool.h"

#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"

#include "timeline/model/Query.h"

#include <algorithm>

namespace ui {

void SelectTool::press(const ToolEvent& event) {
    m_state = std::monostate();
    m_collapseTo = {};
    const bool adds = event.modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
    switch (event.hit.zone) {
    case HitZone::Badge:
        m_host.selection().selectOnly(event.hit.item);
        m_host.offerTakes(event.hit.item);
        return;
    case HitZone::StartEdge:
    case HitZone::EndEdge:
        if (!timeline::findClip(m_host.layout().timeline(), event.hit.item)) {
            pressBody(event);
            return;
        }
        m_host.selection().selectOnly(event.hit.item);
        m_state.emplace<TrimDrag>(m_host, event.hit.item,
                                  event.hit.zone == HitZone::StartEdge ? TrimEdge::Start : TrimEdge::End,
                                  event.modifiers & Qt::ShiftModifier ? TrimMode::Ripple : TrimMode::Plain);
        return;
    case HitZone::Body:
        pressBody(event);
        return;
    case HitZone::Gap:
    case HitZone::None:
        break;
    }
    if (!adds) {
        m_host.selection().clear();
    }
    m_state = Band{event.position, m_host.selection().items()};
}

void SelectTool::pressBody(const ToolEvent& event) {
    Selection& selection = m_host.selection();
    if (event.modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) {
        selection.toggle(event.hit.item);
    } else if (!selection.contains(event.hit.item)) {
        selection.selectOnly(event.hit.item);
    } else if (selection.items().size() > 1) {
        m_collapseTo = event.hit.item;
    }
    if (selection.contains(event.hit.item)) {
        m_state.emplace<MoveDrag>(m_host, event);
    }
}

void SelectTool::drag(const ToolEvent& event) {
    if (auto* move = std::get_if<MoveDrag>(&m_state)) {
        move->drag(event);
    } else if (auto* trim = std::get_if<TrimDrag>(&m_state)) {
        trim->drag(event);
    } else if (const auto* band = std::get_if<Band>(&m_state)) {
        dragBand(*band, event);
    }
}

void SelectTool::dragBand(const Band& band, const ToolEvent& event) {
    const QRectF area = QRectF(band.from, event.position).normalized();
    auto items = band.before;
    for (const timeline::ItemId item : m_host.layout().itemsIn(area)) {
        if (std::find(items.begin(), items.end(), item) == items.end()) {
            items.push_back(item);
        }
    }
    m_host.selection().select(std::move(items));
    ToolOverlay overlay;
    overlay.band = area;
    m_host.setOverlay(overlay);
}

void SelectTool::release(const ToolEvent&) {
    const auto* move = std::get_if<MoveDrag>(&m_state);
    if (move && !move->hasMoved() && m_collapseTo.isValid()) {
        m_host.selection().selectOnly(m_collapseTo);
    }
    m_state = std::monostate();
    m_host.setOverlay({});
}

void SelectTool::cancel() {
    if (auto* move = std::get_if<MoveDrag>(&m_state)) {
        move->cancel();
    } else if (auto* trim = std::get_if<TrimDrag>(&m_state)) {
        trim->cancel();
    } else if (const auto* band = std::get_if<Band>(&m_state)) {
        m_host.selection().select(band->before);
    }
    m_state = std::monostate();
    m_host.setOverlay({});
}

Qt::CursorShape SelectTool::cursor(const TimelineHit& hit) const {
    switch (hit.zone) {
    case HitZone::StartEdge:
    case HitZone::EndEdge:
        return Qt::SizeHorCursor;
    case HitZone::Badge:
        return Qt::PointingHandCursor;
    default:
        return Qt::ArrowCursor;
    }
}

} // namespace ui
