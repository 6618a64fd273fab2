#pragma once

#include "timeline/document/TimelineDocument.h"
#include "timeline/model/ShotContext.h"
#include "ui/prompt/ModelChoice.h"
#include "ui/prompt/ShotTarget.h"
#include "ui/state/ShotStates.h"

#include <QImage>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace ui {

class AdvancedForm;
class BaseView;
class ClipArt;
class LoraStrip;
class Playhead;
class PromptEditor;
class RecipeForm;
class Selection;
class StyleStrip;
class TakeList;

/// "What the model sees": the prompts, style images and base of the current shot as they lie on the timeline, its
/// recipe, and the button that generates, named after what it will do. Edits go through the document; pictures come
/// from ClipArt and, for the base, from whoever answers baseWanted(). Thread: GUI.
class ShotPanel : public QWidget {
    Q_OBJECT

public:
    /// What else the panel shows; all of it outlives the panel.
    struct Sources {
        timeline::TimelineDocument& document;
        Selection& selection;
        Playhead& playhead;
        ShotStates& states;
        ClipArt* art = nullptr;
    };

    explicit ShotPanel(const Sources& sources, QWidget* parent = nullptr);

    /// The shot that shows: the selected one, or the one over the selected prompt, style or base clip.
    timeline::ItemId shot() const { return m_context.shot; }
    void setModels(std::vector<ModelChoice> models);
    void setLoras(const QStringList& names); ///< those that were found, as recipes call them
    /// The model that the current shot's recipe names, or the preferred one.
    ModelChoice model() const;
    /// Asked whenever the shot changes.
    void setCheck(std::function<ShotCheck(const timeline::ShotContext&)> check);
    /// Answers baseWanted(); ignored when the panel shows another shot meanwhile.
    void setBaseImage(timeline::ItemId shot, const QImage& image, const QImage& mask = {});
    /// What it would take to generate; ignored when the panel shows another shot meanwhile.
    void setPlan(timeline::ItemId shot, const QString& text);
    const timeline::ShotContext& context() const { return m_context; }
    /// What the button would do with what is selected: "Generate", "Restyle", "Animate", "Extend", "Fill", "Retake".
    QString verbText() const;
    bool canGenerate() const;

    /// Lays a new shot over what is selected, and selects it. Says whether it did.
    bool makeShot();
    /// Takes over a film in which a new shot was laid, as one undo step, and selects it to be written for. Says whether
    /// it did.
    bool adopt(const QString& text, NewShot made);
    /// Generates the current shot, or a new one made first.
    /// @param takes  how many; 0: as many as the field says
    void generate(int takes = 0);
    /// The prompt clip that is selected; invalid: none is.
    timeline::ItemId selectedPrompt() const;
    void focusPrompt(); ///< of the shot that shows
    /// Hands on what is being typed into its fields.
    void flush();

Q_SIGNALS:
    /// Whatever is being typed elsewhere is to be handed on now.
    void aboutToGenerate();
    void generateRequested(timeline::ItemId shot, int takes = 1);
    void cancelRequested(timeline::ItemId shot);
    /// The picture below the shot at `context.baseTime`, or where nothing is below the one beside it, is to be shown;
    /// answer with setBaseImage().
    void baseWanted(const timeline::ShotContext& context);
    void errorRaised(const QString& text);
    /// Another shot shows, or the same one with other inputs.
    void contextChanged();

private:
    QWidget* buildShotPage();
    QWidget* buildEmptyPage();
    void connectParts();
    void refresh();
    void refreshButton();
    void refreshPictures();
    timeline::ShotVerb verb() const;
    bool apply(const QString& text, timeline::Result<timeline::Timeline> edited, timeline::GestureId gesture = 0);
    void applyPrompt(timeline::ItemId promptClip, const timeline::Prompt& prompt, timeline::GestureId gesture);
    void applyStrength(timeline::ItemId styleClip, double strength);

    Sources m_sources;
    timeline::ShotContext m_context;
    std::function<ShotCheck(const timeline::ShotContext&)> m_check;
    QStackedWidget* m_pages;
    QScrollArea* m_scroll = nullptr;
    QLabel* m_title = nullptr;
    BaseView* m_base = nullptr;
    StyleStrip* m_styles = nullptr;
    PromptEditor* m_prompt = nullptr;
    RecipeForm* m_form = nullptr;
    LoraStrip* m_loras = nullptr;
    AdvancedForm* m_advanced = nullptr;
    QPushButton* m_generate = nullptr;
    QSpinBox* m_count = nullptr; ///< of takes
    QToolButton* m_cancel = nullptr;
    QLabel* m_problem = nullptr;
    QLabel* m_note = nullptr;
    QLabel* m_plan = nullptr;
    TakeList* m_takes = nullptr;
    QPushButton* m_newShot = nullptr;
    QTimer* m_baseTimer; ///< the base is asked for when a drag pauses, not at each of its steps
};

} // namespace ui
