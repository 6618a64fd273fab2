#include "tests/timeline/media/Clips.h"
#include "timeline/media/AudioDecoder.h"
#include "timeline/media/Probe.h"
#include "timeline/media/Waveform.h"

#include <QElapsedTimer>
#include <QTest>

#include <cmath>
#include <numeric>
#include <random>

using namespace timeline;

class TestAudioDecoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsTheVerySamples();
    void givesTheSameSamplesForAnySplit_data();
    void givesTheSameSamplesForAnySplit();
    void findsFarPlacesAtOnce_data();
    void findsFarPlacesAtOnce();
    void hearsAClickWhereItIs_data();
    void hearsAClickWhereItIs();
    void mixesChannels_data();
    void mixesChannels();
    void keepsSoundWithPicture();
    void survivesAChangeOfRate();
    void runsOnWhereTheClockIsSetAnew_data();
    void runsOnWhereTheClockIsSetAnew();
    void reportsWhatIsNoSound();
    void findsPeaks();

private:
    Clips m_clips;
    static constexpr int kClick = 30'011;
};

namespace {

using Args = QStringList;

QByteArray littleEndian(std::int64_t value, int bytes) {
    QByteArray out;
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>((value >> (8 * i)) & 0xff);
    }
    return out;
}

QByteArray wave(const std::vector<std::int16_t>& samples, int rate, int channels) {
    QByteArray data;
    for (const std::int16_t sample : samples) {
        data += littleEndian(sample, 2);
    }
    return "RIFF" + littleEndian(36 + data.size(), 4) + "WAVEfmt " + littleEndian(16, 4) + littleEndian(1, 2) +
           littleEndian(channels, 2) + littleEndian(rate, 4) + littleEndian(rate * channels * 2, 4) +
           littleEndian(channels * 2, 2) + littleEndian(16, 2) + "data" + littleEndian(data.size(), 4) + data;
}

std::vector<std::int16_t> noise(int count) {
    std::mt19937 random(11);
    std::vector<std::int16_t> samples;
    for (int i = 0; i < count; ++i) {
        samples.push_back(static_cast<std::int16_t>(static_cast<int>(random() % 2001U) - 1000));
    }
    return samples;
}

/// A rising tone: no two places are alike. Not noise, for which decoders throw dice that depend on what came before.
std::vector<std::int16_t> chirp(int count, int rate) {
    std::vector<std::int16_t> samples;
    for (int i = 0; i < count; ++i) {
        const double t = static_cast<double>(i) / rate;
        samples.push_back(
            static_cast<std::int16_t>(std::lround(3000.0 * std::sin(2.0 * M_PI * (300.0 + 200.0 * t) * t))));
    }
    return samples;
}

} // namespace

void TestAudioDecoder::initTestCase() {
    std::vector<std::int16_t> samples = chirp(4 * 44100, 44100);
    samples[kClick] = 32767;
    QVERIFY(m_clips.write("chirp.wav", wave(samples, 44100, 1)));
}

void TestAudioDecoder::readsTheVerySamples() {
    std::vector<std::int16_t> samples = noise(20000);
    QVERIFY(m_clips.write("exact.wav", wave(samples, 48000, 2)));
    const auto decoder = AudioDecoder::open(m_clips.path("exact.wav"), 48000, 2);
    QVERIFY(decoder);
    for (const std::int64_t start : {7000, 0, 9990, 33, -50, 20000}) {
        const auto read = (*decoder)->read(start, 100);
        QVERIFY(read);
        QCOMPARE(read->size(), 200U);
        for (std::size_t i = 0; i < 200; ++i) {
            const std::int64_t at = start * 2 + static_cast<std::int64_t>(i);
            const bool isInside = at >= 0 && at < 20000;
            QCOMPARE((*read)[i],
                     isInside ? static_cast<float>(samples[static_cast<std::size_t>(at)]) / 32768.0F : 0.0F);
        }
    }
    QCOMPARE((*decoder)->length(), std::optional<std::int64_t>(10000));
}

