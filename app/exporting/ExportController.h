#pragma once

#include "app/jobs/Background.h"
#include "timeline/export/ExportJob.h"

#include <QObject>
#include <QString>

#include <vector>

namespace app {

/// Exports one film at a time in the background; the film is of the timeline as it was when the export began.
/// Thread: GUI; the export has a thread of its own.
class ExportController : public QObject {
    Q_OBJECT

public:
    explicit ExportController(QObject* parent = nullptr);

    bool isExporting() const { return !m_background.isIdle(); }
    /// Nothing happens while another export runs.
    void start(timeline::ExportRequest request, timeline::RendererSetup setup);
    void cancel();

Q_SIGNALS:
    void started();
    void progressed(double fraction, double secondsLeft);
    /// With the media that could not be shown, in the user's language.
    void finished(const QString& path, const QStringList& problems);
    void failed(const QString& text);
    void cancelled();

private:
    void end(const QString& path, const timeline::Result<timeline::ExportReport>& result);

    std::stop_source m_stop;
    Background m_background;
};

} // namespace app
