#pragma once

#include "timeline/document/TimelineDocument.h"
#include "timeline/model/Recipe.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QDoubleSpinBox;
class QMenu;
class QToolButton;
class QVBoxLayout;

namespace ui {

class VisitGesture;
class WheelGuard;

/// The LoRAs of a shot: each with its strength, and with another one at the end of the run if it is to change; added
/// from those that were found, or from a file.
/// Thread: GUI.
class LoraStrip : public QWidget {
    Q_OBJECT

public:
    explicit LoraStrip(QWidget* parent);

    void setFound(const QStringList& names); ///< as recipes call them
    void setLoras(const std::vector<timeline::RecipeLora>& loras);
    void flush(); ///< hands on a strength that is typed and not yet confirmed

Q_SIGNALS:
    void edited(const std::vector<timeline::RecipeLora>& loras, timeline::GestureId gesture);

private:
    struct Row {
        QWidget* widget = nullptr;
        QDoubleSpinBox* strength = nullptr;
        QDoubleSpinBox* end = nullptr;
    };

    Row makeRow(std::size_t index);
    void rebuild();
    void fill();
    void fillMenu();
    void chooseFile();
    void add(const QString& file);
    void remove(std::size_t index);
    void readStrength(std::size_t index);
    void readEnd(std::size_t index);

    std::vector<timeline::RecipeLora> m_loras;
    QStringList m_found;
    std::vector<Row> m_rows;
    QToolButton* m_add;
    QMenu* m_menu;
    QVBoxLayout* m_layout;
    WheelGuard* m_wheel;
    VisitGesture* m_visit;
};

} // namespace ui
