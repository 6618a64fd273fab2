#include "ui/monitor/Monitor.h"

#include "ui/monitor/PainterViewer.h"
#include "ui/monitor/Transport.h"
#include "ui/monitor/VulkanViewer.h"

#include <QEvent>
#include <QVBoxLayout>

namespace ui {

Monitor::Monitor(Playhead& playhead, QVulkanInstance* vulkan, QWidget* parent)
    : QWidget(parent), m_transport(new Transport(playhead, this)) {
    setObjectName(QStringLiteral("monitor"));
    setAccessibleName(tr("Monitor"));
    if (vulkan) {
        m_viewer = new VulkanViewer(*vulkan, this);
        m_usesVulkan = true;
    } else {
        m_viewer = new PainterViewer(this);
    }
    QWidget* surface = m_viewer->widget();
    surface->setObjectName(QStringLiteral("monitorSurface"));
    surface->setAccessibleName(tr("Picture at the playhead"));
    surface->setMinimumSize(240, 135);
    surface->installEventFilter(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(surface, 1);
    layout->addWidget(m_transport);
}

void Monitor::showFrame(DisplayImagePtr frame) {
    m_viewer->showFrame(std::move(frame));
}

QSize Monitor::pictureSize() const {
    return m_viewer->widget()->size() * devicePixelRatioF();
}

void Monitor::setSequence(timeline::FrameRate rate, timeline::RationalTime duration) {
    m_transport->setSequence(rate, duration);
}

void Monitor::setLive(bool live) {
    m_transport->setLive(live);
}

bool Monitor::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_viewer->widget() && event->type() == QEvent::Resize) {
        Q_EMIT pictureSizeChanged();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
