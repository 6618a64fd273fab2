#include "ui/menus/DocumentActions.h"

#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/text/ErrorText.h"

#include "timeline/model/Query.h"

namespace ui {

DocumentActions::DocumentActions(const EditParts& parts, QObject* parent) : QObject(parent), m_parts(parts) {}

timeline::RationalTime DocumentActions::playheadTime() const {
    return m_parts.playhead.position().rescaledTo(now().format.rate, timeline::Rounding::Floor);
}

bool DocumentActions::apply(const QString& text, timeline::Result<timeline::Timeline> edited) {
    const auto applied = m_parts.document.apply(text, std::move(edited));
    if (!applied) {
        Q_EMIT errorRaised(errorText(applied.error()));
    }
    return applied.has_value();
}

std::vector<timeline::ItemId> DocumentActions::selectedClips() const {
    std::vector<timeline::ItemId> clips;
    for (const timeline::ItemId item : m_parts.selection.items()) {
        if (timeline::findClip(now(), item)) {
            clips.push_back(item);
        }
    }
    return clips;
}

} // namespace ui
