// Expected numbers are worked out by hand or by the formulas of the standards in double precision, not by the code
// under test. Every row runs on both compositors.
#include "tests/timeline/render/CompositorRows.h"
#include "timeline/media/CodedFrame.h"
#include "timeline/render/OutputTransform.h"

#include <QTest>

#include <limits>

using namespace timeline;
using namespace timeline::test;

class TestConversion : public QObject, protected CompositorRows {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openVulkan(); }
    void cleanupTestCase() { closeVulkan(); }

    void matrixRangeAndDepth_data() { rows(); }
    void matrixRangeAndDepth() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        struct Weights {
            ColorMatrix matrix;
            double kr, kb;
        };
        for (const Weights& w : {Weights{ColorMatrix::Bt601, .299, .114}, Weights{ColorMatrix::Bt709, .2126, .0722},
                                 Weights{ColorMatrix::Bt2020, .2627, .0593}}) {
            for (const ColorRange range : {ColorRange::Limited, ColorRange::Full}) {
                for (const int depth : {8, 10, 12, 16}) {
                    const double step = std::ldexp(1.0, depth - 8);
                    const std::array<double, 3> code{120 * step, 100 * step, 170 * step};
                    Picture picture = yuvPicture(2, 2, depth, {0, 0}, [&](int plane, int, int) { return code[plane]; });
                    picture.color.matrix = w.matrix;
                    picture.color.range = range;
                    const bool limited = range == ColorRange::Limited;
                    const double full = std::ldexp(1.0, depth) - 1;
                    const double y = limited ? (code[0] - 16 * step) / (219 * step) : code[0] / full;
                    const double cb = (code[1] - 128 * step) / (limited ? 224 * step : full);
                    const double cr = (code[2] - 128 * step) / (limited ? 224 * step : full);
                    const double r = y + 2 * (1 - w.kr) * cr;
                    const double b = y + 2 * (1 - w.kb) * cb;
                    const double g = (y - w.kr * r - w.kb * b) / (1 - w.kr - w.kb);
                    compare(pixelAt(draw(picture, 2, 2), 1, 1), {srgbToLight(r), srgbToLight(g), srgbToLight(b), 1});
                }
            }
        }
    }

    /// Values from the recommendations' own tables: 75 % bars and white as every generator writes them.
    void barsOfTheStandards_data() { rows(); }
    void barsOfTheStandards() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        struct Bar {
            ColorMatrix matrix;
            std::array<int, 3> code;
            std::array<int, 3> rgb;
        };
        for (const Bar& bar :
             {Bar{ColorMatrix::Bt601, {81, 90, 240}, {254, 0, 0}}, Bar{ColorMatrix::Bt601, {145, 54, 34}, {0, 255, 1}},
              Bar{ColorMatrix::Bt709, {63, 102, 240}, {255, 1, 0}},
              Bar{ColorMatrix::Bt709, {235, 128, 128}, {255, 255, 255}},
              Bar{ColorMatrix::Bt709, {16, 128, 128}, {0, 0, 0}},
              Bar{ColorMatrix::Bt709, {126, 128, 128}, {128, 128, 128}}}) {
            Picture picture = yuvPicture(2, 2, 8, {1, 1}, [&](int plane, int, int) { return bar.code[plane]; });
            picture.color.matrix = bar.matrix;
            const DisplayImage shown = displayImage(draw(picture, 2, 2));
            for (std::size_t i = 0; i < 3; ++i) {
                QCOMPARE(int(shown.pixels[i]), bar.rgb[i]);
            }
        }
    }

    void greyIsNeutral_data() { rows(); }
    void greyIsNeutral() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        const FrameImage image =
            draw(yuvPicture(256, 2, 8, {1, 1}, [](int plane, int x, int) { return plane == 0 ? x : 128; }), 256, 2);
        for (int x = 0; x < 256; ++x) {
            const Rgba pixel = pixelAt(image, x, 0);
            QVERIFY(pixel[0] == pixel[1] && pixel[1] == pixel[2]);
        }
    }

    void transfers_data() { rows(); }
    void transfers() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        struct Point {
            Transfer transfer;
            double code, light;
        };
        // PQ 0.5 is 92.2457 cd/m2, HLG 0.5 is 1/12 of scene light, HLG 0.75 is 203 cd/m2, the white of BT.2408.
        for (const Point& point :
             {Point{Transfer::Linear, .5, .5}, Point{Transfer::Linear, 7, 7}, Point{Transfer::Srgb, .5, .2140411},
              Point{Transfer::Srgb, .02, .02 / 12.92}, Point{Transfer::Srgb, -.5, -.2140411},
              Point{Transfer::Srgb, 1.2, srgbToLight(1.2)}, Point{Transfer::Gamma22, .5, .2176376},
              Point{Transfer::Gamma28, .5, .1435873}, Point{Transfer::Pq, .5, 92.24571 / 203},
              Point{Transfer::Hlg, .5, .2497406}, Point{Transfer::Hlg, .75, .7531}}) {
            Picture picture = rgbPicture(1, 1, 32, [&](int, int, int) { return point.code; });
            picture.color.transfer = point.transfer;
            const double tolerance = point.transfer == Transfer::Hlg && point.code > .5 ? 5e-4 : 2e-6;
            compare(pixelAt(draw(picture, 1, 1), 0, 0), {point.light, point.light, point.light, 1}, tolerance);
        }
    }

    void primaries_data() { rows(); }
    void primaries() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        // ITU-R BT.2087 and Apple's published matrix, to the digits they print.
        Picture wide = lightPicture(1, 1, [](int plane, int, int) { return plane == 0 ? 1.0 : 0.0; });
        wide.color.primaries = Primaries::Bt2020;
        compare(pixelAt(draw(wide, 1, 1), 0, 0), {1.6605, -.1246, -.0182, 1}, 6e-5);
        wide.color.primaries = Primaries::DisplayP3;
        compare(pixelAt(draw(wide, 1, 1), 0, 0), {1.2249, -.0420, -.0197, 1}, 1e-4);
        Picture white = lightPicture(1, 1, [](int, int, int) { return 1.0; });
        for (const Primaries primaries : {Primaries::Bt601_525, Primaries::Bt601_625, Primaries::Bt2020}) {
            white.color.primaries = primaries;
            compare(pixelAt(draw(white, 1, 1), 0, 0), {1, 1, 1, 1});
        }
    }

    /// 4:2:0 of one row's worth of chroma steps: where the samples sit decides what lies between them.
    void chromaSiting_data() { rows(); }
    void chromaSiting() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        struct Row {
            ChromaSiting siting;
            bool down; ///< the step runs down instead of across
            std::array<double, 4> cr;
        };
        // Chroma samples 128 and 192 over 4 luma samples. Aligned: 128, 160, 192, 192. Centred: 128, 144, 176, 192.
        for (const Row& row :
             {Row{ChromaSiting::Left, false, {128, 160, 192, 192}}, Row{ChromaSiting::Left, true, {128, 144, 176, 192}},
              Row{ChromaSiting::Center, false, {128, 144, 176, 192}},
              Row{ChromaSiting::Center, true, {128, 144, 176, 192}},
              Row{ChromaSiting::TopLeft, false, {128, 160, 192, 192}},
              Row{ChromaSiting::TopLeft, true, {128, 160, 192, 192}}}) {
            Picture picture = yuvPicture(4, 4, 8, {1, 1}, [&](int plane, int x, int y) {
                return plane == 2 ? 128 + 64 * (row.down ? y : x) : 128;
            });
            picture.chromaSiting = row.siting;
            picture.color.range = ColorRange::Full;
            const FrameImage image = draw(picture, 4, 4);
            for (int i = 0; i < 4; ++i) {
                const double red = 128 / 255. + 2 * (1 - .2126) * (row.cr[i] - 128) / 255;
                const Rgba pixel = row.down ? pixelAt(image, 2, i) : pixelAt(image, i, 2);
                QVERIFY(std::abs(pixel[0] - srgbToLight(red)) < 2e-6);
            }
        }
    }

    void oddSizesAndQuarterChroma_data() { rows(); }
    void oddSizesAndQuarterChroma() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        for (const auto& [width, height] : {std::pair{1, 1}, {3, 5}, {7, 3}, {1, 9}, {17, 2}}) {
            for (const auto& [shiftX, shiftY] : {std::pair{1, 1}, {1, 0}, {2, 0}, {2, 2}, {0, 1}}) {
                Picture picture = yuvPicture(width, height, 8, {shiftX, shiftY},
                                             [](int plane, int x, int y) { return plane == 0 ? 50 + x + y : 128; });
                const FrameImage image = draw(picture, width, height);
                const double light = srgbToLight((50 + width - 1 + height - 1 - 16) / 219.);
                compare(pixelAt(image, width - 1, height - 1), {light, light, light, 1});
            }
        }
    }

    void grayAndItsAlpha_data() { rows(); }
    void grayAndItsAlpha() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        Picture picture;
        picture.width = picture.height = 1;
        picture.model = ColorModel::Gray;
        picture.color.range = ColorRange::Full;
        picture.alpha = AlphaMode::Straight;
        picture.planes = {makePlane(1, 1, SampleType::Uint8, [](int, int) { return 188; }),
                          makePlane(1, 1, SampleType::Uint8, [](int, int) { return 51; })};
        const double light = srgbToLight(188 / 255.) * .2;
        compare(pixelAt(draw(picture, 1, 1), 0, 0), {light, light, light, .2});
    }

    void alphaModes_data() { rows(); }
    void alphaModes() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        const double light = srgbToLight(.8) * .5;
        // The same pixel straight (.8, alpha .5) and premultiplied in code values (.4, alpha .5).
        compare(pixelAt(draw(solidRgb(1, 1, {.8, .8, .8, .5}, 32, AlphaMode::Straight), 1, 1), 0, 0),
                {light, light, light, .5});
        compare(pixelAt(draw(solidRgb(1, 1, {.4, .4, .4, .5}, 32, AlphaMode::Premultiplied), 1, 1), 0, 0),
                {light, light, light, .5});
        // Linear premultiplied light is left alone, light without alpha too.
        Picture glow = solidRgb(1, 1, {.4, .4, .4, 0}, 32, AlphaMode::Premultiplied);
        glow.color.transfer = Transfer::Linear;
        compare(pixelAt(draw(glow, 1, 1), 0, 0), {.4, .4, .4, 0});
        // Nothing is nothing, whatever its colour.
        compare(pixelAt(draw(solidRgb(1, 1, {.9, .9, .9, 0}, 32, AlphaMode::Straight), 1, 1), 0, 0), {0, 0, 0, 0});
    }

    void notANumberIsBlack_data() { rows(); }
    void notANumberIsBlack() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double infinity = std::numeric_limits<double>::infinity();
        const std::array<double, 3> values{nan, infinity, -infinity};
        compare(pixelAt(draw(lightPicture(1, 1, [&](int plane, int, int) { return values[plane]; }), 1, 1), 0, 0),
                {0, 65504, -65504, 1});
    }

    void untouchedCodesComeBack_data() { rows(); }
    void untouchedCodesComeBack() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        const DisplayImage eight = displayImage(
            draw(rgbPicture(256, 3, 8, [](int plane, int x, int) { return (x + 85 * plane) % 256; }), 256, 3));
        for (int x = 0; x < 256; ++x) {
            for (int plane = 0; plane < 3; ++plane) {
                QCOMPARE(int(eight.pixels[std::size_t(4 * x + plane)]), (x + 85 * plane) % 256);
            }
        }
    }

    void badPicturesAreNamed_data() { rows(); }
    void badPicturesAreNamed() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        Picture shortPlane = solidRgb(4, 4, {1, 2, 3});
        shortPlane.planes[2].samples.pop_back();
        Picture tooFew = solidRgb(4, 4, {1, 2, 3});
        tooFew.planes.pop_back();
        Picture oddDepth = solidRgb(4, 4, {1, 2, 3});
        oddDepth.bitDepth = 7;
        for (const Picture& bad : {shortPlane, tooFew, oddDepth}) {
            const auto frame = compositor().compose(planOf(4, 4, {FrameLayer()}), std::vector{shared(bad)});
            QVERIFY(!frame);
            QCOMPARE(frame.error().code, ErrorCode::UnsupportedPixelFormat);
        }
        QCOMPARE(compositor().compose(planOf(0, 4, {}), {}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(compositor().compose(planOf(16385, 4, {}), {}).error().code, ErrorCode::TooLarge);
        // It goes on working.
        compare(pixelAt(draw(solidRgb(2, 2, {255, 255, 255}), 2, 2), 0, 0), {1, 1, 1, 1});
    }

    void theOutputCurveIsExact() {
        // Light of each 16-bit code, as float32, comes back as that code.
        FrameImage image{256, 256, std::vector<float>(4 * 65536)};
        for (int code = 0; code < 65536; ++code) {
            image.pixels[std::size_t(4 * code)] = float(srgbToLight(code / 65535.));
            image.pixels[std::size_t(4 * code + 1)] = float(srgbToLight(std::min(code + .45, 65535.) / 65535.));
        }
        const CodedFrame coded = codedFrame(image);
        for (int code = 0; code < 65536; ++code) {
            QCOMPARE(int(coded.samples[std::size_t(3 * code)]), code);
            QCOMPARE(int(coded.samples[std::size_t(3 * code + 1)]), code);
        }
        const FrameImage odd{3, 1, {-1, 2, std::numeric_limits<float>::quiet_NaN(), 1, 1, 0, 0, 0, 0, 0, 0, 1}};
        const CodedFrame limited = codedFrame(odd);
        QCOMPARE(limited.samples, (std::vector<std::uint16_t>{0, 65535, 0, 65535, 0, 0, 0, 0, 0}));
    }
};

QTEST_GUILESS_MAIN(TestConversion)
#include "TestConversion.moc"
