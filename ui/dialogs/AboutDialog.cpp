#include "ui/dialogs/AboutDialog.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace ui {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("AboutDialog", text);
}

} // namespace

void showAboutDialog(QWidget* window) {
    auto* box = new QMessageBox(window);
    box->setObjectName(QStringLiteral("aboutDialog"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(translated(QT_TRANSLATE_NOOP("AboutDialog", "About Fantascope")));
    box->setText(
        translated(QT_TRANSLATE_NOOP("AboutDialog", "Fantascope %1")).arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(translated(QT_TRANSLATE_NOOP(
        "AboutDialog",
        "A video editor whose timeline is the prompt.\n\nEverything runs on this machine. Apache License 2.0.")));
    box->open();
}

} // namespace ui
