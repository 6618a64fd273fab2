#include "ui/dialogs/UnsavedGuard.h"

#include "timeline/document/TimelineDocument.h"

#include <QMessageBox>
#include <QPushButton>

namespace ui {

UnsavedGuard::UnsavedGuard(timeline::TimelineDocument& document, QWidget* window, std::function<bool()> save)
    : QObject(window), m_document(document), m_window(window), m_save(std::move(save)) {}

QMessageBox* UnsavedGuard::makeQuestion(const QString& running) const {
    auto* question = new QMessageBox(m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::Warning);
    question->setTextFormat(Qt::PlainText);
    if (m_document.isModified()) {
        question->setObjectName(QStringLiteral("unsavedQuestion"));
        question->setWindowTitle(tr("Unsaved Changes"));
        question->setText(tr("The project has changes that are not saved."));
        QStringList lines{tr("Without saving they are lost.")};
        lines << running;
        lines.removeAll(QString());
        question->setInformativeText(lines.join(QLatin1Char('\n')));
        question->setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
        question->setDefaultButton(QMessageBox::Save);
    } else {
        question->setObjectName(QStringLiteral("runningQuestion"));
        question->setWindowTitle(tr("Still Working"));
        question->setText(running);
        question->setStandardButtons(QMessageBox::Discard | QMessageBox::Cancel);
        question->button(QMessageBox::Discard)->setText(tr("&Stop and Continue"));
        question->setDefaultButton(QMessageBox::Cancel);
    }
    return question;
}

void UnsavedGuard::run(std::function<void()> proceed, const QString& running) {
    if (!m_document.isModified() && running.isEmpty()) {
        proceed();
        return;
    }
    if (m_question) {
        m_question->close();
    }
    m_question = makeQuestion(running);
    connect(m_question, &QMessageBox::finished, this, [this, proceed = std::move(proceed)](int answer) {
        if (answer == QMessageBox::Discard || (answer == QMessageBox::Save && m_save())) {
            proceed();
        }
    });
    m_question->open();
}

} // namespace ui
