#include "ui/state/Playhead.h"

namespace ui {

Playhead::Playhead(QObject* parent) : QObject(parent) {}

void Playhead::follow(timeline::RationalTime position) {
    if (position == m_position && position.rate() == m_position.rate()) {
        return;
    }
    m_position = position;
    Q_EMIT moved(m_position);
}

void Playhead::stopAt(timeline::RationalTime position) {
    follow(position);
    Q_EMIT stopped(m_position);
}

void Playhead::seek(timeline::RationalTime position) {
    follow(position.value() < 0 ? timeline::RationalTime(0, position.rate()) : position);
    Q_EMIT sought(m_position);
}

void Playhead::setRange(std::optional<timeline::TimeRange> range) {
    if (range && range->isEmpty()) {
        range.reset();
    }
    if (range != m_range) {
        m_range = range;
        Q_EMIT rangeChanged();
    }
}

} // namespace ui
