#include "ui/timeline/TimelineAccess.h"

#include "ui/state/Selection.h"
#include "ui/timeline/ClipAccess.h"
#include "ui/timeline/TimelineCanvas.h"

#include "timeline/model/Query.h"

#include <algorithm>

namespace ui {
namespace {

QAccessibleInterface* makeAccess(const QString&, QObject* object) {
    auto* canvas = qobject_cast<TimelineCanvas*>(object);
    return canvas ? new TimelineAccess(*canvas) : nullptr;
}

/// The object that Qt has made for the canvas, while a screen reader listens.
TimelineAccess* accessOf(TimelineCanvas& canvas) {
    return QAccessible::isActive() ? dynamic_cast<TimelineAccess*>(QAccessible::queryAccessibleInterface(&canvas))
                                   : nullptr;
}

void tell(QAccessibleInterface* subject, QAccessible::Event what) {
    QAccessibleEvent event(subject, what);
    QAccessible::updateAccessibility(&event);
}

} // namespace

void TimelineAccess::install() {
    QAccessible::installFactory(&makeAccess);
}

TimelineAccess::TimelineAccess(TimelineCanvas& canvas)
    : QAccessibleWidget(&canvas, QAccessible::List), m_canvas(canvas) {}

TimelineAccess::~TimelineAccess() {
    for (const auto& [item, id] : m_known) {
        QAccessible::deleteAccessibleInterface(id);
    }
}

const std::vector<timeline::ItemId>& TimelineAccess::clips() const {
    const TimelineLayout& layout = m_canvas.layout();
    if (m_listed == layout.snapshot()) {
        return m_clips;
    }
    m_listed = layout.snapshot();
    m_clips.clear();
    for (const TrackRow& row : layout.rows()) {
        for (const ItemBox& box : row.items) {
            if (timeline::asClip(box.item)) {
                m_clips.push_back(timeline::itemId(*box.item));
            }
        }
    }
    std::erase_if(m_known, [&](const auto& entry) {
        const bool isGone = !timeline::findClip(layout.timeline(), entry.first);
        if (isGone) {
            QAccessible::deleteAccessibleInterface(entry.second);
        }
        return isGone;
    });
    return m_clips;
}

QAccessibleInterface* TimelineAccess::clip(timeline::ItemId item) const {
    const auto known = m_known.find(item);
    if (known != m_known.end()) {
        return QAccessible::accessibleInterface(known->second);
    }
    auto* made = new ClipAccess(m_canvas, item);
    m_known.emplace(item, QAccessible::registerAccessibleInterface(made));
    return made;
}

int TimelineAccess::childCount() const {
    return static_cast<int>(clips().size()) + QAccessibleWidget::childCount();
}

QAccessibleInterface* TimelineAccess::child(int index) const {
    const auto count = static_cast<int>(clips().size());
    if (index < 0) {
        return nullptr;
    }
    return index < count ? clip(clips()[static_cast<std::size_t>(index)]) : QAccessibleWidget::child(index - count);
}

int TimelineAccess::indexOfChild(const QAccessibleInterface* wanted) const {
    if (const auto* known = dynamic_cast<const ClipAccess*>(wanted)) {
        const auto found = std::ranges::find(clips(), known->item());
        return found == clips().end() ? -1 : static_cast<int>(found - clips().begin());
    }
    const int index = QAccessibleWidget::indexOfChild(wanted);
    return index < 0 ? index : index + static_cast<int>(clips().size());
}

QAccessibleInterface* TimelineAccess::childAt(int x, int y) const {
    if (QAccessibleInterface* widget = QAccessibleWidget::childAt(x, y)) {
        return widget;
    }
    const TimelineHit hit = m_canvas.layout().hitTest(m_canvas.mapFromGlobal(QPointF(x, y)));
    return timeline::findClip(m_canvas.layout().timeline(), hit.item) ? clip(hit.item) : nullptr;
}

QAccessibleInterface* TimelineAccess::focusChild() const {
    const timeline::ItemId current = m_canvas.selection().current();
    if (m_canvas.hasFocus() && timeline::findClip(m_canvas.layout().timeline(), current)) {
        return clip(current);
    }
    return QAccessibleWidget::focusChild();
}

void TimelineAccess::tellCurrent(TimelineCanvas& canvas) {
    TimelineAccess* access = accessOf(canvas);
    if (!access) {
        return;
    }
    tell(access, QAccessible::SelectionWithin);
    if (QAccessibleInterface* current = access->focusChild()) {
        tell(current, QAccessible::Focus);
    }
}

void TimelineAccess::tellChanged(TimelineCanvas& canvas, timeline::ItemId clip) {
    TimelineAccess* access = accessOf(canvas);
    if (access && timeline::findClip(canvas.layout().timeline(), clip)) {
        tell(access->clip(clip), QAccessible::NameChanged);
    }
}

} // namespace ui
