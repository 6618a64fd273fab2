#include "ui/prompt/ShotPanel.h"

#include "ui/prompt/AdvancedForm.h"
#include "ui/prompt/BaseView.h"
#include "ui/prompt/LoraStrip.h"
#include "ui/prompt/PromptEditor.h"
#include "ui/prompt/RecipeForm.h"
#include "ui/prompt/ShotTarget.h"
#include "ui/prompt/StyleStrip.h"
#include "ui/prompt/WheelGuard.h"
#include "ui/state/ClipArt.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/style/Icons.h"
#include "ui/takes/TakeList.h"
#include "ui/text/ErrorText.h"

#include "timeline/edit/SetProperty.h"
#include "timeline/edit/SetRecipe.h"
#include "timeline/edit/Takes.h"
#include "timeline/model/Query.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>

namespace ui {
namespace {

constexpr int kBaseMilliseconds = 120;
constexpr int kMostTakes = 16;

QLabel* makeHeading(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("heading", true);
    return label;
}

QLabel* makeNote(const char* name, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("dim", true);
    return label;
}

} // namespace

ShotPanel::ShotPanel(const Sources& sources, QWidget* parent)
    : QWidget(parent), m_sources(sources), m_pages(new QStackedWidget(this)), m_baseTimer(new QTimer(this)) {
    setObjectName(QStringLiteral("shotPanel"));
    m_baseTimer->setSingleShot(true);
    m_baseTimer->setInterval(kBaseMilliseconds);
    setAccessibleName(tr("What the model sees"));
    m_generate = new QPushButton(this);
    m_generate->setObjectName(QStringLiteral("generateButton"));
    m_generate->setProperty("primary", true);
    m_cancel = new QToolButton(this);
    m_cancel->setObjectName(QStringLiteral("cancelShotButton"));
    m_cancel->setIcon(icon("cancel"));
    m_cancel->setToolTip(tr("Cancel this shot's job"));
    m_cancel->setAccessibleName(tr("Cancel this shot's job"));
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("shotProblem"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setProperty("problem", true);
    m_note = makeNote("shotNote", this);
    m_plan = makeNote("shotPlan", this);
    m_plan->hide();
    m_count = new QSpinBox(this);
    m_count->setObjectName(QStringLiteral("takeCount"));
    m_count->setRange(1, kMostTakes);
    m_count->setPrefix(QStringLiteral("×"));
    m_count->setButtonSymbols(QSpinBox::NoButtons); // there is little room; the arrow keys do
    m_count->setAlignment(Qt::AlignCenter);
    m_count->setAccessibleName(tr("Number of takes"));
    m_count->setToolTip(tr("How many takes are made, each with another seed"));
    (new WheelGuard(this))->watch(m_count);
    m_pages->addWidget(buildEmptyPage());
    m_pages->addWidget(buildShotPage());

    auto* button = new QHBoxLayout;
    button->addWidget(m_generate, 1);
    button->addWidget(m_count);
    button->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->setSpacing(8);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_note);
    layout->addWidget(m_plan);
    layout->addWidget(m_problem);
    layout->addLayout(button);
    setTabOrder(m_pages, m_generate); // after what it goes by
    setTabOrder(m_generate, m_count);
    setTabOrder(m_count, m_cancel);
    connectParts();
    refresh();
}

QWidget* ShotPanel::buildEmptyPage() {
    auto* page = new QWidget(this);
    auto* hint = new QLabel(
        tr("Select a shot to see what the model sees.\n\nOr select a prompt, a picture or a clip and press the "
           "button: a shot is laid over it."),
        page);
    hint->setWordWrap(true);
    hint->setProperty("dim", true);
    hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_newShot = new QPushButton(icon("shot"), tr("New Shot"), page);
    m_newShot->setObjectName(QStringLiteral("newShotButton"));
    m_newShot->setToolTip(tr("Lay a shot over what is selected, without generating it yet"));
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(hint);
    layout->addWidget(m_newShot, 0, Qt::AlignLeft);
    layout->addStretch(1);
    return page;
}

QWidget* ShotPanel::buildShotPage() {
    auto* content = new QWidget(this);
    m_title = makeHeading({}, content);
    m_title->setObjectName(QStringLiteral("shotTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_base = new BaseView(content);
    m_styles = new StyleStrip(m_sources.art, content);
    m_prompt = new PromptEditor(content);
    m_styles->tabAfter(m_prompt->lastField());
    m_form = new RecipeForm(content);
    m_loras = new LoraStrip(content);
    m_advanced = new AdvancedForm(content);
    m_takes = new TakeList(m_sources.art, content);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_base);
    layout->addSpacing(4);
    layout->addWidget(makeHeading(tr("Prompt"), content));
    layout->addWidget(m_prompt);
    layout->addSpacing(4);
    layout->addWidget(makeHeading(tr("Style"), content));
    layout->addWidget(m_styles);
    layout->addSpacing(4);
    layout->addWidget(makeHeading(tr("Settings"), content));
    layout->addWidget(m_form);
    layout->addWidget(m_loras);
    layout->addWidget(m_advanced);
    layout->addSpacing(4);
    layout->addWidget(m_takes, 1);
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(QStringLiteral("shotScroll"));
    m_scroll->setAccessibleName(tr("Shot"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(content);
    return m_scroll;
}

void ShotPanel::connectParts() {
    using timeline::TimelineDocument;
    connect(&m_sources.document, &TimelineDocument::changed, this, &ShotPanel::refresh);
    connect(&m_sources.document, &TimelineDocument::wasReset, this, &ShotPanel::refresh);
    connect(&m_sources.selection, &Selection::changed, this, &ShotPanel::refresh);
    const auto followPlayhead = [this] {
        if (m_sources.selection.isEmpty()) {
            refresh();
        }
    };
    connect(&m_sources.playhead, &Playhead::sought, this, followPlayhead);
    connect(&m_sources.playhead, &Playhead::stopped, this, followPlayhead);
    connect(&m_sources.states, &ShotStates::changed, this, [this](timeline::ItemId shot) {
        if (shot == m_context.shot) {
            refreshButton();
        }
    });
    if (m_sources.art) {
        connect(m_sources.art, &ClipArt::changed, this, &ShotPanel::refreshPictures);
    }
    connect(m_baseTimer, &QTimer::timeout, this, [this] {
        const bool isBeside = m_context.leadIn.value() > 0 || m_context.leadOut.value() > 0;
        if (m_context.base != timeline::BaseKind::None || isBeside) {
            Q_EMIT baseWanted(m_context);
        }
    });
    connect(m_generate, &QPushButton::clicked, this, [this] { generate(); });
    connect(m_newShot, &QPushButton::clicked, this, &ShotPanel::makeShot);
    connect(m_cancel, &QToolButton::clicked, this, [this] { Q_EMIT cancelRequested(m_context.shot); });
    connect(m_prompt, &PromptEditor::edited, this, &ShotPanel::applyPrompt);
    connect(m_styles, &StyleStrip::strengthEdited, this, &ShotPanel::applyStrength);
    const auto applyRecipe = [this](const timeline::Recipe& recipe, timeline::GestureId gesture) {
        apply(tr("Change Shot Settings"), timeline::setRecipe(*m_sources.document.timeline(), m_context.shot, recipe),
              gesture);
    };
    connect(m_form, &RecipeForm::edited, this, applyRecipe);
    connect(m_advanced, &AdvancedForm::edited, this, applyRecipe);
    connect(m_loras, &LoraStrip::edited, this,
            [this, applyRecipe](const std::vector<timeline::RecipeLora>& loras, timeline::GestureId gesture) {
                timeline::Recipe recipe = m_context.recipe;
                recipe.loras = loras;
                applyRecipe(recipe, gesture);
            });
    connect(m_takes, &TakeList::chooseRequested, this, [this](timeline::ItemId shot, const QString& key) {
        apply(tr("Choose Take"), timeline::chooseTake(*m_sources.document.timeline(), shot, key.toStdString()));
    });
    connect(m_takes, &TakeList::removeRequested, this, [this](timeline::ItemId shot, const QString& key) {
        apply(tr("Remove Take"), timeline::removeTake(*m_sources.document.timeline(), shot, key.toStdString()));
    });
}

bool ShotPanel::apply(const QString& text, timeline::Result<timeline::Timeline> edited, timeline::GestureId gesture) {
    const auto applied = m_sources.document.apply(text, std::move(edited), gesture);
    if (!applied) {
        Q_EMIT errorRaised(errorText(applied.error()));
    }
    return applied.has_value();
}

void ShotPanel::applyPrompt(timeline::ItemId promptClip, const timeline::Prompt& prompt, timeline::GestureId gesture) {
    const timeline::Timeline& now = *m_sources.document.timeline();
    if (promptClip.isValid()) {
        apply(tr("Write Prompt"), timeline::setPrompt(now, promptClip, prompt), gesture);
        return;
    }
    timeline::Recipe recipe = m_context.recipe;
    recipe.prompt = prompt.text;
    recipe.negativePrompt = prompt.negative;
    apply(tr("Write Prompt"), timeline::setRecipe(now, m_context.shot, recipe), gesture);
}

void ShotPanel::applyStrength(timeline::ItemId styleClip, double strength) {
    const timeline::Timeline& now = *m_sources.document.timeline();
    if (const timeline::Clip* clip = timeline::findClip(now, styleClip)) {
        timeline::ClipProperties properties = clip->properties;
        properties.opacity = strength;
        apply(tr("Change Style Strength"), timeline::setProperties(now, styleClip, properties));
    }
}

void ShotPanel::setModels(std::vector<ModelChoice> models) {
    m_form->setModels(std::move(models));
    m_advanced->setRecipe(m_context.recipe, m_form->model());
    refreshButton();
}

void ShotPanel::setLoras(const QStringList& names) {
    m_loras->setFound(names);
}

ModelChoice ShotPanel::model() const {
    return m_context.shot.isValid() ? m_form->model() : m_form->preferred();
}

void ShotPanel::setCheck(std::function<ShotCheck(const timeline::ShotContext&)> check) {
    m_check = std::move(check);
    refreshButton();
}

void ShotPanel::setBaseImage(timeline::ItemId shot, const QImage& image, const QImage& mask) {
    if (shot == m_context.shot) {
        m_base->setImage(image, mask);
    }
}

void ShotPanel::setPlan(timeline::ItemId shot, const QString& text) {
    if (shot == m_context.shot) {
        m_plan->setText(text);
        m_plan->setVisible(!text.isEmpty());
    }
}

void ShotPanel::refresh() {
    const timeline::Timeline& now = *m_sources.document.timeline();
    const timeline::ItemId shot = shotFor(now, m_sources.selection.items(), m_sources.playhead.position());
    const auto found =
        shot.isValid() ? timeline::shotContext(now, shot) : timeline::Result<timeline::ShotContext>(timeline::Error{});
    if (m_context.shot.isValid() && m_context.shot != shot) {
        m_prompt->flush();
        m_base->setImage({});
    }
    m_context = found ? *found : timeline::ShotContext{};
    m_pages->setCurrentIndex(found ? 1 : 0);
    if (!found) {
        m_prompt->clear();
    }
    if (found) {
        m_title->setText(QString::fromStdString(m_context.name));
        m_base->setContext(m_context);
        m_prompt->setContext(m_context);
        m_form->setContext(m_context);
        m_loras->setLoras(m_context.recipe.loras);
        m_advanced->setRecipe(m_context.recipe, m_form->model());
        refreshPictures();
        m_baseTimer->start();
    }
    refreshButton();
    Q_EMIT contextChanged();
}

void ShotPanel::refreshPictures() {
    if (m_context.shot.isValid()) {
        m_styles->setStyles(*m_sources.document.timeline(), m_context.styles);
        m_takes->setShot(*m_sources.document.timeline(), m_context.shot);
    }
}

timeline::ShotVerb ShotPanel::verb() const {
    if (m_context.shot.isValid()) {
        return timeline::shotVerb(m_context);
    }
    // What the shot that the button would make first would do: edits are functions, so trying one costs nothing.
    const auto made = newShot(*m_sources.document.timeline(), m_sources.selection.items(),
                              m_sources.playhead.position(), m_form->preferred());
    const auto context =
        made.and_then([](const NewShot& shot) { return timeline::shotContext(shot.timeline, shot.shot); });
    return context ? timeline::shotVerb(*context) : timeline::ShotVerb::Generate;
}

QString ShotPanel::verbText() const {
    switch (verb()) {
    case timeline::ShotVerb::Generate:
        return tr("Generate");
    case timeline::ShotVerb::Animate:
        return tr("Animate");
    case timeline::ShotVerb::Restyle:
        return tr("Restyle");
    case timeline::ShotVerb::Inpaint:
        return tr("Inpaint");
    case timeline::ShotVerb::Extend:
        return tr("Extend");
    case timeline::ShotVerb::Fill: {
        const timeline::Clip* clip = timeline::findClip(*m_sources.document.timeline(), m_context.shot);
        return clip && !timeline::takeKeys(*clip).empty() ? tr("Retake") : tr("Fill");
    }
    }
    return {};
}

bool ShotPanel::canGenerate() const {
    return m_generate->isEnabled();
}

void ShotPanel::refreshButton() {
    const QString verb = verbText();
    const bool hasShot = m_context.shot.isValid();
    const ShotCheck check = hasShot && m_check ? m_check(m_context) : ShotCheck{};
    const QString& problem = check.problem;
    const ShotState state = m_sources.states.state(m_context.shot);
    const bool isBusy =
        hasShot && (state.phase == ShotState::Phase::Queued || state.phase == ShotState::Phase::Running);
    m_generate->setText(verb);
    m_generate->setToolTip(tr("%1 (Ctrl+Return)").arg(verb));
    m_generate->setAccessibleName(verb);
    m_generate->setEnabled(problem.isEmpty());
    m_cancel->setVisible(isBusy);
    m_note->setText(check.note);
    m_note->setVisible(problem.isEmpty() && !check.note.isEmpty());
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

bool ShotPanel::makeShot() {
    auto made = newShot(*m_sources.document.timeline(), m_sources.selection.items(), m_sources.playhead.position(),
                        m_form->preferred());
    if (!made) {
        Q_EMIT errorRaised(errorText(made.error()));
        return false;
    }
    return adopt(tr("New Shot"), std::move(made).value());
}

bool ShotPanel::adopt(const QString& text, NewShot made) {
    if (!apply(text, std::move(made.timeline))) {
        return false;
    }
    m_sources.selection.selectOnly(made.shot);
    return true;
}

void ShotPanel::flush() {
    m_prompt->flush();
    // Without a shot the form shows no recipe of the film.
    if (m_context.shot.isValid()) {
        m_form->flush();
        m_styles->flush();
        m_loras->flush();
        m_advanced->flush();
    }
}

void ShotPanel::generate(int takes) {
    flush();
    Q_EMIT aboutToGenerate();
    if (!m_context.shot.isValid() && !makeShot()) {
        return;
    }
    if (m_generate->isEnabled() && m_context.shot.isValid()) {
        Q_EMIT generateRequested(m_context.shot, takes > 0 ? takes : m_count->value());
    }
}

timeline::ItemId ShotPanel::selectedPrompt() const {
    const timeline::Timeline& now = *m_sources.document.timeline();
    const auto place = timeline::findItem(now, m_sources.selection.current());
    const bool isPrompt = place && now.tracks[place->track].kind == timeline::TrackKind::Prompt &&
                          timeline::findClip(now, m_sources.selection.current());
    return isPrompt ? m_sources.selection.current() : timeline::ItemId{};
}

void ShotPanel::focusPrompt() {
    if (m_context.shot.isValid()) {
        if (parentWidget()) {
            parentWidget()->show(); // its dock may be closed, or behind another one
            parentWidget()->raise();
        }
        m_scroll->ensureWidgetVisible(m_prompt);
        m_prompt->setFocus();
    }
}

} // namespace ui
