#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace app::cli {

/// Named values from the command line or from a task document, checked against their limits as they are read; the first
/// that is wrong is remembered.
/// Thread: one.
class SettingSource {
public:
    virtual ~SettingSource() = default;

    virtual bool isSet(const QString& name) = 0;
    virtual QString text(const QString& name) = 0;
    virtual QStringList texts(const QString& name) = 0; ///< of what may be given several times
    virtual bool flag(const QString& name) = 0;
    virtual std::optional<std::int64_t> integer(const QString& name, std::int64_t lowest, std::int64_t highest) = 0;
    virtual std::optional<double> number(const QString& name, double lowest, double highest) = 0;
    /// Notes that the value of `name` has to be `wanted`, unless it is fine.
    virtual void require(bool isFine, const QString& name, const QString& wanted) = 0;
};

} // namespace app::cli
