#include "ui/prompt/RecipeForm.h"

#include "ui/prompt/WheelGuard.h"
#include "ui/style/Icons.h"

#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSlider>
#include <QStandardItemModel>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui {
namespace {

constexpr int kMaxSteps = 200;

int percentOf(double strength) {
    return static_cast<int>(std::lround(strength * 100.0));
}

QString seedText(const timeline::Recipe& recipe) {
    return recipe.seed ? QString::number(*recipe.seed) : QString();
}

} // namespace

RecipeForm::RecipeForm(QWidget* parent)
    : QWidget(parent), m_model(new QComboBox(this)), m_control(new QComboBox(this)),
      m_strength(new QSlider(Qt::Horizontal, this)), m_strengthText(new QLabel(this)),
      m_steps(new OwnValueBox<QSpinBox, int>(this)), m_guidance(new OwnValueBox<QDoubleSpinBox, double>(this)),
      m_seed(new QLineEdit(this)), m_newSeed(new QToolButton(this)) {
    setObjectName(QStringLiteral("recipeForm"));
    buildFields();
    layOut();
    connectFields();
}

void RecipeForm::buildFields() {
    const auto name = [](QWidget* field, const char* objectName, const QString& accessible, const QString& tip) {
        field->setObjectName(QLatin1String(objectName));
        field->setAccessibleName(accessible);
        field->setToolTip(tip);
    };
    name(m_model, "model", tr("Model"), tr("The model that makes the shot"));
    name(m_control, "control", tr("Follow"), tr("What of the film below steers the result"));
    name(m_strength, "strength", tr("Strength"), tr("How far the result may go from the film below"));
    name(m_steps, "steps", tr("Steps"), tr("More steps take longer and show more detail"));
    name(m_guidance, "guidance", tr("Guidance"), tr("How strictly the prompt is followed"));
    name(m_seed, "seed", tr("Seed"), tr("The same seed and settings make the same take; empty: a new one each time"));
    name(m_newSeed, "newSeed", tr("New random seed"), tr("New random seed"));
    m_control->addItem(tr("Automatic"), static_cast<int>(timeline::RecipeControl::Auto));
    m_control->addItem(tr("Nothing"), static_cast<int>(timeline::RecipeControl::None));
    m_control->addItem(tr("Edges"), static_cast<int>(timeline::RecipeControl::Edges));
    m_control->addItem(tr("Brightness"), static_cast<int>(timeline::RecipeControl::Luma));
    m_control->addItem(tr("Out of focus"), static_cast<int>(timeline::RecipeControl::Blur));
    m_control->addItem(tr("Depth (a depth clip)"), static_cast<int>(timeline::RecipeControl::Depth));
    m_control->addItem(tr("As a guide (poses, any other)"), static_cast<int>(timeline::RecipeControl::Guide));
    m_control->addItem(tr("Keep it, make the rest"), static_cast<int>(timeline::RecipeControl::Keep));
    m_strength->setRange(0, 100);
    m_strength->setPageStep(10);
    m_steps->setRange(0, kMaxSteps);
    m_steps->setKeyboardTracking(false);
    m_guidance->setRange(0.0, 30.0);
    m_guidance->setSingleStep(0.5);
    m_guidance->setDecimals(1);
    m_guidance->setKeyboardTracking(false);
    m_seed->setPlaceholderText(tr("Random"));
    m_seed->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{0,19}")), m_seed));
    m_newSeed->setIcon(icon("dice"));
    for (QComboBox* box : {m_model, m_control}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    }
    auto* guard = new WheelGuard(this);
    for (QWidget* field : std::initializer_list<QWidget*>{m_model, m_control, m_strength, m_steps, m_guidance}) {
        guard->watch(field);
    }
    for (QWidget* field : std::initializer_list<QWidget*>{m_strength, m_steps, m_guidance}) {
        field->installEventFilter(this);
    }
}

