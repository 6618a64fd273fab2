#pragma once

#include "timeline/model/Track.h"

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace ui {

/// The head of one track: its kind, its name (edited in place), hide or mute, lock, and a menu for the rest.
/// Thread: GUI.
class TrackHeader : public QWidget {
    Q_OBJECT

public:
    explicit TrackHeader(QWidget* parent);

    void setTrack(const timeline::Track& track);
    void flush(); ///< hands on a name that is being typed
    void tabAfter(QWidget* field);
    QWidget* lastField() const;

Q_SIGNALS:
    void renamed(timeline::TrackId track, const QString& name);
    void enabledToggled(timeline::TrackId track, bool enabled);
    void lockToggled(timeline::TrackId track, bool locked);
    void menuRequested(timeline::TrackId track, const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    /// What of the track is shown.
    struct Shown {
        timeline::TrackId id;
        timeline::TrackKind kind = timeline::TrackKind::Video;
        std::string name;
        bool enabled = true;
        bool locked = false;

        bool operator==(const Shown&) const = default;
    };

    Shown m_shown;
    QLineEdit* m_name;
    QToolButton* m_enabled;
    QToolButton* m_lock;
    QToolButton* m_menu;
};

} // namespace ui
