#include "ui/dialogs/ProjectFileDialogs.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace ui {
namespace {

QString filter() {
    return QCoreApplication::translate("ProjectFileDialogs", "Projects (*.otio)");
}

} // namespace

void askForProject(QWidget* window, const QString& folder, std::function<void(const QString& path)> chosen) {
    auto* dialog =
        new QFileDialog(window, QCoreApplication::translate("ProjectFileDialogs", "Open Project"), folder, filter());
    dialog->setObjectName(QStringLiteral("openDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, window, std::move(chosen));
    dialog->open();
}

QString askWhereToSave(QWidget* window, const QString& proposed) {
    QFileDialog dialog(window, QCoreApplication::translate("ProjectFileDialogs", "Save Project As"), proposed,
                       filter());
    dialog.setObjectName(QStringLiteral("saveDialog"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("otio"));
    return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

} // namespace ui
