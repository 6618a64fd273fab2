#pragma once

#include "timeline/render/OutputTransform.h"
#include "timeline/time/RationalTime.h"

#include <QWidget>

#include <memory>

class QVulkanInstance;

namespace ui {

/// A frame as it is displayed; shared with the thread that made it.
using DisplayImagePtr = std::shared_ptr<const timeline::DisplayImage>;

class Playhead;
class Transport;
class Viewer;

/// The program monitor: the newest frame, letterboxed, over the transport bar. Draws with Vulkan when given an instance
/// that has a device, else with QPainter.
/// Thread: GUI.
class Monitor : public QWidget {
    Q_OBJECT

public:
    /// @param vulkan  null, or outlives the monitor
    Monitor(Playhead& playhead, QVulkanInstance* vulkan, QWidget* parent = nullptr);

    Transport& transport() { return *m_transport; }
    bool usesVulkan() const { return m_usesVulkan; }

    void showFrame(DisplayImagePtr frame); ///< null: black
    /// How many device pixels there are for the picture; rendering more is a waste.
    QSize pictureSize() const;
    void setSequence(timeline::FrameRate rate, timeline::RationalTime duration);
    /// A badge that says that a shot is being generated and shows as it is now.
    void setLive(bool live);

Q_SIGNALS:
    void pictureSizeChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Viewer* m_viewer; ///< a child widget, or owned by one
    Transport* m_transport;
    bool m_usesVulkan = false;
};

} // namespace ui
