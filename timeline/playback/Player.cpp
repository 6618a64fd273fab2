#include "timeline/playback/Player.h"

#include "timeline/playback/PlayerEngine.h"

#include <algorithm>
#include <utility>

namespace timeline {

Player::Player(PlayerSetup setup) : m_engine(std::make_unique<Engine>(std::move(setup))) {}

Player::~Player() = default;

void Player::setTimeline(TimelinePtr timeline) {
    m_engine->post([timeline = std::move(timeline)](Engine& engine) { engine.setTimeline(timeline); });
}

void Player::setOptions(PlanOptions options) {
    m_engine->post([options = std::move(options)](Engine& engine) { engine.setOptions(options); });
}

void Player::refresh() {
    m_engine->post([](Engine& engine) { engine.refresh(); });
}

void Player::play(int speed) {
    m_engine->post([speed](Engine& engine) { engine.play(speed); });
}

void Player::pause() {
    m_engine->post([](Engine& engine) { engine.pause(); });
}

void Player::seek(RationalTime time) {
    m_engine->post([time](Engine& engine) { engine.seek(time); });
}

void Player::setLoop(std::optional<TimeRange> range) {
    m_engine->post([range = std::move(range)](Engine& engine) { engine.setLoop(range); });
}

int Player::shuttled(int speed, int direction) {
    constexpr int kFastest = 8;
    return speed * direction > 0 ? std::clamp(speed * 2, -kFastest, kFastest) : direction;
}

} // namespace timeline
