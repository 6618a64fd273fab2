#pragma once

#include "ui/monitor/Viewer.h"

#include <QVulkanWindow>

namespace ui {

/// Shows frames in a Vulkan window inside the widget tree. The window takes no input: the mouse and the keys go to the
/// widgets around it. A lost device is made anew by QVulkanWindow, and the frame uploaded again.
/// Thread: GUI (QVulkanWindow draws there).
class VulkanViewer : public QVulkanWindow, public Viewer {
    Q_OBJECT

public:
    /// @param instance  outlives the viewer
    VulkanViewer(QVulkanInstance& instance, QWidget* parent);

    QWidget* widget() override { return m_container; }
    void showFrame(DisplayImagePtr frame) override;
    QVulkanWindowRenderer* createRenderer() override;

    const DisplayImagePtr& frame() const { return m_frame; }

private:
    QWidget* m_container;
    DisplayImagePtr m_frame;
};

} // namespace ui
