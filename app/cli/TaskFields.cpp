#include "app/cli/TaskFields.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(TaskDocument)
};

QString keyOf(QString name) {
    return name.replace(QLatin1Char('-'), QLatin1Char('_'));
}

} // namespace

TaskFields::TaskFields(QJsonObject object, QString path, TaskFindings& findings)
    : m_object(std::move(object)), m_path(std::move(path)), m_findings(findings) {}

bool TaskFields::isSet(const QString& name) {
    return !valueOf(keyOf(name)).isUndefined();
}

QString TaskFields::text(const QString& name) {
    return textOf(name, false);
}

QString TaskFields::neededText(const QString& name) {
    return textOf(name, true);
}

QString TaskFields::textOf(const QString& name, bool isNeeded) {
    const QJsonValue value = valueOf(keyOf(name));
    check(keyOf(name), value.isString() || (value.isUndefined() && !isNeeded),
          value.isUndefined() ? Text::tr("is missing") : Text::tr("has to be a text"));
    return value.toString();
}

QStringList TaskFields::texts(const QString& name) {
    const QJsonValue value = valueOf(keyOf(name));
    QStringList list;
    for (const QJsonValue& entry : value.isArray() ? value.toArray() : QJsonArray{value}) {
        check(keyOf(name), entry.isString() || value.isUndefined(), Text::tr("has to be a text or a list of texts"));
        if (entry.isString()) {
            list << entry.toString();
        }
    }
    return list;
}

bool TaskFields::flag(const QString& name) {
    const QJsonValue value = valueOf(keyOf(name));
    check(keyOf(name), value.isUndefined() || value.isBool(), Text::tr("has to be true or false"));
    return value.toBool();
}

std::optional<double> TaskFields::number(const QString& name, double lowest, double highest) {
    const QJsonValue value = valueOf(keyOf(name));
    if (value.isUndefined()) {
        return std::nullopt;
    }
    const double number = value.toDouble();
    check(keyOf(name), value.isDouble() && number >= lowest && number <= highest,
          Text::tr("has to be a number from %1 to %2").arg(lowest).arg(highest));
    return number;
}

std::optional<std::int64_t> TaskFields::integer(const QString& name, std::int64_t lowest, std::int64_t highest) {
    constexpr double kLastExact = 9007199254740992.0;
    const auto value = number(name, static_cast<double>(lowest), static_cast<double>(highest));
    check(keyOf(name), !value || *value == std::floor(*value), Text::tr("has to be a whole number"));
    return value ? std::optional(static_cast<std::int64_t>(std::clamp(*value, -kLastExact, kLastExact))) : std::nullopt;
}

void TaskFields::require(bool isFine, const QString& name, const QString& wanted) {
    check(keyOf(name), isFine, Text::tr("has to be %1").arg(wanted));
}

TaskFields TaskFields::object(const QString& key, bool isNeeded) {
    const QJsonValue value = valueOf(key);
    check(key, value.isObject() || (value.isUndefined() && !isNeeded),
          value.isUndefined() ? Text::tr("is missing") : Text::tr("has to be an object"));
    return {value.toObject(), m_path + key + QLatin1Char('.'), m_findings};
}

std::vector<TaskFields> TaskFields::objects(const QString& key) {
    const QJsonValue value = valueOf(key);
    check(key, value.isUndefined() || value.isArray(), Text::tr("has to be a list of objects"));
    std::vector<TaskFields> list;
    for (const QJsonValue& entry : value.toArray()) {
        check(key, entry.isObject(), Text::tr("has to be a list of objects"));
        list.emplace_back(entry.toObject(), m_path + key + QStringLiteral("[]."), m_findings);
    }
    return list;
}

void TaskFields::noteTheRest() {
    for (const QString& key : m_object.keys()) {
        if (!m_known.contains(key)) {
            m_findings.ignored << m_path + key;
        }
    }
}

void TaskFields::check(const QString& key, bool isFine, const QString& what) {
    if (!isFine && m_findings.problem.isEmpty()) {
        m_findings.problem = Text::tr("The task's field \"%1\" %2.").arg(m_path + key, what);
    }
}

/// Null says the same as leaving the field out.
QJsonValue TaskFields::valueOf(const QString& key) {
    m_known << key;
    const QJsonValue value = m_object.value(key);
    return value.isNull() ? QJsonValue(QJsonValue::Undefined) : value;
}

} // namespace app::cli
