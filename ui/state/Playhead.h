#pragma once

#include "timeline/time/TimeRange.h"

#include <QObject>

#include <optional>

namespace ui {

/// Where the sequence is being looked at, shared by the monitor, the ruler and the menus. Following the player and
/// being moved by hand are two things: only the second asks the player for another frame.
/// Thread: GUI.
class Playhead : public QObject {
    Q_OBJECT

public:
    explicit Playhead(QObject* parent = nullptr);

    timeline::RationalTime position() const { return m_position; }
    /// The marked part [in, out) to play, loop or export.
    const std::optional<timeline::TimeRange>& range() const { return m_range; }

    /// Follows the player. Emits moved().
    void follow(timeline::RationalTime position);
    /// Follows the player to where it has stopped. Emits moved(), then stopped().
    void stopAt(timeline::RationalTime position);
    /// Moved by hand. Negative times become zero. Emits moved(), then sought().
    void seek(timeline::RationalTime position);
    void setRange(std::optional<timeline::TimeRange> range);

Q_SIGNALS:
    void moved(timeline::RationalTime position);
    void sought(timeline::RationalTime position);
    void stopped(timeline::RationalTime position);
    void rangeChanged();

private:
    timeline::RationalTime m_position;
    std::optional<timeline::TimeRange> m_range;
};

} // namespace ui
