#include "ui/menus/EditActions.h"

#include "ui/menus/MakeAction.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/text/ErrorText.h"

#include "timeline/edit/Lift.h"
#include "timeline/edit/Move.h"
#include "timeline/edit/Ripple.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/Slice.h"
#include "timeline/edit/Tracks.h"
#include "timeline/edit/Transitions.h"
#include "timeline/model/Invariants.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QActionGroup>
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

EditActions::EditActions(const Parts& parts, QWidget* window) : QObject(window), m_parts(parts) {
    m_undo = parts.document.undoStack().createUndoAction(this, tr("&Undo"));
    m_undo->setObjectName(QStringLiteral("editUndo"));
    m_undo->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z));
    m_redo = parts.document.undoStack().createRedoAction(this, tr("&Redo"));
    m_redo->setObjectName(QStringLiteral("editRedo"));
    m_redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    makeEdits();
    makeTools(window);
    // Lists have a Delete of their own; this one belongs to the timeline.
    for (QAction* action : {m_delete, m_rippleDelete}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        parts.timeline.addAction(action);
    }
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
    m_nudgeLeft = makeAction(this, "editNudgeLeft", tr("Nudge One Frame L&eft"), {QKeySequence(Qt::Key_Comma)},
                             [this] { nudge(-1); });
    m_nudgeRight = makeAction(this, "editNudgeRight", tr("Nudge One Frame Ri&ght"), {QKeySequence(Qt::Key_Period)},
                              [this] { nudge(1); });
    m_selectAll = makeAction(this, "editSelectAll", tr("Select &All"), {QKeySequence(Qt::CTRL | Qt::Key_A)},
                             [this] { selectAll(); });
    m_selectNone = makeAction(this, "editSelectNone", tr("Select &Nothing"),
                              {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)}, [this] { m_parts.selection.clear(); });
    m_removeTrack =
        makeAction(this, "editRemoveTrack", tr("&Remove Track of the Selected Clip"), {}, [this] { removeTrack(); });
}

void EditActions::makeTools(QWidget* window) {
    struct Entry {
        ToolKind kind;
        const char* name;
        QString text;
        Qt::Key key;
    };
    const Entry entries[] = {{ToolKind::Select, "toolSelect", tr("&Select"), Qt::Key_V},
                             {ToolKind::Trim, "toolTrim", tr("&Trim"), Qt::Key_T},
                             {ToolKind::Blade, "toolBlade", tr("&Blade"), Qt::Key_C},
                             {ToolKind::PromptPen, "toolPromptPen", tr("&Prompt Pen"), Qt::Key_P},
                             {ToolKind::Hand, "toolHand", tr("&Hand"), Qt::Key_H}};
    auto* group = new QActionGroup(this);
    for (const Entry& entry : entries) {
        QAction* action = makeAction(this, entry.name, entry.text, {QKeySequence(entry.key)},
                                     [this, kind = entry.kind] { m_parts.timeline.setTool(kind); });
        action->setCheckable(true);
        group->addAction(action);
        m_tools[entry.kind] = action;
        window->addAction(action);
    }
    m_tools[m_parts.timeline.tool()]->setChecked(true);
    connect(&m_parts.timeline, &TimelineView::toolChanged, this,
            [this](ToolKind tool) { m_tools[tool]->setChecked(true); });
}

void EditActions::fill(QMenu& menu) {
    menu.addActions({m_undo, m_redo});
    menu.addSeparator();
    menu.addActions({m_split, m_splitAll, m_dissolve, m_enabled});
    menu.addSeparator();
    menu.addActions({m_delete, m_rippleDelete, m_liftMarked});
    menu.addSeparator();
    menu.addActions({m_nudgeLeft, m_nudgeRight});
    menu.addSeparator();
    menu.addActions({m_selectAll, m_selectNone});
    menu.addSeparator();
    fillTracks(*menu.addMenu(tr("Trac&ks")));
    QMenu* tools = menu.addMenu(tr("T&ool"));
    for (const auto& [kind, action] : m_tools) {
        tools->addAction(action);
    }
}

void EditActions::fillTracks(QMenu& menu) {
    using timeline::TrackKind;
    const auto add = [&](const char* name, const QString& text, TrackKind kind) {
        menu.addAction(makeAction(this, name, text, {}, [this, kind] { addTrack(kind); }));
    };
    add("trackAddVideo", tr("Add &Video Track"), TrackKind::Video);
    add("trackAddAudio", tr("Add &Audio Track"), TrackKind::Audio);
    add("trackAddPrompt", tr("Add &Prompt Track"), TrackKind::Prompt);
    add("trackAddStyle", tr("Add &Style Track"), TrackKind::Style);
    menu.addSeparator();
    menu.addAction(m_removeTrack);
}

void EditActions::fillContextMenu(QMenu& menu) const {
    menu.addActions({m_split, m_dissolve, m_enabled});
    menu.addSeparator();
    menu.addActions({m_delete, m_rippleDelete});
}

void EditActions::refresh() {
    const bool hasSelection = !m_parts.selection.isEmpty();
    for (QAction* action :
         {m_delete, m_rippleDelete, m_enabled, m_nudgeLeft, m_nudgeRight, m_removeTrack, m_selectNone}) {
        action->setEnabled(hasSelection);
    }
    m_liftMarked->setEnabled(m_parts.playhead.range().has_value());
}

bool EditActions::apply(const QString& text, timeline::Result<Timeline> edited) {
    const auto applied = m_parts.document.apply(text, std::move(edited));
    if (!applied) {
        Q_EMIT errorRaised(errorText(applied.error()));
    }
    return applied.has_value();
}

