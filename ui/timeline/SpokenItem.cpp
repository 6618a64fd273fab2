#include "ui/timeline/SpokenItem.h"

#include "ui/text/TimeText.h"
#include "ui/timeline/painters/PromptPainter.h"

#include "timeline/model/Query.h"
#include "timeline/model/Recipe.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("SpokenItem", text);
}

QString takeText(const timeline::Clip& clip) {
    const auto keys = timeline::takeKeys(clip);
    if (keys.empty()) {
        return translated(QT_TRANSLATE_NOOP("SpokenItem", "no take yet"));
    }
    const auto chosen = std::ranges::find(keys, clip.activeKey);
    if (chosen == keys.end()) {
        return translated(QT_TRANSLATE_NOOP("SpokenItem", "none of %1 takes")).arg(keys.size());
    }
    return translated(QT_TRANSLATE_NOOP("SpokenItem", "take %1 of %2")).arg(chosen - keys.begin() + 1).arg(keys.size());
}

QString phaseText(const ShotState& state) {
    switch (state.phase) {
    case ShotState::Phase::Queued:
        return translated(QT_TRANSLATE_NOOP("SpokenItem", "waiting"));
    case ShotState::Phase::Running:
        return state.progress < 0.0 ? translated(QT_TRANSLATE_NOOP("SpokenItem", "running"))
                                    : translated(QT_TRANSLATE_NOOP("SpokenItem", "running, %1 %"))
                                          .arg(static_cast<int>(state.progress * 100.0));
    case ShotState::Phase::Failed:
        return translated(QT_TRANSLATE_NOOP("SpokenItem", "failed"));
    case ShotState::Phase::Idle:
        break;
    }
    return state.isStale ? translated(QT_TRANSLATE_NOOP("SpokenItem", "stale")) : QString();
}

QString nameOf(const timeline::ItemPtr& item) {
    const timeline::Clip* clip = timeline::asClip(item);
    const QString prompt = clip ? promptText(*clip).simplified() : QString();
    const QString name = prompt.isEmpty() ? QString::fromStdString(timeline::itemName(*item)) : prompt;
    if (!name.isEmpty()) {
        return name;
    }
    return std::holds_alternative<timeline::Transition>(*item)
               ? translated(QT_TRANSLATE_NOOP("SpokenItem", "Transition"))
           : clip ? translated(QT_TRANSLATE_NOOP("SpokenItem", "Clip without a name"))
                  : translated(QT_TRANSLATE_NOOP("SpokenItem", "Gap"));
}

} // namespace

QString spokenItem(const timeline::ItemPtr& item, const ShotState& state) {
    QStringList parts{nameOf(item)};
    const timeline::Clip* clip = timeline::asClip(item);
    if (clip && timeline::isShot(*clip)) {
        parts << takeText(*clip) << phaseText(state);
    }
    if (clip && !clip->enabled) {
        parts << translated(QT_TRANSLATE_NOOP("SpokenItem", "switched off"));
    }
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString spokenPlace(const timeline::Timeline& timeline, timeline::ItemId item) {
    const auto place = timeline::findItem(timeline, item);
    if (!place) {
        return {};
    }
    return translated(QT_TRANSLATE_NOOP("SpokenItem", "On track %1, from %2 to %3"))
        .arg(QString::fromStdString(timeline.tracks[place->track].name), timecodeText(place->range.start),
             timecodeText(place->range.end()));
}

} // namespace ui
