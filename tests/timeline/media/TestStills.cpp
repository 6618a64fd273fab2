#include "tests/timeline/media/Clips.h"
#include "timeline/media/ImageSequence.h"
#include "timeline/media/Probe.h"
#include "timeline/media/StillReader.h"
#include "timeline/media/StillWriter.h"

#include <OpenImageIO/imageio.h>
#include <QDir>
#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace timeline;

class TestStills : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsSixteenBits_data();
    void keepsSixteenBits();
    void keepsStraightAlpha();
    void readsGrayAndPalette();
    void turnsByExif_data();
    void turnsByExif();
    void readsCmykTheRightWayRound();
    void readsExrWindows();
    void fillsMissingChannels();
    void writesExr();
    void readsWebP();
    void describesStills();
    void refusesHugePictures();
    void refusesWindowsAroundNothing();
    void findsSequences();
    void playsSequencesWithGaps();
    void leavesNothingWhenItCannotWrite();

private:
    /// Writes floats through OpenImageIO, as another program would.
    bool write(const QString& file, const OIIO::ImageSpec& spec, const std::vector<float>& samples) const;

    Clips m_clips;
};

bool TestStills::write(const QString& file, const OIIO::ImageSpec& spec, const std::vector<float>& samples) const {
    const std::string path = m_clips.path(file).string();
    const auto output = OIIO::ImageOutput::create(path);
    return output && output->open(path, spec) && output->write_image(OIIO::TypeDesc::FLOAT, samples.data()) &&
           output->close();
}

void TestStills::keepsSixteenBits_data() {
    QTest::addColumn<QString>("file");
    QTest::newRow("PNG") << "a.png";
    QTest::newRow("TIFF") << "a.tif";
}

void TestStills::keepsSixteenBits() {
    QFETCH(QString, file);
    std::mt19937 random(2);
    CodedFrame frame{19, 7, 3, {}};
    for (int i = 0; i < 19 * 7 * 3; ++i) {
        frame.samples.push_back(static_cast<std::uint16_t>(random()));
    }
    QVERIFY(writeStill(m_clips.path(file), frame));
    const auto picture = readStill(m_clips.path(file));
    QVERIFY(picture);
    QCOMPARE((*picture)->bitDepth, 16);
    QCOMPARE((*picture)->color,
             (ColorDescription{ColorMatrix::Bt709, ColorRange::Full, Transfer::Srgb, Primaries::Bt709, false}));
    for (std::size_t i = 0; i < frame.samples.size(); ++i) {
        const auto pixel = static_cast<int>(i / 3);
        QCOMPARE(sampleAt(**picture, i % 3, pixel % 19, pixel / 19), static_cast<double>(frame.samples[i]));
    }
}

void TestStills::keepsStraightAlpha() {
    CodedFrame frame{2, 1, 4, {60000, 30000, 10000, 0, 50000, 40000, 20000, 32768}};
    for (const char* file : {"alpha.png", "alpha.tif"}) {
        QVERIFY(writeStill(m_clips.path(file), frame));
        const auto picture = readStill(m_clips.path(file));
        QVERIFY(picture);
        QCOMPARE((*picture)->alpha, AlphaMode::Straight);
        QCOMPARE(sampleAt(**picture, 0, 0, 0), 60000.0); // under alpha 0 too
        QCOMPARE(sampleAt(**picture, 1, 1, 0), 40000.0);
        QCOMPARE(sampleAt(**picture, 3, 1, 0), 32768.0);
    }
}

void TestStills::readsGrayAndPalette() {
    QVERIFY(m_clips.ffmpeg({"-f", "lavfi", "-i", "color=0x808080:size=8x8", "-frames:v", "1", "-pix_fmt", "gray",
                            m_clips.name("gray.png")}));
    const auto gray = readStill(m_clips.path("gray.png"));
    QVERIFY(gray);
    QCOMPARE((*gray)->model, ColorModel::Gray);
    QCOMPARE((*gray)->planes.size(), 1U);
    QVERIFY(m_clips.ffmpeg({"-f", "lavfi", "-i", "color=red:size=8x8", "-frames:v", "1", "-pix_fmt", "pal8",
                            m_clips.name("palette.png")}));
    const auto palette = readStill(m_clips.path("palette.png"));
    QVERIFY(palette);
    QCOMPARE((*palette)->model, ColorModel::Rgb);
    QVERIFY(sampleAt(**palette, 0, 4, 4) > 250 && sampleAt(**palette, 1, 4, 4) < 5);
}

void TestStills::turnsByExif_data() {
    QTest::addColumn<int>("exif");
    QTest::addColumn<bool>("mirrored");
    QTest::addColumn<int>("quarterTurns");
    const std::pair<bool, int> turns[] = {{false, 0}, {true, 0},  {false, 2}, {true, 2},
                                          {true, 3},  {false, 1}, {true, 1},  {false, 3}};
    for (int exif = 1; exif <= 8; ++exif) {
        QTest::addRow("%d", exif) << exif << turns[exif - 1].first << turns[exif - 1].second;
    }
}

