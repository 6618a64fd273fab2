#include "timeline/media/FrameConversion.h"

#include "tests/timeline/media/Clips.h"

#include <QTest>

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
}

#include <bit>
#include <random>

using namespace timeline;

/// Every pixel format FFmpeg has, filled by FFmpeg's own writer, must come out as the very samples.
class TestFrameConversion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEverySample_data();
    void readsEverySample();
    void refusesHardwareFrames();
};

namespace {

constexpr int kWidth = 14; // 4 x odd for the coarsest chroma, and odd halves
constexpr int kHeight = 7;

bool isFilledSampleBySample(const AVPixFmtDescriptor& format) {
    constexpr unsigned kOther =
        AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_BAYER;
    const bool isHalf = (format.flags & AV_PIX_FMT_FLAG_FLOAT) != 0 && format.comp[0].depth != 32;
    const bool isPackedInByte = format.comp[0].step == 1 && format.comp[0].depth < 8;
    const bool isMisdescribed = std::string_view(format.name) == "uyyvyy411";
    return (format.flags & kOther) == 0 && !isHalf && !isPackedInByte && !isMisdescribed &&
           !std::string_view(format.name).starts_with("xyz") && format.nb_components > 0;
}

} // namespace

void TestFrameConversion::readsEverySample_data() {
    QTest::addColumn<int>("format");
    for (const AVPixFmtDescriptor* format = av_pix_fmt_desc_next(nullptr); format != nullptr;
         format = av_pix_fmt_desc_next(format)) {
        if (isFilledSampleBySample(*format)) {
            QTest::newRow(format->name) << static_cast<int>(av_pix_fmt_desc_get_id(format));
        }
    }
}

void TestFrameConversion::readsEverySample() {
    QFETCH(int, format);
    const AVPixFmtDescriptor& description = *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
    const AvFramePtr frame = makeAvFrame();
    frame->format = format;
    frame->width = kWidth;
    frame->height = kHeight;
    QVERIFY(av_frame_get_buffer(frame.get(), 0) >= 0);
    for (int plane = 0; plane < AV_NUM_DATA_POINTERS && frame->buf[plane] != nullptr; ++plane) {
        std::fill_n(frame->buf[plane]->data, frame->buf[plane]->size, std::uint8_t{0});
    }
    std::mt19937 random(static_cast<unsigned>(format));
    std::vector<std::vector<std::uint32_t>> written;
    for (int component = 0; component < description.nb_components; ++component) {
        const bool isChroma = description.nb_components > 2 && (description.flags & AV_PIX_FMT_FLAG_RGB) == 0 &&
                              (component == 1 || component == 2);
        const int width = isChroma ? AV_CEIL_RSHIFT(kWidth, description.log2_chroma_w) : kWidth;
        const int height = isChroma ? AV_CEIL_RSHIFT(kHeight, description.log2_chroma_h) : kHeight;
        const bool isFloat = (description.flags & AV_PIX_FMT_FLAG_FLOAT) != 0;
        std::vector<std::uint32_t>& all = written.emplace_back();
        for (int y = 0; y < height; ++y) {
            std::vector<std::uint32_t> row(static_cast<std::size_t>(width));
            for (std::uint32_t& sample : row) {
                sample = isFloat
                             ? std::bit_cast<std::uint32_t>(static_cast<float>(random() % 1000) / 500.0F)
                             : static_cast<std::uint32_t>(random()) & ((1U << description.comp[component].depth) - 1U);
            }
            av_write_image_line2(row.data(), frame->data, frame->linesize, &description, 0, y, component, width, 4);
            all.insert(all.end(), row.begin(), row.end());
        }
    }
    const Result<Picture> picture = pictureFrom(*frame);
    QVERIFY(picture);
    QCOMPARE(picture->planes.size(), written.size());
    for (std::size_t plane = 0; plane < written.size(); ++plane) {
        const int depth = description.comp[plane].depth;
        for (std::size_t i = 0; i < written[plane].size(); ++i) {
            const auto width = static_cast<std::size_t>(picture->planes[plane].width);
            const double sample = sampleAt(*picture, plane, static_cast<int>(i % width), static_cast<int>(i / width));
            double expected = picture->sampleType == SampleType::Float32
                                  ? static_cast<double>(std::bit_cast<float>(written[plane][i]))
                                  : written[plane][i];
            if (depth < 8) {
                expected = std::floor((expected * 255.0) / ((1 << depth) - 1) + 0.5);
            }
            QCOMPARE(sample, expected);
        }
    }
}

void TestFrameConversion::refusesHardwareFrames() {
    QVERIFY(!isSupportedPixelFormat(AV_PIX_FMT_VAAPI));
    QVERIFY(!isSupportedPixelFormat(AV_PIX_FMT_NONE));
    const AvFramePtr frame = makeAvFrame();
    frame->format = AV_PIX_FMT_VAAPI;
    QCOMPARE(pictureFrom(*frame).error().code, ErrorCode::UnsupportedPixelFormat);
}

QTEST_GUILESS_MAIN(TestFrameConversion)
#include "TestFrameConversion.moc"
