#include "ui/timeline/TakeMenu.h"

#include "ui/text/ErrorText.h"

#include "timeline/edit/Takes.h"
#include "timeline/model/Query.h"
#include "timeline/model/Recipe.h"

namespace ui {

TakeMenu::TakeMenu(timeline::TimelineDocument& document, timeline::ItemId shot, QWidget* parent)
    : QMenu(parent), m_document(document), m_shot(shot) {
    setObjectName(QStringLiteral("takeMenu"));
    setAccessibleName(tr("Takes"));
    setAttribute(Qt::WA_DeleteOnClose);
    const timeline::Clip* clip = timeline::findClip(*document.timeline(), shot);
    if (!clip) {
        return;
    }
    int number = 0;
    for (const std::string& key : timeline::takeKeys(*clip)) {
        addTake(tr("Take %1").arg(++number), key, key == clip->activeKey);
    }
    addSeparator();
    addTake(tr("No Take: Show What Lies Below"), timeline::kRecipeKey, clip->activeKey == timeline::kRecipeKey);
}

void TakeMenu::addTake(const QString& text, const std::string& key, bool isChosen) {
    QAction* action = addAction(text);
    action->setCheckable(true);
    action->setChecked(isChosen);
    connect(action, &QAction::triggered, this, [this, key] {
        const auto applied =
            m_document.apply(tr("Choose Take"), timeline::chooseTake(*m_document.timeline(), m_shot, key));
        if (!applied) {
            Q_EMIT errorRaised(errorText(applied.error()));
        }
    });
}

} // namespace ui