void TestStills::turnsByExif() {
    QFETCH(int, exif);
    QFETCH(bool, mirrored);
    QFETCH(int, quarterTurns);
    OIIO::ImageSpec spec(8, 4, 3, OIIO::TypeDesc::UINT8);
    spec.attribute("Orientation", exif);
    QVERIFY(write("turned.jpg", spec, std::vector<float>(8 * 4 * 3, 0.5F)));
    const auto picture = readStill(m_clips.path("turned.jpg"));
    QVERIFY(picture);
    QCOMPARE((*picture)->orientation, (Orientation{mirrored, quarterTurns}));
    QCOMPARE((*picture)->width, 8);
    const auto info = probe(m_clips.path("turned.jpg"));
    QVERIFY(info);
    QCOMPARE(info->video.front().displayWidth, quarterTurns % 2 == 1 ? 4 : 8);
}

void TestStills::readsCmykTheRightWayRound() {
    // 16 x 16 of rgb(200, 60, 30) as YCCK with Adobe's mark, made with ImageMagick.
    const QByteArray jpeg = QByteArray::fromBase64(
        "/9j/7gAOQWRvYmUAZAAAAAAC/"
        "9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/9sAQwEDBAQFBAUJ"
        "BQUJFA0LDRQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU/8AAFAgAEAAQBAERAAIRAQMRAQQRAP/"
        "EABYAAQEBAAAAAAAAAAAAAAAAAAACCP/E"
        "ABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAACP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/"
        "2gAOBAEAAhEDEQQAAD8AtQqCmwAAAAH/2Q==");
    QVERIFY(m_clips.write("cmyk.jpg", jpeg));
    const auto picture = readStill(m_clips.path("cmyk.jpg"));
    QVERIFY(picture);
    QCOMPARE((*picture)->planes.size(), 3U);
    QVERIFY(std::abs(sampleAt(**picture, 0, 8, 8) - 200) < 8);
    QVERIFY(std::abs(sampleAt(**picture, 1, 8, 8) - 60) < 8);
    QVERIFY(std::abs(sampleAt(**picture, 2, 8, 8) - 30) < 8);
}

void TestStills::readsExrWindows() {
    // A display window of 8 x 6 at (0, 0); the data lies at (-2, 1) and is 6 x 3.
    OIIO::ImageSpec spec(6, 3, 4, OIIO::TypeDesc::HALF);
    spec.x = -2;
    spec.y = 1;
    spec.full_width = 8;
    spec.full_height = 6;
    std::vector<float> samples;
    for (int y = 0; y < 3; ++y) {
        for (int x = 0; x < 6; ++x) {
            samples.insert(samples.end(), {static_cast<float>(x), static_cast<float>(y), 2.5F, 1.0F});
        }
    }
    samples[4 * (1 * 6 + 3)] = std::numeric_limits<float>::quiet_NaN();
    samples[4 * (1 * 6 + 3) + 1] = std::numeric_limits<float>::infinity();
    QVERIFY(write("window.exr", spec, samples));
    const auto picture = readStill(m_clips.path("window.exr"));
    QVERIFY(picture);
    QCOMPARE((*picture)->width, 8);
    QCOMPARE((*picture)->height, 6);
    QCOMPARE((*picture)->sampleType, SampleType::Float32);
    QCOMPARE((*picture)->color.transfer, Transfer::Linear);
    QCOMPARE((*picture)->alpha, AlphaMode::Premultiplied);
    QCOMPARE(sampleAt(**picture, 0, 0, 1), 2.0); // data column 2
    QCOMPARE(sampleAt(**picture, 1, 3, 3), 2.0);
    QCOMPARE(sampleAt(**picture, 2, 3, 3), 2.5); // more than white stays
    QCOMPARE(sampleAt(**picture, 3, 0, 0), 0.0); // outside the data: nothing
    QCOMPARE(sampleAt(**picture, 3, 5, 2), 0.0);
    QCOMPARE(sampleAt(**picture, 0, 1, 2), 0.0); // NaN
    QCOMPARE(sampleAt(**picture, 1, 1, 2), 0.0); // infinity
}

void TestStills::fillsMissingChannels() {
    OIIO::ImageSpec spec(4, 4, 2, OIIO::TypeDesc::FLOAT);
    spec.channelnames = {"R", "G"};
    QVERIFY(write("two.exr", spec, std::vector<float>(4 * 4 * 2, 0.75F)));
    const auto picture = readStill(m_clips.path("two.exr"));
    QVERIFY(picture);
    QCOMPARE((*picture)->model, ColorModel::Rgb);
    QCOMPARE(sampleAt(**picture, 1, 2, 2), 0.75);
    QCOMPARE(sampleAt(**picture, 2, 2, 2), 0.0);
}

