#include "ui/menus/EditActions.h"

#include "ui/menus/MakeAction.h"
#include "ui/menus/MoveActions.h"
#include "ui/menus/ToolActions.h"
#include "ui/menus/TrackActions.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/timeline/TimelineView.h"

#include "timeline/edit/Lift.h"
#include "timeline/edit/Ripple.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/Slice.h"
#include "timeline/edit/Transitions.h"
#include "timeline/model/Invariants.h"
#include "timeline/model/Query.h"

#include <QMenu>
#include <QUndoStack>

#include <algorithm>
#include <limits>

namespace ui {
namespace {

using timeline::RationalTime;
using timeline::Timeline;

constexpr double kDissolveSeconds = 0.5; ///< to each side of the cut

} // namespace

EditActions::EditActions(const EditParts& parts, QWidget* window)
    : DocumentActions(parts, window), m_moves(new MoveActions(parts, this)), m_tracks(new TrackActions(parts, this)),
      m_tools(new ToolActions(parts.timeline, *window, this)) {
    m_undo = parts.document.undoStack().createUndoAction(this, tr("&Undo"));
    m_undo->setObjectName(QStringLiteral("editUndo"));
    m_undo->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z));
    m_redo = parts.document.undoStack().createRedoAction(this, tr("&Redo"));
    m_redo->setObjectName(QStringLiteral("editRedo"));
    m_redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    makeEdits();
    // Lists have a Delete of their own; this one belongs to the timeline.
    for (QAction* action : {m_delete, m_rippleDelete}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        parts.timeline.addAction(action);
    }
    connect(m_moves, &DocumentActions::errorRaised, this, &EditActions::errorRaised);
    connect(m_tracks, &DocumentActions::errorRaised, this, &EditActions::errorRaised);
    connect(&parts.selection, &Selection::changed, this, &EditActions::refresh);
    connect(&parts.playhead, &Playhead::rangeChanged, this, &EditActions::refresh);
    connect(&parts.document, &timeline::TimelineDocument::changed, this, &EditActions::refresh);
    connect(&parts.document, &timeline::TimelineDocument::wasReset, this, &EditActions::refresh);
    refresh();
}

void EditActions::makeEdits() {
    m_delete = makeAction(this, "editDelete", tr("&Delete"),
                          {QKeySequence(Qt::Key_Delete), QKeySequence(Qt::Key_Backspace)}, [this] { remove(); });
    m_rippleDelete = makeAction(this, "editRippleDelete", tr("Ri&pple Delete"),
                                {QKeySequence(Qt::SHIFT | Qt::Key_Delete)}, [this] { rippleDelete(); });
    m_liftMarked = makeAction(this, "editLift", tr("&Lift Marked Range"), {QKeySequence(Qt::Key_Semicolon)},
                              [this] { liftMarked(); });
    m_split = makeAction(this, "editSplit", tr("&Split at Playhead"),
                         {QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::Key_B)}, [this] { split(); });
    m_splitAll = makeAction(this, "editSplitAll", tr("Split All &Tracks"),
                            {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K)}, [this] { splitAll(); });
    m_dissolve = makeAction(this, "editDissolve", tr("&Cross-Dissolve at Cut"), {QKeySequence(Qt::CTRL | Qt::Key_D)},
                            [this] { dissolve(); });
    m_enabled = makeAction(this, "editEnabled", tr("S&witch Clips On or Off"), {QKeySequence(Qt::SHIFT | Qt::Key_E)},
                           [this] { toggleEnabled(); });
    m_selectAll = makeAction(this, "editSelectAll", tr("Select &All"), {QKeySequence(Qt::CTRL | Qt::Key_A)},
                             [this] { selectAll(); });
    m_selectNone = makeAction(this, "editSelectNone", tr("Select &Nothing"),
                              {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)}, [this] { m_parts.selection.clear(); });
}

void EditActions::fill(QMenu& menu) {
    menu.addActions({m_undo, m_redo});
    menu.addSeparator();
    menu.addActions({m_split, m_splitAll, m_dissolve, m_enabled});
    menu.addSeparator();
    menu.addActions({m_delete, m_rippleDelete, m_liftMarked});
    menu.addSeparator();
    menu.addActions({m_selectAll, m_selectNone});
    menu.addSeparator();
    m_moves->fill(*menu.addMenu(tr("&Move and Trim")));
    m_tracks->fill(*menu.addMenu(tr("Trac&ks")));
    m_tools->fill(*menu.addMenu(tr("T&ool")));
}

void EditActions::fillContextMenu(QMenu& menu) const {
    menu.addActions({m_split, m_dissolve, m_enabled});
    menu.addSeparator();
    menu.addActions({m_delete, m_rippleDelete});
}

