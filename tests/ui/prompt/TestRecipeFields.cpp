#include "timeline/model/RecipeLimits.h"
#include "ui/prompt/AdvancedForm.h"
#include "ui/prompt/LoraStrip.h"
#include "ui/prompt/ModelChoice.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace ui;
using timeline::RecipeLora;

/// Fields leave alone what they do not show, and nothing can be asked for that a recipe does not hold.
class TestRecipeFields : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anUntouchedSettingStaysAsItIs() {
        timeline::Recipe recipe;
        recipe.shift = 50.0;
        recipe.tuning.promptBlend = 5000;
        recipe.tuning.guidanceFrom = 0.333;
        AdvancedForm form(nullptr);
        form.setRecipe(recipe, ModelChoice{});
        QCOMPARE(form.findChild<QDoubleSpinBox*>("shift")->value(), 50.0);
        timeline::Recipe edited;
        connect(&form, &AdvancedForm::edited, this, [&](const timeline::Recipe& made) { edited = made; });
        form.findChild<QSpinBox*>("framesBefore")->setValue(7);
        recipe.framesBefore = 7;
        QVERIFY(edited == recipe);
    }

    void onlyTheTouchedStrengthIsWritten() {
        std::vector<RecipeLora> loras{{"a.safetensors", {{0.25, 40.125}}},
                                      {"b.safetensors", {{0.1, 0.333}, {0.6, 0.777}}}};
        LoraStrip strip(nullptr);
        strip.setLoras(loras);
        std::vector<RecipeLora> edited;
        connect(&strip, &LoraStrip::edited, this, [&](const std::vector<RecipeLora>& made) { edited = made; });
        const auto strengths = strip.findChildren<QDoubleSpinBox*>("loraStrength");
        const auto ends = strip.findChildren<QDoubleSpinBox*>("loraEndStrength");
        QVERIFY(std::abs(strengths[0]->value() - 40.125) < 0.01);
        strengths[0]->setValue(2.0);
        loras[0].points = {{0.25, 2.0}};
        QVERIFY(edited == loras);
        ends[1]->setValue(0.5);
        loras[1].points = {{0.1, 0.333}, {0.6, 0.5}};
        QVERIFY(edited == loras);
        ends[0]->setValue(1.0);
        loras[0].points = {{0.25, 2.0}, {1.0, 1.0}};
        QVERIFY(edited == loras);
        ends[0]->setValue(ends[0]->minimum()); // as at the beginning
        loras[0].points = {{0.25, 2.0}};
        QVERIFY(edited == loras);
    }

    void noMoreLorasThanARecipeHolds() {
        LoraStrip strip(nullptr);
        strip.setFound({"look.safetensors"});
        strip.setLoras(std::vector<RecipeLora>(timeline::recipeLimits::kMostLoras - 1, {"a.safetensors"}));
        auto* add = strip.findChild<QToolButton*>("addLora");
        QVERIFY(add->isEnabled());
        auto* menu = strip.findChild<QMenu*>("loraMenu");
        Q_EMIT menu->aboutToShow();
        QSignalSpy edited(&strip, &LoraStrip::edited);
        menu->actions().first()->trigger();
        QVERIFY(!add->isEnabled());
        menu->actions().first()->trigger();
        QCOMPARE(edited.count(), 1);
    }
};

QTEST_MAIN(TestRecipeFields)
#include "TestRecipeFields.moc"