void TestStills::writesExr() {
    const std::vector<float> pixels{0.25F, 4.0F, -0.5F, 1.0F, 0.125F, 0.0F, 0.5F, 0.5F};
    for (const ExrDepth depth : {ExrDepth::Half, ExrDepth::Float}) {
        QVERIFY(writeExr(m_clips.path("out.exr"), {2, 1, pixels}, depth));
        const auto picture = readStill(m_clips.path("out.exr"));
        QVERIFY(picture);
        QCOMPARE((*picture)->alpha, AlphaMode::Premultiplied);
        for (int i = 0; i < 8; ++i) {
            QCOMPARE(sampleAt(**picture, static_cast<std::size_t>(i % 4), i / 4, 0),
                     static_cast<double>(pixels[static_cast<std::size_t>(i)]));
        }
    }
    QCOMPARE(writeExr(m_clips.path("out.png"), {2, 1, pixels}).error().code, ErrorCode::UnsupportedFormat);
    QCOMPARE(writeExr(m_clips.path("out.exr"), {3, 1, pixels}).error().code, ErrorCode::InvalidArgument);
}

void TestStills::readsWebP() {
    QVERIFY(m_clips.ffmpeg({"-f", "lavfi", "-i", "color=red@0.5:size=16x16,format=bgra", "-frames:v", "1", "-c:v",
                            "libwebp", "-lossless", "1", m_clips.name("a.webp")}));
    const auto picture = readStill(m_clips.path("a.webp"));
    QVERIFY(picture);
    QCOMPARE((*picture)->planes.size(), 4U);
    QVERIFY(std::abs(sampleAt(**picture, 3, 8, 8) - 128) < 2);
    const double red = sampleAt(**picture, 0, 8, 8);
    QVERIFY((*picture)->alpha == AlphaMode::Straight ? red > 250 : std::abs(red - 127) < 3);
}

void TestStills::describesStills() {
    QVERIFY(writeStill(m_clips.path("photo.png"), numberedFrame(3)));
    const auto info = probe(m_clips.path("photo.png"));
    QVERIFY(info);
    QCOMPARE(info->kind, MediaKind::Still);
    QCOMPARE(info->video.front().codec, std::string("png"));
    QCOMPARE(info->video.front().pixelFormat, std::string("rgb16"));
    QCOMPARE(info->video.front().frameCount, 1);
    QVERIFY(!info->hasAudio());
}

void TestStills::refusesHugePictures() {
    // A TIFF header of 50,000 x 50,000 pixels over nothing.
    const auto entry = [](int tag, int type, unsigned value) {
        QByteArray bytes(12, '\0');
        bytes[0] = static_cast<char>(tag & 0xff);
        bytes[1] = static_cast<char>(tag >> 8);
        bytes[2] = static_cast<char>(type);
        bytes[4] = 1;
        for (int i = 0; i < 4; ++i) {
            bytes[8 + i] = static_cast<char>((value >> (8 * i)) & 0xffU);
        }
        return bytes;
    };
    const QByteArray tiff = QByteArray("II*\0\x08\0\0\0\x08\0", 10) + entry(256, 4, 50000) + entry(257, 4, 50000) +
                            entry(258, 3, 8) + entry(259, 3, 1) + entry(262, 3, 1) + entry(273, 4, 8) +
                            entry(277, 3, 1) + entry(278, 4, 50000) + QByteArray(4, '\0');
    QVERIFY(m_clips.write("huge.tif", tiff));
    const auto picture = readStill(m_clips.path("huge.tif"));
    QVERIFY(!picture);
    QVERIFY2(picture.error().code == ErrorCode::TooLarge, picture.error().detail.c_str());
    QVERIFY(!readStill(m_clips.path("missing.png")));
    QVERIFY(m_clips.write("words.png", "these are words"));
    QCOMPARE(readStill(m_clips.path("words.png")).error().code, ErrorCode::UnsupportedFormat);
}

