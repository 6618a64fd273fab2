#include "ui/dialogs/ExportDialog.h"

#include "ui/text/TimeText.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>

#include <algorithm>

namespace ui {
namespace {

/// The path itself, or with a number when a file lies there: boat.mp4, boat-2.mp4.
QString freePath(const QString& path) {
    const QFileInfo file(path);
    const QString stem = file.path() + QLatin1Char('/') + file.completeBaseName();
    QString candidate = path;
    for (int number = 2; QFileInfo::exists(candidate); ++number) {
        candidate = QStringLiteral("%1-%2.%3").arg(stem).arg(number).arg(file.suffix());
    }
    return candidate;
}

} // namespace

ExportDialog::ExportDialog(std::vector<ExportPresetChoice> presets, QWidget* parent)
    : QDialog(parent), m_presets(std::move(presets)) {
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    setModal(false);
    setMinimumWidth(480);
    m_status = new QLabel(this);
    m_status->setObjectName(QStringLiteral("exportStatus"));
    m_status->setWordWrap(true);
    m_status->setTextFormat(Qt::PlainText);
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(QStringLiteral("exportProgress"));
    m_progress->setAccessibleName(tr("Export progress"));
    m_progress->setRange(0, 1000);
    buildForm();
    buildButtons();
    setBusy(false);
}

void ExportDialog::buildForm() {
    m_preset = new QComboBox(this);
    m_preset->setObjectName(QStringLiteral("exportPreset"));
    m_preset->setAccessibleName(tr("Format"));
    for (const ExportPresetChoice& preset : m_presets) {
        m_preset->addItem(preset.label, preset.name);
    }
    m_description = new QLabel(this);
    m_description->setWordWrap(true);
    m_description->setProperty("dim", true);
    m_whole = new QRadioButton(tr("&Whole film"), this);
    m_range = new QRadioButton(tr("&Marked range"), this);
    m_whole->setObjectName(QStringLiteral("exportWhole"));
    m_range->setObjectName(QStringLiteral("exportRange"));
    m_whole->setChecked(true);
    m_path = new QLineEdit(this);
    m_path->setObjectName(QStringLiteral("exportPath"));
    m_path->setAccessibleName(tr("File"));
    m_browse = new QPushButton(tr("&Browse…"), this);
    m_browse->setObjectName(QStringLiteral("exportBrowse"));
    auto* file = new QHBoxLayout;
    file->addWidget(m_path, 1);
    file->addWidget(m_browse);
    auto* range = new QHBoxLayout;
    range->addWidget(m_whole);
    range->addWidget(m_range);
    range->addStretch(1);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    const auto row = [&](const QString& text, QWidget* buddy, QLayout* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(buddy);
        field ? form->addRow(label, field) : form->addRow(label, buddy);
    };
    row(tr("F&ormat"), m_preset, nullptr);
    form->addRow(QString(), m_description);
    row(tr("Range"), m_whole, range);
    row(tr("&File"), m_path, file);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(m_progress);
    layout->addWidget(m_status);
    connect(m_preset, &QComboBox::currentIndexChanged, this, &ExportDialog::followPreset);
    connect(m_browse, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(m_path, &QLineEdit::textChanged, this, [this] {
        m_replaceable.clear();
        m_status->clear();
        setBusy(m_isExporting);
    });
}

void ExportDialog::buildButtons() {
    m_start = new QPushButton(this);
    m_start->setObjectName(QStringLiteral("exportStart"));
    m_start->setDefault(true);
    m_start->setProperty("primary", true);
    m_cancel = new QPushButton(this);
    m_cancel->setObjectName(QStringLiteral("exportCancel"));
    auto* bar = new QHBoxLayout;
    bar->addStretch(1);
    bar->addWidget(m_cancel);
    bar->addWidget(m_start);
    static_cast<QVBoxLayout*>(layout())->addLayout(bar);
    connect(m_start, &QPushButton::clicked, this, &ExportDialog::start);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_isExporting) {
            Q_EMIT cancelRequested();
        } else {
            close();
        }
    });
}

void ExportDialog::prepare(const QString& proposedPath, std::optional<timeline::TimeRange> marked) {
    m_marked = marked;
    if (m_isExporting) {
        return;
    }
    m_wanted = proposedPath;
    m_proposed = freePath(withExtension(m_wanted));
    m_path->setText(m_proposed);
    m_range->setChecked(marked.has_value());
    m_whole->setChecked(!marked);
    m_range->setText(marked
                         ? tr("&Marked range, %1 to %2").arg(timecodeText(marked->start), timecodeText(marked->end()))
                         : tr("&Marked range"));
    m_status->clear();
    followPreset();
    setBusy(false);
}

