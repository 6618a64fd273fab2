#pragma once

#include "ui/timeline/tools/MoveDrag.h"
#include "ui/timeline/tools/TrimDrag.h"

#include <variant>
#include <vector>

namespace ui {

/// Selects and moves clips, trims at their edges, draws a rubber band on free ground, opens the takes on a shot's
/// badge.
///     idle -> MoveDrag | TrimDrag | band -> idle
/// Shift and Ctrl add to the selection; Shift at an end edge ripples.
/// Thread: GUI.
class SelectTool : public Tool {
public:
    using Tool::Tool;

    void press(const ToolEvent& event) override;
    void drag(const ToolEvent& event) override;
    void release(const ToolEvent& event) override;
    void cancel() override;
    Qt::CursorShape cursor(const TimelineHit& hit) const override;

private:
    struct Band {
        QPointF from;
        std::vector<timeline::ItemId> before; ///< what was selected
    };

    void pressBody(const ToolEvent& event);
    void dragBand(const Band& band, const ToolEvent& event);

    std::variant<std::monostate, MoveDrag, TrimDrag, Band> m_state;
    timeline::ItemId m_collapseTo; ///< one of several selected clips was pressed: a plain click leaves only this one
};

} // namespace ui
