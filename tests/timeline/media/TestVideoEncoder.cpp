#include "tests/timeline/media/Clips.h"
#include "timeline/media/AudioDecoder.h"
#include "timeline/media/Probe.h"
#include "timeline/media/VideoDecoder.h"
#include "timeline/media/VideoEncoder.h"

#include <QDir>
#include <QTest>

#include <cmath>
#include <csignal>
#include <random>
#include <sys/resource.h>

using namespace timeline;

class TestVideoEncoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesFilms_data();
    void writesFilms();
    void writesTheSameFilmTheSameWay();
    void keepsEverySampleInFfv1();
    void takesAreExactToTenBits();
    void tagsColors();
    void hitsTheCodeValuesOfBt709();
    void repeatsTheLastColumnOfOddSizes();
    void makesSoundAsLongAsThePicture_data();
    void makesSoundAsLongAsThePicture();
    void leavesNothingWhenAbandoned();
    void reportsWhereItCannotWrite();
    void reportsAFullDisk();
    void refusesWrongFrames();

private:
    FilmSettings settings(FilmContainer container, FilmVideo video, FilmAudio audio) const;

    Clips m_clips;
};

FilmSettings TestVideoEncoder::settings(FilmContainer container, FilmVideo video, FilmAudio audio) const {
    FilmSettings made;
    made.container = container;
    made.video = video;
    made.audio = audio;
    made.width = Clips::kWidth;
    made.height = Clips::kHeight;
    made.rate = FrameRate(25, 1);
    made.speed = "ultrafast";
    return made;
}

namespace {

CodedFrame noiseFrame(int width, int height) {
    std::mt19937 random(1);
    CodedFrame frame{width, height, 3, {}};
    for (int i = 0; i < width * height * 3; ++i) {
        frame.samples.push_back(static_cast<std::uint16_t>(random()));
    }
    return frame;
}

CodedFrame flatFrame(std::uint16_t red, std::uint16_t green, std::uint16_t blue) {
    CodedFrame frame{32, 32, 3, {}};
    for (int i = 0; i < 32 * 32; ++i) {
        frame.samples.insert(frame.samples.end(), {red, green, blue});
    }
    return frame;
}

Result<PicturePtr> firstPicture(const std::filesystem::path& path) {
    const auto decoder = VideoDecoder::open(path);
    if (!decoder) {
        return decoder.error();
    }
    const auto picture = (*decoder)->pictureAt(RationalTime());
    return picture ? Result<PicturePtr>(picture->picture) : Result<PicturePtr>(picture.error());
}

} // namespace

void TestVideoEncoder::writesFilms_data() {
    QTest::addColumn<int>("container");
    QTest::addColumn<int>("video");
    QTest::addColumn<int>("audio");
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("rateNumerator");
    QTest::addColumn<int>("rateDenominator");
    for (const auto& [numerator, denominator] :
         {std::pair(25, 1), std::pair(24000, 1001), std::pair(30000, 1001), std::pair(60, 1)}) {
        QTest::addRow("H264, AAC, MP4 at %d/%d", numerator, denominator)
            << 0 << 0 << 1 << "film.mp4" << numerator << denominator;
        QTest::addRow("FFV1, PCM, MKV at %d/%d", numerator, denominator)
            << 1 << 1 << 2 << "film.mkv" << numerator << denominator;
        QTest::addRow("take, silent, at %d/%d", numerator, denominator)
            << 1 << 2 << 0 << "take.mkv" << numerator << denominator;
    }
}

void TestVideoEncoder::writesFilms() {
    QFETCH(int, container);
    QFETCH(int, video);
    QFETCH(int, audio);
    QFETCH(QString, file);
    QFETCH(int, rateNumerator);
    QFETCH(int, rateDenominator);
    FilmSettings film =
        settings(static_cast<FilmContainer>(container), static_cast<FilmVideo>(video), static_cast<FilmAudio>(audio));
    film.rate = FrameRate(rateNumerator, rateDenominator);
    film.metadata = {{"title", "A title"}};
    constexpr int kFrames = 31;
    const auto encoder = VideoEncoder::open(m_clips.path(file), film);
    QVERIFY(encoder);
    for (int frame = 0; frame < kFrames; ++frame) {
        QVERIFY((*encoder)->writeFrame(numberedFrame(frame)));
        if (film.audio != FilmAudio::None) {
            QVERIFY((*encoder)->writeAudio(std::vector<float>(2 * 3000, 0.25F)));
        }
    }
    QVERIFY((*encoder)->finish());
    const auto info = probe(m_clips.path(file));
    QVERIFY(info);
    QCOMPARE(info->video.front().frameCount, kFrames);
    QVERIFY(!info->video.front().isVariable);
    QVERIFY(info->video.front().rate == film.rate);
    QCOMPARE(info->audio.size(), film.audio == FilmAudio::None ? 0U : 1U);
    QCOMPARE(m_clips.probed(file, "format_tags=title", "v:0"), "A title");
    const auto decoder = VideoDecoder::open(m_clips.path(file));
    QVERIFY(decoder);
    for (const int frame : {30, 0, 17, 18, 5}) {
        QCOMPARE(numberOf(*(*decoder)->pictureAt(RationalTime(frame, film.rate))->picture), frame);
    }
    QVERIFY(m_clips.ffmpeg({"-xerror", "-i", m_clips.name(file), "-f", "null", "-"}));
}