void EditActions::remove() {
    if (!m_parts.selection.isEmpty()) {
        apply(tr("Delete"), timeline::lift(*m_parts.document.timeline(), m_parts.selection.items()));
    }
}

void EditActions::rippleDelete() {
    if (!m_parts.selection.isEmpty()) {
        apply(tr("Ripple Delete"), timeline::rippleDelete(*m_parts.document.timeline(), m_parts.selection.items()));
    }
}

void EditActions::liftMarked() {
    if (!m_parts.playhead.range()) {
        return;
    }
    timeline::Result<Timeline> edited = *m_parts.document.timeline();
    for (const timeline::Track& track : m_parts.document.timeline()->tracks) {
        if (edited && !track.locked && track.kind != timeline::TrackKind::Foreign) {
            edited = timeline::liftRange(*edited, track.id, *m_parts.playhead.range());
        }
    }
    apply(tr("Lift"), std::move(edited));
}

void EditActions::split() {
    const Timeline& now = *m_parts.document.timeline();
    const RationalTime time = m_parts.playhead.position().rescaledTo(now.format.rate, timeline::Rounding::Floor);
    // With a selection only the selected clips under the playhead are cut, else the whole column.
    timeline::Result<Timeline> edited = now;
    bool isSelected = false;
    for (const timeline::ItemId item : m_parts.selection.items()) {
        const auto position = timeline::findItem(now, item);
        if (edited && position && position->range.contains(time)) {
            edited = timeline::slice(*edited, now.tracks[position->track].id, time);
            isSelected = true;
        }
    }
    apply(tr("Split"), isSelected ? std::move(edited) : timeline::sliceAll(now, time));
}

void EditActions::splitAll() {
    const Timeline& now = *m_parts.document.timeline();
    apply(tr("Split"),
          timeline::sliceAll(now, m_parts.playhead.position().rescaledTo(now.format.rate, timeline::Rounding::Floor)));
}

void EditActions::selectAll() {
    std::vector<timeline::ItemId> all;
    for (const timeline::Track& track : m_parts.document.timeline()->tracks) {
        for (const timeline::ItemPtr& item : track.items) {
            if (timeline::asClip(item) && !track.locked) {
                all.push_back(timeline::itemId(*item));
            }
        }
    }
    m_parts.selection.select(std::move(all));
}

void EditActions::dissolve() {
    const Timeline& now = *m_parts.document.timeline();
    const RationalTime half = RationalTime::fromSeconds(kDissolveSeconds, now.format.rate);
    const RationalTime here = m_parts.playhead.position();
    // The cut nearest to the playhead, on the selected clip's track if one is selected.
    const auto selected = timeline::findItem(now, m_parts.selection.current());
    const timeline::Clip* best = nullptr;
    const timeline::Clip* next = nullptr;
    RationalTime bestDistance(std::numeric_limits<std::int32_t>::max(), now.format.rate);
    for (std::size_t i = 0; i < now.tracks.size(); ++i) {
        const timeline::Track& track = now.tracks[i];
        const auto kind = track.kind;
        if ((selected && selected->track != i) || track.locked ||
            (kind != timeline::TrackKind::Video && kind != timeline::TrackKind::Audio)) {
            continue;
        }
        const auto ranges = timeline::itemRanges(now, track);
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
    const RationalTime in = std::min(half, room.in).rescaledTo(now.format.rate);
    const RationalTime out = std::min(half, room.out).rescaledTo(now.format.rate);
    if (in.value() + out.value() < 1) {
        Q_EMIT errorRaised(tr("The clips have no frames beyond the cut to dissolve with. Trim them first."));
        return;
    }
    apply(tr("Cross-Dissolve"), timeline::addTransition(now, best->id, in, out));
}

void EditActions::nudge(int frames) {
    const Timeline& now = *m_parts.document.timeline();
    std::vector<timeline::ItemId> clips;
    for (const timeline::ItemId item : m_parts.selection.items()) {
        if (timeline::findClip(now, item)) {
            clips.push_back(item);
        }
    }
    if (!clips.empty()) {
        apply(tr("Nudge"), timeline::moveClips(now, clips, RationalTime(frames, now.format.rate), 0));
    }
}

void EditActions::addTrack(timeline::TrackKind kind) {
    const Timeline& now = *m_parts.document.timeline();
    const auto same = std::count_if(now.tracks.begin(), now.tracks.end(),
                                    [&](const timeline::Track& track) { return track.kind == kind; });
    const auto name = [&]() -> QString {
        switch (kind) {
        case timeline::TrackKind::Audio:
            return tr("Audio %1").arg(same + 1);
        case timeline::TrackKind::Prompt:
            return same == 0 ? tr("Prompt") : tr("Prompt %1").arg(same + 1);
        case timeline::TrackKind::Style:
            return same == 0 ? tr("Style") : tr("Style %1").arg(same + 1);
        default:
            return tr("Video %1").arg(same + 1);
        }
    };
    apply(tr("Add Track"), timeline::addTrack(now, timeline::makeTrack(kind, name().toStdString())));
}

void EditActions::removeTrack() {
    const Timeline& now = *m_parts.document.timeline();
    if (const auto position = timeline::findItem(now, m_parts.selection.current())) {
        apply(tr("Remove Track"), timeline::removeTrack(now, now.tracks[position->track].id));
    }
}

void EditActions::toggleEnabled() {
    timeline::Result<Timeline> edited = *m_parts.document.timeline();
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
