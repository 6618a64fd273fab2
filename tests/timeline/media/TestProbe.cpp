#include "tests/timeline/media/Clips.h"
#include "timeline/media/MediaInput.h"
#include "timeline/media/Probe.h"
#include "timeline/media/VideoEncoder.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <sys/stat.h>

using namespace timeline;

class TestProbe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void describesFilms_data();
    void describesFilms();
    void findsVariableRates();
    void measuresWhatTheDisplayShows();
    void listsOtherStreams();
    void tellsAWrongExtension();
    void marksACutFile();
    void names_data();
    void names();
    void refusesBombs();
    void opensAnyName_data();
    void opensAnyName();
    void survivesBrokenBytes();

private:
    Clips m_clips;
};

namespace {
using Args = QStringList;
}

void TestProbe::initTestCase() {
    QVERIFY(m_clips.makeNumbered("plain.mp4", 30, {"-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "2"}));
    QVERIFY(m_clips.ffmpeg({"-f", "lavfi", "-i", "testsrc2=size=33x21:rate=25", "-frames:v", "1", "-pix_fmt", "rgb24",
                            m_clips.name("still.png")}));
}

void TestProbe::describesFilms_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("rate");
    QTest::addColumn<Args>("arguments");
    QTest::addColumn<QString>("codec");
    QTest::addColumn<int>("bitDepth");
    QTest::addColumn<int>("alpha");
    QTest::newRow("h264") << "a.mp4"
                          << "25" << Args{"-c:v", "libx264", "-pix_fmt", "yuv420p"} << "h264" << 8 << 0;
    QTest::newRow("hevc, 10 bit") << "a.mov"
                                  << "30000/1001" << Args{"-c:v",        "libx265",      "-pix_fmt",
                                                          "yuv420p10le", "-x265-params", "log-level=none"}
                                  << "hevc" << 10 << 0;
    QTest::newRow("ProRes 4444") << "b.mov"
                                 << "24000/1001" << Args{"-c:v", "prores_ks", "-pix_fmt", "yuva444p10le"} << "prores"
                                 << 12 << 1;
    QTest::newRow("vp9") << "a.webm"
                         << "30" << Args{"-c:v", "libvpx-vp9", "-deadline", "realtime"} << "vp9" << 8 << 0;
    QTest::newRow("vp9, alpha") << "b.webm"
                                << "30" << Args{"-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p", "-deadline", "realtime"}
                                << "vp9" << 8 << 1;
    QTest::newRow("ffv1") << "a.mkv"
                          << "60" << Args{"-c:v", "ffv1", "-pix_fmt", "yuv422p12le"} << "ffv1" << 12 << 0;
    QTest::newRow("transport stream") << "a.ts"
                                      << "50" << Args{"-c:v", "libx264", "-pix_fmt", "yuv420p"} << "h264" << 8 << 0;
    QTest::newRow("one frame") << "one.mp4"
                               << "25" << Args{"-c:v", "libx264", "-pix_fmt", "yuv420p", "-frames:v", "1"} << "h264"
                               << 8 << 0;
}

void TestProbe::describesFilms() {
    QFETCH(QString, file);
    QFETCH(QString, rate);
    QFETCH(Args, arguments);
    QFETCH(QString, codec);
    QFETCH(int, bitDepth);
    QFETCH(int, alpha);
    const int frames = arguments.contains("-frames:v") ? 1 : 30;
    QVERIFY(m_clips.makeNumbered(file, 30, arguments, rate));
    const auto info = probe(m_clips.path(file));
    QVERIFY2(info, info ? "" : errorCodeName(info.error().code));
    QCOMPARE(info->kind, MediaKind::Video);
    QVERIFY(!info->extensionLies && !info->isDamaged);
    const VideoStreamInfo& video = info->video.front();
    const QStringList parts = rate.split(u'/');
    const FrameRate asked(parts[0].toInt(), parts.size() > 1 ? parts[1].toInt() : 1);
    QCOMPARE(QString::fromStdString(video.codec), codec);
    QCOMPARE(video.rate.toDouble(), asked.toDouble());
    QVERIFY(video.rate == asked);
    QVERIFY(!video.isVariable);
    QCOMPARE(video.frameCount, frames);
    QVERIFY(video.duration == RationalTime(frames, asked));
    QVERIFY(info->duration == video.duration);
    QCOMPARE(video.bitDepth, bitDepth);
    QCOMPARE(static_cast<int>(video.alpha), alpha);
    QCOMPARE(video.width, Clips::kWidth);
    QCOMPARE(video.displayHeight, Clips::kHeight);
}

void TestProbe::findsVariableRates() {
    QVERIFY(m_clips.makeNumbered("variable.mp4", 20,
                                 {"-vf", "settb=1/1000,setpts='if(lt(N,10),N*40,400+(N-10)*120)'", "-vsync",
                                  "passthrough", "-enc_time_base", "1/1000", "-c:v", "libx264", "-pix_fmt", "yuv420p",
                                  "-use_editlist", "0"}));
    const auto info = probe(m_clips.path("variable.mp4"));
    QVERIFY(info);
    QVERIFY(info->video.front().isVariable);
    QCOMPARE(info->video.front().frameCount, 20);
    QVERIFY(std::abs(info->duration.toSeconds() - 1.6) < 0.15);
}

void TestProbe::measuresWhatTheDisplayShows() {
    QVERIFY(m_clips.ffmpeg({"-f", "lavfi", "-i", "color=red:size=720x576:rate=25", "-frames:v", "2", "-vf",
                            "setsar=16/15", "-c:v", "libx264", m_clips.name("pal.mp4")}));
    QVERIFY(m_clips.makeTurned("pal.mp4", 90, "turned.mp4"));
    const auto info = probe(m_clips.path("turned.mp4"));
    QVERIFY(info);
    const VideoStreamInfo& video = info->video.front();
    QCOMPARE(video.width, 720);
    QCOMPARE(video.displayWidth, 576);
    QCOMPARE(video.displayHeight, 768);
    QCOMPARE(video.orientation.quarterTurns % 2, 1);
    QVERIFY(video.color.isGuessed);
    QCOMPARE(video.color.matrix, ColorMatrix::Bt601);
}

void TestProbe::listsOtherStreams() {
    QVERIFY(m_clips.write("words.srt", "1\n00:00:00,000 --> 00:00:01,000\nHello\n"));
    QVERIFY(m_clips.ffmpeg({"-i",
                            m_clips.name("plain.mp4"),
                            "-f",
                            "lavfi",
                            "-i",
                            "sine=440:sample_rate=48000:duration=1",
                            "-f",
                            "lavfi",
                            "-i",
                            "aevalsrc=exprs=0|0|0|0|0|0:channel_layout=5.1:sample_rate=44100:duration=1",
                            "-i",
                            m_clips.name("words.srt"),
                            "-map",
                            "0",
                            "-map",
                            "1",
                            "-map",
                            "2",
                            "-map",
                            "3",
                            "-c:v",
                            "copy",
                            "-c:a",
                            "flac",
                            m_clips.name("many.mkv")}));
    const auto info = probe(m_clips.path("many.mkv"));
    QVERIFY(info);
    QCOMPARE(info->audio.size(), 2U);
    QCOMPARE(info->audio[0].channels, 1);
    QCOMPARE(info->audio[0].sampleRate, 48000);
    QCOMPARE(info->audio[1].layout, std::string("5.1"));
    QCOMPARE(info->others.size(), 1U);
    QCOMPARE(info->others[0].kind, std::string("subtitle"));
    // A picture of the album is no film.
    QVERIFY(m_clips.ffmpeg({"-f", "lavfi", "-i", "sine=440:duration=1", "-i", m_clips.name("still.png"), "-map", "0",
                            "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic", m_clips.name("album.mp3")}));
    const auto album = probe(m_clips.path("album.mp3"));
    QVERIFY(album);
    QCOMPARE(album->kind, MediaKind::Audio);
    QVERIFY(!album->hasVideo());
    QCOMPARE(album->others.front().kind, std::string("cover"));
    QVERIFY(std::abs(album->duration.toSeconds() - 1.0) < 0.06);
}

void TestProbe::tellsAWrongExtension() {
    QVERIFY(m_clips.write("png.mp4", m_clips.read("still.png")));
    const auto still = probe(m_clips.path("png.mp4"));
    QVERIFY(still);
    QCOMPARE(still->kind, MediaKind::Still);
    QVERIFY(still->extensionLies);
    QCOMPARE(still->container, std::string("png"));
    QVERIFY(m_clips.write("film.jpg", m_clips.read("plain.mp4")));
    const auto film = probe(m_clips.path("film.jpg"));
    QVERIFY(film);
    QCOMPARE(film->kind, MediaKind::Video);
    QVERIFY(film->extensionLies);
}

void TestProbe::marksACutFile() {
    QVERIFY(m_clips.ffmpeg(
        {"-i", m_clips.name("plain.mp4"), "-c", "copy", "-movflags", "+faststart", m_clips.name("fast.mp4")}));
    const QByteArray bytes = m_clips.read("fast.mp4");
    QVERIFY(m_clips.write("cut.mp4", bytes.left(bytes.size() * 3 / 4)));
    const auto info = probe(m_clips.path("cut.mp4"));
    QVERIFY(info);
    QVERIFY(info->isDamaged);
}

void TestProbe::names_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << "empty.mp4" << QByteArray("") << "UnsupportedFormat";
    QTest::newRow("text") << "text.mp4" << QByteArray("<html><body>not found</body></html>\n").repeated(50)
                          << "UnsupportedFormat";
    QTest::newRow("zeros") << "zeros.mov" << QByteArray(100000, '\0') << "UnsupportedFormat";
    QTest::newRow("HLS") << "hls.mp4"
                         << QByteArray(
                                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n")
                         << "RefusedProtocol";
    QTest::newRow("concat") << "concat.avi" << QByteArray("ffconcat version 1.0\nfile '/etc/passwd'\n")
                            << "RefusedProtocol";
    QTest::newRow("DASH") << "dash.mkv"
                          << QByteArray("<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"></MPD>")
                          << "RefusedProtocol";
    QTest::newRow("SDP") << "sdp.mp4"
                         << QByteArray(
                                "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n")
                         << "RefusedProtocol";
    QTest::newRow("PNG header alone") << "head.png" << QByteArray("\x89PNG\r\n\x1a\n", 8) << "Damaged";
}

void TestProbe::names() {
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(QString, code);
    QVERIFY(m_clips.write(file, content));
    const auto info = probe(m_clips.path(file));
    QVERIFY(!info);
    QCOMPARE(QString(errorCodeName(info.error().code)), code);
    QCOMPARE(info.error().subject, m_clips.path(file).string());
}

void TestProbe::refusesBombs() {
    // What is no file at all, does not hang.
    const std::filesystem::path pipe = m_clips.path("pipe.mp4");
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QCOMPARE(probe(pipe).error().code, ErrorCode::NotAFile);
    QVERIFY(QDir(m_clips.name(".")).mkpath("folder.mp4"));
    QCOMPARE(probe(m_clips.path("folder.mp4")).error().code, ErrorCode::NotAFile);
    QCOMPARE(probe("/dev/zero").error().code, ErrorCode::NotAFile);
    QCOMPARE(probe(m_clips.path("missing.mp4")).error().code, ErrorCode::FileNotFound);
    std::filesystem::create_symlink("loop.mp4", m_clips.path("loop.mp4"));
    QCOMPARE(probe(m_clips.path("loop.mp4")).error().code, ErrorCode::NotAFile);
    // An index that never came.
    const QByteArray plain = m_clips.read("plain.mp4");
    QVERIFY(m_clips.write("unfinished.mp4", plain.left(plain.indexOf("moov") - 4)));
    QCOMPARE(probe(m_clips.path("unfinished.mp4")).error().code, ErrorCode::Truncated);
    // A PNG that claims 60000 x 60000 pixels.
    QByteArray png = m_clips.read("still.png");
    png.replace(16, 8, QByteArray("\0\0\xea\x60\0\0\xea\x60", 8));
    QVERIFY(m_clips.write("huge.png", png));
    const auto huge = probe(m_clips.path("huge.png"));
    QVERIFY(!huge);
    QVERIFY(huge.error().code == ErrorCode::TooLarge || huge.error().code == ErrorCode::Damaged);
    // Cancelled before it began.
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(probe(m_clips.path("plain.mp4"), stop.get_token()).error().code, ErrorCode::Cancelled);
}

void TestProbe::opensAnyName_data() {
    QTest::addColumn<QString>("file");
    for (const char* name : {"a b.mp4", "100%.mp4", "%04d", "-i.mp4", "new\nline.mp4", "quote'\".mp4",
                             "\xc3\xa9\xe2\x80\xae\xf0\x9f\x8e\xac.mp4", "concat:a|b.mp4", "http:x.mp4"}) {
        QTest::newRow(name) << QString::fromUtf8(name);
    }
}

void TestProbe::opensAnyName() {
    QFETCH(QString, file);
    QVERIFY(m_clips.write(file, m_clips.read("plain.mp4")));
    const auto info = probe(m_clips.path(file));
    QVERIFY(info);
    QCOMPARE(info->video.front().frameCount, 30);
}

void TestProbe::survivesBrokenBytes() {
    for (const char* file : {"plain.mp4", "still.png", "many.mkv", "a.ts"}) {
        const QByteArray whole = m_clips.read(file);
        QVERIFY(!whole.isEmpty());
        for (unsigned seed = 0; seed < 12; ++seed) {
            QByteArray bytes = whole;
            std::srand(seed);
            for (int i = 0; i < 20; ++i) {
                bytes[std::rand() % bytes.size()] = static_cast<char>(std::rand());
            }
            QVERIFY(m_clips.write("broken", bytes.left(bytes.size() - static_cast<int>(seed) * bytes.size() / 30)));
            const auto info = probe(m_clips.path("broken"));
            QVERIFY(info || !info.error().subject.empty());
        }
    }
}

QTEST_GUILESS_MAIN(TestProbe)
#include "TestProbe.moc"
