#include "ui/monitor/VulkanViewer.h"

#include "ui/monitor/FrameRenderer.h"
#include "ui/monitor/VulkanSupport.h"

namespace ui {

VulkanViewer::VulkanViewer(QVulkanInstance& instance, QWidget* parent) {
    setVulkanInstance(&instance);
    setPhysicalDeviceIndex(presentingDevice(instance).value_or(0));
    setFlag(Qt::WindowTransparentForInput);
    // Frames are display-coded already: an sRGB surface would code them twice.
    setPreferredColorFormats({VK_FORMAT_B8G8R8A8_UNORM, VK_FORMAT_R8G8B8A8_UNORM});
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