void TestAudioDecoder::givesTheSameSamplesForAnySplit_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<Args>("arguments");
    QTest::newRow("WAV") << "a.wav" << Args{};
    QTest::newRow("AAC in MP4") << "a.mp4" << Args{"-c:a", "aac", "-aac_pns", "0"};
    QTest::newRow("AAC in Matroska") << "a.mka" << Args{"-c:a", "aac", "-aac_pns", "0"};
    QTest::newRow("AAC in a transport stream") << "a.ts" << Args{"-c:a", "aac", "-aac_pns", "0"};
    QTest::newRow("MP3") << "a.mp3" << Args{"-c:a", "libmp3lame"};
    QTest::newRow("FLAC") << "a.flac" << Args{};
    QTest::newRow("Vorbis") << "a.ogg" << Args{"-c:a", "libvorbis"};
    QTest::newRow("Opus") << "a.opus" << Args{"-c:a", "libopus", "-ar", "48000"};
    QTest::newRow("Opus in WebM") << "a.webm" << Args{"-c:a", "libopus", "-ar", "48000"};
    QTest::newRow("PCM in Matroska") << "pcm.mkv" << Args{"-c:a", "pcm_s16le"};
    QTest::newRow("PCM in AVI") << "pcm.avi" << Args{"-c:a", "pcm_s16le"};
}

void TestAudioDecoder::givesTheSameSamplesForAnySplit() {
    QFETCH(QString, file);
    QFETCH(Args, arguments);
    // Opus folds noise by dice that depend on what was decoded before.
    const float tolerance = file.endsWith("opus") || file.endsWith("webm") ? 2e-3F : 0.0F;
    QVERIFY(m_clips.ffmpeg(Args{"-i", m_clips.name("chirp.wav")} + arguments + Args{m_clips.name(file)}));
    for (const int rate : {44100, 48000}) {
        const std::int64_t length = 4 * rate;
        const auto whole = AudioDecoder::open(m_clips.path(file), rate, 2);
        QVERIFY(whole);
        const auto all = (*whole)->read(0, length);
        QVERIFY(all);
        const auto parts = AudioDecoder::open(m_clips.path(file), rate, 2);
        std::mt19937 random(5);
        for (int i = 0; i < 12; ++i) {
            const auto start = static_cast<std::int64_t>(random() % static_cast<unsigned>(length - 3000));
            const auto part = (*parts)->read(start, 1000);
            QVERIFY(part);
            const auto from = all->begin() + start * 2;
            const float difference = std::transform_reduce(
                part->begin(), part->end(), from, 0.0F, [](float a, float b) { return std::max(a, b); },
                [](float a, float b) { return std::abs(a - b); });
            QVERIFY2(difference <= tolerance,
                     qPrintable(QString("%1 Hz, at %2: %3").arg(rate).arg(start).arg(difference)));
        }
        QVERIFY(!(*whole)->wasDamaged());
    }
}

void TestAudioDecoder::findsFarPlacesAtOnce_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<Args>("arguments");
    QTest::newRow("AAC in Matroska") << "far.mkv" << Args{"-c:a", "aac", "-aac_pns", "0"};
    QTest::newRow("MP3 in Matroska") << "far.mka" << Args{"-c:a", "libmp3lame"};
    QTest::newRow("AAC in FLV") << "far.flv" << Args{"-c:a", "aac", "-aac_pns", "0"};
    QTest::newRow("Opus in WebM") << "far.webm" << Args{"-c:a", "libopus", "-ar", "48000"};
}

