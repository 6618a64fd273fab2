#pragma once

#include "timeline/model/Ids.h"

#include <QAccessible>
#include <QPointer>

namespace ui {

class TimelineCanvas;

/// One clip of the timeline as screen readers see it: name and state, place, and "press" to select it. Invalid when the
/// clip is gone. Thread: GUI.
class ClipAccess : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    ClipAccess(TimelineCanvas& canvas, timeline::ItemId clip);

    timeline::ItemId item() const { return m_clip; }

    bool isValid() const override;
    QObject* object() const override { return nullptr; }
    QWindow* window() const override;
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& name) override;
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<TimelineCanvas> m_canvas;
    timeline::ItemId m_clip;
};

} // namespace ui
