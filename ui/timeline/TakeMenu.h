#pragma once

#include "timeline/document/TimelineDocument.h"

#include <QMenu>

namespace ui {

/// Opens on a shot's badge: choose which take shows, or none. Deletes itself when it closes.
/// Thread: GUI.
class TakeMenu : public QMenu {
    Q_OBJECT

public:
    TakeMenu(timeline::TimelineDocument& document, timeline::ItemId shot, QWidget* parent);

Q_SIGNALS:
    void errorRaised(const QString& text);

private:
    void addTake(const QString& text, const std::string& key, bool isChosen);

    timeline::TimelineDocument& m_document;
    timeline::ItemId m_shot;
};

} // namespace ui