void RecipeForm::layOut() {
    auto* strength = new QHBoxLayout;
    strength->addWidget(m_strength, 1);
    m_strengthText->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + 4);
    m_strengthText->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    strength->addWidget(m_strengthText);
    auto* seed = new QHBoxLayout;
    seed->setSpacing(4);
    seed->addWidget(m_seed, 1);
    seed->addWidget(m_newSeed);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setHorizontalSpacing(10);
    form->setVerticalSpacing(6);
    const auto row = [&](const QString& text, QWidget* buddy, QLayout* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(buddy);
        field ? form->addRow(label, field) : form->addRow(label, buddy);
    };
    // No mnemonics: the window's menus have them, and a letter that is taken twice opens neither.
    row(tr("Model"), m_model, nullptr);
    row(tr("Follow"), m_control, nullptr);
    row(tr("Strength"), m_strength, strength);
    row(tr("Steps"), m_steps, nullptr);
    row(tr("Guidance"), m_guidance, nullptr);
    row(tr("Seed"), m_seed, seed);
}

void RecipeForm::connectFields() {
    connect(m_model, &QComboBox::activated, this, [this] { emitEdited(); });
    connect(m_control, &QComboBox::activated, this, [this] { emitEdited(); });
    connect(m_steps, &QSpinBox::valueChanged, this, [this] { emitEdited(m_gesture); });
    connect(m_guidance, &QDoubleSpinBox::valueChanged, this, [this] { emitEdited(m_gesture); });
    connect(m_seed, &QLineEdit::editingFinished, this, [this] { emitEdited(); });
    connect(m_newSeed, &QToolButton::clicked, this, [this] {
        m_seed->setText(QString::number(QRandomGenerator::global()->bounded(std::numeric_limits<int>::max())));
        emitEdited();
    });
    connect(m_strength, &QSlider::sliderPressed, this, [this] { m_gesture = timeline::newGesture(); });
    connect(m_strength, &QSlider::sliderReleased, this, [this] { m_gesture = timeline::newGesture(); });
    connect(m_strength, &QSlider::valueChanged, this, [this](int value) {
        m_strengthText->setText(tr("%1 %").arg(value));
        emitEdited(m_gesture);
    });
}

/// What is stepped through in one visit to a field is one undo step.
bool RecipeForm::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        m_gesture = timeline::newGesture();
    } else if (event->type() == QEvent::FocusOut) {
        m_gesture = 0;
    }
    return QWidget::eventFilter(watched, event);
}

void RecipeForm::setModels(std::vector<ModelChoice> models) {
    m_models = std::move(models);
    const QSignalBlocker block(m_model);
    m_model->clear();
    for (const ModelChoice& choice : m_models) {
        m_model->addItem(choice.label, choice.name);
    }
    showRecipe(m_recipe);
}

ModelChoice RecipeForm::preferred() const {
    return m_models.empty() ? ModelChoice{} : m_models.front();
}

ModelChoice RecipeForm::model() const {
    const QString name = QString::fromStdString(m_recipe.model);
    const auto found = std::ranges::find(m_models, name, &ModelChoice::name);
    if (found != m_models.end() || name.isEmpty()) {
        return found != m_models.end() ? *found : preferred();
    }
    ModelChoice missing;
    missing.name = name;
    // A recipe may also name a model's folder.
    missing.label = QFileInfo(name).isDir() ? name : tr("%1 (missing)", "a model").arg(name);
    return missing;
}

/// The models, and the recipe's own when it is not among them: it is not another one because it is missing.
void RecipeForm::showModel() {
    const QSignalBlocker block(m_model);
    while (m_model->count() > static_cast<int>(m_models.size())) {
        m_model->removeItem(m_model->count() - 1);
    }
    const ModelChoice chosen = model();
    if (m_model->findData(chosen.name) < 0 && !chosen.name.isEmpty()) {
        m_model->addItem(chosen.label, chosen.name);
    }
    m_model->setCurrentIndex(m_model->findData(chosen.name));
}

void RecipeForm::setContext(const timeline::ShotContext& context) {
    m_base = context.base;
    showRecipe(context.recipe);
}

