#pragma once

#include "timeline/document/TimelineDocument.h"
#include "timeline/model/ShotContext.h"
#include "ui/prompt/ModelChoice.h"
#include "ui/prompt/OwnValueBox.h"

#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QSlider;
class QToolButton;

namespace ui {

/// The settings of a shot: model, control, strength, steps, guidance, seed. Fields that mean nothing for the shot as it
/// lies are disabled, not hidden.
/// Thread: GUI.
class RecipeForm : public QWidget {
    Q_OBJECT

public:
    explicit RecipeForm(QWidget* parent);

    void setModels(std::vector<ModelChoice> models); ///< the preferred one first
    void setContext(const timeline::ShotContext& context);
    void flush(); ///< hands on what is typed into a field and not yet confirmed
    /// The model that the recipe names, be it there or missing, or the preferred one.
    ModelChoice model() const;
    /// The first, which recipes without a model's name get; a nameless one when there is none.
    ModelChoice preferred() const;

Q_SIGNALS:
    void edited(const timeline::Recipe& recipe, timeline::GestureId gesture);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildFields();
    void layOut();
    void connectFields();
    void showRecipe(const timeline::Recipe& recipe);
    void showModel();
    void refreshControls(const ModelChoice& chosen);
    void refreshEnabled();
    void emitEdited(timeline::GestureId gesture = 0);

    std::vector<ModelChoice> m_models;
    timeline::Recipe m_recipe;
    timeline::BaseKind m_base = timeline::BaseKind::None;
    timeline::GestureId m_gesture = 0; ///< of a slider's drag, or of one visit to a field
    QComboBox* m_model;
    QComboBox* m_control;
    QSlider* m_strength;
    QLabel* m_strengthText;
    OwnValueBox<QSpinBox, int>* m_steps;
    OwnValueBox<QDoubleSpinBox, double>* m_guidance;
    QLineEdit* m_seed;
    QToolButton* m_newSeed;
};

} // namespace ui
