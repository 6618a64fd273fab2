#include "ui/dialogs/SettingsDialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>

namespace ui {
namespace {

constexpr int kMostGigabytes = 100'000;

void choose(QComboBox& box, const QString& data) {
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

} // namespace

SettingsDialog::SettingsDialog(QWidget* parent)
    : QDialog(parent), m_model(new QComboBox(this)), m_folders(new QListWidget(this)), m_add(new QPushButton(this)),
      m_remove(new QPushButton(this)), m_compositor(new QComboBox(this)), m_cache(new QSpinBox(this)) {
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    setModal(false);
    setMinimumWidth(480);
    buildFields();
    layOut();
    connect(m_add, &QPushButton::clicked, this, &SettingsDialog::addFolder);
    connect(m_remove, &QPushButton::clicked, this, &SettingsDialog::removeFolder);
    connect(m_folders, &QListWidget::currentRowChanged, this, [this](int row) { m_remove->setEnabled(row >= 0); });
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT chosen(choice()); });
}

void SettingsDialog::buildFields() {
    const auto name = [](QWidget* field, const char* objectName, const QString& accessible) {
        field->setObjectName(QLatin1String(objectName));
        field->setAccessibleName(accessible);
    };
    name(m_model, "settingsModel", tr("Model"));
    name(m_folders, "settingsFolders", tr("Model folders"));
    name(m_add, "settingsAddFolder", tr("Add a model folder"));
    name(m_remove, "settingsRemoveFolder", tr("Remove the selected model folder"));
    name(m_compositor, "settingsCompositor", tr("Pictures are made by"));
    name(m_cache, "settingsCache", tr("Generated frames that are kept"));
    m_add->setText(tr("Add…"));
    m_remove->setText(tr("Remove"));
    m_remove->setEnabled(false);
    m_add->setAutoDefault(false); // Return is for OK
    m_remove->setAutoDefault(false);
    m_folders->setFixedHeight(fontMetrics().height() * 5);
    m_folders->setTextElideMode(Qt::ElideMiddle);
    m_compositor->addItem(tr("The graphics card if there is one"), QStringLiteral("auto"));
    m_compositor->addItem(tr("The graphics card (Vulkan)"), QStringLiteral("vulkan"));
    m_compositor->addItem(tr("The processor"), QStringLiteral("cpu"));
    m_cache->setRange(1, kMostGigabytes);
    m_cache->setSuffix(tr(" GB"));
}

void SettingsDialog::layOut() {
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* ok = buttons->addButton(tr("&OK"), QDialogButtonBox::AcceptRole);
    ok->setObjectName(QStringLiteral("settingsOk"));
    ok->setDefault(true);
    buttons->addButton(tr("&Cancel"), QDialogButtonBox::RejectRole)->setObjectName(QStringLiteral("settingsCancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* folderButtons = new QVBoxLayout;
    folderButtons->addWidget(m_add);
    folderButtons->addWidget(m_remove);
    folderButtons->addStretch(1);
    auto* folders = new QHBoxLayout;
    folders->addWidget(m_folders, 1);
    folders->addLayout(folderButtons);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    const auto row = [&](const QString& text, QWidget* buddy, QLayout* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(buddy);
        field ? form->addRow(label, field) : form->addRow(label, buddy);
    };
    const auto note = [&](const QString& text) {
        auto* label = new QLabel(text, this);
        label->setWordWrap(true);
        label->setProperty("dim", true);
        form->addRow(QString(), label);
    };
    row(tr("&Model"), m_model, nullptr);
    note(tr("For shots that name none."));
    row(tr("Model &folders"), m_folders, folders);
    row(tr("Pictures are made &by"), m_compositor, nullptr);
    note(tr("In exports at once, in the monitor from the next start on."));
    row(tr("&Keep generated frames up to"), m_cache, nullptr);
    note(tr("What was not used for longest goes first. Takes in projects stay."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(buttons);
}

void SettingsDialog::open(const SettingsChoice& now, const QStringList& models) {
    if (!isVisible()) {
        m_model->clear();
        m_model->addItem(tr("The first that can run"), QString());
        for (const QString& model : models) {
            m_model->addItem(model, model);
        }
        if (!now.model.isEmpty() && !models.contains(now.model)) {
            m_model->addItem(tr("%1 (missing)", "a model").arg(now.model), now.model);
        }
        choose(*m_model, now.model);
        m_folders->clear();
        m_folders->addItems(now.modelFolders);
        choose(*m_compositor, now.compositor);
        m_cache->setValue(now.cacheGigabytes);
    }
    show();
    raise();
    activateWindow();
}

SettingsChoice SettingsDialog::choice() const {
    QStringList folders;
    for (int row = 0; row < m_folders->count(); ++row) {
        folders << m_folders->item(row)->text();
    }
    return {m_model->currentData().toString(), folders, m_compositor->currentData().toString(), m_cache->value()};
}

void SettingsDialog::addFolder() {
    auto* dialog = new QFileDialog(this, tr("Model Folder"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("modelFolderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        if (m_folders->findItems(folder, Qt::MatchExactly).isEmpty()) {
            m_folders->addItem(folder);
        }
    });
    dialog->open();
}

void SettingsDialog::removeFolder() {
    delete m_folders->takeItem(m_folders->currentRow());
}

} // namespace ui
