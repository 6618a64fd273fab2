#pragma once

#include <QObject>
#include <QPointer>

#include <functional>

class QMessageBox;
class QWidget;

namespace timeline {
class TimelineDocument;
}

namespace ui {

/// Asks before changes are lost: runs what was asked for at once when there are none, else after Save or Discard.
/// Thread: GUI.
class UnsavedGuard : public QObject {
    Q_OBJECT

public:
    /// @param save  saves and says whether it did (false: failed, or the user chose no file)
    UnsavedGuard(timeline::TimelineDocument& document, QWidget* window, std::function<bool()> save);

    void run(std::function<void()> proceed);

private:
    timeline::TimelineDocument& m_document;
    QWidget* m_window;
    std::function<bool()> m_save;
    QPointer<QMessageBox> m_question;
};

} // namespace ui
