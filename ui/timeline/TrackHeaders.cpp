#include "ui/timeline/TrackHeaders.h"

#include "ui/text/ErrorText.h"
#include "ui/timeline/TimelineCanvas.h"
#include "ui/timeline/TrackHeader.h"

#include "timeline/edit/SetProperty.h"

#include <QCoreApplication>
#include <QWheelEvent>

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
    header->show();
    return header;
}

void TrackHeaders::apply(const QString& text, timeline::Result<timeline::Timeline> edited) {
    const auto applied = m_document.apply(text, std::move(edited));
    if (!applied) {
        Q_EMIT errorRaised(errorText(applied.error()));
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
        m_headers.push_back(makeHeader());
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
    QCoreApplication::sendEvent(&m_canvas, event);
}

} // namespace ui
