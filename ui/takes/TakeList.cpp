#include "ui/takes/TakeList.h"

#include "ui/state/ClipArt.h"
#include "ui/style/Icons.h"
#include "ui/text/PlainToolTip.h"

#include "timeline/model/Query.h"
#include "timeline/model/Recipe.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QScrollBar>
#include <QShortcut>
#include <QToolButton>

#include <algorithm>

namespace ui {
namespace {

constexpr int kKeyRole = Qt::UserRole + 1;
constexpr int kThumbnailHeight = 40;

QString summaryOf(const timeline::MediaReference& reference) {
    const auto record = timeline::takeRecord(reference);
    if (!record) {
        return {};
    }
    QStringList facts;
    if (record->recipe.seed) {
        facts << TakeList::tr("seed %1").arg(*record->recipe.seed);
    }
    if (record->recipe.steps > 0) {
        facts << TakeList::tr("steps %1").arg(record->recipe.steps);
    }
    return facts.join(QStringLiteral(" · "));
}

QString recipeText(const timeline::MediaReference& reference) {
    const auto record = timeline::takeRecord(reference);
    if (!record) {
        return {};
    }
    QStringList lines;
    for (const timeline::TakePrompt& prompt : record->prompts) {
        lines << QString::fromStdString(prompt.text);
    }
    for (const timeline::TakeInput& input : record->inputs) {
        lines << QString::fromStdString(input.name);
    }
    lines << QString::fromStdString(record->recipe.model);
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

QToolButton* makeButton(QWidget* parent, const char* name, const char* iconName, const QString& text) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setIcon(icon(iconName));
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

} // namespace

TakeList::TakeList(ClipArt* art, QWidget* parent)
    : QWidget(parent), m_art(art), m_list(new QListWidget(this)),
      m_choose(makeButton(this, "chooseTake", "check", tr("Show this take"))),
      m_remove(makeButton(this, "removeTake", "remove", tr("Remove this take from the shot"))) {
    setObjectName(QStringLiteral("takeList"));
    m_list->setObjectName(QStringLiteral("takeListView"));
    m_list->setAccessibleName(tr("Takes of the shot"));
    m_list->setIconSize({kThumbnailHeight * 16 / 9, kThumbnailHeight});
    m_list->setMinimumHeight(64);
    auto* heading = new QLabel(tr("Takes"), this);
    heading->setProperty("heading", true);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(2);
    bar->addWidget(heading, 1);
    bar->addWidget(m_choose);
    bar->addWidget(m_remove);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_list, 1);

    const auto choose = [this] { Q_EMIT chooseRequested(m_shot, selectedKey()); };
    const auto remove = [this] { Q_EMIT removeRequested(m_shot, selectedKey()); };
    connect(m_list, &QListWidget::itemActivated, this, choose);
    connect(m_list, &QListWidget::itemSelectionChanged, this, &TakeList::refreshButtons);
    connect(m_choose, &QToolButton::clicked, this, choose);
    connect(m_remove, &QToolButton::clicked, this, remove);
    connect(new QShortcut(QKeySequence::Delete, m_list, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated,
            this, [this, remove] {
                if (!selectedKey().isEmpty()) {
                    remove();
                }
            });
    refreshButtons();
}

void TakeList::setShot(const timeline::Timeline& timeline, timeline::ItemId shot) {
    const bool isSame = shot == m_shot;
    const QString selected = isSame ? selectedKey() : QString();
    const int scrolled = isSame ? m_list->verticalScrollBar()->value() : 0;
    m_shot = shot;
    m_list->clear();
    if (const timeline::Clip* clip = timeline::findClip(timeline, shot)) {
        auto keys = timeline::takeKeys(*clip);
        std::reverse(keys.begin(), keys.end());
        for (const std::string& key : keys) {
            addRow(*clip, key);
        }
    }
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(kKeyRole).toString() == selected) {
            m_list->setCurrentRow(row);
        }
    }
    // A thumbnail that arrives does not take the list away from under the eyes.
    m_list->doItemsLayout();
    m_list->verticalScrollBar()->setValue(scrolled);
    refreshButtons();
}

void TakeList::addRow(const timeline::Clip& clip, const std::string& key) {
    const auto& reference = clip.references.at(key);
    const QString number = QString::fromStdString(key).section(QLatin1Char('-'), -1);
    const bool isChosen = key == clip.activeKey;
    QString text = isChosen ? tr("Take %1, shown").arg(number) : tr("Take %1").arg(number);
    if (const QString summary = summaryOf(reference); !summary.isEmpty()) {
        text += QLatin1Char('\n') + summary;
    }
    auto* row = new QListWidgetItem(text, m_list);
    row->setData(kKeyRole, QString::fromStdString(key));
    row->setToolTip(plainToolTip(recipeText(reference)));
    QFont font = m_list->font();
    font.setBold(isChosen);
    row->setFont(font);
    const auto* file = std::get_if<timeline::ExternalReference>(&reference);
    if (m_art && file) {
        const timeline::RationalTime middle(clip.sourceRange.duration.value() / 2, clip.sourceRange.duration.rate());
        const QImage image = m_art->thumbnail(file->url, clip.sourceRange.start + middle,
                                              static_cast<int>(kThumbnailHeight * devicePixelRatioF()));
        row->setIcon(image.isNull() ? icon("film") : QIcon(QPixmap::fromImage(image)));
    }
}

QString TakeList::selectedKey() const {
    const QListWidgetItem* item = m_list->currentItem();
    return item ? item->data(kKeyRole).toString() : QString();
}

void TakeList::refreshButtons() {
    const bool hasTake = !selectedKey().isEmpty();
    m_choose->setEnabled(hasTake);
    m_remove->setEnabled(hasTake);
}

} // namespace ui
