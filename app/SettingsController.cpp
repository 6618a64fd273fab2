#include "app/SettingsController.h"

namespace app {

SettingsController::SettingsController(Settings& settings, ModelCatalogue& catalogue, ui::SettingsDialog& dialog,
                                       QObject* parent)
    : QObject(parent), m_settings(settings), m_catalogue(catalogue), m_dialog(dialog) {
    connect(&dialog, &ui::SettingsDialog::chosen, this, &SettingsController::keep);
}

void SettingsController::open() {
    QStringList names;
    for (const ModelInfo& model : m_catalogue.models()) {
        if (model.isUsable()) {
            names << model.name;
        }
    }
    m_dialog.open(current(), names);
}

ui::SettingsChoice SettingsController::current() const {
    return {.model = m_settings.text(Setting::Model),
            .modelFolders = m_settings.list(Setting::ModelFolders),
            .compositor = m_settings.text(Setting::Compositor),
            .cacheGigabytes = m_settings.integer(Setting::CacheGigabytes)};
}

void SettingsController::keep(const ui::SettingsChoice& choice) {
    const ui::SettingsChoice before = current();
    m_settings.set(Setting::Model, choice.model);
    m_settings.set(Setting::ModelFolders, choice.modelFolders);
    m_settings.set(Setting::Compositor, choice.compositor);
    m_settings.set(Setting::CacheGigabytes, choice.cacheGigabytes);
    if (choice.modelFolders != before.modelFolders) {
        m_catalogue = ModelCatalogue::scan(ModelCatalogue::standardRoots(choice.modelFolders));
    }
    if (choice.modelFolders != before.modelFolders || choice.model != before.model) {
        Q_EMIT modelsChanged();
    }
}

} // namespace app
