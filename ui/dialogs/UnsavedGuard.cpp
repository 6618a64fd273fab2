#include "ui/dialogs/UnsavedGuard.h"

#include "timeline/document/TimelineDocument.h"

#include <QMessageBox>
#include <QPushButton>

namespace ui {

UnsavedGuard::UnsavedGuard(timeline::TimelineDocument& document, QWidget* window, std::function<bool()> save)
    : QObject(window), m_document(document), m_window(window), m_save(std::move(save)) {}

void UnsavedGuard::run(std::function<void()> proceed) {
    if (!m_document.isModified()) {
        proceed();
        return;
    }
    if (m_question) {
        m_question->close();
    }
    m_question =
        new QMessageBox(QMessageBox::Warning, tr("Unsaved Changes"), tr("The project has changes that are not saved."),
                        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    m_question->setObjectName(QStringLiteral("unsavedQuestion"));
    m_question->setInformativeText(tr("Without saving they are lost."));
    m_question->setDefaultButton(QMessageBox::Save);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_question, &QMessageBox::finished, this, [this, proceed = std::move(proceed)](int answer) {
        if (answer == QMessageBox::Discard || (answer == QMessageBox::Save && m_save())) {
            proceed();
        }
    });
    m_question->open();
}

} // namespace ui
