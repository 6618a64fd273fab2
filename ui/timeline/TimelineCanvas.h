#pragma once

#include "ui/state/ShotStates.h"
#include "ui/timeline/Neighbour.h"
#include "ui/timeline/Snapping.h"
#include "ui/timeline/TimelineView.h"
#include "ui/timeline/tools/Tool.h"

#include <QWidget>

#include <map>
#include <memory>

namespace ui {

class PromptBox;

/// The part of the timeline view that holds the tracks: paints them and gives mouse and keys to the chosen tool.
/// Thread: GUI.
class TimelineCanvas : public QWidget, public ToolHost {
    Q_OBJECT

public:
    TimelineCanvas(const TimelineView::Sources& sources, QWidget* parent);
    ~TimelineCanvas() override;

    void setTool(ToolKind kind);
    ToolKind tool() const { return m_toolKind; }
    void setSnapping(bool snaps) { m_snaps = snaps; }
    void openPrompt(timeline::ItemId clip);
    void reveal(timeline::ItemId item);        ///< scrolls it into sight
    void commitPrompt() { closePrompt(true); } ///< takes what is being typed, if anything is
    /// Shows the whole film, and goes on doing so while the window finds its size, until something is scrolled or
    /// edited.
    void fit();
    void turn(const QWheelEvent& event); ///< a wheel turned over what stands beside it
    bool isTyping() const { return m_box != nullptr; }
    ShotState stateOf(timeline::ItemId shot) const { return m_sources.states.state(shot); }

    const TimelineLayout& layout() const override { return m_layout; }
    timeline::TimelineDocument& document() override { return m_sources.document; }
    Selection& selection() override { return m_sources.selection; }
    Playhead& playhead() override { return m_sources.playhead; }
    bool isSnapping() const override { return m_snaps; }
    void setScale(const TimelineScale& scale) override;
    void setOverlay(const ToolOverlay& overlay) override;
    void raiseError(const timeline::Error& error) override;
    void editPrompt(timeline::ItemId clip, timeline::GestureId gesture) override;
    void offerTakes(timeline::ItemId shot) override;

Q_SIGNALS:
    void layoutChanged(); ///< rows or scale
    void errorRaised(const QString& text);
    void filesDropped(const QStringList& paths, timeline::TrackId track, timeline::RationalTime time);
    void contextMenuRequested(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void rebuildLayout();
    void applyScale(const TimelineScale& scale);
    ToolEvent toolEvent(QPointF position, Qt::KeyboardModifiers modifiers) const;
    Tool& activeTool() { return *m_tools.at(m_panning ? ToolKind::Hand : m_toolKind); }
    void placeBox();
    void closePrompt(bool accept);
    void walk(Towards way);
    SnapResult dropSnap(QPointF position) const;
    void describe();

    TimelineView::Sources m_sources;
    TimelineLayout m_layout;
    std::map<ToolKind, std::unique_ptr<Tool>> m_tools;
    ToolKind m_toolKind = ToolKind::Select;
    ToolOverlay m_overlay;
    PromptBox* m_box = nullptr;
    bool m_snaps = true;
    bool m_isFitted = false;
    bool m_pressed = false;
    Qt::MouseButton m_button = Qt::NoButton; ///< the one that is pressed
    bool m_panning = false;                  ///< with the middle button, whatever the tool
};

} // namespace ui
