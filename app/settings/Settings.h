#pragma once

#include <QObject>
#include <QSettings>
#include <QStringList>
#include <QVariant>

#include <cstdint>
#include <span>

namespace app {

/// Everything that is remembered between two starts. Settings.cpp has the one table with the name, type and default of
/// each.
enum class Setting : std::uint8_t {
    Model,          ///< name in the catalogue for recipes that name none; empty: the first
    ModelFolders,   ///< folders with model folders in them, beside our own
    CacheGigabytes, ///< generated frames that are kept, most recent first
    Compositor,     ///< "auto", "cpu" or "vulkan"
    ExportPreset,
    RecentProjects, ///< newest first
    StartedBefore,  ///< false: the demo project opens
    WindowGeometry,
    WindowState,
};

/// The settings file (XDG config folder). What is in the file and is not of the table's type counts as absent.
/// Thread: GUI.
class Settings : public QObject {
    Q_OBJECT

public:
    struct Row {
        Setting setting;
        const char* key;
        QVariant standard; ///< its type is the setting's type
    };

    /// @param file  empty: the user's own
    explicit Settings(const QString& file = {}, QObject* parent = nullptr);

    static std::span<const Row> table();

    QVariant value(Setting setting) const;
    QString text(Setting setting) const { return value(setting).toString(); }
    QStringList list(Setting setting) const { return value(setting).toStringList(); }
    int integer(Setting setting) const { return value(setting).toInt(); }
    bool flag(Setting setting) const { return value(setting).toBool(); }

    /// @return false when the value is of another type; nothing is stored then
    bool set(Setting setting, const QVariant& value);
    void reset(Setting setting);

Q_SIGNALS:
    void changed(app::Setting setting);

private:
    QSettings m_file;
};

} // namespace app
