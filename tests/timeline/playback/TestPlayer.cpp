#include "tests/timeline/audio/WaveFile.h"
#include "timeline/media/MediaPool.h"
#include "timeline/model/MakeClip.h"
#include "timeline/playback/PlayRun.h"
#include "timeline/playback/Player.h"
#include "timeline/render/LiveFrames.h"
#include "timeline/render/OutputTransform.h"

#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <thread>

using namespace timeline;
using timeline::test::writeWave;
using namespace std::chrono_literals;

namespace {

const FrameRate kRate(25, 1);
constexpr int kFrames = 12;
constexpr auto kLong = 20s; // a failure, not a measure

/// One frame of each grey: what is shown says which frame it is.
TimelinePtr countingTimeline(int frames = kFrames) {
    auto timeline = std::make_shared<Timeline>();
    timeline->format = {kRate, 16, 16, 48000, 2};
    Track track = makeTrack(TrackKind::Video, "V1");
    for (int i = 0; i < frames; ++i) {
        char color[8];
        std::snprintf(color, sizeof color, "#%02x%02x%02x", 10 * i, 10 * i, 10 * i);
        track.items.push_back(makeItem(makeColorClip(color, RationalTime(1, kRate))));
    }
    timeline->tracks.push_back(track);
    return timeline;
}

/// A sound device that is moved by hand.
class HandSink final : public AudioSink {
public:
    explicit HandSink(bool exists = true) : m_exists(exists) {}

    bool start(int sampleRate, int channels, AudioPull pull) override {
        const std::lock_guard lock(m_mutex);
        m_sampleRate = sampleRate;
        m_channels = channels;
        m_pull = std::move(pull);
        m_heard = 0;
        m_starts += m_exists ? 1 : 0;
        m_changed.notify_all();
        return m_exists;
    }
    void stop() override {
        const std::lock_guard lock(m_mutex);
        m_pull = nullptr;
    }
    std::int64_t heardFrames() const override { return m_heard; }

    bool waitForStart(int starts) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, kLong, [&] { return m_starts >= starts; });
    }
    /// What the device would play next.
    std::vector<float> pull(std::int64_t sampleFrames) {
        const std::lock_guard lock(m_mutex);
        std::vector<float> samples(static_cast<std::size_t>(sampleFrames * m_channels), -1.0F);
        if (m_pull) {
            m_pull(samples.data(), sampleFrames);
        }
        return samples;
    }
    int sampleRate() const { return m_sampleRate; }
    /// As if that many frames of film had gone by.
    void hear(std::int64_t frames) { m_heard = samplePosition(RationalTime(frames, kRate), 48000) + 1; }

private:
    const bool m_exists;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    AudioPull m_pull;
    int m_sampleRate = 0;
    int m_channels = 0;
    int m_starts = 0;
    std::atomic<std::int64_t> m_heard{0};
};

/// What the player calls back with.
class Screen {
public:
    PlayerSetup setup(std::shared_ptr<AudioSink> sink, std::shared_ptr<const LiveFrames> live = nullptr) {
        PlayerSetup setup;
        setup.makeRenderer = [live] {
            return SequenceRenderer::create(
                {std::make_shared<MediaPool>(), projectUrls("/nowhere"), live, CompositorChoice::Cpu});
        };
        setup.resolveUrl = projectUrls("/nowhere");
        setup.sink = std::move(sink);
        setup.onFrame = [this](const PlayedFrame& frame) { note([&] { frames.push_back(frame); }); };
        setup.onState = [this](const PlayerState& state) { note([&] { states.push_back(state); }); };
        setup.onError = [this](const Error& error) { note([&] { errors.push_back(error); }); };
        return setup;
    }

    template <typename Predicate>
    bool waitFor(Predicate predicate) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, kLong, predicate);
    }
    bool waitForFrame(std::int64_t frame) {
        return waitFor([&] { return !frames.empty() && frames.back().time.value() == frame; });
    }
    bool waitForSpeed(int speed) {
        return waitFor([&] { return !states.empty() && states.back().speed == speed; });
    }
    std::vector<std::int64_t> times() {
        const std::lock_guard lock(m_mutex);
        std::vector<std::int64_t> values;
        for (const PlayedFrame& frame : frames) {
            values.push_back(frame.time.value());
        }
        return values;
    }

    std::vector<PlayedFrame> frames;
    std::vector<PlayerState> states;
    std::vector<Error> errors;

private:
    template <typename Change>
    void note(Change change) {
        const std::lock_guard lock(m_mutex);
        change();
        m_changed.notify_all();
    }
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

