#pragma once

#include "timeline/model/Timeline.h"

#include <QAccessibleWidget>

#include <unordered_map>
#include <vector>

namespace ui {

class TimelineCanvas;

/// The timeline as screen readers see it: a list whose children are the clips, row by row from the top and each row
/// from its start. The current clip is the one in focus. Qt's plugin interface: made by Qt when somebody asks.
/// Thread: GUI.
class TimelineAccess : public QAccessibleWidget {
public:
    /// Has Qt make one for every TimelineCanvas; calling it again changes nothing.
    static void install();

    explicit TimelineAccess(TimelineCanvas& canvas);
    ~TimelineAccess() override;

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;

    /// Tell the screen reader, if there is one: another clip is the current one, or what is said of a clip has changed.
    static void tellCurrent(TimelineCanvas& canvas);
    static void tellChanged(TimelineCanvas& canvas, timeline::ItemId clip);

private:
    const std::vector<timeline::ItemId>& clips() const;
    QAccessibleInterface* clip(timeline::ItemId item) const;

    TimelineCanvas& m_canvas;
    // Filled when asked for; Qt's functions are const.
    mutable timeline::TimelinePtr m_listed; ///< what m_clips lists
    mutable std::vector<timeline::ItemId> m_clips;
    mutable std::unordered_map<timeline::ItemId, QAccessible::Id> m_known;
};

} // namespace ui