void TestVideoEncoder::writesTheSameFilmTheSameWay() {
    FilmSettings film = settings(FilmContainer::Matroska, FilmVideo::Ffv1Rgb, FilmAudio::None);
    film.width = film.height = 32;
    for (const char* file : {"once.mkv", "twice.mkv"}) {
        auto encoder = VideoEncoder::open(m_clips.path(file), film);
        QVERIFY(encoder);
        QVERIFY((*encoder)->writeFrame(flatFrame(1000, 2000, 3000)));
        QVERIFY((*encoder)->finish());
    }
    QCOMPARE(m_clips.read("once.mkv"), m_clips.read("twice.mkv"));
}

void TestVideoEncoder::keepsEverySampleInFfv1() {
    FilmSettings film = settings(FilmContainer::Matroska, FilmVideo::Ffv1Rgb, FilmAudio::None);
    film.width = 37;
    film.height = 23;
    const CodedFrame frame = noiseFrame(37, 23);
    const auto encoder = VideoEncoder::open(m_clips.path("noise.mkv"), film);
    QVERIFY(encoder);
    QVERIFY((*encoder)->writeFrame(frame));
    QVERIFY((*encoder)->finish());
    const auto picture = firstPicture(m_clips.path("noise.mkv"));
    QVERIFY(picture);
    QCOMPARE((*picture)->bitDepth, 16);
    QCOMPARE((*picture)->model, ColorModel::Rgb);
    for (std::size_t i = 0; i < frame.samples.size(); ++i) {
        const auto pixel = static_cast<int>(i / 3);
        QCOMPARE(sampleAt(**picture, i % 3, pixel % 37, pixel / 37), static_cast<double>(frame.samples[i]));
    }
}

void TestVideoEncoder::takesAreExactToTenBits() {
    FilmSettings film = settings(FilmContainer::Matroska, FilmVideo::Ffv1Yuv444p10, FilmAudio::None);
    film.width = film.height = 32;
    const auto encoder = VideoEncoder::open(m_clips.path("take.mkv"), film);
    QVERIFY(encoder);
    QVERIFY((*encoder)->writeFrame(flatFrame(50000, 20000, 9000)));
    QVERIFY((*encoder)->finish());
    const auto picture = firstPicture(m_clips.path("take.mkv"));
    QVERIFY(picture);
    const double red = 50000.0 / 65535.0;
    const double green = 20000.0 / 65535.0;
    const double blue = 9000.0 / 65535.0;
    const double luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    QCOMPARE(sampleAt(**picture, 0, 9, 9), std::round(4.0 * (16.0 + 219.0 * luma)));
    QCOMPARE(sampleAt(**picture, 1, 9, 9), std::round(4.0 * (128.0 + 224.0 * (blue - luma) / 1.8556)));
    QCOMPARE(sampleAt(**picture, 2, 9, 9), std::round(4.0 * (128.0 + 224.0 * (red - luma) / 1.5748)));
}

void TestVideoEncoder::tagsColors() {
    for (const auto& [file, container, video] :
         {std::tuple(QString("tags.mp4"), FilmContainer::Mp4, FilmVideo::H264),
          std::tuple(QString("tags.mkv"), FilmContainer::Matroska, FilmVideo::Ffv1Yuv444p10)}) {
        FilmSettings film = settings(container, video, FilmAudio::None);
        film.speed = "medium";
        const auto encoder = VideoEncoder::open(m_clips.path(file), film);
        QVERIFY(encoder);
        QVERIFY((*encoder)->writeFrame(numberedFrame(1)));
        QVERIFY((*encoder)->finish());
        QCOMPARE(m_clips.probed(file, "stream=color_space,color_transfer,color_primaries,color_range").split(u'\n'),
                 (QStringList{"tv", "bt709", "bt709", "bt709"}));
        const ColorDescription rec709{ColorMatrix::Bt709, ColorRange::Limited, Transfer::Srgb, Primaries::Bt709, false};
        QCOMPARE((*firstPicture(m_clips.path(file)))->color, rec709);
    }
    // The index comes first, so that a browser can play the file while it loads.
    const QByteArray bytes = m_clips.read("tags.mp4");
    QVERIFY(bytes.indexOf("moov") < bytes.indexOf("mdat"));
    QCOMPARE(m_clips.probed("tags.mp4", "stream=profile,pix_fmt").split(u'\n'), (QStringList{"High", "yuv420p"}));
}