void TestStills::refusesWindowsAroundNothing() {
    // One pixel in a window of 36 million: 335 bytes that would take a gigabyte.
    OIIO::ImageSpec spec(1, 1, 3, OIIO::TypeDesc::HALF);
    spec.full_x = spec.full_y = 0;
    spec.full_width = spec.full_height = 6000;
    QVERIFY(write("bomb.exr", spec, {1.0F, 0.5F, 0.25F}));
    QCOMPARE(readStill(m_clips.path("bomb.exr")).error().code, ErrorCode::TooLarge);
    QCOMPARE(probe(m_clips.path("bomb.exr")).error().code, ErrorCode::TooLarge);
    // A small element in a large plate is none.
    spec.full_width = spec.full_height = 2000;
    QVERIFY(write("element.exr", spec, {1.0F, 0.5F, 0.25F}));
    QVERIFY(readStill(m_clips.path("element.exr")));
    // What the pixels take in memory counts, not what they take in the file.
    spec = OIIO::ImageSpec(11000, 10, 3, OIIO::TypeDesc::HALF);
    spec.full_x = spec.full_y = 0;
    spec.full_width = spec.full_height = 11000;
    QVERIFY(write("plate.exr", spec, std::vector<float>(11000 * 10 * 3, 0.0F)));
    QCOMPARE(readStill(m_clips.path("plate.exr")).error().code, ErrorCode::TooLarge);
}

void TestStills::findsSequences() {
    QVERIFY(QDir(m_clips.name(".")).mkpath("frames"));
    for (const int number : {7, 8, 9, 10, 12}) {
        QVERIFY(writeStill(m_clips.path(QString("frames/shot.%1.png").arg(number, 4, 10, QChar('0'))),
                           numberedFrame(number)));
    }
    QVERIFY(writeStill(m_clips.path("frames/alone.png"), numberedFrame(1)));
    std::vector<std::filesystem::path> together{m_clips.path("frames/alone.png")};
    for (const char* number : {"0012", "0007", "0008", "0010", "0009"}) {
        together.push_back(m_clips.path(QString("frames/shot.%1.png").arg(number)));
    }
    QCOMPARE(withSequences(together), (std::vector<std::filesystem::path>{m_clips.path("frames/alone.png"),
                                                                          m_clips.path("frames/shot.%04d.png")}));
    together.pop_back(); // not all of them: just these are meant
    QCOMPARE(withSequences(together), together);
    for (const char* number : {"9", "10", "11"}) {
        QVERIFY(writeStill(m_clips.path(QString("frames/u%1.png").arg(number)), numberedFrame(1)));
    }
    QCOMPARE(
        withSequences({m_clips.path("frames/u10.png"), m_clips.path("frames/u9.png"), m_clips.path("frames/u11.png")}),
        std::vector<std::filesystem::path>{m_clips.path("frames/u%d.png")});
    const auto pattern = SequencePattern::parse(m_clips.path("frames/shot.%04d.png"));
    QVERIFY(pattern);
    QCOMPARE(pattern->path(), m_clips.path("frames/shot.%04d.png"));
    QCOMPARE(pattern->numbers(), (std::vector<std::int64_t>{7, 8, 9, 10, 12}));
    QVERIFY(SequencePattern::parse(pattern->path()) == pattern);
    QVERIFY(!SequencePattern::parse(m_clips.path("frames/shot.0009.png")));
    QVERIFY(!SequencePattern::parse("100%.png"));
    QVERIFY(!SequencePattern::parse("%d%d.png"));
    QVERIFY(SequencePattern::parse(m_clips.path("frames/shot.%4d.png")) == pattern);
    const auto info = probe(pattern->path());
    QVERIFY(info);
    QCOMPARE(info->kind, MediaKind::Sequence);
    QCOMPARE(info->video.front().frameCount, 6);
}

void TestStills::playsSequencesWithGaps() {
    const auto sequence = ImageSequence::open(m_clips.path("frames/shot.%04d.png"), FrameRate(10));
    QVERIFY(sequence);
    const int shown[] = {7, 7, 8, 9, 10, 10, 12, 12};
    for (int frame = -1; frame < 7; ++frame) {
        const auto picture = (*sequence)->pictureAt(RationalTime(frame, FrameRate(10)));
        QVERIFY(picture);
        QCOMPARE(numberOf(*picture->picture), shown[frame + 1]);
    }
    QCOMPARE(ImageSequence::open(m_clips.path("frames/none.%04d.png")).error().code, ErrorCode::FileNotFound);
}

void TestStills::leavesNothingWhenItCannotWrite() {
    QCOMPARE(writeStill(m_clips.path("none/a.png"), numberedFrame(1)).error().code, ErrorCode::FileNotFound);
    QCOMPARE(writeStill(m_clips.path("a.xyz"), numberedFrame(1)).error().code, ErrorCode::UnsupportedFormat);
    CodedFrame wrong = numberedFrame(1);
    wrong.samples.pop_back();
    QCOMPARE(writeStill(m_clips.path("wrong.png"), wrong).error().code, ErrorCode::InvalidArgument);
    QVERIFY(!std::filesystem::exists(m_clips.path("wrong.png")));
    QCOMPARE(QDir(m_clips.name(".")).entryList({"*partial*"}, QDir::AllEntries | QDir::Hidden), QStringList());
}

QTEST_GUILESS_MAIN(TestStills)
#include "TestStills.moc"
