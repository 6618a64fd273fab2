#include "ui/timeline/TrackHeaders.h"

#include "ui/text/ErrorText.h"
#include "ui/timeline/TimelineCanvas.h"
#include "ui/timeline/TrackHeader.h"

#include "timeline/edit/SetProperty.h"
#include "timeline/edit/Tracks.h"

#include <QMenu>
#include <QWheelEvent>

#include <algorithm>

namespace ui {

TrackHeaders::TrackHeaders(timeline::TimelineDocument& document, TimelineCanvas& canvas, QWidget* parent)
    : QWidget(parent), m_document(document), m_canvas(canvas) {
    setObjectName(QStringLiteral("trackHeaders"));
    setAccessibleName(tr("Tracks"));
    connect(&canvas, &TimelineCanvas::layoutChanged, this, &TrackHeaders::refresh);
    refresh();
}

TrackHeader* TrackHeaders::makeHeader() {
    auto* header = new TrackHeader(this);
    connect(header, &TrackHeader::renamed, this, [this](timeline::TrackId track, const QString& name) {
        apply(tr("Rename Track"), timeline::setTrackName(*m_document.timeline(), track, name.toStdString()));
    });
    connect(header, &TrackHeader::enabledToggled, this, [this](timeline::TrackId track, bool enabled) {
        apply(enabled ? tr("Show Track") : tr("Hide Track"),
              timeline::setTrackEnabled(*m_document.timeline(), track, enabled));
    });
    connect(header, &TrackHeader::lockToggled, this, [this](timeline::TrackId track, bool locked) {
        apply(locked ? tr("Lock Track") : tr("Unlock Track"),
              timeline::setTrackLocked(*m_document.timeline(), track, locked));
    });
    connect(header, &TrackHeader::menuRequested, this, &TrackHeaders::showMenu);
    header->show();
    return header;
}

std::optional<std::size_t> TrackHeaders::placeBeside(timeline::TrackId track, int rowsDown) const {
    const auto& rows = m_canvas.layout().rows();
    const auto& tracks = m_canvas.layout().timeline().tracks;
    const auto isAudio = [&](const TrackRow& row) { return tracks[row.track].kind == timeline::TrackKind::Audio; };
    const auto row = std::ranges::find_if(rows, [&](const TrackRow& r) { return tracks[r.track].id == track; });
    const auto other = row - rows.begin() + rowsDown;
    if (row == rows.end() || other < 0 || other >= std::ssize(rows) ||
        isAudio(*row) != isAudio(rows[static_cast<std::size_t>(other)])) {
        return std::nullopt;
    }
    return rows[static_cast<std::size_t>(other)].track;
}

void TrackHeaders::showMenu(timeline::TrackId track, const QPoint& globalPosition) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("trackMenuPopup"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto move = [&](const QString& text, int rowsDown) {
        QAction* action = menu->addAction(text);
        const auto place = placeBeside(track, rowsDown);
        action->setEnabled(place.has_value());
        connect(action, &QAction::triggered, this, [this, track, place] {
            apply(tr("Move Track"), timeline::moveTrack(*m_document.timeline(), track, *place));
        });
    };
    move(tr("Move &Up"), -1);
    move(tr("Move &Down"), 1);
    menu->addSeparator();
    QAction* remove = menu->addAction(tr("&Remove Track"));
    remove->setObjectName(QStringLiteral("trackRemove"));
    connect(remove, &QAction::triggered, this,
            [this, track] { apply(tr("Remove Track"), timeline::removeTrack(*m_document.timeline(), track)); });
    menu->popup(globalPosition);
}

void TrackHeaders::apply(const QString& text, timeline::Result<timeline::Timeline> edited) {
    const auto applied = m_document.apply(text, std::move(edited));
    if (!applied) {
        Q_EMIT errorRaised(errorText(applied.error()));
    }
}

void TrackHeaders::tabAfter(QWidget* field) {
    m_before = field;
    for (TrackHeader* header : m_headers) {
        header->tabAfter(field);
        field = header->lastField();
    }
}

void TrackHeaders::flush() {
    for (TrackHeader* header : m_headers) {
        header->flush();
    }
}

void TrackHeaders::refresh() {
    const TimelineLayout& layout = m_canvas.layout();
    while (m_headers.size() < layout.rows().size()) {
        TrackHeader* header = makeHeader();
        header->tabAfter(m_headers.empty() ? m_before : m_headers.back()->lastField());
        m_headers.push_back(header);
    }
    while (m_headers.size() > layout.rows().size()) {
        m_headers.back()->deleteLater();
        m_headers.back()->hide();
        m_headers.pop_back();
    }
    for (std::size_t i = 0; i < m_headers.size(); ++i) {
        const TrackRow& row = layout.rows()[i];
        m_headers[i]->setTrack(layout.timeline().tracks[row.track]);
        m_headers[i]->setGeometry(0, row.top - layout.scale().top, width(), row.height);
    }
}

void TrackHeaders::wheelEvent(QWheelEvent* event) {
    m_canvas.turn(*event);
    event->accept();
}

} // namespace ui
