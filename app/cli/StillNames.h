#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace app::cli {

/// The names of numbered pictures. Only the last part of what the user wrote is looked at, for one number pattern
/// ("%d", "%04d"); all other characters stand for themselves.
///
///     "shot.%03d.png"  ->  shot.001.png        "shot.png"  ->  shot.0001.png
///     "shot/"          ->  shot/frame.0001.png
///
/// Thread: a value.
class StillNames {
public:
    /// Nothing when `output` names no pictures: another suffix, or more than one number.
    static std::optional<StillNames> from(const QString& output);

    QString folder() const { return m_folder; }
    QString file(std::int64_t number) const;

private:
    StillNames(QString folder, const QString& name);

    QString m_folder;
    QString m_before; ///< the number
    QString m_after;
    int m_digits = 0;
};

/// Whether `output` stands for a folder to put pictures in: it is one, ends with a slash or has no suffix.
bool isFolderName(const QString& output);

/// What to call one of several takes: "a-1.mp4", "a-1.%04d.png", "a-1/".
QString outputOfTake(const QString& output, int take);

} // namespace app::cli
