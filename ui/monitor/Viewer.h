#pragma once

#include "ui/monitor/Monitor.h"

namespace ui {

/// The surface that shows frames: VulkanViewer, or PainterViewer where there is no Vulkan.
/// Thread: GUI.
class Viewer {
public:
    virtual ~Viewer() = default;

    virtual QWidget* widget() = 0;                     ///< owned by its parent widget
    virtual void showFrame(DisplayImagePtr frame) = 0; ///< null: black
};

/// The largest rectangle of the picture's shape in the middle of `area`.
QRectF letterboxed(QSizeF picture, QSizeF area);

} // namespace ui
