#pragma once

#include "timeline/document/TimelineDocument.h"
#include "timeline/model/ShotContext.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QTimer;

namespace ui {

/// The prompts over a shot, one at a time: which one (by its time) and its text. A shot without prompt clips has its
/// own prompt, in its recipe. What is typed is handed on after a short pause; all of one visit is one gesture. Thread:
/// GUI.
class PromptEditor : public QWidget {
    Q_OBJECT

public:
    explicit PromptEditor(QWidget* parent);

    void setContext(const timeline::ShotContext& context);
    void flush();               ///< hands on what was typed now
    QWidget* lastField() const; ///< in the order of tabs
    void clear();               ///< shows no prompt, and knows of none

Q_SIGNALS:
    /// An invalid clip: the shot's own prompt.
    void edited(timeline::ItemId promptClip, const timeline::Prompt& prompt, timeline::GestureId gesture);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Entry {
        timeline::ItemId clip;
        timeline::Prompt prompt;
        QString label;
    };

    const Entry* current() const;
    void showCurrent();

    std::vector<Entry> m_entries;
    timeline::ItemId m_shownClip;
    timeline::ItemId m_shownShot;
    timeline::GestureId m_gesture = 0;
    QComboBox* m_which;
    QPlainTextEdit* m_text;
    QLineEdit* m_negative;
    QTimer* m_pause;
};

} // namespace ui
