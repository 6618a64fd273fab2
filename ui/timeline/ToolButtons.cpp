#include "ui/timeline/ToolButtons.h"

#include "ui/style/Icons.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace ui {
namespace {

QToolButton* makeToggle(QWidget* parent, const char* name, const char* iconName, const QString& text) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setIcon(icon(iconName));
    button->setIconSize({16, 16});
    button->setFixedSize(25, 25);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

} // namespace

ToolButtons::ToolButtons(QWidget* parent)
    : QWidget(parent), m_snap(makeToggle(this, "snapButton", "snap", tr("Snap (S)"))) {
    setObjectName(QStringLiteral("toolButtons"));
    setAccessibleName(tr("Tools"));
    m_tools[ToolKind::Select] = makeToggle(this, "selectButton", "cursor", tr("Select and move (V)"));
    m_tools[ToolKind::Trim] = makeToggle(this, "trimButton", "trim", tr("Trim, what follows moves along (T)"));
    m_tools[ToolKind::Blade] = makeToggle(this, "bladeButton", "blade", tr("Blade (C)"));
    m_tools[ToolKind::PromptPen] = makeToggle(this, "promptPenButton", "pen", tr("Draw a prompt and type into it (P)"));
    m_tools[ToolKind::Hand] = makeToggle(this, "handButton", "hand", tr("Scroll by dragging (H)"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->setSpacing(1);
    for (const auto& [kind, button] : m_tools) {
        layout->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, kind = kind] {
            setTool(kind);
            Q_EMIT toolRequested(kind);
        });
    }
    layout->addStretch(1);
    layout->addWidget(m_snap);
    setTabOrder(m_tools[ToolKind::Hand], m_snap);
    connect(m_snap, &QToolButton::clicked, this, &ToolButtons::snappingRequested);
}

void ToolButtons::setTool(ToolKind tool) {
    for (const auto& [kind, button] : m_tools) {
        button->setChecked(kind == tool);
    }
}

QWidget* ToolButtons::lastButton() const {
    return m_snap;
}

void ToolButtons::setSnapping(bool snaps) {
    m_snap->setChecked(snaps);
}

} // namespace ui
