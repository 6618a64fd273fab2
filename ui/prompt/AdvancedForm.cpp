#include "ui/prompt/AdvancedForm.h"

#include "timeline/model/RecipeLimits.h"
#include "ui/prompt/VisitGesture.h"
#include "ui/prompt/WheelGuard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

namespace limits = timeline::recipeLimits;

int percentOf(double share) {
    return static_cast<int>(std::lround(share * 100.0));
}

/// The entry with this value; an unknown one, of a later version or written by hand, is added.
void choose(QComboBox* box, const QString& value) {
    int index = box->findData(value);
    if (index < 0) {
        box->addItem(value, value);
        index = box->count() - 1;
    }
    box->setCurrentIndex(index);
}

} // namespace

AdvancedForm::AdvancedForm(QWidget* parent)
    : QWidget(parent), m_visit(new VisitGesture(this)), m_fold(new QToolButton(this)), m_content(new QWidget(this)),
      m_sampler(new QComboBox(m_content)), m_preset(new QComboBox(m_content)),
      m_shift(new OwnValueBox<QDoubleSpinBox, double>(m_content)), m_zeroStar(new QCheckBox(m_content)),
      m_cache(new QComboBox(m_content)), m_keeping(new QComboBox(m_content)) {
    setObjectName(QStringLiteral("advancedForm"));
    buildFields();
    nameFields();
    layOut();
    connectFields();
}

QSpinBox* AdvancedForm::makeFrames(const char* name, int lowest, int highest) {
    auto* box = new QSpinBox(m_content);
    box->setObjectName(QLatin1String(name));
    box->setRange(lowest, highest);
    box->setKeyboardTracking(false);
    return box;
}

QSpinBox* AdvancedForm::makePercent(const char* name) {
    QSpinBox* box = makeFrames(name, 0, 100);
    box->setSuffix(tr(" %"));
    return box;
}

