#pragma once

#include "timeline/model/Ids.h"

#include <QObject>

#include <cstdint>
#include <unordered_map>

namespace ui {

/// What the queue is doing with a shot, and whether its chosen take still fits what the model would see now.
struct ShotState {
    enum class Phase : std::uint8_t { Idle, Queued, Running, Failed };

    Phase phase = Phase::Idle;
    double progress = -1.0; ///< 0 to 1 while running; below 0 while unknown
    bool isStale = false;
    bool hasPreview = false; ///< frames of the running job show in the monitor

    bool operator==(const ShotState&) const = default;
};

/// The states of all shots; whoever runs the jobs writes them, the timeline and the panels show them.
/// Thread: GUI.
class ShotStates : public QObject {
    Q_OBJECT

public:
    explicit ShotStates(QObject* parent = nullptr);

    ShotState state(timeline::ItemId shot) const; ///< the idle state for shots never set
    void setState(timeline::ItemId shot, const ShotState& state);
    void clear();
    std::size_t staleCount() const;
    bool anyPreview() const;

Q_SIGNALS:
    void changed(timeline::ItemId shot);

private:
    std::unordered_map<timeline::ItemId, ShotState> m_states;
};

} // namespace ui
