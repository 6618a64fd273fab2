#include "ui/state/ShotStates.h"

#include <algorithm>
#include <utility>

namespace ui {

ShotStates::ShotStates(QObject* parent) : QObject(parent) {}

ShotState ShotStates::state(timeline::ItemId shot) const {
    const auto found = m_states.find(shot);
    return found == m_states.end() ? ShotState{} : found->second;
}

void ShotStates::setState(timeline::ItemId shot, const ShotState& newState) {
    if (state(shot) == newState) {
        return;
    }
    if (newState == ShotState{}) {
        m_states.erase(shot);
    } else {
        m_states[shot] = newState;
    }
    Q_EMIT changed(shot);
}

void ShotStates::clear() {
    const auto old = std::exchange(m_states, {});
    for (const auto& [shot, state] : old) {
        Q_EMIT changed(shot);
    }
}

std::size_t ShotStates::staleCount() const {
    return static_cast<std::size_t>(
        std::count_if(m_states.begin(), m_states.end(), [](const auto& entry) { return entry.second.isStale; }));
}

bool ShotStates::anyPreview() const {
    return std::any_of(m_states.begin(), m_states.end(), [](const auto& entry) { return entry.second.hasPreview; });
}

} // namespace ui
