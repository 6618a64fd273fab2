#include "tests/timeline/audio/WaveFile.h"
#include "timeline/audio/AudioMix.h"
#include "timeline/model/MakeClip.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace timeline;
using namespace timeline::test;

namespace {

const FrameRate kNtsc(30000, 1001);

Clip sound(const std::string& url, RationalTime start, RationalTime duration) {
    ExternalReference reference;
    reference.url = url;
    return makeMediaClip(reference, {start, duration});
}

Gap gap(RationalTime duration) {
    Gap made;
    made.id = ItemId::create();
    made.duration = duration;
    return made;
}

template <typename... Items>
Track audioTrack(Items... items) {
    Track made = makeTrack(TrackKind::Audio, "A");
    (made.items.push_back(makeItem(std::move(items))), ...);
    return made;
}

} // namespace

class TestAudioMix : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    Timeline timelineOf(std::vector<Track> tracks, FrameRate rate = kNtsc) {
        Timeline timeline;
        timeline.format.rate = rate;
        timeline.tracks = std::move(tracks);
        return timeline;
    }
    AudioMix mix() { return AudioMix(projectUrls(m_folder.path().toStdString())); }

private Q_SLOTS:
    void initTestCase() {
        const std::filesystem::path folder = m_folder.path().toStdString();
        // Every sample of the ramp says which one it is.
        writeWave(folder / "ramp.wav", 48000, 32000, [](std::int64_t i) { return int(i); });
        writeWave(folder / "half.wav", 48000, 48000, [](std::int64_t) { return 16384; });
    }

    void positionsDoNotDrift() {
        QCOMPARE(samplePosition(RationalTime(1, kNtsc), 48000), 1601);
        QCOMPARE(samplePosition(RationalTime(2, kNtsc), 48000), 3203);
        QCOMPARE(samplePosition(RationalTime(5, kNtsc), 48000), 8008);
        QCOMPARE(samplePosition(RationalTime(30000 * 3600, kNtsc), 48000), std::int64_t(1001) * 3600 * 48000);
        QCOMPARE(samplePosition(RationalTime(-1, kNtsc), 48000), -1602);
    }

    void clipsLieExactlyWhereTheyAre() {
        // Seven frames of nothing, then the ramp from its frame 3 on, for 4 frames.
        const Timeline timeline = timelineOf({audioTrack(
            gap(RationalTime(7, kNtsc)), sound("ramp.wav", RationalTime(3, kNtsc), RationalTime(4, kNtsc)))});
        const std::int64_t first = 7 * 1001 * 48000 / 30000;
        const std::int64_t end = 11 * 1001 * 48000 / 30000;
        const std::int64_t source = 3 * 1001 * 48000 / 30000;
        AudioMix mixer = mix();
        const AudioBlock block = mixer.mix(timeline, 0, end + 100);
        QVERIFY(mixer.problems().empty());
        QCOMPARE(block.frameCount(), end + 100);
        for (std::int64_t i = 0; i < end + 100; ++i) {
            const double expected = i >= first && i < end ? double(source + i - first) / 32768 : 0;
            QCOMPARE(double(block.samples[std::size_t(2 * i)]), expected);
            QCOMPARE(double(block.samples[std::size_t(2 * i + 1)]), expected);
        }
        // Any split gives the same, from before the beginning too.
        std::vector<float> pieces;
        for (std::int64_t at = -10; at < end + 100; at += 777) {
            const AudioBlock piece = mixer.mix(timeline, at, std::min<std::int64_t>(777, end + 100 - at));
            pieces.insert(pieces.end(), piece.samples.begin(), piece.samples.end());
        }
        QCOMPARE(std::vector<float>(pieces.begin() + 20, pieces.end()), block.samples);
    }

    void tracksAddUpWithTheirGain() {
        const RationalTime second(25, FrameRate(25, 1));
        const RationalTime zero(0, FrameRate(25, 1));
        Clip quiet = sound("half.wav", zero, second);
        quiet.properties.gainDb = 20 * std::log10(0.5);
        Clip silent = sound("half.wav", zero, second);
        silent.properties.gainDb = -96;
        Clip off = sound("half.wav", zero, second);
        off.enabled = false;
        Track muted = audioTrack(sound("half.wav", zero, second));
        muted.enabled = false;
        Track picture = audioTrack(sound("half.wav", zero, second));
        picture.kind = TrackKind::Video;
        const Timeline timeline = timelineOf({picture, audioTrack(sound("half.wav", zero, second)), audioTrack(quiet),
                                              audioTrack(silent), audioTrack(off), muted},
                                             FrameRate(25, 1));
        const AudioBlock block = mix().mix(timeline, 1000, 4);
        for (const float sample : block.samples) {
            QVERIFY(std::abs(sample - 0.75F) < 1e-6F);
        }
    }

    void transitionsAreEqualPower() {
        const FrameRate rate(25, 1);
        Transition fade;
        fade.id = ItemId::create();
        fade.inOffset = RationalTime(2, rate);
        fade.outOffset = RationalTime(2, rate);
        const Timeline timeline =
            timelineOf({audioTrack(sound("half.wav", RationalTime(0, rate), RationalTime(10, rate)), fade,
                                   sound("half.wav", RationalTime(5, rate), RationalTime(10, rate)))},
                       rate);
        const AudioBlock block = mix().mix(timeline, 0, 20 * 1920);
        const auto at = [&](std::int64_t sample) { return block.samples[std::size_t(2 * sample)]; };
        QCOMPARE(at(8 * 1920 - 1), 0.5F);
        QCOMPARE(at(12 * 1920), 0.5F);
        for (std::int64_t i = 8 * 1920; i < 12 * 1920; ++i) {
            const double share = (double(i - 8 * 1920) + 0.5) / (4 * 1920) * std::acos(-1) / 2;
            QVERIFY(std::abs(at(i) - 0.5 * (std::cos(share) + std::sin(share))) < 1e-5);
        }
    }

    void allThatIsHeardAtOnceStaysOpen() {
        const RationalTime second(25, FrameRate(25, 1));
        std::vector<Track> tracks;
        for (int i = 0; i < 24; ++i) {
            tracks.push_back(audioTrack(sound("half.wav", RationalTime(0, FrameRate(25, 1)), second)));
        }
        const auto openFiles = [this] {
            int count = 0;
            for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
                std::error_code gone;
                count += std::filesystem::read_symlink(entry.path(), gone).parent_path() ==
                                 std::filesystem::canonical(m_folder.path().toStdString())
                             ? 1
                             : 0;
            }
            return count;
        };
        AudioMix mixer = mix();
        mixer.mix(timelineOf(tracks, FrameRate(25, 1)), 0, 100);
        QCOMPARE(openFiles(), 24);
        tracks.resize(1);
        mixer.mix(timelineOf(tracks, FrameRate(25, 1)), 0, 100);
        QVERIFY(openFiles() <= 16);
    }

    void filesThatComeOrChangeAreHeard() {
        const std::filesystem::path folder = m_folder.path().toStdString();
        const Timeline timeline =
            timelineOf({audioTrack(sound("music.wav", RationalTime(0, kNtsc), RationalTime(9, kNtsc)))});
        AudioMix mixer = mix();
        QCOMPARE(mixer.mix(timeline, 0, 10).samples, std::vector<float>(20, 0));
        writeWave(folder / "music.wav", 48000, 4800, [](std::int64_t) { return 8192; });
        QCOMPARE(mixer.mix(timeline, 10, 10).samples, std::vector<float>(20, 0.25F));
        writeWave(folder / "other.wav", 48000, 4800, [](std::int64_t) { return 16384; });
        std::filesystem::rename(folder / "other.wav", folder / "music.wav");
        QCOMPARE(mixer.mix(timeline, 20, 10).samples, std::vector<float>(20, 0.5F));
        std::filesystem::remove(folder / "music.wav");
        QCOMPARE(mixer.mix(timeline, 30, 10).samples, std::vector<float>(20, 0));
        QCOMPARE(mixer.problems().size(), std::size_t(2)); // missing, and missing again
    }

    void stoppedItIsSilentAndNoProblem() {
        const Timeline timeline =
            timelineOf({audioTrack(sound("half.wav", RationalTime(0, kNtsc), RationalTime(9, kNtsc)))});
        AudioMix mixer = mix();
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(mixer.mix(timeline, 0, 10, stop.get_token()).samples, std::vector<float>(20, 0));
        QVERIFY(mixer.problems().empty());
        QCOMPARE(mixer.mix(timeline, 0, 10).samples, std::vector<float>(20, 0.5F));
    }

    void whatCannotBeReadIsSilentAndReportedOnce() {
        const Timeline timeline =
            timelineOf({audioTrack(sound("gone.wav", RationalTime(0, kNtsc), RationalTime(9, kNtsc)))});
        AudioMix mixer = mix();
        QCOMPARE(mixer.mix(timeline, 0, 10).samples, std::vector<float>(20, 0));
        mixer.mix(timeline, 10, 10);
        QCOMPARE(mixer.problems().size(), std::size_t(1));
        QCOMPARE(mixer.problems().front().code, ErrorCode::FileNotFound);
    }
};

QTEST_GUILESS_MAIN(TestAudioMix)
#include "TestAudioMix.moc"
