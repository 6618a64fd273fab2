#include "ui/menus/HelpActions.h"

#include "ui/dialogs/AboutDialog.h"
#include "ui/menus/MakeAction.h"

#include <QDialog>
#include <QHeaderView>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

QString withoutMnemonic(QString text) {
    return text.remove(QLatin1Char('&'));
}

void addRows(QTreeWidgetItem* parent, const QMenu& menu) {
    for (const QAction* action : menu.actions()) {
        if (action->menu()) {
            addRows(parent, *action->menu());
        } else if (!action->shortcuts().isEmpty()) {
            QStringList keys;
            for (const QKeySequence& key : action->shortcuts()) {
                keys << key.toString(QKeySequence::NativeText);
            }
            new QTreeWidgetItem(parent, {withoutMnemonic(action->text()), keys.join(QStringLiteral(", "))});
        }
    }
}

struct Gesture {
    const char* keys;
    const char* text;
};

/// What the timeline knows beside the menus.
constexpr Gesture kTimelineKeys[] = {
    {QT_TRANSLATE_NOOP("ui::HelpActions", "Alt+Left, Alt+Right"),
     QT_TRANSLATE_NOOP("ui::HelpActions", "Select the clip before or after")},
    {QT_TRANSLATE_NOOP("ui::HelpActions", "Alt+Up, Alt+Down"),
     QT_TRANSLATE_NOOP("ui::HelpActions", "Select a clip on the track above or below")},
    {QT_TRANSLATE_NOOP("ui::HelpActions", "Return, F2"),
     QT_TRANSLATE_NOOP("ui::HelpActions", "Write in the selected prompt, or choose a take of the selected shot")},
    {QT_TRANSLATE_NOOP("ui::HelpActions", "Escape"),
     QT_TRANSLATE_NOOP("ui::HelpActions", "Give up a drag, or select nothing")},
    {QT_TRANSLATE_NOOP("ui::HelpActions", "Page Up, Page Down"),
     QT_TRANSLATE_NOOP("ui::HelpActions", "Scroll through the tracks")},
    {QT_TRANSLATE_NOOP("ui::HelpActions", "Wheel, Shift+Wheel"),
     QT_TRANSLATE_NOOP("ui::HelpActions", "Scroll through tracks, through time")},
    {QT_TRANSLATE_NOOP("ui::HelpActions", "Ctrl+Wheel"), QT_TRANSLATE_NOOP("ui::HelpActions", "Zoom at the pointer")},
    {QT_TRANSLATE_NOOP("ui::HelpActions", "Middle Button"), QT_TRANSLATE_NOOP("ui::HelpActions", "Drag the timeline")},
    {QT_TRANSLATE_NOOP("ui::HelpActions", "Shift+Drag at an Edge"),
     QT_TRANSLATE_NOOP("ui::HelpActions", "Trim and move what comes after along")},
};

} // namespace

HelpActions::HelpActions(QMainWindow& window) : QObject(&window), m_window(window) {
    m_shortcuts = makeAction(this, "helpShortcuts", tr("&Keyboard Shortcuts"), {QKeySequence(Qt::Key_F1)},
                             [this] { showShortcuts(); });
    m_about = makeAction(this, "helpAbout", tr("&About Fantascope"), {}, [this] { showAboutDialog(&m_window); });
}

void HelpActions::fill(QMenu& menu) const {
    menu.addActions({m_shortcuts, m_about});
}

void HelpActions::showShortcuts() {
    auto* dialog = new QDialog(&m_window);
    dialog->setObjectName(QStringLiteral("shortcutsDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keyboard Shortcuts"));
    dialog->resize(520, 560);
    auto* list = new QTreeWidget(dialog);
    list->setAccessibleName(tr("Keyboard shortcuts"));
    list->setHeaderLabels({tr("Action"), tr("Keys")});
    for (const QAction* menuAction : m_window.menuBar()->actions()) {
        auto* section = new QTreeWidgetItem(list, {withoutMnemonic(menuAction->text())});
        addRows(section, *menuAction->menu());
    }
    auto* timeline = new QTreeWidgetItem(list, {tr("On the Timeline")});
    for (const Gesture& gesture : kTimelineKeys) {
        new QTreeWidgetItem(timeline, {tr(gesture.text), tr(gesture.keys)});
    }
    list->expandAll();
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(list);
    dialog->show();
}

} // namespace ui
