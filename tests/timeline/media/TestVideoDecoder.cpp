#include "tests/timeline/media/Clips.h"
#include "timeline/media/ColorTags.h"
#include "timeline/media/Probe.h"
#include "timeline/media/VideoDecoder.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <numeric>
#include <random>

using namespace timeline;

class TestVideoDecoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsEachFrame_data();
    void findsEachFrame();
    void showsVariableFramesByTheirTimes_data();
    void showsVariableFramesByTheirTimes();
    void turnsByTheDisplayMatrix_data();
    void turnsByTheDisplayMatrix();
    void turnsMirrors();
    void startsWithTheFirstShownFrame();
    void namesEncryption();
    void readsPalettes();
    void readsAlpha_data();
    void readsAlpha();
    void readsColorTags();
    void runsOnWhereTheClockIsSetBack();
    void goesOnAfterDamage();
    void playsATruncatedFileUpToTheDamage();
    void stopsWhenAsked();

private:
    Clips m_clips;
};

namespace {

using Args = QStringList;

std::vector<int> shuffled(int count) {
    std::vector<int> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    std::mt19937 random(7);
    std::shuffle(order.begin(), order.end(), random);
    return order;
}

} // namespace

void TestVideoDecoder::initTestCase() {
    QVERIFY(m_clips.makeNumbered("gop.mp4", 60, {"-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "2", "-g", "12"}));
}

void TestVideoDecoder::findsEachFrame_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("rate");
    QTest::addColumn<Args>("arguments");
    const Args x264{"-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "12", "-bf", "3"};
    QTest::newRow("h264 with B-frames") << "b.mp4"
                                        << "25" << x264;
    QTest::newRow("h264, open GOPs") << "open.mp4"
                                     << "24"
                                     << Args{"-c:v",         "libx264",
                                             "-pix_fmt",     "yuv420p",
                                             "-x264-params", "open-gop=1:keyint=10:min-keyint=10:bframes=3:b-adapt=0"};
    QTest::newRow("h264, open GOPs in a transport stream")
        << "open.ts"
        << "25" << Args{"-c:v",    "libx264",      "-pix_fmt",
                        "yuv420p", "-x264-params", "open-gop=1:keyint=10:min-keyint=10:bframes=3:b-adapt=0"};
    QTest::newRow("h264, one key frame") << "one.mp4"
                                         << "25"
                                         << Args{"-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "999", "-bf", "2"};
    QTest::newRow("h264 at 30000/1001 in Matroska") << "ntsc.mkv"
                                                    << "30000/1001" << x264;
    QTest::newRow("h264 at 60000/1001 in MP4") << "ntsc.mp4"
                                               << "60000/1001" << x264;
    QTest::newRow("h264 at 24000/1001 in a late Matroska") << "late.mkv"
                                                           << "24000/1001" << x264 + Args{"-output_ts_offset", "3.517"};
    QTest::newRow("h264 in a transport stream") << "plain.ts"
                                                << "25" << x264;
    QTest::newRow("h264 without a container") << "bare.h264"
                                              << "25" << x264;
    QTest::newRow("h264 in fragments") << "fragments.mp4"
                                       << "25" << x264 + Args{"-movflags", "+frag_keyframe+empty_moov"};
    QTest::newRow("hevc, 10 bit, open GOPs")
        << "hevc.mp4"
        << "25" << Args{"-c:v",        "libx265",      "-pix_fmt",
                        "yuv420p10le", "-x265-params", "log-level=none:keyint=10:open-gop=1:bframes=3"};
    QTest::newRow("mpeg-2 with B-frames, open GOPs")
        << "two.mpg"
        << "25" << Args{"-c:v", "mpeg2video", "-bf", "2", "-g", "9", "-b:v", "4M"};
    QTest::newRow("mpeg-4 in AVI") << "four.avi"
                                   << "25" << Args{"-c:v", "mpeg4", "-bf", "2", "-g", "9", "-q:v", "2"};
    QTest::newRow("vp9")
        << "nine.webm"
        << "30" << Args{"-c:v", "libvpx-vp9",     "-g", "9", "-deadline", "realtime", "-cpu-used", "8", "-auto-alt-ref",
                        "1",    "-lag-in-frames", "12"};
    QTest::newRow("ProRes") << "prores.mov"
                            << "25" << Args{"-c:v", "prores_ks", "-pix_fmt", "yuv422p10le"};
    QTest::newRow("ffv1") << "one.mkv"
                          << "25" << Args{"-c:v", "ffv1", "-pix_fmt", "gray16le"};
    QTest::newRow("mjpeg") << "m.avi"
                           << "15" << Args{"-c:v", "mjpeg", "-pix_fmt", "yuvj420p"};
    QTest::newRow("gif") << "g.gif"
                         << "25" << Args{};
}

void TestVideoDecoder::findsEachFrame() {
    QFETCH(QString, file);
    QFETCH(QString, rate);
    QFETCH(Args, arguments);
    constexpr int kFrames = 50;
    QVERIFY(m_clips.makeNumbered(file, kFrames, arguments, rate));
    const auto decoder = VideoDecoder::open(m_clips.path(file));
    QVERIFY2(decoder, qPrintable(QString::fromStdString(decoder ? "" : decoder.error().detail)));
    const QStringList parts = rate.split(u'/');
    const FrameRate asked(parts[0].toInt(), parts.size() > 1 ? parts[1].toInt() : 1);
    QCOMPARE((*decoder)->rate().toDouble(), asked.toDouble());
    for (const int frame : shuffled(kFrames)) {
        const auto picture = (*decoder)->pictureAt(RationalTime(frame, asked));
        QVERIFY(picture);
        QCOMPARE(numberOf(*picture->picture), frame);
        // Shortly before the next frame it still shows: ninety-nine hundredths of a frame later.
        const auto late =
            (*decoder)->pictureAt(RationalTime(frame * 10 + 9, FrameRate(asked.numerator() * 10, asked.denominator())));
        QVERIFY(late);
        QCOMPARE(numberOf(*late->picture), frame);
    }
    for (int frame = 0; frame < kFrames; ++frame) {
        QCOMPARE(numberOf(*(*decoder)->pictureAt(RationalTime(frame, asked))->picture), frame);
    }
    QCOMPARE(numberOf(*(*decoder)->pictureAt(RationalTime(-5, asked))->picture), 0);
    QCOMPARE(numberOf(*(*decoder)->pictureAt(RationalTime(9999, asked))->picture), kFrames - 1);
    QVERIFY(!(*decoder)->wasDamaged());
}

void TestVideoDecoder::showsVariableFramesByTheirTimes_data() {
    QTest::addColumn<QString>("file");
    QTest::newRow("MP4") << "variable.mp4";
    QTest::newRow("Matroska") << "variable.mkv";
}

void TestVideoDecoder::showsVariableFramesByTheirTimes() {
    QFETCH(QString, file);
    // Ten frames of 40 ms, then ten of 120 ms, then ten of 40 ms again.
    // One more follows: some versions of ffmpeg's MP4 muxer hide the last frame of such a film behind its edit list.
    QVERIFY(m_clips.makeNumbered(
        file, 31,
        {"-vf", "settb=1/1000,setpts='if(lt(N,10),N*40,if(lt(N,20),400+(N-10)*120,1600+(N-20)*40))'", "-vsync",
         "passthrough", "-enc_time_base", "1/1000", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "2", "-g", "8"}));
    const auto decoder = VideoDecoder::open(m_clips.path(file));
    QVERIFY(decoder);
    for (const int tenth : shuffled(200)) {
        const int ms = tenth * 10 + 5;
        const int expected = ms < 400    ? ms / 40
                             : ms < 1600 ? 10 + (ms - 400) / 120
                                         : std::min(20 + (ms - 1600) / 40, 29);
        const auto picture = (*decoder)->pictureAt(RationalTime(ms, FrameRate(1000)));
        QVERIFY(picture);
        QCOMPARE(numberOf(*picture->picture), expected);
    }
}

void TestVideoDecoder::turnsByTheDisplayMatrix_data() {
    QTest::addColumn<int>("degrees");
    QTest::addColumn<int>("quarterTurns");
    QTest::newRow("upright") << 0 << 0;
    QTest::newRow("a quarter") << 270 << 1;
    QTest::newRow("half") << 180 << 2;
    QTest::newRow("three quarters") << 90 << 3;
}

void TestVideoDecoder::turnsByTheDisplayMatrix() {
    QFETCH(int, degrees);
    QFETCH(int, quarterTurns);
    QVERIFY(m_clips.makeTurned("gop.mp4", degrees, "turned.mp4"));
    const auto decoder = VideoDecoder::open(m_clips.path("turned.mp4"));
    QVERIFY(decoder);
    const auto picture = (*decoder)->pictureAt(RationalTime(3, FrameRate(25)));
    QCOMPARE(picture->picture->orientation, (Orientation{false, quarterTurns}));
    QCOMPARE(picture->picture->width, Clips::kWidth);
    QCOMPARE(numberOf(*picture->picture), 3);
}

void TestVideoDecoder::turnsMirrors() {
    // x' = a x + c y, y' = b x + d y in 16.16, y pointing down.
    constexpr std::int32_t kOne = 1 << 16;
    const std::array<std::int32_t, 9> mirrored{-kOne, 0, 0, 0, kOne, 0, 0, 0, 1 << 30};
    const std::array<std::int32_t, 9> flipped{kOne, 0, 0, 0, -kOne, 0, 0, 0, 1 << 30};
    const std::array<std::int32_t, 9> transposed{0, kOne, 0, kOne, 0, 0, 0, 0, 1 << 30};
    QCOMPARE(orientationOf(mirrored.data()), (Orientation{true, 0}));
    QCOMPARE(orientationOf(flipped.data()), (Orientation{true, 2}));
    QCOMPARE(orientationOf(transposed.data()), (Orientation{true, 3}));
    QCOMPARE(orientationOf(nullptr), Orientation{});
}

void TestVideoDecoder::startsWithTheFirstShownFrame() {
    // A copy from between two key frames: the edit list hides the frames before the cut.
    QVERIFY(m_clips.ffmpeg({"-ss", "0.60", "-i", m_clips.name("gop.mp4"), "-c", "copy", m_clips.name("edited.mp4")}));
    const auto decoder = VideoDecoder::open(m_clips.path("edited.mp4"));
    QVERIFY(decoder);
    for (const int frame : {0, 30, 5, 44, 1, 0}) {
        QCOMPARE(numberOf(*(*decoder)->pictureAt(RationalTime(frame, FrameRate(25)))->picture), 15 + frame);
    }
}

void TestVideoDecoder::namesEncryption() {
    QVERIFY(m_clips.ffmpeg({"-i", m_clips.name("gop.mp4"), "-c", "copy", "-encryption_scheme", "cenc-aes-ctr",
                            "-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb", "-encryption_kid",
                            "a7e61c373e219033c21091fa607bf3b8", m_clips.name("locked.mp4")}));
    const auto decoder = VideoDecoder::open(m_clips.path("locked.mp4"));
    QVERIFY(!decoder);
    QCOMPARE(decoder.error().code, ErrorCode::Encrypted);
    QVERIFY(decoder.error().subject.ends_with("locked.mp4"));
}

void TestVideoDecoder::readsPalettes() {
    QVERIFY(m_clips.ffmpeg(
        {"-f", "lavfi", "-i", "color=red:size=16x16:rate=10", "-frames:v", "3", m_clips.name("palette.gif")}));
    const auto decoder = VideoDecoder::open(m_clips.path("palette.gif"));
    QVERIFY(decoder);
    const auto picture = (*decoder)->pictureAt(RationalTime());
    QCOMPARE(picture->picture->model, ColorModel::Rgb);
    QVERIFY(sampleAt(*picture->picture, 0, 8, 8) > 245);
    QVERIFY(sampleAt(*picture->picture, 1, 8, 8) < 10);
    QVERIFY(sampleAt(*picture->picture, 2, 8, 8) < 10);
    QCOMPARE(picture->picture->color.range, ColorRange::Full);
}

void TestVideoDecoder::readsAlpha_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<Args>("arguments");
    QTest::newRow("ProRes 4444") << "alpha-prores.mov" << Args{"-c:v",       "prores_ks", "-pix_fmt",    "yuva444p10le",
                                                               "-profile:v", "4444",      "-alpha_bits", "16"};
    QTest::newRow("VP9") << "alpha.webm" << Args{"-c:v",      "libvpx-vp9", "-pix_fmt",  "yuva420p",
                                                 "-lossless", "1",          "-deadline", "realtime"};
    QTest::newRow("PNG in MOV") << "alpha-png.mov" << Args{"-c:v", "png", "-pix_fmt", "rgba"};
    QTest::newRow("QuickTime Animation") << "alpha-rle.mov" << Args{"-c:v", "qtrle", "-pix_fmt", "argb"};
}

void TestVideoDecoder::readsAlpha() {
    QFETCH(QString, file);
    QFETCH(Args, arguments);
    QVERIFY(m_clips.ffmpeg(Args{"-f", "lavfi", "-i", "color=red@0.5:size=64x48:rate=25,format=rgba", "-frames:v", "4"} +
                           arguments + Args{m_clips.name(file)}));
    const auto decoder = VideoDecoder::open(m_clips.path(file));
    QVERIFY(decoder);
    const auto picture = (*decoder)->pictureAt(RationalTime(2, FrameRate(25)));
    QVERIFY(picture);
    QCOMPARE(picture->picture->alpha, AlphaMode::Straight);
    QCOMPARE(picture->picture->planes.size(), 4U);
    const double full = static_cast<double>((1 << picture->picture->bitDepth) - 1);
    QVERIFY(std::abs(sampleAt(*picture->picture, 3, 20, 20) / full - 0.5) < 0.01);
}

void TestVideoDecoder::readsColorTags() {
    QVERIFY(m_clips.makeNumbered("tagged.mkv", 2,
                                 {"-vf",
                                  "setparams=range=tv:colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084",
                                  "-c:v", "ffv1", "-pix_fmt", "yuv420p10le"}));
    const auto decoder = VideoDecoder::open(m_clips.path("tagged.mkv"));
    QVERIFY(decoder);
    const ColorDescription expected{ColorMatrix::Bt2020, ColorRange::Limited, Transfer::Pq, Primaries::Bt2020, false};
    QCOMPARE((*decoder)->pictureAt(RationalTime())->picture->color, expected);
    QVERIFY(m_clips.makeNumbered("ycgco.mkv", 2, {"-vf", "format=yuv444p,setparams=colorspace=ycgco", "-c:v", "ffv1"}));
    QCOMPARE(VideoDecoder::open(m_clips.path("ycgco.mkv")).error().code, ErrorCode::UnsupportedPixelFormat);
    QVERIFY(m_clips.makeNumbered("gray.avi", 2, {"-c:v", "rawvideo", "-pix_fmt", "gray"}));
    const auto gray = VideoDecoder::open(m_clips.path("gray.avi"));
    QVERIFY(gray);
    QCOMPARE((*gray)->pictureAt(RationalTime())->picture->color.range, ColorRange::Full);
    const auto untagged = VideoDecoder::open(m_clips.path("gop.mp4"));
    const ColorDescription guessed{ColorMatrix::Bt601, ColorRange::Limited, Transfer::Srgb, Primaries::Bt709, true};
    QCOMPARE((*untagged)->pictureAt(RationalTime())->picture->color, guessed);
}

void TestVideoDecoder::runsOnWhereTheClockIsSetBack() {
    // Two recordings from the same camera, joined as it joins them.
    const Args x264{"-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "12", "-bf", "2"};
    QVERIFY(m_clips.makeNumbered("long.ts", 100, x264));
    QVERIFY(m_clips.makeNumbered("short.ts", 40, x264));
    QVERIFY(m_clips.write("joined.ts", m_clips.read("long.ts") + m_clips.read("short.ts")));
    const auto info = probe(m_clips.path("joined.ts"));
    QVERIFY(info);
    QCOMPARE(info->video.front().frameCount, 140);
    QCOMPARE(info->duration, RationalTime(140, FrameRate(25)));
    QVERIFY(!info->isDamaged);
    const auto decoder = VideoDecoder::open(m_clips.path("joined.ts"));
    QVERIFY(decoder);
    for (const int frame : {0, 60, 99, 100, 101, 120, 139, 20, 110}) {
        const auto picture = (*decoder)->pictureAt(RationalTime(frame, FrameRate(25)));
        QVERIFY(picture);
        QCOMPARE(numberOf(*picture->picture), frame < 100 ? frame : frame - 100);
    }
    const auto first = VideoDecoder::open(m_clips.path("joined.ts"));
    QCOMPARE(numberOf(*(*first)->pictureAt(RationalTime(20, FrameRate(25)))->picture), 20);
}

void TestVideoDecoder::goesOnAfterDamage() {
    QByteArray bytes = m_clips.read("gop.mp4");
    const qsizetype data = bytes.indexOf("mdat");
    QVERIFY(data > 0);
    std::mt19937 random(3);
    const qsizetype end = bytes.indexOf("moov") - 8;
    const qsizetype begin = data + (end - data) / 2;
    for (int i = 0; i < 40; ++i) {
        bytes[begin + static_cast<qsizetype>(random() % static_cast<unsigned>(end - begin))] =
            static_cast<char>(random());
    }
    QVERIFY(m_clips.write("damaged.mp4", bytes));
    const auto decoder = VideoDecoder::open(m_clips.path("damaged.mp4"));
    QVERIFY(decoder);
    int damaged = 0;
    for (int frame = 0; frame < 60; ++frame) {
        const auto picture = (*decoder)->pictureAt(RationalTime(frame, FrameRate(25)));
        QVERIFY(picture);
        damaged += picture->isDamaged ? 1 : 0;
        QVERIFY(frame > 10 || !picture->isDamaged);
    }
    QVERIFY(damaged > 0);
    QVERIFY((*decoder)->wasDamaged());
}

void TestVideoDecoder::playsATruncatedFileUpToTheDamage() {
    QVERIFY(m_clips.ffmpeg(
        {"-i", m_clips.name("gop.mp4"), "-c", "copy", "-movflags", "+faststart", m_clips.name("fast.mp4")}));
    const QByteArray bytes = m_clips.read("fast.mp4");
    QVERIFY(m_clips.write("cut.mp4", bytes.left(bytes.size() * 2 / 3)));
    const auto decoder = VideoDecoder::open(m_clips.path("cut.mp4"));
    QVERIFY(decoder);
    QCOMPARE(numberOf(*(*decoder)->pictureAt(RationalTime(5, FrameRate(25)))->picture), 5);
    const auto last = (*decoder)->pictureAt(RationalTime(59, FrameRate(25)));
    QVERIFY(last);
    QVERIFY(last->isDamaged);
    QVERIFY((*decoder)->wasDamaged());
    QCOMPARE(numberOf(*(*decoder)->pictureAt(RationalTime(14, FrameRate(25)))->picture), 14);
}

void TestVideoDecoder::stopsWhenAsked() {
    const auto decoder = VideoDecoder::open(m_clips.path("gop.mp4"));
    QVERIFY(decoder);
    std::stop_source stop;
    stop.request_stop();
    const auto cancelled = (*decoder)->pictureAt(RationalTime(40, FrameRate(25)), stop.get_token());
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    QCOMPARE(numberOf(*(*decoder)->pictureAt(RationalTime(41, FrameRate(25)))->picture), 41);
}

QTEST_GUILESS_MAIN(TestVideoDecoder)
#include "TestVideoDecoder.moc"
