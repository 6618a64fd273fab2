#pragma once

#include "timeline/playback/AudioSink.h"

#include <QThread>

#include <memory>

namespace ui {

/// The sound device, through Qt Multimedia. Without a device start() is false and the player runs by the steady clock.
/// Thread: made and destroyed in the GUI thread; start() and stop() from one other; the device is served on a thread of
/// its own.
class QtAudioSink : public timeline::AudioSink {
public:
    QtAudioSink();
    ~QtAudioSink() override;

    bool start(int sampleRate, int channels, timeline::AudioPull pull) override;
    void stop() override;
    std::int64_t heardFrames() const override;

private:
    class Device;

    QThread m_thread;
    Device* m_device; ///< lives in m_thread
};

} // namespace ui