void TestVideoEncoder::hitsTheCodeValuesOfBt709() {
    FilmSettings film = settings(FilmContainer::Mp4, FilmVideo::H264, FilmAudio::None);
    film.width = film.height = 32;
    film.crf = 0 + 1;
    struct Case {
        CodedFrame frame;
        int y, cb, cr;
    };
    const Case cases[] = {{flatFrame(65535, 65535, 65535), 235, 128, 128},
                          {flatFrame(0, 0, 0), 16, 128, 128},
                          {flatFrame(65535, 0, 0), 63, 102, 240},
                          {flatFrame(0, 65535, 0), 173, 42, 26},
                          {flatFrame(0, 0, 65535), 32, 240, 118}};
    for (const Case& row : cases) {
        const auto encoder = VideoEncoder::open(m_clips.path("flat.mp4"), film);
        QVERIFY(encoder);
        QVERIFY((*encoder)->writeFrame(row.frame));
        QVERIFY((*encoder)->finish());
        const auto picture = firstPicture(m_clips.path("flat.mp4"));
        QVERIFY(picture);
        QVERIFY(std::abs(sampleAt(**picture, 0, 16, 16) - row.y) <= 1);
        QVERIFY(std::abs(sampleAt(**picture, 1, 8, 8) - row.cb) <= 1);
        QVERIFY(std::abs(sampleAt(**picture, 2, 8, 8) - row.cr) <= 1);
    }
}

void TestVideoEncoder::repeatsTheLastColumnOfOddSizes() {
    FilmSettings film = settings(FilmContainer::Mp4, FilmVideo::H264, FilmAudio::None);
    film.width = 33;
    film.height = 17;
    const auto encoder = VideoEncoder::open(m_clips.path("odd.mp4"), film);
    QVERIFY(encoder);
    QCOMPARE((*encoder)->codedWidth(), 34);
    QCOMPARE((*encoder)->codedHeight(), 18);
    QVERIFY((*encoder)->writeFrame(noiseFrame(33, 17)));
    QVERIFY((*encoder)->finish());
    QCOMPARE((*firstPicture(m_clips.path("odd.mp4")))->width, 34);
}

void TestVideoEncoder::makesSoundAsLongAsThePicture_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("samplesGiven");
    for (const char* file : {"sound.mp4", "sound.mkv"}) {
        QTest::addRow("%s, none", file) << file << 0;
        QTest::addRow("%s, too short", file) << file << 20000;
        QTest::addRow("%s, too long", file) << file << 100000;
    }
}

void TestVideoEncoder::makesSoundAsLongAsThePicture() {
    QFETCH(QString, file);
    QFETCH(int, samplesGiven);
    const bool isMp4 = file.endsWith("mp4");
    FilmSettings film =
        settings(isMp4 ? FilmContainer::Mp4 : FilmContainer::Matroska, isMp4 ? FilmVideo::H264 : FilmVideo::Ffv1Rgb,
                 isMp4 ? FilmAudio::Aac : FilmAudio::Pcm24);
    film.rate = FrameRate(30000, 1001);
    film.channels = 1;
    constexpr int kFrames = 40;
    const auto length = static_cast<std::int64_t>(kFrames) * 1001 * 48000 / 30000;
    const auto encoder = VideoEncoder::open(m_clips.path(file), film);
    QVERIFY(encoder);
    std::vector<float> sound(static_cast<std::size_t>(samplesGiven), 0.0F);
    constexpr std::size_t kClick = 12345;
    if (sound.size() > kClick) {
        sound[kClick] = 0.9F;
    }
    QVERIFY((*encoder)->writeAudio(sound));
    for (int frame = 0; frame < kFrames; ++frame) {
        QVERIFY((*encoder)->writeFrame(numberedFrame(frame)));
    }
    QVERIFY((*encoder)->finish());
    const double seconds = kFrames * 1001.0 / 30000.0;
    if (isMp4) {
        QVERIFY(std::abs(m_clips.probed(file, "stream=duration", "v:0").toDouble() - seconds) < 0.001);
        QVERIFY(std::abs(m_clips.probed(file, "stream=duration", "a:0").toDouble() - seconds) < 0.001);
    }
    const auto decoder = AudioDecoder::open(m_clips.path(file), 48000, 1);
    QVERIFY(decoder);
    const auto samples = (*decoder)->read(0, length + 5000);
    QVERIFY(samples);
    QVERIFY2((*decoder)->length() == length, qPrintable(QString::number((*decoder)->length().value_or(-1) - length)));
    if (sound.size() > kClick) {
        QCOMPARE(std::max_element(samples->begin(), samples->end()) - samples->begin(),
                 static_cast<std::ptrdiff_t>(kClick));
    }
}

