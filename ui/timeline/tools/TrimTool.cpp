#include "ui/timeline/tools/TrimTool.h"

#include "ui/state/Selection.h"

#include "timeline/model/Query.h"

namespace ui {

void TrimTool::press(const ToolEvent& event) {
    const auto rect = m_host.layout().itemRect(event.hit.item);
    if (!rect || !timeline::findClip(m_host.layout().timeline(), event.hit.item)) {
        return;
    }
    m_host.selection().selectOnly(event.hit.item);
    const TrimEdge edge = event.position.x() < rect->center().x() ? TrimEdge::Start : TrimEdge::End;
    m_drag.emplace(m_host, event.hit.item, edge,
                   event.modifiers & Qt::ShiftModifier ? TrimMode::Plain : TrimMode::Ripple);
}

void TrimTool::drag(const ToolEvent& event) {
    if (m_drag) {
        m_drag->drag(event);
    }
}

void TrimTool::release(const ToolEvent&) {
    m_drag.reset();
    m_host.setOverlay({});
}

void TrimTool::cancel() {
    if (m_drag) {
        m_drag->cancel();
        m_drag.reset();
    }
}

Qt::CursorShape TrimTool::cursor(const TimelineHit& hit) const {
    return hit.item.isValid() && hit.zone != HitZone::Gap ? Qt::SplitHCursor : Qt::ArrowCursor;
}

} // namespace ui