void RecipeForm::flush() {
    m_steps->interpretText();
    m_guidance->interpretText();
    if (m_seed->isModified()) {
        emitEdited();
    }
}

void RecipeForm::showRecipe(const timeline::Recipe& recipe) {
    m_recipe = recipe;
    const QSignalBlocker blockStrength(m_strength);
    const QSignalBlocker blockSteps(m_steps);
    const QSignalBlocker blockGuidance(m_guidance);
    const ModelChoice chosen = model();
    showModel();
    m_control->setCurrentIndex(m_control->findData(static_cast<int>(recipe.control)));
    const int percent = percentOf(recipe.strength);
    m_strength->setValue(percent);
    m_strengthText->setText(tr("%1 %").arg(percent));
    m_steps->setOwnValue(chosen.steps);
    m_guidance->setOwnValue(chosen.guidance);
    m_steps->setSpecialValueText(tr("%1 (model)").arg(chosen.steps));
    m_steps->setValue(recipe.steps);
    m_guidance->setSpecialValueText(tr("%1 (model)").arg(chosen.guidance, 0, 'f', 1));
    m_guidance->setValue(recipe.guidance.value_or(0.0));
    if (!m_seed->hasFocus()) {
        m_seed->setText(seedText(recipe));
    }
    refreshControls(chosen);
    refreshEnabled();
}

/// What the model does not know stays to be seen, and cannot be chosen; what is chosen already says why by itself.
void RecipeForm::refreshControls(const ModelChoice& chosen) {
    using timeline::RecipeControl;
    const std::pair<RecipeControl, bool> known[] = {{RecipeControl::Edges, chosen.knowsEdges},
                                                    {RecipeControl::Luma, chosen.knowsLuma},
                                                    {RecipeControl::Blur, chosen.knowsBlur},
                                                    {RecipeControl::Depth, chosen.knowsDepth},
                                                    {RecipeControl::Guide, chosen.knowsGuide}};
    auto* items = qobject_cast<QStandardItemModel*>(m_control->model());
    for (const auto& [control, isKnown] : known) {
        items->item(m_control->findData(static_cast<int>(control)))->setEnabled(isKnown || chosen.label.isEmpty());
    }
}

void RecipeForm::refreshEnabled() {
    const bool isFilm = m_base == timeline::BaseKind::Moving || m_base == timeline::BaseKind::Parts;
    m_control->setEnabled(isFilm);
    const bool isFree =
        m_recipe.control == timeline::RecipeControl::Auto || m_recipe.control == timeline::RecipeControl::None;
    m_strength->setEnabled(isFilm && isFree);
    m_strengthText->setEnabled(m_strength->isEnabled());
    m_model->setEnabled(m_model->count() > 0);
}

void RecipeForm::emitEdited(timeline::GestureId gesture) {
    timeline::Recipe recipe = m_recipe;
    if (m_model->currentIndex() >= 0) {
        const std::string name = m_model->currentData().toString().toStdString();
        // An unnamed model stays unnamed (the settings' choice) until another one is picked.
        recipe.model = recipe.model.empty() && name == model().name.toStdString() ? recipe.model : name;
    }
    recipe.control = static_cast<timeline::RecipeControl>(m_control->currentData().toInt());
    // Fields that show a rounded value leave the exact one alone until they are touched.
    if (m_strength->value() != percentOf(recipe.strength)) {
        recipe.strength = m_strength->value() / 100.0;
    }
    recipe.steps = m_steps->value();
    if (std::abs(m_guidance->value() - recipe.guidance.value_or(0.0)) > 0.06) {
        recipe.guidance = m_guidance->value() > 0.0 ? std::optional(m_guidance->value()) : std::nullopt;
    }
    if (const QString seed = m_seed->text(); seed != seedText(recipe)) {
        recipe.seed = seed.isEmpty() ? std::nullopt : std::optional<std::uint64_t>(seed.toULongLong());
    }
    m_seed->setModified(false);
    if (recipe != m_recipe) {
        m_recipe = recipe;
        refreshEnabled();
        Q_EMIT edited(recipe, gesture);
    }
}

} // namespace ui
