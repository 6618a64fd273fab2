#include "ui/monitor/QtAudioSink.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QIODevice>
#include <QMediaDevices>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>

namespace ui {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t nowMicroseconds() {
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch()).count();
}

/// What the device reads from: turns bytes asked for into sample frames pulled.
class PullDevice : public QIODevice {
public:
    PullDevice(timeline::AudioPull pull, int channels) : m_pull(std::move(pull)), m_channels(channels) {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    std::int64_t pulledFrames() const { return m_pulled.load(); }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return 1 << 20; }

protected:
    qint64 readData(char* data, qint64 bytes) override {
        const qint64 frames = bytes / bytesPerFrame();
        m_pull(reinterpret_cast<float*>(data), frames);
        m_pulled += frames;
        return frames * bytesPerFrame();
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    qint64 bytesPerFrame() const { return static_cast<qint64>(sizeof(float)) * m_channels; }

    timeline::AudioPull m_pull;
    int m_channels;
    std::atomic<std::int64_t> m_pulled = 0;
};

} // namespace

/// Owns the QAudioSink on the sound thread, and tells how far it is: sampled there, extrapolated by the steady clock
/// in between, because QAudioSink answers only in its own thread.
class QtAudioSink::Device : public QObject {
public:
    bool start(int sampleRate, int channels, timeline::AudioPull pull) {
        QAudioFormat format;
        format.setSampleRate(sampleRate);
        format.setChannelCount(channels);
        format.setSampleFormat(QAudioFormat::Float);
        // What is plugged in now, not when the program began.
        const QAudioDevice output = QMediaDevices::defaultAudioOutput();
        if (output.isNull() || !output.isFormatSupported(format)) {
            return false;
        }
        m_rate = sampleRate;
        m_source = std::make_unique<PullDevice>(std::move(pull), channels);
        m_sink = std::make_unique<QAudioSink>(output, format);
        m_sink->setBufferSize(format.bytesForDuration(100'000));
        m_heard = 0;
        m_sampledAt = 0;
        m_sink->start(m_source.get());
        if (m_sink->error() != QAudio::NoError) {
            stop();
            return false;
        }
        m_timer = std::make_unique<QTimer>();
        QObject::connect(m_timer.get(), &QTimer::timeout, this, [this] { sample(); });
        m_timer->start(20);
        return true;
    }

    void stop() {
        m_timer.reset();
        if (m_sink) {
            m_sink->reset();
        }
        m_sink.reset();
        m_source.reset();
    }

    std::int64_t heardFrames() const {
        const std::int64_t at = m_sampledAt.load();
        const std::int64_t since = at == 0 ? 0 : std::clamp<std::int64_t>(nowMicroseconds() - at, 0, 100'000);
        return m_heard.load() + since * m_rate.load() / 1'000'000;
    }

private:
    void sample() {
        const int bytesPerFrame = m_sink->format().bytesPerFrame();
        const auto waiting = (m_sink->bufferSize() - m_sink->bytesFree()) / bytesPerFrame;
        const std::int64_t heard = std::max<std::int64_t>(0, m_source->pulledFrames() - waiting);
        if (heard > 0) {
            m_heard = std::max(m_heard.load(), heard);
            m_sampledAt = nowMicroseconds();
        }
    }

    std::unique_ptr<PullDevice> m_source;
    std::unique_ptr<QAudioSink> m_sink;
    std::unique_ptr<QTimer> m_timer;
    std::atomic<std::int64_t> m_heard = 0;
    std::atomic<std::int64_t> m_sampledAt = 0;
    std::atomic<std::int64_t> m_rate = 48000;
};

QtAudioSink::QtAudioSink() : m_device(new Device) {
    m_device->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_device, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("sound"));
    m_thread.start();
}

QtAudioSink::~QtAudioSink() {
    stop();
    m_thread.quit();
    m_thread.wait();
}

bool QtAudioSink::start(int sampleRate, int channels, timeline::AudioPull pull) {
    bool started = false;
    QMetaObject::invokeMethod(
        m_device,
        [&] {
            m_device->stop();
            started = m_device->start(sampleRate, channels, std::move(pull));
        },
        Qt::BlockingQueuedConnection);
    return started;
}

void QtAudioSink::stop() {
    QMetaObject::invokeMethod(m_device, [this] { m_device->stop(); }, Qt::BlockingQueuedConnection);
}

std::int64_t QtAudioSink::heardFrames() const {
    return m_device->heardFrames();
}

} // namespace ui