void TestAudioDecoder::findsFarPlacesAtOnce() {
    // Clocks that count milliseconds: the first sound at a late place is the very one, and costs no way there.
    QFETCH(QString, file);
    QFETCH(Args, arguments);
    const float tolerance = file.endsWith("webm") ? 2e-3F : 0.0F;
    constexpr int kSeconds = 240;
    if (!std::filesystem::exists(m_clips.path("far.wav"))) {
        QVERIFY(m_clips.write("far.wav", wave(chirp(kSeconds * 44100, 44100), 44100, 1)));
    }
    QVERIFY(m_clips.ffmpeg(Args{"-i", m_clips.name("far.wav")} + arguments + Args{m_clips.name(file)}));
    const auto whole = AudioDecoder::open(m_clips.path(file), 48000, 1);
    QVERIFY(whole);
    QElapsedTimer clock;
    clock.start();
    const auto all = (*whole)->read(0, kSeconds * 48000);
    QVERIFY(all);
    const qint64 toTheEnd = clock.nsecsElapsed();
    for (const int second : {230, 120, 235, 60}) {
        const auto far = AudioDecoder::open(m_clips.path(file), 48000, 1);
        QVERIFY(far);
        clock.restart();
        const auto part = (*far)->read(second * 48000 + 17, 4800);
        QVERIFY(part);
        QVERIFY2(clock.nsecsElapsed() < toTheEnd / 5, qPrintable(QString::number(clock.nsecsElapsed() / 1e6)));
        float difference = 0.0F;
        for (std::size_t i = 0; i < part->size(); ++i) {
            const std::size_t at = static_cast<std::size_t>(second) * 48000 + 17 + i;
            difference = std::max(difference, std::abs((*part)[i] - (*all)[at]));
        }
        QVERIFY2(difference <= tolerance, qPrintable(QString("at %1 s: %2").arg(second).arg(difference)));
        QVERIFY(!(*far)->wasDamaged());
    }
}

void TestAudioDecoder::hearsAClickWhereItIs_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("delay"); // of the encoder, where the container cannot tell it
    for (const char* file : {"a.wav", "a.mp4", "a.mp3", "a.flac", "a.ogg", "a.opus", "a.webm", "pcm.mkv", "pcm.avi"}) {
        QTest::newRow(file) << file << 0;
    }
    QTest::newRow("a.ts") << "a.ts" << 1024;
}

void TestAudioDecoder::hearsAClickWhereItIs() {
    QFETCH(QString, file);
    QFETCH(int, delay);
    const auto decoder = AudioDecoder::open(m_clips.path(file), 44100, 1);
    QVERIFY(decoder);
    const auto samples = (*decoder)->read(kClick + delay - 400, 800);
    QVERIFY(samples);
    const auto loudest =
        std::max_element(samples->begin(), samples->end(), [](float a, float b) { return std::abs(a) < std::abs(b); });
    const auto at = loudest - samples->begin() - 400;
    QVERIFY2(std::abs(at) <= 1, qPrintable(QString::number(at)));
}

void TestAudioDecoder::mixesChannels_data() {
    QTest::addColumn<QString>("layout");
    QTest::addColumn<QString>("sources"); // a level for each channel
    QTest::addColumn<int>("channels");
    QTest::addColumn<double>("left");
    QTest::addColumn<double>("right");
    constexpr double kLowered = 1.0 / (1.0 + 2.0 * M_SQRT1_2); // front, centre and back at once are full level
    QTest::newRow("5.1, all at full level") << "5.1"
                                            << "1|1|1|1|1|1" << 2 << 1.0 << 1.0;
    QTest::newRow("mono to both sides") << "mono"
                                        << "0.5" << 2 << 0.5 << 0.5;
    QTest::newRow("stereo as it is") << "stereo"
                                     << "0.5|-0.25" << 2 << 0.5 << -0.25;
    QTest::newRow("stereo to mono") << "stereo"
                                    << "0.5|-0.25" << 1 << 0.125 << 0.125;
    QTest::newRow("5.1, front left") << "5.1"
                                     << "0.4|0|0|0|0|0" << 2 << 0.4 * kLowered << 0.0;
    QTest::newRow("5.1, centre") << "5.1"
                                 << "0|0|0.4|0|0|0" << 2 << 0.4 * kLowered * M_SQRT1_2 << 0.4 * kLowered * M_SQRT1_2;
    QTest::newRow("5.1, back right") << "5.1"
                                     << "0|0|0|0|0|0.4" << 2 << 0.0 << 0.4 * kLowered * M_SQRT1_2;
}

