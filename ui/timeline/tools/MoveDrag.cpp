#include "ui/timeline/tools/MoveDrag.h"

#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/timeline/Snapping.h"

#include "timeline/edit/Move.h"
#include "timeline/model/Query.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui {
namespace {

constexpr double kThreshold = 4.0;

} // namespace

MoveDrag::MoveDrag(ToolHost& host, const ToolEvent& press) : m_host(host), m_press(press), m_gesture(host.document()) {
    const timeline::Timeline& before = *m_gesture.before();
    m_firstFrame = std::numeric_limits<std::int64_t>::max();
    for (const timeline::ItemId item : host.selection().items()) {
        const auto position = timeline::findItem(before, item);
        if (!position || !timeline::findClip(before, item)) {
            continue;
        }
        m_clips.push_back(item);
        m_edges.push_back(position->range.start.value());
        m_edges.push_back(position->range.end().value());
        m_firstFrame = std::min(m_firstFrame, position->range.start.value());
    }
    m_targets =
        snapTargets(host.layout(), host.playhead().position().rescaledTo(host.layout().rate()).value(), m_clips);
}

int MoveDrag::tracksUp(const ToolEvent& event) const {
    if (!event.hit.track || !m_press.hit.track) {
        return 0;
    }
    const auto& tracks = m_gesture.before()->tracks;
    // A clip goes only to tracks of its own kind; over others it stays where it came from.
    return tracks[*event.hit.track].kind == tracks[*m_press.hit.track].kind
               ? static_cast<int>(*event.hit.track) - static_cast<int>(*m_press.hit.track)
               : 0;
}

void MoveDrag::drag(const ToolEvent& event) {
    const QPointF way = event.position - m_press.position;
    if (m_clips.empty() || !m_gesture.isOpen() || (!m_isMoving && std::hypot(way.x(), way.y()) < kThreshold)) {
        return;
    }
    m_isMoving = true;
    std::int64_t shift = std::llround(way.x() / m_host.layout().scale().pixelsPerFrame);
    ToolOverlay overlay;
    if (m_host.isSnapping()) {
        std::vector<std::int64_t> edges = m_edges;
        for (std::int64_t& edge : edges) {
            edge += shift;
        }
        const SnapResult snapped = snap(m_targets, edges, snapReach(m_host.layout()));
        shift += snapped.shift;
        overlay.snapFrame = snapped.target;
    }
    shift = std::max(shift, -m_firstFrame);
    apply(shift, tracksUp(event));
    m_host.setOverlay(overlay);
}

void MoveDrag::apply(std::int64_t shift, int tracksUp) {
    const timeline::Timeline& before = *m_gesture.before();
    const timeline::RationalTime by(shift, before.format.rate);
    const auto moved = shift == 0 && tracksUp == 0 ? timeline::Result<timeline::Timeline>(before)
                                                   : timeline::moveClips(before, m_clips, by, tracksUp);
    const auto applied = m_gesture.apply(QCoreApplication::translate("Tools", "Move"), moved);
    if (!applied) {
        m_host.raiseError(applied.error());
    }
}

void MoveDrag::cancel() {
    m_gesture.cancel();
    m_host.setOverlay({});
}

} // namespace ui
