#include "ui/timeline/ClipAccess.h"

#include "ui/state/Selection.h"
#include "ui/timeline/SpokenItem.h"
#include "ui/timeline/TimelineCanvas.h"

#include "timeline/model/Query.h"

namespace ui {

ClipAccess::ClipAccess(TimelineCanvas& canvas, timeline::ItemId clip) : m_canvas(&canvas), m_clip(clip) {}

bool ClipAccess::isValid() const {
    return m_canvas && timeline::findClip(m_canvas->layout().timeline(), m_clip);
}

QWindow* ClipAccess::window() const {
    return m_canvas ? m_canvas->window()->windowHandle() : nullptr;
}

QAccessibleInterface* ClipAccess::parent() const {
    return QAccessible::queryAccessibleInterface(m_canvas.data());
}

QString ClipAccess::text(QAccessible::Text kind) const {
    if (!isValid()) {
        return {};
    }
    const timeline::Timeline& film = m_canvas->layout().timeline();
    switch (kind) {
    case QAccessible::Name: {
        const auto place = timeline::findItem(film, m_clip);
        return spokenItem(film.tracks[place->track].items[place->index], m_canvas->stateOf(m_clip));
    }
    case QAccessible::Description:
        return spokenPlace(film, m_clip);
    default:
        return {};
    }
}

QRect ClipAccess::rect() const {
    const auto box = m_canvas ? m_canvas->layout().itemRect(m_clip) : std::nullopt;
    return box ? QRect(m_canvas->mapToGlobal(box->topLeft().toPoint()), box->size().toSize()) : QRect();
}

QAccessible::State ClipAccess::state() const {
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    const QRectF box = *m_canvas->layout().itemRect(m_clip);
    state.selectable = true;
    state.multiSelectable = true;
    state.focusable = true;
    state.selected = m_canvas->selection().contains(m_clip);
    state.focused = m_canvas->hasFocus() && m_canvas->selection().current() == m_clip;
    state.offscreen = !box.intersects(QRectF(m_canvas->rect()));
    return state;
}

void* ClipAccess::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
}

void ClipAccess::doAction(const QString& name) {
    if (name == pressAction() && isValid()) {
        m_canvas->selection().selectOnly(m_clip);
        m_canvas->reveal(m_clip);
    }
}

} // namespace ui
