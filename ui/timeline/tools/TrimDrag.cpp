#include "ui/timeline/tools/TrimDrag.h"

#include "ui/state/Playhead.h"
#include "ui/timeline/Snapping.h"

#include "timeline/edit/Ripple.h"
#include "timeline/edit/Trim.h"

#include <QCoreApplication>

#include <array>

namespace ui {

TrimDrag::TrimDrag(ToolHost& host, timeline::ItemId clip, TrimEdge edge, TrimMode mode)
    : m_host(host), m_clip(clip), m_edge(edge), m_mode(mode), m_gesture(host.document()) {
    const std::array ignored{clip};
    m_targets =
        snapTargets(host.layout(), host.playhead().position().rescaledTo(host.layout().rate()).value(), ignored);
}

timeline::Result<timeline::Timeline> TrimDrag::trimmed(timeline::RationalTime time) const {
    if (m_edge == TrimEdge::Start) {
        return timeline::trimHead(*m_gesture.before(), m_clip, time);
    }
    return m_mode == TrimMode::Ripple ? timeline::rippleTrimTail(*m_gesture.before(), m_clip, time)
                                      : timeline::trimTail(*m_gesture.before(), m_clip, time);
}

void TrimDrag::drag(const ToolEvent& event) {
    if (!m_gesture.isOpen()) {
        return;
    }
    std::int64_t frame = m_host.layout().boundaryAt(event.position.x());
    ToolOverlay overlay;
    if (m_host.isSnapping()) {
        const std::array edges{frame};
        const SnapResult snapped = snap(m_targets, edges, snapReach(m_host.layout()));
        frame += snapped.shift;
        overlay.snapFrame = snapped.target;
    }
    const QString text = QCoreApplication::translate("Tools", "Trim");
    const auto applied = m_gesture.apply(text, trimmed(m_host.layout().time(frame)));
    if (!applied) {
        m_host.raiseError(applied.error());
    }
    m_host.setOverlay(overlay);
}

void TrimDrag::cancel() {
    m_gesture.cancel();
    m_host.setOverlay({});
}

} // namespace ui
