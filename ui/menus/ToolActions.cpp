#include "ui/menus/ToolActions.h"

#include "ui/menus/MakeAction.h"

#include <QActionGroup>
#include <QMenu>

namespace ui {

ToolActions::ToolActions(TimelineView& timeline, QWidget& window, QObject* parent) : QObject(parent) {
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
                                     [&timeline, kind = entry.kind] { timeline.setTool(kind); });
        action->setCheckable(true);
        group->addAction(action);
        m_tools[entry.kind] = action;
        window.addAction(action);
    }
    m_tools[timeline.tool()]->setChecked(true);
    connect(&timeline, &TimelineView::toolChanged, this, [this](ToolKind tool) { m_tools[tool]->setChecked(true); });
}

void ToolActions::fill(QMenu& menu) const {
    for (const auto& [kind, action] : m_tools) {
        menu.addAction(action);
    }
}

} // namespace ui
