#include "ui/prompt/LoraStrip.h"

#include "timeline/model/RecipeLimits.h"
#include "ui/prompt/VisitGesture.h"
#include "ui/prompt/WheelGuard.h"
#include "ui/style/Icons.h"
#include "ui/text/PlainToolTip.h"

#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include <cmath>

namespace ui {
namespace {

constexpr double kStrongest = timeline::recipeLimits::kMaxLoraStrength;
constexpr double kSame = -kStrongest - 0.05; ///< of the strength at the end: as at the beginning

QString fileName(const timeline::RecipeLora& lora) {
    return QFileInfo(QString::fromStdString(lora.file)).completeBaseName();
}

QDoubleSpinBox* makeNumber(QWidget* parent, const char* name, double lowest) {
    auto* box = new QDoubleSpinBox(parent);
    box->setObjectName(QLatin1String(name));
    box->setRange(lowest, kStrongest);
    box->setSingleStep(0.05);
    box->setDecimals(2);
    box->setKeyboardTracking(false);
    return box;
}

} // namespace

LoraStrip::LoraStrip(QWidget* parent)
    : QWidget(parent), m_add(new QToolButton(this)), m_menu(new QMenu(this)), m_layout(new QVBoxLayout(this)),
      m_wheel(new WheelGuard(this)), m_visit(new VisitGesture(this)) {
    setObjectName(QStringLiteral("loraStrip"));
    setAccessibleName(tr("LoRAs"));
    m_menu->setObjectName(QStringLiteral("loraMenu"));
    m_add->setObjectName(QStringLiteral("addLora"));
    m_add->setText(tr("Add LoRA"));
    m_add->setAccessibleName(tr("Add LoRA"));
    m_add->setToolTip(tr("A LoRA gives the model a look, a face or a motion"));
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_add->setMenu(m_menu);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    m_layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_menu, &QMenu::aboutToShow, this, &LoraStrip::fillMenu);
}

void LoraStrip::setFound(const QStringList& names) {
    m_found = names;
    fill();
}

void LoraStrip::fillMenu() {
    m_menu->clear();
    for (const QString& name : m_found) {
        connect(m_menu->addAction(name), &QAction::triggered, this, [this, name] { add(name); });
    }
    if (!m_found.isEmpty()) {
        m_menu->addSeparator();
    }
    connect(m_menu->addAction(tr("Choose a File…")), &QAction::triggered, this, &LoraStrip::chooseFile);
}

void LoraStrip::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Add LoRA"));
    dialog->setObjectName(QStringLiteral("loraDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("LoRA files (%1)").arg(QStringLiteral("*.safetensors *.sft *.gguf")), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &LoraStrip::add);
    dialog->open();
}

void LoraStrip::add(const QString& file) {
    if (m_loras.size() >= timeline::recipeLimits::kMostLoras) {
        return; // a file dialog was open meanwhile
    }
    m_loras.push_back({file.toStdString()});
    rebuild();
    Q_EMIT edited(m_loras, 0);
}

void LoraStrip::remove(std::size_t index) {
    m_loras.erase(m_loras.begin() + static_cast<std::ptrdiff_t>(index));
    rebuild();
    m_add->setFocus();
    Q_EMIT edited(m_loras, 0);
}

void LoraStrip::setLoras(const std::vector<timeline::RecipeLora>& loras) {
    const bool isSame = std::equal(loras.begin(), loras.end(), m_loras.begin(), m_loras.end(),
                                   [](const auto& a, const auto& b) { return a.file == b.file; });
    m_loras = loras;
    isSame ? fill() : rebuild();
}

void LoraStrip::rebuild() {
    for (const Row& row : m_rows) {
        row.widget->hide();
        row.widget->deleteLater();
    }
    m_rows.clear();
    for (std::size_t i = 0; i < m_loras.size(); ++i) {
        m_rows.push_back(makeRow(i));
        m_layout->insertWidget(static_cast<int>(i), m_rows.back().widget);
    }
    fill();
}

LoraStrip::Row LoraStrip::makeRow(std::size_t index) {
    auto* widget = new QWidget(this);
    const QString name = fileName(m_loras[index]);
    auto* label = new QLabel(widget);
    label->setObjectName(QStringLiteral("loraName"));
    label->setTextFormat(Qt::PlainText);
    label->setMinimumWidth(0);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* strength = makeNumber(widget, "loraStrength", -kStrongest);
    strength->setToolTip(tr("How strongly the LoRA counts"));
    strength->setAccessibleName(tr("Strength of %1").arg(name));
    auto* end = makeNumber(widget, "loraEndStrength", kSame);
    end->setSpecialValueText(tr("same"));
    end->setToolTip(tr("How strongly it counts at the end of the run, if that changes"));
    end->setAccessibleName(tr("Strength of %1 at the end").arg(name));
    auto* drop = new QToolButton(widget);
    drop->setObjectName(QStringLiteral("removeLora"));
    drop->setIcon(icon("remove"));
    drop->setToolTip(tr("Remove this LoRA from the shot"));
    drop->setAccessibleName(tr("Remove %1").arg(name));
    for (QDoubleSpinBox* box : {strength, end}) {
        m_wheel->watch(box);
        m_visit->watch(box);
    }
    connect(strength, &QDoubleSpinBox::valueChanged, this, [this, index] { readStrength(index); });
    connect(end, &QDoubleSpinBox::valueChanged, this, [this, index] { readEnd(index); });
    connect(drop, &QToolButton::clicked, this, [this, index] { remove(index); });
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(label, 1);
    layout->addWidget(strength);
    layout->addWidget(end);
    layout->addWidget(drop);
    return {widget, strength, end};
}

void LoraStrip::fill() {
    m_add->setEnabled(m_loras.size() < timeline::recipeLimits::kMostLoras);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const timeline::RecipeLora& lora = m_loras[i];
        const QString file = QString::fromStdString(lora.file);
        const bool isThere = m_found.contains(file) || QFileInfo(file).isFile();
        auto* label = m_rows[i].widget->findChild<QLabel*>(QStringLiteral("loraName"));
        label->setText(isThere ? fileName(lora) : tr("%1 (missing)", "a LoRA").arg(fileName(lora)));
        label->setToolTip(plainToolTip(file));
        label->setProperty("problem", !isThere);
        const QSignalBlocker blockStrength(m_rows[i].strength);
        const QSignalBlocker blockEnd(m_rows[i].end);
        m_rows[i].strength->setValue(lora.points.front().strength);
        m_rows[i].end->setValue(lora.points.size() > 1 ? lora.points.back().strength : kSame);
        m_rows[i].end->setEnabled(lora.points.size() < 3); // a curve of more points is not for these two fields
    }
}

void LoraStrip::readStrength(std::size_t index) {
    m_loras[index].points.front().strength = m_rows[index].strength->value();
    Q_EMIT edited(m_loras, m_visit->id());
}

void LoraStrip::readEnd(std::size_t index) {
    std::vector<timeline::RecipeLora::Point>& points = m_loras[index].points;
    const double end = m_rows[index].end->value();
    if (end <= kSame + 0.01) {
        points.resize(1);
    } else if (points.size() > 1) {
        points.back().strength = end;
    } else {
        points.push_back({1.0, end});
    }
    Q_EMIT edited(m_loras, m_visit->id());
}

void LoraStrip::flush() {
    for (const Row& row : std::vector<Row>(m_rows)) { // what it emits comes back as setLoras()
        row.strength->interpretText();
        row.end->interpretText();
    }
}

} // namespace ui
