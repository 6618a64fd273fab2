#pragma once

#include "ui/timeline/TimelineLayout.h"

#include "timeline/base/Error.h"
#include "timeline/document/TimelineDocument.h"

#include <QPoint>
#include <Qt>

#include <optional>

namespace ui {

class Playhead;
class Selection;

/// A press, move or release on the canvas, with what lies under it.
struct ToolEvent {
    QPointF position;
    TimelineHit hit;
    Qt::KeyboardModifiers modifiers;
};

/// What a tool shows over the timeline while it works.
struct ToolOverlay {
    std::optional<std::int64_t> snapFrame;  ///< a line over all tracks
    std::optional<std::int64_t> bladeFrame; ///< where the next cut would be
    std::optional<std::size_t> bladeTrack;  ///< on this track; nothing: on all
    QRectF band;                            ///< a rubber band, or the clip being drawn; empty: none

    bool operator==(const ToolOverlay&) const = default;
};

/// What tools work with: the canvas.
/// Thread: GUI.
class ToolHost {
public:
    virtual ~ToolHost() = default;

    virtual const TimelineLayout& layout() const = 0;
    virtual timeline::TimelineDocument& document() = 0;
    virtual Selection& selection() = 0;
    virtual Playhead& playhead() = 0;
    virtual bool isSnapping() const = 0;

    virtual void setScale(const TimelineScale& scale) = 0;
    virtual void setOverlay(const ToolOverlay& overlay) = 0;
    virtual void raiseError(const timeline::Error& error) = 0;
    /// Opens the text box on a prompt clip; what is typed joins `gesture`, so that drawing and typing undo as one.
    virtual void editPrompt(timeline::ItemId clip, timeline::GestureId gesture) = 0;
    virtual void offerTakes(timeline::ItemId shot) = 0;
};

/// A small state machine on press, move and release that changes the document through timeline/edit. Between press and
/// release every move applies the edit to the timeline as it was at the press, in one gesture: one undo step.
/// Thread: GUI.
class Tool {
public:
    explicit Tool(ToolHost& host) : m_host(host) {}
    virtual ~Tool() = default;

    Tool(const Tool&) = delete;
    Tool& operator=(const Tool&) = delete;

    virtual void press(const ToolEvent& event) = 0;
    virtual void drag(const ToolEvent& event) = 0;
    virtual void release(const ToolEvent& event) = 0;
    virtual void hover(const ToolEvent&) {}
    /// Gives up what is going on, as Escape does: the document is as before the press.
    virtual void cancel() = 0;
    virtual Qt::CursorShape cursor(const TimelineHit& hit) const = 0;

protected:
    ToolHost& m_host;
};

/// The frames by which a drag is off a snap target: within 8 pixels.
double snapReach(const TimelineLayout& layout);

} // namespace ui
