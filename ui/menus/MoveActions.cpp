#include "ui/menus/MoveActions.h"

#include "ui/menus/MakeAction.h"
#include "ui/state/Selection.h"
#include "ui/timeline/TimelineView.h"

#include "timeline/edit/Move.h"
#include "timeline/edit/Trim.h"
#include "timeline/model/Query.h"

#include <QMenu>

namespace ui {

using timeline::RationalTime;
using timeline::Timeline;

namespace {

timeline::Result<Timeline> trimmed(const Timeline& timeline, timeline::ItemId clip, bool isStart, RationalTime time) {
    return isStart ? timeline::trimHead(timeline, clip, time) : timeline::trimTail(timeline, clip, time);
}

/// How many places up the stack the next track of the same kind is; `direction` is 1 or -1. 0: there is none.
int stepsToTrackOfKind(const Timeline& timeline, std::size_t track, int direction) {
    const auto count = static_cast<int>(timeline.tracks.size());
    for (int other = static_cast<int>(track) + direction; other >= 0 && other < count; other += direction) {
        if (timeline.tracks[static_cast<std::size_t>(other)].kind == timeline.tracks[track].kind) {
            return other - static_cast<int>(track);
        }
    }
    return 0;
}

} // namespace

MoveActions::MoveActions(const EditParts& parts, QObject* parent) : DocumentActions(parts, parent) {
    const auto make = [this](const char* name, const QString& text, QKeySequence key, std::function<void()> run) {
        return makeAction(this, name, text, {key}, std::move(run));
    };
    m_moves = {
        make("editNudgeLeft", tr("One Frame &Left"), Qt::Key_Comma, [this] { nudge(-1); }),
        make("editNudgeRight", tr("One Frame &Right"), Qt::Key_Period, [this] { nudge(1); }),
        make("editMoveUp", tr("To the Track &Above"), Qt::ALT | Qt::SHIFT | Qt::Key_Up, [this] { moveAcross(-1); }),
        make("editMoveDown", tr("To the Track &Below"), Qt::ALT | Qt::SHIFT | Qt::Key_Down, [this] { moveAcross(1); })};
    m_trims = {
        make("trimStartHere", tr("&Start to Playhead"), Qt::Key_Q, [this] { trimTo(Edge::Start, playheadTime()); }),
        make("trimEndHere", tr("&End to Playhead"), Qt::Key_W, [this] { trimTo(Edge::End, playheadTime()); }),
        make("trimStartLeft", tr("Start One Frame Left"), Qt::CTRL | Qt::SHIFT | Qt::Key_Left,
             [this] { trimBy(Edge::Start, -1); }),
        make("trimStartRight", tr("Start One Frame Right"), Qt::CTRL | Qt::SHIFT | Qt::Key_Right,
             [this] { trimBy(Edge::Start, 1); }),
        make("trimEndLeft", tr("End One Frame Left"), Qt::CTRL | Qt::Key_Left, [this] { trimBy(Edge::End, -1); }),
        make("trimEndRight", tr("End One Frame Right"), Qt::CTRL | Qt::Key_Right, [this] { trimBy(Edge::End, 1); })};
}

void MoveActions::fill(QMenu& menu) const {
    menu.addActions(m_moves);
    menu.addSeparator();
    menu.addActions(m_trims);
}

void MoveActions::setEnabled(bool enabled) {
    for (QAction* action : m_moves + m_trims) {
        action->setEnabled(enabled);
    }
}

void MoveActions::nudge(int frames) {
    if (const auto clips = selectedClips(); !clips.empty()) {
        apply(tr("Nudge"), timeline::moveClips(now(), clips, RationalTime(frames, now().format.rate), 0));
    }
}

void MoveActions::moveAcross(int rowsDown) {
    const auto clips = selectedClips();
    const auto place = timeline::findItem(now(), m_parts.selection.current());
    if (clips.empty() || !place) {
        return;
    }
    // The first Audio track is the topmost of its kind on screen, the first Video track the lowest.
    const bool isAudio = now().tracks[place->track].kind == timeline::TrackKind::Audio;
    const int steps = stepsToTrackOfKind(now(), place->track, isAudio ? rowsDown : -rowsDown);
    if (steps == 0) {
        Q_EMIT errorRaised(rowsDown < 0 ? tr("There is no track of this kind above.")
                                        : tr("There is no track of this kind below."));
        return;
    }
    if (apply(tr("Move"), timeline::moveClips(now(), clips, RationalTime(0, now().format.rate), steps))) {
        m_parts.timeline.reveal(m_parts.selection.current());
    }
}

void MoveActions::trimTo(Edge edge, RationalTime time) {
    timeline::Result<Timeline> edited = now();
    for (const timeline::ItemId clip : selectedClips()) {
        if (edited) {
            edited = trimmed(*edited, clip, edge == Edge::Start, time);
        }
    }
    apply(tr("Trim"), std::move(edited));
}

void MoveActions::trimBy(Edge edge, int frames) {
    timeline::Result<Timeline> edited = now();
    const RationalTime by(frames, now().format.rate);
    for (const timeline::ItemId clip : selectedClips()) {
        const auto place = edited ? timeline::findItem(*edited, clip) : std::nullopt;
        if (place) {
            const RationalTime at = edge == Edge::Start ? place->range.start : place->range.end();
            edited = trimmed(*edited, clip, edge == Edge::Start, std::max(at + by, RationalTime(0, by.rate())));
        }
    }
    apply(tr("Trim"), std::move(edited));
}

} // namespace ui
