#include "ui/monitor/PlayerLink.h"

#include "ui/monitor/Monitor.h"
#include "ui/monitor/Transport.h"
#include "ui/state/Playhead.h"

#include "timeline/document/TimelineDocument.h"
#include "timeline/model/Query.h"

#include <algorithm>

namespace ui {

PlayerLink::PlayerLink(Monitor& monitor, Playhead& playhead, timeline::TimelineDocument& document, QObject* parent)
    : QObject(parent), m_monitor(monitor), m_playhead(playhead), m_document(document) {}

PlayerLink::~PlayerLink() {
    m_player.reset();
}

void PlayerLink::start(timeline::PlayerSetup setup) {
    setup.onFrame = [this](const timeline::PlayedFrame& played) {
        // The conversion happens here, on the player's thread: the GUI thread only hands a pointer on.
        auto image = played.image
                         ? std::make_shared<const timeline::DisplayImage>(timeline::displayImage(*played.image))
                         : nullptr;
        QMetaObject::invokeMethod(
            this,
            [this, image, played = timeline::PlayedFrame{{}, played.time, played.problems}] {
                showFrame(image, played);
            },
            Qt::QueuedConnection);
    };
    setup.onState = [this](const timeline::PlayerState& state) {
        QMetaObject::invokeMethod(this, [this, state] { followState(state); }, Qt::QueuedConnection);
    };
    setup.onError = [this](const timeline::Error& error) {
        QMetaObject::invokeMethod(this, [this, error] { tell({error}); }, Qt::QueuedConnection);
    };
    m_player = std::make_unique<timeline::Player>(std::move(setup));
    connectPlayer();
    m_player->setTimeline(m_document.timeline());
    refreshOptions();
    m_player->seek(m_playhead.position());
}

void PlayerLink::connectPlayer() {
    const auto follow = [this] {
        m_player->setTimeline(m_document.timeline());
        refreshLoop();
    };
    connect(&m_document, &timeline::TimelineDocument::changed, this, follow);
    connect(&m_document, &timeline::TimelineDocument::wasReset, this, [this, follow] {
        m_told.clear();
        follow();
        refreshOptions();
    });
    connect(&m_playhead, &Playhead::sought, this, [this](timeline::RationalTime time) { m_player->seek(time); });
    connect(&m_playhead, &Playhead::rangeChanged, this, &PlayerLink::refreshLoop);
    connect(&m_monitor, &Monitor::pictureSizeChanged, this, &PlayerLink::refreshOptions);
    connect(&m_monitor.transport(), &Transport::loopRequested, this, &PlayerLink::refreshLoop);
    connect(&m_monitor.transport(), &Transport::speedRequested, this, [this](int speed) {
        if (speed == 0) {
            m_player->pause();
            return;
        }
        const timeline::RationalTime end = timeline::timelineDuration(*m_document.timeline());
        // Play at the end begins again, as everywhere.
        if (speed > 0 && m_playhead.position() + timeline::RationalTime(1, end.rate()) >= end) {
            m_playhead.seek(timeline::RationalTime(0, end.rate()));
        }
        m_player->play(speed);
    });
}

void PlayerLink::setLiveShots(std::vector<timeline::ItemId> shots) {
    if (shots == m_liveShots) {
        return;
    }
    m_liveShots = std::move(shots);
    m_monitor.setLive(!m_liveShots.empty());
    refreshOptions();
}

void PlayerLink::refresh() {
    if (m_player) {
        m_player->refresh();
    }
}

void PlayerLink::refreshOptions() {
    if (!m_player) {
        return;
    }
    const QSize size = m_monitor.pictureSize();
    timeline::PlanOptions options =
        timeline::fittedInto(m_document.timeline()->format, std::max(16, size.width()), std::max(16, size.height()));
    options.liveShots = m_liveShots;
    m_player->setOptions(options);
}

void PlayerLink::refreshLoop() {
    if (!m_player) {
        return;
    }
    const timeline::RationalTime end = timeline::timelineDuration(*m_document.timeline());
    const timeline::TimeRange all{timeline::RationalTime(0, end.rate()), end};
    const bool loops = m_monitor.transport().isLooping() && !all.isEmpty();
    m_player->setLoop(loops ? std::optional(m_playhead.range().value_or(all)) : std::nullopt);
}

void PlayerLink::showFrame(DisplayImagePtr image, const timeline::PlayedFrame& played) {
    m_monitor.showFrame(std::move(image));
    if (m_monitor.transport().speed() != 0) {
        m_playhead.follow(played.time);
    }
    tell(played.problems);
}

void PlayerLink::followState(const timeline::PlayerState& state) {
    // Only where playing ends: while it stands still the playhead leads and the player follows.
    const bool hasStopped = state.speed == 0 && m_monitor.transport().speed() != 0;
    m_monitor.transport().setSpeed(state.speed);
    if (hasStopped) {
        m_playhead.stopAt(state.time);
    }
}

void PlayerLink::tell(const std::vector<timeline::Error>& problems) {
    std::vector<timeline::Error> fresh;
    for (const timeline::Error& problem : problems) {
        // That a shot was not generated yet is nothing that went wrong, and its slate says so.
        const bool isKnown = problem.code == timeline::ErrorCode::NotGenerated;
        if (!isKnown && std::find(m_told.begin(), m_told.end(), problem) == m_told.end()) {
            m_told.push_back(problem);
            fresh.push_back(problem);
        }
    }
    if (!fresh.empty()) {
        Q_EMIT problemsRaised(fresh);
    }
}

} // namespace ui
