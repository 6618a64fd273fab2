#pragma once

#include "timeline/model/ShotContext.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QLabel;
class QSpinBox;

namespace ui {

class ClipArt;
class WheelGuard;

/// The style images over a shot: thumbnail, name, and the strength as a number to change.
/// Thread: GUI.
class StyleStrip : public QWidget {
    Q_OBJECT

public:
    StyleStrip(ClipArt* art, QWidget* parent);

    void setStyles(const timeline::Timeline& timeline, const std::vector<timeline::ContextStyle>& styles);

    void tabAfter(QWidget* field) { m_before = field; } ///< the place of its numbers in the order of tabs
    void flush();                                       ///< hands on a strength that is typed and not yet confirmed

Q_SIGNALS:
    void strengthEdited(timeline::ItemId styleClip, double strength);

private:
    struct Card {
        timeline::ItemId clip;
        QWidget* widget = nullptr;
        QLabel* picture = nullptr;
        QSpinBox* strength = nullptr;
    };

    Card makeCard(const timeline::Clip& clip);
    void fill(const Card& card, const timeline::Clip& clip, double strength);

    ClipArt* m_art;
    QLabel* m_empty;
    QHBoxLayout* m_row;
    WheelGuard* m_wheel;
    QWidget* m_before = nullptr;
    std::vector<Card> m_cards;
};

} // namespace ui
