#pragma once

#include <QAbstractSpinBox>

namespace ui {

/// A number field whose lowest value stands for a number of the model's own: steps go on from that number, not from
/// the lowest one. `Box` is QSpinBox or QDoubleSpinBox, `Number` what it counts in.
/// Thread: GUI.
template <typename Box, typename Number>
class OwnValueBox : public Box {
public:
    using Box::Box;

    void setOwnValue(Number value) { m_own = value; }

    void stepBy(int steps) override {
        if (this->value() != this->minimum()) {
            Box::stepBy(steps);
            return;
        }
        this->setValue(m_own + static_cast<Number>(steps) * this->singleStep());
        this->selectAll();
    }

protected:
    QAbstractSpinBox::StepEnabled stepEnabled() const override {
        return this->value() == this->minimum() ? QAbstractSpinBox::StepUpEnabled | QAbstractSpinBox::StepDownEnabled
                                                : Box::stepEnabled();
    }

private:
    Number m_own{};
};

} // namespace ui
