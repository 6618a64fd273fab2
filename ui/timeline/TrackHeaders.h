#pragma once

#include "timeline/document/TimelineDocument.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace ui {

class TimelineCanvas;
class TrackHeader;

/// The column of track heads, beside their rows.
/// Thread: GUI.
class TrackHeaders : public QWidget {
    Q_OBJECT

public:
    TrackHeaders(timeline::TimelineDocument& document, TimelineCanvas& canvas, QWidget* parent);

    void tabAfter(QWidget* field); ///< their place in the order of tabs
    void flush();                  ///< hands on a name that is being typed

Q_SIGNALS:
    void errorRaised(const QString& text);

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    void refresh();
    TrackHeader* makeHeader();
    void showMenu(timeline::TrackId track, const QPoint& globalPosition);
    /// The index in the stack of the row above or below, when that is another place for the track.
    std::optional<std::size_t> placeBeside(timeline::TrackId track, int rowsDown) const;
    void apply(const QString& text, timeline::Result<timeline::Timeline> edited);

    timeline::TimelineDocument& m_document;
    TimelineCanvas& m_canvas;
    QWidget* m_before = nullptr;
    std::vector<TrackHeader*> m_headers; ///< one for each row, in the rows' order
};

} // namespace ui
