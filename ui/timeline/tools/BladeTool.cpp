#include "ui/timeline/tools/BladeTool.h"

#include "ui/state/Playhead.h"
#include "ui/timeline/Snapping.h"

#include "timeline/edit/Slice.h"

#include <QCoreApplication>

#include <array>

namespace ui {

std::int64_t BladeTool::frameOf(const ToolEvent& event) const {
    const std::int64_t frame = m_host.layout().boundaryAt(event.position.x());
    if (!m_host.isSnapping()) {
        return frame;
    }
    const std::array targets{m_host.playhead().position().rescaledTo(m_host.layout().rate()).value()};
    const std::array edges{frame};
    return frame + snap(targets, edges, snapReach(m_host.layout())).shift;
}

void BladeTool::press(const ToolEvent& event) {
    if (!event.hit.track) {
        return;
    }
    const timeline::Timeline& before = *m_host.document().timeline();
    const timeline::RationalTime time = m_host.layout().time(frameOf(event));
    auto sliced = event.modifiers & Qt::ShiftModifier
                      ? timeline::sliceAll(before, time)
                      : timeline::slice(before, before.tracks[*event.hit.track].id, time);
    const auto applied = m_host.document().apply(QCoreApplication::translate("Tools", "Split"), std::move(sliced));
    if (!applied) {
        m_host.raiseError(applied.error());
    }
}

void BladeTool::hover(const ToolEvent& event) {
    ToolOverlay overlay;
    if (event.hit.track) {
        overlay.bladeFrame = frameOf(event);
        overlay.bladeTrack = event.modifiers & Qt::ShiftModifier ? std::nullopt : event.hit.track;
    }
    m_host.setOverlay(overlay);
}

} // namespace ui
