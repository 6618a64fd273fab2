#pragma once

#include "timeline/document/TimelineDocument.h"

#include <QObject>

namespace ui {

/// What is stepped through in one visit to a field is one undo step: a new gesture for each visit.
/// Thread: GUI.
class VisitGesture : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void watch(QWidget* field);
    timeline::GestureId id() const { return m_id; } ///< 0 while no watched field is in focus

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    timeline::GestureId m_id = 0;
};

} // namespace ui
