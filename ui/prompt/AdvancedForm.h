#pragma once

#include "timeline/document/TimelineDocument.h"
#include "timeline/model/Recipe.h"
#include "ui/prompt/ModelChoice.h"
#include "ui/prompt/OwnValueBox.h"

#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QToolButton;

namespace ui {

class VisitGesture;

/// Settings of a shot that few people touch, folded away until they are wanted: sampler, schedule, guidance, caches,
/// what is given of the film beside the shot and who keeps it. Everything begins as the model's own.
/// Thread: GUI.
class AdvancedForm : public QWidget {
    Q_OBJECT

public:
    explicit AdvancedForm(QWidget* parent);

    void setRecipe(const timeline::Recipe& recipe, const ModelChoice& model);
    void flush(); ///< hands on what is typed into a field and not yet confirmed

Q_SIGNALS:
    void edited(const timeline::Recipe& recipe, timeline::GestureId gesture);

private:
    QSpinBox* makeFrames(const char* name, int lowest, int highest);
    QSpinBox* makePercent(const char* name);
    void buildFields();
    void nameFields();
    void layOut();
    void connectFields();
    void emitEdited();
    timeline::Recipe readRecipe() const;

    timeline::Recipe m_recipe;
    bool m_isFilling = false;
    VisitGesture* m_visit;
    QToolButton* m_fold;
    QWidget* m_content;
    QComboBox* m_sampler;
    QComboBox* m_preset;
    OwnValueBox<QDoubleSpinBox, double>* m_shift;
    QSpinBox* m_guidanceFrom = nullptr;
    QSpinBox* m_guidanceTo = nullptr;
    QCheckBox* m_zeroStar;
    QComboBox* m_cache;
    QComboBox* m_keeping;
    QSpinBox* m_before = nullptr;
    QSpinBox* m_after = nullptr;
    QSpinBox* m_promptBlend = nullptr;
    QSpinBox* m_window = nullptr;
};

} // namespace ui