void ExportDialog::choosePreset(const QString& name) {
    if (const int index = m_preset->findData(name); index >= 0) {
        m_preset->setCurrentIndex(index);
    }
}

void ExportDialog::bringUp() {
    (m_isExporting ? m_cancel : m_start)->setFocus();
    show();
    raise();
    activateWindow();
}

int ExportDialog::percent() const {
    return m_progress->value() / 10;
}

QString ExportDialog::withExtension(const QString& path) const {
    const int index = m_preset->currentIndex();
    const QFileInfo file(path);
    if (index < 0 || path.isEmpty() || file.suffix() == m_presets[static_cast<std::size_t>(index)].extension) {
        return path;
    }
    return file.path() + QLatin1Char('/') + file.completeBaseName() + QLatin1Char('.') +
           m_presets[static_cast<std::size_t>(index)].extension;
}

void ExportDialog::followPreset() {
    const int index = m_preset->currentIndex();
    if (index < 0) {
        return;
    }
    m_description->setText(m_presets[static_cast<std::size_t>(index)].description);
    if (m_path->text() == m_proposed) {
        m_proposed = freePath(withExtension(m_wanted));
        m_path->setText(m_proposed);
    } else {
        m_path->setText(withExtension(m_path->text()));
    }
}

void ExportDialog::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Export To"), m_path->text());
    dialog->setObjectName(QStringLiteral("exportFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const auto index = static_cast<std::size_t>(std::max(0, m_preset->currentIndex()));
    if (index < m_presets.size()) {
        dialog->setDefaultSuffix(m_presets[index].extension);
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_path->setText(path);
        m_replaceable = path; // the file dialog has asked
    });
    dialog->open();
}

void ExportDialog::start() {
    const QString path = m_path->text();
    const QFileInfo folder(QFileInfo(path).absolutePath());
    if (!folder.isDir() || !folder.isWritable()) {
        m_status->setText(
            (folder.isDir() ? tr("Nothing can be written to the folder %1.") : tr("There is no folder %1."))
                .arg(folder.filePath()));
        return;
    }
    if (QFileInfo::exists(path) && path != m_replaceable) {
        m_replaceable = path;
        m_status->setText(tr("%1 is there already. Press Replace to write over it.").arg(QFileInfo(path).fileName()));
        setBusy(false);
        return;
    }
    m_replaceable.clear();
    Q_EMIT exportRequested(
        ExportChoice{m_preset->currentData().toString(), path, m_range->isChecked() ? m_marked : std::nullopt});
}

void ExportDialog::setBusy(bool busy) {
    m_isExporting = busy;
    for (QWidget* field : std::initializer_list<QWidget*>{m_preset, m_whole, m_path, m_browse}) {
        field->setEnabled(!busy);
    }
    m_range->setEnabled(!busy && m_marked);
    m_start->setEnabled(!busy && !m_path->text().isEmpty() && !m_presets.empty());
    m_start->setText(m_replaceable.isEmpty() ? tr("&Export") : tr("&Replace"));
    m_cancel->setText(busy ? tr("&Cancel Export") : tr("&Close"));
    m_progress->setVisible(busy);
}

void ExportDialog::setStarted() {
    m_progress->setValue(0);
    m_status->setText(tr("Exporting…"));
    setBusy(true);
    Q_EMIT stateChanged();
}

void ExportDialog::setProgress(double fraction, double secondsLeft) {
    m_progress->setValue(static_cast<int>(std::clamp(fraction, 0.0, 1.0) * 1000.0));
    const QString left = timeLeftText(secondsLeft);
    m_status->setText(left.isEmpty() ? tr("Exporting…") : tr("Exporting, %1", "time left").arg(left));
    Q_EMIT stateChanged();
}

void ExportDialog::end(const QString& text, bool isProblem) {
    setBusy(false);
    m_status->setText(text);
    Q_EMIT stateChanged();
    Q_EMIT ended(text, isProblem);
}

void ExportDialog::setFinished(const QString& path) {
    end(tr("Exported to %1").arg(path), false);
}

void ExportDialog::setFailed(const QString& text) {
    end(tr("Not exported. %1").arg(text), true);
}

void ExportDialog::setCancelled() {
    end(tr("Export cancelled."), false);
}

} // namespace ui
