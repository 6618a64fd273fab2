#include "app/settings/Settings.h"

#include "app/settings/Folders.h"

#include <QByteArray>

namespace app {

namespace {

const Settings::Row& rowOf(Setting setting) {
    for (const Settings::Row& row : Settings::table()) {
        if (row.setting == setting) {
            return row;
        }
    }
    qFatal("a setting without a row in the table");
}

/// INI files hold text: numbers and flags are strings until converted, and one text is a list of one.
QVariant converted(QVariant value, QMetaType type) {
    if (!value.canConvert(type) || !value.convert(type)) {
        return {};
    }
    return value;
}

} // namespace

std::span<const Settings::Row> Settings::table() {
    static const Row rows[] = {
        {Setting::Model, "generation/model", QString()},
        {Setting::ModelFolders, "generation/model-folders", QStringList()},
        {Setting::CacheGigabytes, "generation/cache-gigabytes", 20},
        {Setting::Compositor, "render/compositor", QStringLiteral("auto")},
        {Setting::ExportPreset, "export/preset", QStringLiteral("h264")},
        {Setting::RecentProjects, "window/recent-projects", QStringList()},
        {Setting::StartedBefore, "window/started-before", false},
        {Setting::WindowGeometry, "window/geometry", QByteArray()},
        {Setting::WindowState, "window/state", QByteArray()},
    };
    return rows;
}

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent),
      m_file(file.isEmpty() ? folders::config() + QStringLiteral("/settings.ini") : file, QSettings::IniFormat) {}

QVariant Settings::value(Setting setting) const {
    const Row& row = rowOf(setting);
    if (!m_file.contains(QLatin1String(row.key))) {
        return row.standard;
    }
    const QVariant stored = converted(m_file.value(QLatin1String(row.key)), row.standard.metaType());
    return stored.isValid() ? stored : row.standard;
}

bool Settings::set(Setting setting, const QVariant& newValue) {
    const Row& row = rowOf(setting);
    const QVariant wanted = converted(newValue, row.standard.metaType());
    if (!wanted.isValid()) {
        return false;
    }
    if (wanted != value(setting)) {
        m_file.setValue(QLatin1String(row.key), wanted);
        Q_EMIT changed(setting);
    }
    return true;
}

void Settings::reset(Setting setting) {
    const QVariant before = value(setting);
    m_file.remove(QLatin1String(rowOf(setting).key));
    if (before != value(setting)) {
        Q_EMIT changed(setting);
    }
}

} // namespace app
