#pragma once

#include "app/models/ModelCatalogue.h"
#include "app/settings/Settings.h"
#include "ui/dialogs/SettingsDialog.h"

#include <QObject>

namespace app {

/// Between the settings file and the dialog: shows what is, and keeps what is chosen. Other model folders are looked
/// through at once.
/// Thread: GUI.
class SettingsController : public QObject {
    Q_OBJECT

public:
    /// All outlive it.
    SettingsController(Settings& settings, ModelCatalogue& catalogue, ui::SettingsDialog& dialog,
                       QObject* parent = nullptr);

    void open();

Q_SIGNALS:
    void modelsChanged(); ///< others are there, or another one is preferred

private:
    ui::SettingsChoice current() const;
    void keep(const ui::SettingsChoice& choice);

    Settings& m_settings;
    ModelCatalogue& m_catalogue;
    ui::SettingsDialog& m_dialog;
};

} // namespace app
