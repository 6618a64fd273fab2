#pragma once

#include <QToolButton>

namespace ui {

class ExportDialog;

/// How far the export is, in the status bar: the dialog may be closed while it goes on. A press shows the dialog.
/// Thread: GUI.
class ExportIndicator : public QToolButton {
    Q_OBJECT

public:
    ExportIndicator(ExportDialog& dialog, QWidget* parent);

private:
    void refresh();

    ExportDialog& m_dialog;
};

} // namespace ui