AudioBlock ramp(std::int64_t first, std::int64_t count) {
    AudioBlock block{2, {}};
    for (std::int64_t i = first; i < first + count; ++i) {
        block.samples.insert(block.samples.end(), 2, float(i));
    }
    return block;
}

} // namespace

class TestPlayer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void queueKeepsOrderAndItsLimit() {
        BlockingQueue<int> queue(2);
        QVERIFY(queue.tryPush(1));
        QVERIFY(queue.tryPush(2));
        QVERIFY(!queue.tryPush(3));
        std::jthread producer([&](std::stop_token stop) { queue.push(3, stop); });
        QCOMPARE(queue.pop(), 1);
        QCOMPARE(queue.pop(), 2);
        QCOMPARE(queue.pop(), 3);
        QVERIFY(!queue.tryPop());
        QVERIFY(!queue.popUntil(std::chrono::steady_clock::now()));
        std::jthread waiting([&](std::stop_token stop) { QVERIFY(!queue.pop(stop)); });
        waiting.request_stop();
        waiting.join();
        queue.tryPush(4);
        queue.close();
        QVERIFY(!queue.tryPush(5));
        QCOMPARE(queue.pop(), 4);
        QVERIFY(!queue.pop());
    }

    void pathsStepAndWrap() {
        const TimelinePtr timeline = countingTimeline();
        const auto forward = playPath(*timeline, 3, 1, std::nullopt);
        QCOMPARE(forward->frameAt(0), 3);
        QCOMPARE(forward->frameAt(8), 11);
        QVERIFY(!forward->frameAt(9));
        QCOMPARE(playPath(*timeline, 11, 1, std::nullopt)->start, 0); // from the end: again
        const auto back = playPath(*timeline, 3, -2, std::nullopt);
        QCOMPARE(back->frameAt(1), 1);
        QVERIFY(!back->frameAt(2));
        const TimeRange range{RationalTime(4, kRate), RationalTime(3, kRate)};
        const auto loop = playPath(*timeline, 5, 1, range);
        QCOMPARE(loop->frameAt(1), 6);
        QCOMPARE(loop->frameAt(2), 4);
        QCOMPARE(loop->frameAt(3001), 6);
        QCOMPARE(playPath(*timeline, 0, 1, range)->start, 4);
        QCOMPARE(playPath(*timeline, 5, -1, range)->frameAt(2), 6);
        std::int64_t unbroken = 0;
        QCOMPARE(loop->soundAt(0, 48000, unbroken), 5 * 1920);
        QCOMPARE(unbroken, 2 * 1920);
        QCOMPARE(loop->soundAt(2 * 1920, 48000, unbroken), 4 * 1920);
        QVERIFY(!playPath(Timeline(), 0, 1, std::nullopt));
    }

    void lateSoundIsLeftOut() {
        const TimelinePtr timeline = countingTimeline();
        const auto run = std::make_shared<PlayRun>(*playPath(*timeline, 0, 1, std::nullopt), timeline, nullptr);
        std::vector<float> out(20, -1);
        run->pull(out.data(), 10); // nothing is mixed yet
        QCOMPARE(out, std::vector<float>(20, 0));
        QVERIFY(run->pushSound(ramp(0, 15), {}));
        QVERIFY(run->pushSound(ramp(15, 15), {}));
        run->pull(out.data(), 10);
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(out[std::size_t(2 * i)], float(10 + i)); // in time, across both blocks
        }
        run->cancel();
        QVERIFY(!run->pushSound(ramp(30, 5), {}));
    }

    void standingStillItDrawsTheNewest() {
        Screen screen;
        const auto setup = screen.setup(nullptr);
        Player player(setup);
        player.setTimeline(countingTimeline());
        QVERIFY(screen.waitForFrame(0));
        for (int i = 0; i < kFrames; ++i) {
            player.seek(RationalTime(i, kRate));
        }
        QVERIFY(screen.waitForFrame(kFrames - 1));
        const DisplayImage shown = displayImage(*screen.frames.back().image);
        QCOMPARE(int(shown.pixels[0]), 10 * (kFrames - 1));
        PlanOptions small;
        small.width = small.height = 8;
        player.setOptions(small);
        QVERIFY(screen.waitFor([&] { return screen.frames.back().image->width == 8; }));
    }

    void framesFollowTheSound() {
        Screen screen;
        const auto sink = std::make_shared<HandSink>();
        Player player(screen.setup(sink));
        player.setTimeline(countingTimeline());
        player.play();
        QVERIFY(sink->waitForStart(1));
        QVERIFY(screen.waitForFrame(0));
        for (int i = 1; i < 5; ++i) {
            sink->hear(i);
            QVERIFY(screen.waitForFrame(i));
        }
        // The sound runs away: what is past is dropped and counted, what is due is shown.
        sink->hear(10);
        QVERIFY(screen.waitForFrame(10));
        QVERIFY(screen.waitFor([&] { return screen.states.back().time.value() == 10; }));
        const PlayerState late = screen.states.back();
        QCOMPARE(late.speed, 1);
        QVERIFY(late.droppedFrames > 0);
        sink->hear(11);
        QVERIFY(screen.waitForFrame(11));
        sink->hear(12);
        QVERIFY(screen.waitForSpeed(0)); // the end
        QCOMPARE(screen.states.back().time.value(), 11);
        QVERIFY(screen.errors.empty());
    }

    void theLastFrameIsShownHoweverLate() {
        Screen screen;
        const auto sink = std::make_shared<HandSink>();
        Player player(screen.setup(sink));
        player.setTimeline(countingTimeline(25));
        player.play();
        QVERIFY(sink->waitForStart(1));
        QVERIFY(screen.waitForFrame(0));
        sink->hear(100); // far beyond the end: nothing between is worth its time
        QVERIFY(screen.waitForSpeed(0));
        QCOMPARE(screen.times().back(), 24);
        QVERIFY2(screen.times().size() < 12, "frames were rendered that nobody could see in time");
        QCOMPARE(screen.states.back().time.value(), 24);
        player.seek(RationalTime(20, kRate));
        QVERIFY(screen.waitForFrame(20));
        player.play();
        QVERIFY(sink->waitForStart(2));
        sink->hear(3);
        QVERIFY(screen.waitForFrame(23));
        QTest::qWait(100); // the last frame and the end after it are ready
        sink->hear(5);
        QVERIFY(screen.waitForSpeed(0));
        QCOMPARE(screen.times().back(), 24);
        QCOMPARE(screen.states.back().time.value(), 24);
    }

    void theSoundOfThePathIsPulled() {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        // Every sample of the ramp says which one it is.
        writeWave(path / "ramp.wav", 48000, 24000, [](std::int64_t i) { return int(i); });
        auto timeline = std::make_shared<Timeline>(*countingTimeline());
        ExternalReference ramp;
        ramp.url = "ramp.wav";
        timeline->tracks.push_back(makeTrack(TrackKind::Audio, "A1"));
        timeline->tracks.back().items = {
            makeItem(makeMediaClip(ramp, {RationalTime(0, kRate), RationalTime(kFrames, kRate)}))};
        Screen screen;
        const auto sink = std::make_shared<HandSink>();
        PlayerSetup setup = screen.setup(sink);
        setup.resolveUrl = projectUrls(path);
        Player player(setup);
        player.setTimeline(timeline);
        player.setLoop(TimeRange{RationalTime(2, kRate), RationalTime(4, kRate)});
        player.seek(RationalTime(3, kRate));
        player.play();
        QVERIFY(sink->waitForStart(1));
        QCOMPARE(sink->sampleRate(), 48000);
        const PlayPath played{kRate, 3, 1, 2, 6, true};
        std::int64_t position = 0;
        std::int64_t heard = 0;
        for (int pull = 0; pull < 60; ++pull) {
            const std::vector<float> samples = sink->pull(480);
            for (std::int64_t i = 0; i < 480; ++i, ++position) {
                std::int64_t unbroken = 0;
                const auto expected = static_cast<float>(played.soundAt(position, 48000, unbroken)) / 32768.0F;
                for (const std::size_t side : {0U, 1U}) {
                    const float sample = samples[static_cast<std::size_t>(2 * i) + side];
                    QVERIFY(sample == expected || sample == 0.0F); // right, or not mixed yet
                    heard += sample == expected ? 1 : 0;
                }
            }
            QTest::qWait(5);
        }
        QVERIFY2(heard > position, qPrintable(QString("%1 of %2 samples").arg(heard).arg(2 * position)));
        QVERIFY(screen.errors.empty());
    }

    void soundThatCannotBeReadIsReportedOnce() {
        auto timeline = std::make_shared<Timeline>(*countingTimeline());
        ExternalReference gone;
        gone.url = "gone.wav";
        timeline->tracks.push_back(makeTrack(TrackKind::Audio, "A1"));
        timeline->tracks.back().items = {
            makeItem(makeMediaClip(gone, {RationalTime(0, kRate), RationalTime(kFrames, kRate)}))};
        Screen screen;
        const auto sink = std::make_shared<HandSink>();
        Player player(screen.setup(sink));
        player.setTimeline(timeline);
        player.play();
        QVERIFY(sink->waitForStart(1));
        sink->hear(6); // what is said comes in turn with the frames
        QVERIFY(screen.waitFor([&] { return !screen.errors.empty(); }));
        QCOMPARE(screen.errors.front().code, ErrorCode::FileNotFound);
        sink->hear(12);
        QVERIFY(screen.waitForSpeed(0));
        QCOMPARE(screen.errors.size(), std::size_t(1));
    }

    void itPausesSeeksAndLoops() {
        Screen screen;
        const auto sink = std::make_shared<HandSink>();
        Player player(screen.setup(sink));
        player.setTimeline(countingTimeline());
        player.setLoop(TimeRange{RationalTime(4, kRate), RationalTime(3, kRate)});
        player.play();
        QVERIFY(sink->waitForStart(1));
        QVERIFY(screen.waitForFrame(4));
        sink->hear(4);
        QVERIFY(screen.waitForFrame(5)); // 4 5 6 4 5
        player.pause();
        QVERIFY(screen.waitForSpeed(0));
        QCOMPARE(screen.states.back().time.value(), 5);
        player.setLoop(std::nullopt);
        player.seek(RationalTime(8, kRate));
        QVERIFY(screen.waitForFrame(8));
        player.play();
        QVERIFY(sink->waitForStart(2));
        sink->hear(1);
        QVERIFY(screen.waitForFrame(9));
        player.seek(RationalTime(2, kRate)); // goes on playing there
        QVERIFY(sink->waitForStart(3));
        sink->hear(1);
        QVERIFY(screen.waitForFrame(3));
        player.setTimeline(countingTimeline(6)); // an edit: goes on from where it is
        QVERIFY(sink->waitForStart(4));
        sink->hear(2);
        QVERIFY(screen.waitForFrame(5));
    }

    void withoutADeviceTheSteadyClockRuns() {
        Screen screen;
        Player player(screen.setup(std::make_shared<HandSink>(false)));
        player.setTimeline(countingTimeline());
        QVERIFY(screen.waitForFrame(0));
        player.play();
        QVERIFY(screen.waitForSpeed(1));
        QVERIFY(screen.waitForSpeed(0));
        const PlayerState end = screen.states.back();
        QCOMPARE(end.time.value(), kFrames - 1);
        QCOMPARE(end.shownFrames + end.droppedFrames, kFrames);
        player.play(-1);
        QVERIFY(
            screen.waitFor([&] { return screen.states.back().speed == 0 && screen.states.back().time.value() == 0; }));
    }

    void previewsComeThroughRefresh() {
        auto timeline = std::make_shared<Timeline>(*countingTimeline(2));
        const Clip shot = makeShot(Recipe(), RationalTime(2, kRate));
        timeline->tracks.push_back(makeTrack(TrackKind::Video, "V2"));
        timeline->tracks.back().items.push_back(makeItem(shot));
        const auto live = std::make_shared<LiveFrames>();
        Screen screen;
        Player player(screen.setup(nullptr, live));
        PlanOptions options;
        options.liveShots = {shot.id};
        player.setOptions(options);
        player.setTimeline(timeline);
        QVERIFY(screen.waitForFrame(0));
        Picture white;
        white.width = white.height = 1;
        white.model = ColorModel::Gray;
        white.color.range = ColorRange::Full;
        white.planes = {{1, 1, {std::byte{255}}}};
        live->show(shot.id, {std::make_shared<const Picture>(white)});
        player.refresh();
        QVERIFY(screen.waitFor([&] { return screen.frames.back().image->pixels[4 * (8 * 16 + 8)] == 1.0F; }));
    }

    void itEndsWhilePlaying() {
        for (int i = 0; i < 5; ++i) {
            Screen screen;
            const auto sink = std::make_shared<HandSink>();
            Player player(screen.setup(sink));
            player.setTimeline(countingTimeline());
            player.play();
            if (i > 0) {
                QVERIFY(sink->waitForStart(1));
            }
        }
    }

    void noRendererIsReported() {
        Screen screen;
        PlayerSetup setup = screen.setup(nullptr);
        setup.makeRenderer = [] {
            return Result<std::unique_ptr<SequenceRenderer>>(Error{ErrorCode::NoVulkanDevice, {}, {}});
        };
        Player player(setup);
        player.setTimeline(countingTimeline());
        QVERIFY(screen.waitFor([&] { return !screen.errors.empty(); }));
        QCOMPARE(screen.errors.front().code, ErrorCode::NoVulkanDevice);
    }

    void shuttleKeys() {
        QCOMPARE(Player::shuttled(0, 1), 1);
        QCOMPARE(Player::shuttled(1, 1), 2);
        QCOMPARE(Player::shuttled(8, 1), 8);
        QCOMPARE(Player::shuttled(4, -1), -1);
        QCOMPARE(Player::shuttled(-1, -1), -2);
    }
};

QTEST_MAIN(TestPlayer)
#include "TestPlayer.moc"