void EditActions::refresh() {
    const bool hasSelection = !m_parts.selection.isEmpty();
    for (QAction* action : {m_delete, m_rippleDelete, m_enabled, m_selectNone}) {
        action->setEnabled(hasSelection);
    }
    m_moves->setEnabled(hasSelection);
    m_tracks->refresh();
    m_liftMarked->setEnabled(m_parts.playhead.range().has_value());
}

void EditActions::remove() {
    if (!m_parts.selection.isEmpty()) {
        apply(tr("Delete"), timeline::lift(now(), m_parts.selection.items()));
    }
}

void EditActions::rippleDelete() {
    if (!m_parts.selection.isEmpty()) {
        apply(tr("Ripple Delete"), timeline::rippleDelete(now(), m_parts.selection.items()));
    }
}

void EditActions::liftMarked() {
    if (!m_parts.playhead.range()) {
        return;
    }
    timeline::Result<Timeline> edited = now();
    for (const timeline::Track& track : now().tracks) {
        if (edited && !track.locked && track.kind != timeline::TrackKind::Foreign) {
            edited = timeline::liftRange(*edited, track.id, *m_parts.playhead.range());
        }
    }
    apply(tr("Lift"), std::move(edited));
}

void EditActions::split() {
    const RationalTime time = playheadTime();
    // With a selection only the selected clips under the playhead are cut, else the whole column.
    timeline::Result<Timeline> edited = now();
    bool isSelected = false;
    for (const timeline::ItemId item : m_parts.selection.items()) {
        const auto position = timeline::findItem(now(), item);
        if (edited && position && position->range.contains(time)) {
            edited = timeline::slice(*edited, now().tracks[position->track].id, time);
            isSelected = true;
        }
    }
    apply(tr("Split"), isSelected ? std::move(edited) : timeline::sliceAll(now(), time));
}

void EditActions::splitAll() {
    apply(tr("Split"), timeline::sliceAll(now(), playheadTime()));
}

void EditActions::selectAll() {
    std::vector<timeline::ItemId> all;
    for (const timeline::Track& track : now().tracks) {
        for (const timeline::ItemPtr& item : track.items) {
            if (timeline::asClip(item) && !track.locked) {
                all.push_back(timeline::itemId(*item));
            }
        }
    }
    m_parts.selection.select(std::move(all));
}

void EditActions::dissolve() {
    const Timeline& film = now();
    const RationalTime half = RationalTime::fromSeconds(kDissolveSeconds, film.format.rate);
    const RationalTime here = m_parts.playhead.position();
    // The cut nearest to the playhead, on the selected clip's track if one is selected.
    const auto selected = timeline::findItem(film, m_parts.selection.current());
    const timeline::Clip* best = nullptr;
    const timeline::Clip* next = nullptr;
    RationalTime bestDistance(std::numeric_limits<std::int32_t>::max(), film.format.rate);
    for (std::size_t i = 0; i < film.tracks.size(); ++i) {
        const timeline::Track& track = film.tracks[i];
        const auto kind = track.kind;
        if ((selected && selected->track != i) || track.locked ||
            (kind != timeline::TrackKind::Video && kind != timeline::TrackKind::Audio)) {
            continue;
        }
        const auto ranges = timeline::itemRanges(film, track);
        for (std::size_t item = 0; item + 1 < track.items.size(); ++item) {
            const timeline::Clip* left = timeline::asClip(track.items[item]);
            const timeline::Clip* right = timeline::asClip(track.items[item + 1]);
            const RationalTime distance = std::max(ranges[item].end() - here, here - ranges[item].end());
            if (left && right && distance < bestDistance) {
                best = left;
                next = right;
                bestDistance = distance;
            }
        }
    }
    if (!best) {
        Q_EMIT errorRaised(tr("There is no cut between two clips to dissolve."));
        return;
    }
    const timeline::TransitionRoom room = timeline::transitionRoom(*best, *next);
    const RationalTime in = std::min(half, room.in).rescaledTo(film.format.rate);
    const RationalTime out = std::min(half, room.out).rescaledTo(film.format.rate);
    if (in.value() + out.value() < 1) {
        Q_EMIT errorRaised(tr("The clips have no frames beyond the cut to dissolve with. Trim them first."));
        return;
    }
    apply(tr("Cross-Dissolve"), timeline::addTransition(film, best->id, in, out));
}

void EditActions::toggleEnabled() {
    timeline::Result<Timeline> edited = now();
    const timeline::Clip* current = timeline::findClip(*edited, m_parts.selection.current());
    const bool enable = current && !current->enabled;
    for (const timeline::ItemId item : m_parts.selection.items()) {
        if (edited && timeline::findClip(*edited, item)) {
            edited = timeline::setClipEnabled(*edited, item, enable);
        }
    }
    apply(enable ? tr("Switch On") : tr("Switch Off"), std::move(edited));
}

} // namespace ui
