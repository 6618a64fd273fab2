#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace ui {

/// The problem that the status bar shows until somebody dismisses it: one line, however long the text is and however
/// many problems there are. The whole text is in the tool tip and behind a button.
/// Thread: GUI.
class StatusLine : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent);

    void setProblem(const QString& text); ///< empty: none

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void showDetails();

    QString m_problem;
    QLabel* m_text;
    QToolButton* m_details;
    QToolButton* m_dismiss;
};

} // namespace ui
