#pragma once

#include "timeline/model/Timeline.h"

#include <QWidget>

class QListWidget;
class QToolButton;

namespace ui {

class ClipArt;

/// The takes of one shot, newest first, as thumbnails with what differs between them; the one that shows is marked.
/// Thread: GUI.
class TakeList : public QWidget {
    Q_OBJECT

public:
    explicit TakeList(ClipArt* art, QWidget* parent = nullptr);

    /// Shows the takes of `shot`; none when it is no shot.
    void setShot(const timeline::Timeline& timeline, timeline::ItemId shot);

Q_SIGNALS:
    void chooseRequested(timeline::ItemId shot, const QString& takeKey);
    void removeRequested(timeline::ItemId shot, const QString& takeKey);

private:
    void addRow(const timeline::Clip& clip, const std::string& key);
    QString selectedKey() const;
    void refreshButtons();

    ClipArt* m_art;
    timeline::ItemId m_shot;
    QListWidget* m_list;
    QToolButton* m_choose;
    QToolButton* m_remove;
};

} // namespace ui
