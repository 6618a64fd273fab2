#include "ui/monitor/VulkanViewer.h"

#include "ui/monitor/FrameRenderer.h"

namespace ui {

VulkanViewer::VulkanViewer(QVulkanInstance& instance, QWidget* parent) {
    setVulkanInstance(&instance);
    setFlag(Qt::WindowTransparentForInput);
    m_container = QWidget::createWindowContainer(this, parent);
    m_container->setFocusPolicy(Qt::NoFocus);
}

void VulkanViewer::showFrame(DisplayImagePtr frame) {
    m_frame = std::move(frame);
    requestUpdate();
}

QVulkanWindowRenderer* VulkanViewer::createRenderer() {
    return new FrameRenderer(*this);
}

} // namespace ui
