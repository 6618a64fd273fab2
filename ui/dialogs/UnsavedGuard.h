#pragma once

#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>

class QMessageBox;
class QWidget;

namespace timeline {
class TimelineDocument;
}

namespace ui {

/// Asks before changes are lost or work is stopped: runs what was asked for at once when there is neither, else after
/// Save or Discard, or Stop when work is all there is.
/// Thread: GUI.
class UnsavedGuard : public QObject {
    Q_OBJECT

public:
    /// @param save  saves and says whether it did (false: failed, or the user chose no file)
    UnsavedGuard(timeline::TimelineDocument& document, QWidget* window, std::function<bool()> save);

    /// @param running  what would be stopped, in words; empty: nothing
    void run(std::function<void()> proceed, const QString& running = {});

private:
    QMessageBox* makeQuestion(const QString& running) const;

    timeline::TimelineDocument& m_document;
    QWidget* m_window;
    std::function<bool()> m_save;
    QPointer<QMessageBox> m_question;
};

} // namespace ui
