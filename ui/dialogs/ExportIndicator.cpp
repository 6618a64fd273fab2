#include "ui/dialogs/ExportIndicator.h"

#include "ui/dialogs/ExportDialog.h"

namespace ui {

ExportIndicator::ExportIndicator(ExportDialog& dialog, QWidget* parent) : QToolButton(parent), m_dialog(dialog) {
    setObjectName(QStringLiteral("exportIndicator"));
    setAutoRaise(true);
    setToolTip(tr("Show the export"));
    connect(this, &QToolButton::clicked, this, [this] { m_dialog.bringUp(); });
    connect(&dialog, &ExportDialog::stateChanged, this, &ExportIndicator::refresh);
    refresh();
}

void ExportIndicator::refresh() {
    setText(tr("Exporting %1 %").arg(m_dialog.percent()));
    setVisible(m_dialog.isExporting());
}

} // namespace ui
