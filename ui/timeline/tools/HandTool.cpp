#include "ui/timeline/tools/HandTool.h"

namespace ui {

void HandTool::press(const ToolEvent& event) {
    if (event.modifiers & Qt::AltModifier) {
        const double factor = event.modifiers & Qt::ShiftModifier ? 0.5 : 2.0;
        m_host.setScale(m_host.layout().zoomed(factor, event.position.x()));
        return;
    }
    m_from = event.position;
    m_scale = m_host.layout().scale();
}

void HandTool::drag(const ToolEvent& event) {
    if (!m_from) {
        return;
    }
    const QPointF way = event.position - *m_from;
    TimelineScale scale = m_scale;
    scale.left -= way.x() / scale.pixelsPerFrame;
    scale.top -= static_cast<int>(way.y());
    m_host.setScale(scale);
}

} // namespace ui
