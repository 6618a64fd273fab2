#include "ui/menus/TrackActions.h"

#include "ui/menus/MakeAction.h"
#include "ui/state/Selection.h"

#include "timeline/edit/Tracks.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QMenu>

#include <algorithm>

namespace ui {

using timeline::TrackKind;

namespace {

bool isEmptyTrack(const timeline::Track& track) {
    return track.items.empty() && !track.locked && track.kind != TrackKind::Foreign;
}

} // namespace

TrackActions::TrackActions(const EditParts& parts, QObject* parent) : DocumentActions(parts, parent) {
    m_remove =
        makeAction(this, "editRemoveTrack", tr("&Remove Track of the Selected Clip"), {}, [this] { removeSelected(); });
    m_removeEmpty =
        makeAction(this, "editRemoveEmptyTracks", tr("Remove &Empty Tracks"), {}, [this] { removeEmpty(); });
}

void TrackActions::fill(QMenu& menu) {
    const auto entry = [&](const char* name, const QString& text, TrackKind kind) {
        menu.addAction(makeAction(this, name, text, {}, [this, kind] { add(kind); }));
    };
    entry("trackAddVideo", tr("Add &Video Track"), TrackKind::Video);
    entry("trackAddAudio", tr("Add &Audio Track"), TrackKind::Audio);
    entry("trackAddPrompt", tr("Add &Prompt Track"), TrackKind::Prompt);
    entry("trackAddStyle", tr("Add &Style Track"), TrackKind::Style);
    entry("trackAddMask", tr("Add &Mask Track"), TrackKind::Mask);
    menu.addSeparator();
    menu.addActions({m_remove, m_removeEmpty});
}

void TrackActions::refresh() {
    m_remove->setEnabled(!m_parts.selection.isEmpty());
    m_removeEmpty->setEnabled(std::ranges::any_of(now().tracks, isEmptyTrack));
}

QString TrackActions::nameFor(TrackKind kind) const {
    const auto same = std::ranges::count(now().tracks, kind, &timeline::Track::kind);
    switch (kind) {
    case TrackKind::Audio:
        return tr("Audio %1").arg(same + 1);
    case TrackKind::Prompt:
        return same == 0 ? tr("Prompt") : tr("Prompt %1").arg(same + 1);
    case TrackKind::Style:
        return same == 0 ? tr("Style") : tr("Style %1").arg(same + 1);
    case TrackKind::Mask:
        return same == 0 ? tr("Mask") : tr("Mask %1").arg(same + 1);
    default:
        return tr("Video %1").arg(same + 1);
    }
}

void TrackActions::add(TrackKind kind) {
    apply(tr("Add Track"), timeline::addTrack(now(), timeline::makeTrack(kind, nameFor(kind).toStdString())));
}

void TrackActions::removeSelected() {
    if (const auto position = timeline::findItem(now(), m_parts.selection.current())) {
        apply(tr("Remove Track"), timeline::removeTrack(now(), now().tracks[position->track].id));
    }
}

void TrackActions::removeEmpty() {
    timeline::Result<timeline::Timeline> edited = now();
    for (const timeline::Track& track : now().tracks) {
        if (edited && isEmptyTrack(track)) {
            edited = timeline::removeTrack(*edited, track.id);
        }
    }
    apply(tr("Remove Empty Tracks"), std::move(edited));
}

} // namespace ui
