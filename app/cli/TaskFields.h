#pragma once

#include "app/cli/SettingSource.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace app::cli {

/// What was found wrong or strange in a task document.
struct TaskFindings {
    QString problem;     ///< the first
    QStringList ignored; ///< fields that are not known
};

/// The fields of an object, checked; the settings among them have the names of options with _ in place of -. A field
/// that is null counts as absent.
/// Thread: one.
class TaskFields : public SettingSource {
public:
    /// The findings outlive the object.
    TaskFields(QJsonObject object, QString path, TaskFindings& findings);

    bool isSet(const QString& name) override;
    QString text(const QString& name) override;
    QString neededText(const QString& name);
    QStringList texts(const QString& name) override; ///< a text, or a list of texts
    bool flag(const QString& name) override;
    std::optional<double> number(const QString& name, double lowest, double highest) override;
    std::optional<std::int64_t> integer(const QString& name, std::int64_t lowest, std::int64_t highest) override;
    void require(bool isFine, const QString& name, const QString& wanted) override;
    TaskFields object(const QString& key, bool isNeeded);
    std::vector<TaskFields> objects(const QString& key);

    /// Notes what nobody asked for: misspelt, or of another program.
    void noteTheRest();
    void check(const QString& key, bool isFine, const QString& what);

private:
    QString textOf(const QString& name, bool isNeeded);
    QJsonValue valueOf(const QString& key);

    QJsonObject m_object;
    QStringList m_known;
    QString m_path;
    TaskFindings& m_findings;
};

} // namespace app::cli
