#pragma once

#include "timeline/time/FrameRate.h"

#include <QCommandLineParser>
#include <QString>

#include <cstdint>
#include <optional>

namespace app::cli {

/// Reads option values with their limits and remembers the first that is wrong, for one check at the end.
/// Thread: main.
class OptionReader {
public:
    explicit OptionReader(const QCommandLineParser& parser) : m_parser(parser) {}

    bool isSet(const QString& name) const { return m_parser.isSet(name); }
    QString text(const QString& name) const { return m_parser.value(name); }
    QStringList texts(const QString& name) const { return m_parser.values(name); }
    std::optional<std::int64_t> integer(const QString& name, std::int64_t lowest, std::int64_t highest);
    std::optional<double> number(const QString& name, double lowest, double highest);
    std::optional<timeline::FrameRate> rate(const QString& name);

    /// Notes that the value of `name` has to be `wanted`, unless it is fine.
    void require(bool isFine, const QString& name, const QString& wanted);
    const QString& problem() const { return m_problem; } ///< empty: all values so far are fine

private:
    const QCommandLineParser& m_parser;
    QString m_problem;
};

/// "24", "23.976" or "24000/1001"; nothing for what is no rate up to 1000.
std::optional<timeline::FrameRate> parseRate(const QString& text);

} // namespace app::cli
