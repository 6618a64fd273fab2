#include "app/exporting/ExportController.h"

#include "ui/text/ErrorText.h"

#include <QStringList>

#include <memory>

namespace app {

ExportController::ExportController(QObject* parent) : QObject(parent) {}

void ExportController::start(timeline::ExportRequest request, timeline::RendererSetup setup) {
    if (isExporting()) {
        return;
    }
    const QString path = QString::fromStdString(request.output.string());
    const auto job = std::make_shared<timeline::ExportJob>(std::move(request), std::move(setup));
    m_stop = m_background.start([this, path, job](std::stop_token stop) {
        auto result = job->run(std::move(stop), [this](const timeline::ExportProgress& at) {
            const double fraction =
                at.frameCount > 0 ? static_cast<double>(at.frame) / static_cast<double>(at.frameCount) : -1.0;
            QMetaObject::invokeMethod(
                this, [this, fraction, left = at.secondsLeft] { Q_EMIT progressed(fraction, left); },
                Qt::QueuedConnection);
        });
        return [this, path, result = std::move(result)] { end(path, result); };
    });
    Q_EMIT started();
}

void ExportController::cancel() {
    m_stop.request_stop();
}

void ExportController::end(const QString& path, const timeline::Result<timeline::ExportReport>& result) {
    if (!result) {
        if (result.error().code == timeline::ErrorCode::Cancelled) {
            Q_EMIT cancelled();
        } else {
            Q_EMIT failed(ui::errorText(result.error()));
        }
        return;
    }
    QStringList problems;
    for (const timeline::Error& problem : result->problems) {
        problems << ui::errorText(problem);
    }
    Q_EMIT finished(path, problems);
}

} // namespace app