void AdvancedForm::buildFields() {
    m_fold->setObjectName(QStringLiteral("advancedFold"));
    m_fold->setText(tr("Advanced"));
    m_fold->setAccessibleName(tr("Advanced settings"));
    m_fold->setCheckable(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setArrowType(Qt::RightArrow);
    m_sampler->addItem(tr("Automatic"), QString());
    m_sampler->addItem(tr("Euler"), QStringLiteral("euler"));
    m_sampler->addItem(tr("UniPC"), QStringLiteral("unipc"));
    m_sampler->addItem(tr("UniPC, as first published"), QStringLiteral("unipc-official"));
    m_sampler->addItem(tr("Few steps (distilled models)"), QStringLiteral("distilled"));
    m_preset->addItem(tr("Automatic"), QString());
    m_preset->addItem(tr("Shift by picture size"), QStringLiteral("size"));
    for (const char* name : {"fastwan", "fastwan-5b", "causvid", "lightx2v", "self-forcing", "lightning"}) {
        m_preset->addItem(QLatin1String(name), QLatin1String(name)); // as their authors call them
    }
    m_shift->setRange(0.0, limits::kMaxShift);
    m_shift->setSingleStep(0.5);
    m_shift->setDecimals(1);
    m_shift->setKeyboardTracking(false);
    m_guidanceFrom = makePercent("guidanceFrom");
    m_guidanceTo = makePercent("guidanceTo");
    m_zeroStar->setText(tr("CFG-Zero*"));
    using timeline::RecipeCache;
    m_cache->addItem(tr("None"), static_cast<int>(RecipeCache::None));
    m_cache->addItem(tr("Automatic"), static_cast<int>(RecipeCache::Auto));
    m_cache->addItem(tr("EasyCache"), static_cast<int>(RecipeCache::Easy));
    m_cache->addItem(tr("First block"), static_cast<int>(RecipeCache::FirstBlock));
    using timeline::RecipeKeeping;
    m_keeping->addItem(tr("Automatic"), static_cast<int>(RecipeKeeping::Auto));
    m_keeping->addItem(tr("The model"), static_cast<int>(RecipeKeeping::Model));
    m_keeping->addItem(tr("Blending"), static_cast<int>(RecipeKeeping::Blend));
    m_before = makeFrames("framesBefore", 0, limits::kMaxContextFrames);
    m_after = makeFrames("framesAfter", 0, limits::kMaxContextFrames);
    m_promptBlend = makeFrames("promptBlend", 0, limits::kMaxWindow);
    m_window = makeFrames("windowFrames", -1, limits::kMaxWindow);
    m_window->setSpecialValueText(tr("Model's length"));
}

void AdvancedForm::nameFields() {
    const auto name = [](QWidget* field, const char* objectName, const QString& accessible, const QString& tip) {
        field->setObjectName(QLatin1String(objectName));
        field->setAccessibleName(accessible);
        field->setToolTip(tip);
    };
    name(m_sampler, "sampler", tr("Sampler"), tr("How noise becomes a picture, step by step"));
    name(m_preset, "preset", tr("Preset"), tr("Sampler, steps and shift as published for few-step models"));
    name(m_shift, "shift", tr("Shift"), tr("More gives composition more of the steps, less gives it to detail"));
    name(m_guidanceFrom, "guidanceFrom", tr("Guidance from"), tr("Guidance counts from this part of the run on"));
    name(m_guidanceTo, "guidanceTo", tr("Guidance to"), tr("Guidance counts up to this part of the run"));
    name(m_zeroStar, "zeroStar", tr("CFG-Zero*"), tr("Guidance that keeps colours calmer"));
    name(m_cache, "stepCache", tr("Step cache"),
         tr("Faster where neighbouring steps are alike, at some cost of detail"));
    name(m_keeping, "keeping", tr("Given pictures"),
         tr("Who keeps the pictures that the shot goes on from: models that learnt it, or blending at every step"));
    name(m_before, "framesBefore", tr("Frames before"), tr("How much of the film before the shot it goes on from"));
    name(m_after, "framesAfter", tr("Frames after"), tr("How much of the film after the shot it leads to"));
    name(m_promptBlend, "promptBlend", tr("Prompt blend"), tr("Frames over which one prompt gives way to the next"));
    name(m_window, "windowFrames", tr("Pieces"),
         tr("Frames of the pieces that a long shot is made in; 0: all at once"));
}

void AdvancedForm::layOut() {
    auto* form = new QFormLayout(m_content);
    form->setContentsMargins(0, 4, 0, 0);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setHorizontalSpacing(10);
    form->setVerticalSpacing(6);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    for (QWidget* field :
         std::initializer_list<QWidget*>{m_sampler, m_preset, m_shift, m_guidanceFrom, m_guidanceTo, m_zeroStar,
                                         m_cache, m_keeping, m_before, m_after, m_promptBlend, m_window}) {
        if (field == m_zeroStar) {
            form->addRow(QString(), field); // says what it is itself
            continue;
        }
        auto* label = new QLabel(field->accessibleName(), m_content);
        label->setBuddy(field);
        form->addRow(label, field);
        if (auto* box = qobject_cast<QComboBox*>(field)) {
            box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        }
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_fold, 0, Qt::AlignLeft);
    layout->addWidget(m_content);
    m_content->hide();
}

void AdvancedForm::connectFields() {
    connect(m_fold, &QToolButton::toggled, this, [this](bool isOpen) {
        m_content->setVisible(isOpen);
        m_fold->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    });
    auto* guard = new WheelGuard(this);
    const auto watch = [&](QWidget* field) {
        guard->watch(field);
        m_visit->watch(field);
    };
    for (QComboBox* box : {m_sampler, m_preset, m_cache, m_keeping}) {
        watch(box);
        connect(box, &QComboBox::activated, this, &AdvancedForm::emitEdited);
    }
    for (QSpinBox* box : {m_guidanceFrom, m_guidanceTo, m_before, m_after, m_promptBlend, m_window}) {
        watch(box);
        connect(box, &QSpinBox::valueChanged, this, &AdvancedForm::emitEdited);
    }
    watch(m_shift);
    connect(m_shift, &QDoubleSpinBox::valueChanged, this, &AdvancedForm::emitEdited);
    connect(m_zeroStar, &QCheckBox::toggled, this, &AdvancedForm::emitEdited);
}

void AdvancedForm::setRecipe(const timeline::Recipe& recipe, const ModelChoice& model) {
    m_recipe = recipe;
    m_isFilling = true;
    const timeline::RecipeTuning& tuning = recipe.tuning;
    choose(m_sampler, QString::fromStdString(recipe.sampler));
    choose(m_preset, QString::fromStdString(tuning.preset));
    m_shift->setOwnValue(model.shift);
    m_shift->setSpecialValueText(tr("%1 (model)").arg(model.shift, 0, 'f', 1));
    m_shift->setValue(recipe.shift.value_or(0.0));
    m_guidanceFrom->setValue(percentOf(tuning.guidanceFrom));
    m_guidanceTo->setValue(percentOf(tuning.guidanceTo));
    m_zeroStar->setChecked(tuning.zeroStar);
    m_cache->setCurrentIndex(m_cache->findData(static_cast<int>(tuning.cache)));
    m_keeping->setCurrentIndex(m_keeping->findData(static_cast<int>(recipe.keeping)));
    m_before->setValue(recipe.framesBefore);
    m_after->setValue(recipe.framesAfter);
    m_promptBlend->setValue(tuning.promptBlend);
    m_window->setValue(tuning.windowFrames);
    m_isFilling = false;
}

timeline::Recipe AdvancedForm::readRecipe() const {
    timeline::Recipe recipe = m_recipe;
    timeline::RecipeTuning& tuning = recipe.tuning;
    recipe.sampler = m_sampler->currentData().toString().toStdString();
    tuning.preset = m_preset->currentData().toString().toStdString();
    // Fields that show a rounded value leave the exact one alone until they are touched.
    if (std::abs(m_shift->value() - recipe.shift.value_or(0.0)) > 0.06) {
        recipe.shift = m_shift->value() > 0.0 ? std::optional(m_shift->value()) : std::nullopt;
    }
    if (m_guidanceFrom->value() != percentOf(tuning.guidanceFrom)) {
        tuning.guidanceFrom = m_guidanceFrom->value() / 100.0;
        tuning.guidanceTo = std::max(tuning.guidanceTo, tuning.guidanceFrom);
    } else if (m_guidanceTo->value() != percentOf(tuning.guidanceTo)) {
        tuning.guidanceTo = m_guidanceTo->value() / 100.0;
        tuning.guidanceFrom = std::min(tuning.guidanceTo, tuning.guidanceFrom);
    }
    tuning.zeroStar = m_zeroStar->isChecked();
    tuning.cache = static_cast<timeline::RecipeCache>(m_cache->currentData().toInt());
    recipe.keeping = static_cast<timeline::RecipeKeeping>(m_keeping->currentData().toInt());
    recipe.framesBefore = m_before->value();
    recipe.framesAfter = m_after->value();
    tuning.promptBlend = m_promptBlend->value();
    tuning.windowFrames = m_window->value();
    return recipe;
}

void AdvancedForm::emitEdited() {
    if (m_isFilling) {
        return;
    }
    const timeline::Recipe recipe = readRecipe();
    if (recipe != m_recipe) {
        m_recipe = recipe;
        Q_EMIT edited(recipe, m_visit->id());
    }
}

void AdvancedForm::flush() {
    for (QAbstractSpinBox* box : std::initializer_list<QAbstractSpinBox*>{m_shift, m_guidanceFrom, m_guidanceTo,
                                                                          m_before, m_after, m_promptBlend, m_window}) {
        box->interpretText();
    }
}

} // namespace ui
