#include "ui/prompt/PromptEditor.h"

#include "ui/text/TimeText.h"

#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int kPauseMilliseconds = 400;

} // namespace

PromptEditor::PromptEditor(QWidget* parent)
    : QWidget(parent), m_which(new QComboBox(this)), m_text(new QPlainTextEdit(this)), m_negative(new QLineEdit(this)),
      m_pause(new QTimer(this)) {
    setObjectName(QStringLiteral("promptEditor"));
    setFocusProxy(m_text);
    m_which->setObjectName(QStringLiteral("promptChoice"));
    m_which->setAccessibleName(tr("Which prompt"));
    m_which->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_text->setObjectName(QStringLiteral("promptText"));
    m_text->setAccessibleName(tr("Prompt"));
    m_text->setPlaceholderText(tr("What is to be seen, in your own words"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(m_text->fontMetrics().height() * 4 + 14);
    m_negative->setObjectName(QStringLiteral("negativePrompt"));
    m_negative->setAccessibleName(tr("Negative prompt"));
    m_negative->setPlaceholderText(tr("What to avoid"));
    m_pause->setSingleShot(true);
    m_pause->setInterval(kPauseMilliseconds);
    m_text->installEventFilter(this);
    m_negative->installEventFilter(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_which);
    layout->addWidget(m_text);
    layout->addWidget(m_negative);

    connect(m_which, &QComboBox::activated, this, [this] {
        flush();
        showCurrent();
    });
    connect(m_text, &QPlainTextEdit::textChanged, m_pause, qOverload<>(&QTimer::start));
    connect(m_negative, &QLineEdit::textEdited, m_pause, qOverload<>(&QTimer::start));
    connect(m_pause, &QTimer::timeout, this, &PromptEditor::flush);
}

void PromptEditor::setContext(const timeline::ShotContext& context) {
    if (context.shot != m_shownShot) {
        flush();
    }
    std::vector<Entry> entries;
    for (const timeline::ContextPrompt& prompt : context.prompts) {
        const auto start = context.range.start + prompt.range.start;
        entries.push_back(
            {prompt.clip, prompt.prompt,
             tr("%1 to %2", "times").arg(timecodeText(start), timecodeText(start + prompt.range.duration))});
    }
    if (entries.empty()) {
        entries.push_back({{}, {context.recipe.prompt, context.recipe.negativePrompt}, tr("The shot's own prompt")});
    }
    m_entries = std::move(entries);
    m_shownShot = context.shot;
    const QSignalBlocker block(m_which);
    m_which->clear();
    int chosen = 0;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        m_which->addItem(m_entries[i].label);
        chosen = m_entries[i].clip == m_shownClip ? static_cast<int>(i) : chosen;
    }
    m_which->setCurrentIndex(chosen);
    m_which->setVisible(m_entries.size() > 1);
    showCurrent();
}

QWidget* PromptEditor::lastField() const {
    return m_negative;
}

void PromptEditor::clear() {
    m_pause->stop(); // the clip that was written in is gone, or was flushed
    m_entries.clear();
    m_shownClip = {};
    m_shownShot = {};
    const QSignalBlocker blockText(m_text);
    const QSignalBlocker blockNegative(m_negative);
    m_text->clear();
    m_negative->clear();
    if (m_text->hasFocus() || m_negative->hasFocus()) {
        focusWidget()->clearFocus(); // the page is going away under it
    }
}

const PromptEditor::Entry* PromptEditor::current() const {
    const auto index = static_cast<std::size_t>(std::max(0, m_which->currentIndex()));
    return index < m_entries.size() ? &m_entries[index] : nullptr;
}

void PromptEditor::showCurrent() {
    const Entry* entry = current();
    if (!entry || m_pause->isActive()) {
        return; // what is being typed is newer than what is shown
    }
    m_shownClip = entry->clip;
    const QSignalBlocker blockText(m_text);
    const QSignalBlocker blockNegative(m_negative);
    const QString text = QString::fromStdString(entry->prompt.text);
    const QString negative = QString::fromStdString(entry->prompt.negative);
    if (m_text->toPlainText() != text) {
        m_text->setPlainText(text);
    }
    if (m_negative->text() != negative) {
        m_negative->setText(negative);
    }
}

void PromptEditor::flush() {
    if (!m_pause->isActive() && sender() != m_pause) {
        return;
    }
    m_pause->stop();
    if (m_gesture == 0) {
        m_gesture = timeline::newGesture();
    }
    Q_EMIT edited(m_shownClip, {m_text->toPlainText().toStdString(), m_negative->text().toStdString()}, m_gesture);
}

bool PromptEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        m_gesture = timeline::newGesture();
    } else if (event->type() == QEvent::FocusOut) {
        flush();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
