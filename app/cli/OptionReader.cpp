#include "app/cli/OptionReader.h"

#include <QCoreApplication>

#include <cmath>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(OptionReader)
};

} // namespace

std::optional<std::int64_t> OptionReader::integer(const QString& name, std::int64_t lowest, std::int64_t highest) {
    if (!isSet(name)) {
        return std::nullopt;
    }
    bool isNumber = false;
    const qint64 value = text(name).toLongLong(&isNumber);
    require(isNumber && value >= lowest && value <= highest, name,
            Text::tr("a whole number from %1 to %2").arg(lowest).arg(highest));
    return value;
}

std::optional<double> OptionReader::number(const QString& name, double lowest, double highest) {
    if (!isSet(name)) {
        return std::nullopt;
    }
    bool isNumber = false;
    const double value = text(name).toDouble(&isNumber);
    require(isNumber && value >= lowest && value <= highest, name,
            Text::tr("a number from %1 to %2").arg(lowest).arg(highest));
    return value;
}

std::optional<timeline::FrameRate> OptionReader::rate(const QString& name) {
    if (!isSet(name)) {
        return std::nullopt;
    }
    const auto value = parseRate(text(name));
    require(value.has_value(), name, Text::tr("frames a second, such as 24, 23.976 or 24000/1001"));
    return value;
}

void OptionReader::require(bool isFine, const QString& name, const QString& wanted) {
    if (!isFine && m_problem.isEmpty()) {
        m_problem = Text::tr("--%1 takes %2, not \"%3\".").arg(name, wanted, text(name));
    }
}

std::optional<timeline::FrameRate> parseRate(const QString& text) {
    const QStringList parts = text.split(u'/');
    bool isFine = false;
    if (parts.size() == 2) {
        bool isFineBelow = false;
        const qint64 above = parts[0].toLongLong(&isFine);
        const qint64 below = parts[1].toLongLong(&isFineBelow);
        isFine = isFine && isFineBelow && timeline::FrameRate::isValid(above, below) && above <= 1000 * below &&
                 above >= below;
        return isFine ? std::optional(timeline::FrameRate(above, below)) : std::nullopt;
    }
    const double value = text.toDouble(&isFine);
    isFine = isFine && std::isfinite(value) && value >= 1.0 && value <= 1000.0;
    return isFine ? std::optional(timeline::FrameRate::fromDouble(value)) : std::nullopt;
}

} // namespace app::cli
