#pragma once

#include "timeline/playback/Player.h"
#include "ui/monitor/Monitor.h"

#include <QObject>

#include <memory>
#include <vector>

namespace timeline {
class TimelineDocument;
}

namespace ui {

class Playhead;

/// Connects a player to the monitor, the transport bar, the playhead and the document, and owns the player. The
/// player's threads hand frames over through queued calls. Thread: GUI.
class PlayerLink : public QObject {
    Q_OBJECT

public:
    /// All three outlive the link.
    PlayerLink(Monitor& monitor, Playhead& playhead, timeline::TimelineDocument& document, QObject* parent = nullptr);
    ~PlayerLink() override;

    /// Makes the player; onFrame, onState and onError of the setup are the link's.
    void start(timeline::PlayerSetup setup);
    /// The shots whose preview shows in place of their take.
    void setLiveShots(std::vector<timeline::ItemId> shots);
    /// Draws again: a preview or a file has changed.
    void refresh();

Q_SIGNALS:
    /// Frames could not be drawn, or media is missing; told once for each.
    void problemsRaised(const std::vector<timeline::Error>& problems);

private:
    void connectPlayer();
    void showFrame(DisplayImagePtr image, const timeline::PlayedFrame& played);
    void followState(const timeline::PlayerState& state);
    void tell(const std::vector<timeline::Error>& problems);
    void refreshOptions();
    void refreshLoop();

    Monitor& m_monitor;
    Playhead& m_playhead;
    timeline::TimelineDocument& m_document;
    std::vector<timeline::ItemId> m_liveShots;
    std::vector<timeline::Error> m_told;
    std::unique_ptr<timeline::Player> m_player; ///< last: its threads end before the rest goes
};

} // namespace ui
