#include "ui/StatusLine.h"

#include "ui/text/PlainToolTip.h"

#include <QAccessible>
#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>

#include <algorithm>

namespace ui {
namespace {

QToolButton* makeButton(QWidget* parent, const char* name, const QString& text) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setAutoRaise(true);
    return button;
}

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent), m_text(new QLabel(this)), m_details(makeButton(this, "errorDetails", tr("Details"))),
      m_dismiss(makeButton(this, "dismissError", tr("Dismiss"))) {
    m_text->setObjectName(QStringLiteral("errorText"));
    m_text->setProperty("problem", true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_details);
    layout->addWidget(m_dismiss);
    connect(m_details, &QToolButton::clicked, this, &StatusLine::showDetails);
    connect(m_dismiss, &QToolButton::clicked, this, [this] { setProblem({}); });
    refresh();
}

void StatusLine::setProblem(const QString& text) {
    m_problem = text.trimmed();
    refresh();
    if (!m_problem.isEmpty()) {
        QAccessibleEvent event(m_text, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void StatusLine::resizeEvent(QResizeEvent*) {
    refresh();
}

void StatusLine::refresh() {
    const auto more = m_problem.count(QLatin1Char('\n'));
    const QString first = m_problem.section(QLatin1Char('\n'), 0, 0);
    const QString line =
        more > 0 ? tr("%1 (and %2 more)", "the first problem, how many others").arg(first).arg(more) : first;
    const bool isProblem = !m_problem.isEmpty();
    m_dismiss->setVisible(isProblem);
    const int besides = m_dismiss->sizeHint().width() + m_details->sizeHint().width() + 12;
    const int room = std::max(0, width() - besides);
    const QString shown = isVisible() ? fontMetrics().elidedText(line, Qt::ElideRight, room) : line;
    m_details->setVisible(isProblem && (more > 0 || shown != line));
    m_text->setText(shown);
    m_text->setAccessibleName(m_problem);
    m_text->setToolTip(plainToolTip(m_problem));
}

void StatusLine::showDetails() {
    auto* dialog = new QDialog(window());
    dialog->setObjectName(QStringLiteral("errorDetailsDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Problems"));
    dialog->resize(560, 320);
    auto* text = new QPlainTextEdit(m_problem, dialog);
    text->setObjectName(QStringLiteral("errorDetailsText"));
    text->setAccessibleName(tr("Problems"));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    dialog->show();
}

} // namespace ui