void TestAudioDecoder::mixesChannels() {
    QFETCH(QString, layout);
    QFETCH(QString, sources);
    QFETCH(int, channels);
    QFETCH(double, left);
    QFETCH(double, right);
    QVERIFY(m_clips.ffmpeg(
        {"-f", "lavfi", "-i",
         QString("aevalsrc=exprs=%1:channel_layout=%2:sample_rate=48000:duration=0.5").arg(sources, layout), "-c:a",
         "pcm_f32le", m_clips.name("channels.wav")}));
    const auto decoder = AudioDecoder::open(m_clips.path("channels.wav"), 48000, channels);
    QVERIFY(decoder);
    const auto samples = (*decoder)->read(10000, 1);
    QVERIFY(samples);
    QVERIFY(std::abs(samples->front() - left) < 1e-5);
    QVERIFY(std::abs(samples->back() - right) < 1e-5);
}

void TestAudioDecoder::keepsSoundWithPicture() {
    // A beep and a flash at one second; the picture of the file begins 0.48 seconds late, so time 0 does too.
    QVERIFY(
        m_clips.ffmpeg({"-f", "lavfi", "-itsoffset", "0.48", "-i", "color=gray:size=64x64:rate=25:duration=2", "-f",
                        "lavfi", "-i", "aevalsrc=exprs='if(gte(t,1),0.5,0)':sample_rate=48000:duration=2.5", "-vsync",
                        "passthrough", "-c:v", "libx264", "-bf", "2", "-c:a", "pcm_s16le", m_clips.name("late.mov")}));
    const auto decoder = AudioDecoder::open(m_clips.path("late.mov"), 48000, 1);
    QVERIFY(decoder);
    const auto samples = (*decoder)->read(0, 48000);
    QVERIFY(samples);
    const auto onset =
        std::find_if(samples->begin(), samples->end(), [](float sample) { return sample > 0.25F; }) - samples->begin();
    QVERIFY2(std::abs(onset - 24960) <= 1, qPrintable(QString::number(onset)));
}

void TestAudioDecoder::survivesAChangeOfRate() {
    QVERIFY(m_clips.ffmpeg(
        {"-f", "lavfi", "-i", "sine=440:sample_rate=48000:duration=1", "-c:a", "aac", m_clips.name("one.ts")}));
    QVERIFY(m_clips.ffmpeg({"-f", "lavfi", "-i", "sine=440:sample_rate=32000:duration=1", "-ac", "2", "-c:a", "aac",
                            "-output_ts_offset", "1", m_clips.name("two.ts")}));
    QVERIFY(m_clips.write("both.ts", m_clips.read("one.ts") + m_clips.read("two.ts")));
    const auto decoder = AudioDecoder::open(m_clips.path("both.ts"), 48000, 2);
    QVERIFY(decoder);
    const auto samples = (*decoder)->read(0, 96000);
    QVERIFY(samples);
    for (const std::ptrdiff_t second : {20000, 80000}) {
        const auto from = samples->begin() + 2 * second;
        QVERIFY(*std::max_element(from, from + 4000) > 0.05F);
    }
}

void TestAudioDecoder::runsOnWhereTheClockIsSetAnew_data() {
    QTest::addColumn<int>("offset"); // of the second part's clock, in seconds
    QTest::addColumn<int>("rate");   // of the second part
    QTest::newRow("back") << 0 << 48000;
    QTest::newRow("back, another rate") << 0 << 32000;
    QTest::newRow("far ahead") << 20000 << 48000;
    QTest::newRow("far ahead, another rate") << 20000 << 32000;
}

