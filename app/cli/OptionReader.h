#pragma once

#include "app/cli/SettingSource.h"
#include "timeline/time/FrameRate.h"

#include <QCommandLineParser>
#include <QString>

#include <cstdint>
#include <optional>

namespace app::cli {

/// The options of a command as a source of settings: one check at the end tells whether all were fine.
/// Thread: main.
class OptionReader : public SettingSource {
public:
    explicit OptionReader(const QCommandLineParser& parser) : m_parser(parser) {}

    bool isSet(const QString& name) override { return m_parser.isSet(name); }
    QString text(const QString& name) override { return m_parser.value(name); }
    QStringList texts(const QString& name) override { return m_parser.values(name); }
    bool flag(const QString& name) override { return m_parser.isSet(name); }
    std::optional<std::int64_t> integer(const QString& name, std::int64_t lowest, std::int64_t highest) override;
    std::optional<double> number(const QString& name, double lowest, double highest) override;
    std::optional<timeline::FrameRate> rate(const QString& name);

    void require(bool isFine, const QString& name, const QString& wanted) override;
    const QString& problem() const { return m_problem; } ///< empty: all values so far are fine

private:
    const QCommandLineParser& m_parser;
    QString m_problem;
};

/// "24", "23.976" or "24000/1001"; nothing for what is no rate up to 1000.
std::optional<timeline::FrameRate> parseRate(const QString& text);

} // namespace app::cli
