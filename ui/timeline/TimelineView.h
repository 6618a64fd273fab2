#pragma once

#include "timeline/model/Timeline.h"

#include <QWidget>

#include <cstdint>
#include <memory>

class QScrollBar;

namespace timeline {
class TimelineDocument;
}

namespace ui {

class ClipArt;
class Playhead;
class Selection;
class ShotStates;
class TimelineCanvas;
class TimelineRuler;
class ToolButtons;
class TrackHeaders;

enum class ToolKind : std::uint8_t { Select, Trim, Blade, PromptPen, Hand };

/// The timeline: ruler, track headers, the tracks with their items, scroll bars. Tools (ui/timeline/tools) turn mouse
/// and keys into edits of the document; the top track is drawn on top. Thread: GUI.
class TimelineView : public QWidget {
    Q_OBJECT

public:
    /// What the view shows and edits; all of it outlives the view.
    struct Sources {
        timeline::TimelineDocument& document;
        Selection& selection;
        Playhead& playhead;
        ShotStates& states;
        ClipArt* art = nullptr;
    };

    explicit TimelineView(const Sources& sources, QWidget* parent = nullptr);

    QSize sizeHint() const override;               ///< room for all tracks
    TimelineCanvas& canvas() { return *m_canvas; } ///< what tests and tools aim at

    void setTool(ToolKind tool);
    ToolKind tool() const;
    void setSnapping(bool snaps);
    bool isSnapping() const;

    void zoomBy(double factor); ///< about the playhead when it is in sight, else about the middle
    void zoomToFit();
    void revealPlayhead();
    void reveal(timeline::ItemId item);
    void editPrompt(timeline::ItemId promptClip); ///< opens the text box on the clip
    /// Opens the text box on the prompt clip at the playhead, or on a new one: over the marked range, or from there on.
    void writePrompt();
    /// The first Style or Mask track that is seen and can be edited, or a new one; invalid when none could be made.
    timeline::TrackId laneOf(timeline::TrackKind kind);
    void flush(); ///< takes what is being typed into it

Q_SIGNALS:
    /// Files dropped at a place. An invalid track: below all tracks.
    void filesDropped(const QStringList& paths, timeline::TrackId track, timeline::RationalTime time);
    void errorRaised(const QString& text);
    void toolChanged(ui::ToolKind tool);
    void snappingChanged(bool snaps);
    void contextMenuRequested(const QPoint& globalPosition);

private:
    void refreshScrollBars();

    Sources m_sources;
    ToolButtons* m_tools;
    TrackHeaders* m_headers;
    TimelineRuler* m_ruler;
    TimelineCanvas* m_canvas;
    QScrollBar* m_horizontal;
    QScrollBar* m_vertical;
};

} // namespace ui