void TestAudioDecoder::runsOnWhereTheClockIsSetAnew() {
    QFETCH(int, offset);
    QFETCH(int, rate);
    // Two tones of two seconds; what is heard tells where it comes from.
    const auto tone = [&](int hertz, int sampleRate, int from, const char* file) {
        return m_clips.ffmpeg(
            {"-f", "lavfi", "-i", QString("sine=%1:sample_rate=%2:duration=2").arg(hertz).arg(sampleRate), "-ac", "2",
             "-c:a", "mp2", "-b:a", "192k", "-output_ts_offset", QString::number(from), m_clips.name(file)});
    };
    QVERIFY(tone(400, 48000, 10, "first.ts"));
    QVERIFY(tone(1600, rate, 10 + offset, "second.ts"));
    QVERIFY(m_clips.write("joined.ts", m_clips.read("first.ts") + m_clips.read("second.ts")));
    const auto info = probe(m_clips.path("joined.ts"));
    QVERIFY(info);
    QVERIFY2(std::abs(info->duration.toSeconds() - 4.0) < 0.2, qPrintable(QString::number(info->duration.toSeconds())));
    const auto decoder = AudioDecoder::open(m_clips.path("joined.ts"), 48000, 1);
    QVERIFY(decoder);
    const auto hertz = [&](double second) {
        const auto samples = (*decoder)->read(std::llround(second * 48000), 4800);
        int crossings = 0;
        for (std::size_t i = 1; samples && i < samples->size(); ++i) {
            crossings += (*samples)[i - 1] < 0.0F && (*samples)[i] >= 0.0F ? 1 : 0;
        }
        return crossings * 10;
    };
    for (const double second : {0.5, 1.8, 2.3, 3.7, 1.0, 3.0}) {
        const int expected = second < 2.0 ? 400 : 1600;
        QVERIFY2(std::abs(hertz(second) - expected) <= 30,
                 qPrintable(QString("%1 s: %2 Hz").arg(second).arg(hertz(second))));
    }
    QVERIFY((*decoder)->read(6 * 48000, 10));
    QVERIFY((*decoder)->length() && std::abs(*(*decoder)->length() - 4 * 48000) < 9600);
}

void TestAudioDecoder::reportsWhatIsNoSound() {
    QVERIFY(m_clips.makeNumbered("silent.mp4", 5, {"-c:v", "libx264", "-pix_fmt", "yuv420p"}));
    QCOMPARE(AudioDecoder::open(m_clips.path("silent.mp4"), 48000, 2).error().code, ErrorCode::NoAudioStream);
    QVERIFY(m_clips.ffmpeg({"-f", "lavfi", "-i", "sine=440:duration=1", "-c:a", "aac", "-encryption_scheme",
                            "cenc-aes-ctr", "-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb", "-encryption_kid",
                            "a7e61c373e219033c21091fa607bf3b8", m_clips.name("locked.mp4")}));
    QCOMPARE(AudioDecoder::open(m_clips.path("locked.mp4"), 48000, 2).error().code, ErrorCode::Encrypted);
    QCOMPARE(AudioDecoder::open(m_clips.path("missing.wav"), 48000, 2).error().code, ErrorCode::FileNotFound);
    QCOMPARE(AudioDecoder::open(m_clips.path("chirp.wav"), 48000, 6).error().code, ErrorCode::InvalidArgument);
    const auto decoder = AudioDecoder::open(m_clips.path("chirp.wav"), 48000, 2);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE((*decoder)->read(100000, 1000, stop.get_token()).error().code, ErrorCode::Cancelled);
    QVERIFY((*decoder)->read(100000, 1000));
}

void TestAudioDecoder::findsPeaks() {
    QVERIFY(m_clips.ffmpeg({"-f", "lavfi", "-i",
                            "aevalsrc=exprs='if(lt(t,0.5),0,0.5*sin(880*PI*t))':sample_rate=48000:duration=1",
                            m_clips.name("half.wav")}));
    const auto wave = waveform(m_clips.path("half.wav"), 480);
    QVERIFY(wave);
    QCOMPARE(wave->peaks.size(), 100U);
    QCOMPARE(wave->peaks[20], (Peak{0.0F, 0.0F}));
    QVERIFY(wave->peaks[80].high > 0.48F && wave->peaks[80].low < -0.48F);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(waveform(m_clips.path("half.wav"), 480, stop.get_token()).error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestAudioDecoder)
#include "TestAudioDecoder.moc"