void TestVideoEncoder::leavesNothingWhenAbandoned() {
    QVERIFY(m_clips.write("kept.mp4", "old"));
    {
        const auto encoder = VideoEncoder::open(m_clips.path("kept.mp4"),
                                                settings(FilmContainer::Mp4, FilmVideo::H264, FilmAudio::None));
        QVERIFY(encoder);
        QVERIFY((*encoder)->writeFrame(numberedFrame(1)));
        QCOMPARE(m_clips.read("kept.mp4"), QByteArray("old"));
    }
    QCOMPARE(m_clips.read("kept.mp4"), QByteArray("old"));
    QCOMPARE(QDir(m_clips.name(".")).entryList({"*partial*"}, QDir::AllEntries | QDir::Hidden), QStringList());
}

void TestVideoEncoder::reportsWhereItCannotWrite() {
    const FilmSettings film = settings(FilmContainer::Mp4, FilmVideo::H264, FilmAudio::None);
    QCOMPARE(VideoEncoder::open(m_clips.path("no/such/folder.mp4"), film).error().code, ErrorCode::FileNotFound);
    QVERIFY(QDir(m_clips.name(".")).mkpath("folder.mp4"));
    QCOMPARE(VideoEncoder::open(m_clips.path("folder.mp4"), film).error().code, ErrorCode::NotAFile);
    QVERIFY(m_clips.write("master.mp4", "the film"));
    std::filesystem::permissions(m_clips.path("master.mp4"), std::filesystem::perms::owner_read);
    QCOMPARE(VideoEncoder::open(m_clips.path("master.mp4"), film).error().code, ErrorCode::PermissionDenied);
    QCOMPARE(VideoEncoder::open("/proc/film.mp4", film).error().subject, std::string("/proc/film.mp4"));
    FilmSettings wrong = film;
    wrong.width = 0;
    QCOMPARE(VideoEncoder::open(m_clips.path("w.mp4"), wrong).error().code, ErrorCode::InvalidArgument);
}

void TestVideoEncoder::reportsAFullDisk() {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    const rlimit small{200'000, old.rlim_max};
    FilmSettings film = settings(FilmContainer::Matroska, FilmVideo::Ffv1Rgb, FilmAudio::None);
    film.width = film.height = 256;
    Error error{ErrorCode::InvalidArgument, {}, {}};
    {
        const auto encoder = VideoEncoder::open(m_clips.path("full.mkv"), film);
        QVERIFY(encoder);
        setrlimit(RLIMIT_FSIZE, &small);
        const CodedFrame frame = noiseFrame(256, 256);
        for (int i = 0; i < 5; ++i) {
            if (const auto written = (*encoder)->writeFrame(frame); !written) {
                error = written.error();
                break;
            }
        }
        if (error.code == ErrorCode::InvalidArgument) {
            const auto finished = (*encoder)->finish();
            error = finished ? error : finished.error();
        }
        setrlimit(RLIMIT_FSIZE, &old);
    }
    QCOMPARE(error.code, ErrorCode::DiskFull);
    QVERIFY(error.subject.ends_with("full.mkv"));
    QVERIFY(!std::filesystem::exists(m_clips.path("full.mkv")));
}

void TestVideoEncoder::refusesWrongFrames() {
    const auto encoder =
        VideoEncoder::open(m_clips.path("wrong.mp4"), settings(FilmContainer::Mp4, FilmVideo::H264, FilmAudio::None));
    QVERIFY(encoder);
    QCOMPARE((*encoder)->writeFrame(numberedFrame(1, 64, 32)).error().code, ErrorCode::InvalidArgument);
    QCOMPARE((*encoder)->writeAudio(std::vector<float>(4)).error().code, ErrorCode::InvalidArgument);
    QCOMPARE((*encoder)->finish().error().code, ErrorCode::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestVideoEncoder)
#include "TestVideoEncoder.moc"
