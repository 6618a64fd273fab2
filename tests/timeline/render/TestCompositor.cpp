// One table of pictures and expectations for both compositors. Expected numbers are worked out by hand or by the
// formulas of the standards in double precision, not by the code under test.
#include "tests/timeline/render/TestPictures.h"
#include "timeline/media/CodedFrame.h"
#include "timeline/render/CpuCompositor.h"
#include "timeline/render/OutputTransform.h"
#include "timeline/render/vulkan/VulkanCompositor.h"

#include <QTest>

#include <array>
#include <cmath>
#include <limits>
#include <random>

using namespace timeline;
using namespace timeline::test;

namespace {

using Rgba = std::array<double, 4>;

double srgbToLight(double code) {
    return code <= 0.04045 ? code / 12.92 : std::pow((code + 0.055) / 1.055, 2.4);
}

double lightToSrgb(double light) {
    return light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

Rgba pixelAt(const FrameImage& image, int x, int y) {
    const float* p = image.pixels.data() + 4 * (y * image.width + x);
    return {p[0], p[1], p[2], p[3]};
}

} // namespace

class TestCompositor : public QObject {
    Q_OBJECT

private:
    CpuCompositor m_cpu;
    std::unique_ptr<VulkanCompositor> m_vulkan;
    std::vector<std::string> m_messages;
    bool m_isValidated = false;

    void rows() {
        QTest::addColumn<QString>("compositor");
        QTest::newRow("cpu") << "cpu";
        QTest::newRow("vulkan") << "vulkan";
    }

    Compositor& compositor() {
        QFETCH(QString, compositor);
        return compositor == "cpu" ? static_cast<Compositor&>(m_cpu) : *m_vulkan;
    }

    bool isMissing() {
        QFETCH(QString, compositor);
        return compositor == "vulkan" && !m_vulkan;
    }

    FrameImage draw(const FramePlan& plan, const std::vector<PicturePtr>& pictures) {
        Result<FrameImagePtr> frame = compositor().compose(plan, pictures);
        if (!frame) {
            qWarning("%s: %s", errorCodeName(frame.error().code), frame.error().detail.c_str());
            return {1, 1, {-99, -99, -99, -99}};
        }
        return **frame;
    }

    FrameImage draw(Picture picture, int width, int height, const FrameLayer& layer = {}) {
        return draw(planOf(width, height, {layer}), {shared(std::move(picture))});
    }

    void compare(const Rgba& actual, const Rgba& expected, double tolerance = 2e-6) {
        for (std::size_t i = 0; i < 4; ++i) {
            QVERIFY2(
                std::abs(actual[i] - expected[i]) <= tolerance,
                qPrintable(
                    QString("channel %1 is %2, not %3").arg(i).arg(actual[i], 0, 'g', 9).arg(expected[i], 0, 'g', 9)));
        }
    }

private Q_SLOTS:
    void initTestCase() {
        Result<std::shared_ptr<const VulkanDevice>> device =
            VulkanDevice::create({.deviceName = {}, .onValidationMessage = [this](const std::string& message) {
                                      m_messages.push_back(message);
                                      qWarning("%s", message.c_str());
                                  }});
        if (!device) {
            qInfo("no Vulkan device: its rows are skipped");
            return;
        }
        m_isValidated = (*device)->isValidated();
        Result<std::unique_ptr<VulkanCompositor>> vulkan = VulkanCompositor::create(*device);
        QVERIFY2(vulkan.has_value(), vulkan ? "" : vulkan.error().detail.c_str());
        m_vulkan = std::move(*vulkan);
        qInfo("Vulkan: %s", m_vulkan->name().c_str());
    }

    void cleanupTestCase() {
        m_vulkan.reset();
        QVERIFY2(m_messages.empty(), m_messages.empty() ? "" : m_messages.front().c_str());
    }

    void validationIsOn() {
        if (!m_vulkan) {
            QSKIP("no Vulkan device");
        }
        QVERIFY2(m_isValidated, "the validation layer is not installed");
    }

    void anUnknownDeviceIsNamed() {
        const auto device = VulkanDevice::create({.deviceName = "no such card", .onValidationMessage = {}});
        QVERIFY(!device);
        QCOMPARE(device.error().code, ErrorCode::NoVulkanDevice);
    }

    void anEmptyPlanIsTransparent_data() { rows(); }
    void anEmptyPlanIsTransparent() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        const FrameImage image = draw(planOf(5, 3, {}), {});
        QCOMPARE(image.width, 5);
        QCOMPARE(image.pixels, std::vector<float>(60, 0.0F));
    }

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

    void overAndOpacityInLinearLight_data() { rows(); }
    void overAndOpacityInLinearLight() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        FrameLayer bottom;
        FrameLayer top;
        top.opacity = 0.25;
        const FrameImage image = draw(planOf(2, 2, {bottom, top}),
                                      {shared(solidRgb(2, 2, {0, 255, 0})), shared(solidRgb(2, 2, {255, 0, 0}))});
        compare(pixelAt(image, 0, 1), {.25, .75, 0, 1});
    }

    void dissolve_data() { rows(); }
    void dissolve() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        FrameLayer base;
        FrameLayer outgoing;
        FrameLayer incoming;
        incoming.isIncoming = true;
        incoming.dissolve = 0.3;
        outgoing.opacity = 0.5;
        const auto blue = shared(solidRgb(3, 3, {0, 0, 255}));
        const auto red = shared(solidRgb(3, 3, {255, 0, 0}));
        const auto green = shared(solidRgb(3, 3, {0, 255, 0}));
        // The pair is .7 of half red and .3 of green: .35 red, .3 green, alpha .65; .35 of blue shows below.
        compare(pixelAt(draw(planOf(3, 3, {base, outgoing, incoming}), {blue, red, green}), 1, 1), {.35, .3, .35, 1});
        // One picture of the pair is missing: the rest keeps its share.
        compare(pixelAt(draw(planOf(3, 3, {base, outgoing, incoming}), {blue, nullptr, green}), 1, 1), {0, .3, .7, 1});
        compare(pixelAt(draw(planOf(3, 3, {base, outgoing, incoming}), {blue, red, nullptr}), 1, 1), {.35, 0, .65, 1});
        // Two opaque pictures never let the base through.
        outgoing.opacity = 1;
        compare(pixelAt(draw(planOf(3, 3, {base, outgoing, incoming}), {blue, red, green}), 1, 1), {.7, .3, 0, 1});
    }

    /// A 3 x 2 picture of numbered pixels, turned: where each number comes to lie.
    void orientation_data() { rows(); }
    void orientation() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        struct Row {
            bool mirrored;
            int turns;
            std::vector<int> upright; ///< row by row; 2 wide for odd turns
        };
        for (const Row& row :
             {Row{false, 0, {0, 1, 2, 3, 4, 5}}, Row{false, 1, {3, 0, 4, 1, 5, 2}}, Row{false, 2, {5, 4, 3, 2, 1, 0}},
              Row{false, 3, {2, 5, 1, 4, 0, 3}}, Row{true, 0, {2, 1, 0, 5, 4, 3}}, Row{true, 1, {5, 2, 4, 1, 3, 0}}}) {
            Picture picture = lightPicture(3, 2, [](int, int x, int y) { return x + 3 * y; });
            picture.orientation = {row.mirrored, row.turns};
            const int width = row.turns % 2 == 0 ? 3 : 2;
            const FrameImage image = draw(picture, width, 6 / width);
            for (int i = 0; i < 6; ++i) {
                QCOMPARE(pixelAt(image, i % width, i / width)[0], double(row.upright[i]));
            }
        }
    }

    void transform_data() { rows(); }
    void transform() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        const Picture picture = lightPicture(4, 4, [](int, int x, int y) { return 1 + x + 4 * y; });
        FrameLayer layer;
        layer.transform.rotation = 90; // clockwise: the left column becomes the top row
        QCOMPARE(pixelAt(draw(picture, 4, 4, layer), 0, 0)[0], 13.0);
        layer.transform = {};
        layer.transform.x = 0.25;
        layer.transform.y = -0.25;
        FrameImage moved = draw(picture, 4, 4, layer);
        QCOMPARE(pixelAt(moved, 1, 0)[0], 5.0);
        QCOMPARE(pixelAt(moved, 0, 0)[3], 0.0);
        QCOMPARE(pixelAt(moved, 1, 3)[3], 0.0);
        layer.transform = {};
        layer.transform.scale = 0.5; // the mean of each 2 x 2, in the middle
        const FrameImage half = draw(picture, 4, 4, layer);
        compare(pixelAt(half, 1, 1), {3.5, 3.5, 3.5, 1});
        compare(pixelAt(half, 2, 2), {13.5, 13.5, 13.5, 1});
        compare(pixelAt(half, 0, 1), {0, 0, 0, 0});
        layer.transform.scale = 0; // not a size
        QCOMPARE(pixelAt(draw(picture, 4, 4, layer), 1, 1)[3], 0.0);
        layer.transform.scale = 1;
        layer.transform.x = 1e12;
        QCOMPARE(pixelAt(draw(picture, 4, 4, layer), 1, 1)[3], 0.0);
    }

    void fitAndPixelAspect_data() { rows(); }
    void fitAndPixelAspect() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        // 8 x 4 into 4 x 4: half size, two rows of it, black above and below.
        const FrameImage wide = draw(lightPicture(8, 4, [](int, int, int) { return 1.0; }), 4, 4);
        compare(pixelAt(wide, 0, 0), {0, 0, 0, 0});
        compare(pixelAt(wide, 0, 1), {1, 1, 1, 1});
        compare(pixelAt(wide, 3, 2), {1, 1, 1, 1});
        compare(pixelAt(wide, 3, 3), {0, 0, 0, 0});
        // The same with 4 x 4 pixels that are twice as wide as high, and turned by a quarter: a column.
        Picture anamorphic = lightPicture(4, 4, [](int, int, int) { return 1.0; });
        anamorphic.pixelAspectNumerator = 2;
        anamorphic.orientation.quarterTurns = 1;
        const FrameImage tall = draw(anamorphic, 4, 4);
        compare(pixelAt(tall, 0, 1), {0, 0, 0, 0});
        compare(pixelAt(tall, 1, 0), {1, 1, 1, 1});
        // An edge in the middle of a pixel covers half of it: 3 x 3 into 5 x 3 leaves one column on each side.
        const FrameImage square = draw(lightPicture(2, 2, [](int, int, int) { return 1.0; }), 5, 2);
        compare(pixelAt(square, 1, 0), {.5, .5, .5, .5});
        compare(pixelAt(square, 2, 0), {1, 1, 1, 1});
        compare(pixelAt(square, 0, 0), {0, 0, 0, 0});
    }

    void enlargedIsBilinear_data() { rows(); }
    void enlargedIsBilinear() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        // 2 pixels over 4: edges held, quarters between.
        const FrameImage image = draw(lightPicture(2, 2, [](int, int x, int) { return x; }), 4, 4);
        const std::array<double, 4> expected{0, .25, .75, 1};
        for (int x = 0; x < 4; ++x) {
            compare(pixelAt(image, x, 2), {expected[x], expected[x], expected[x], 1});
        }
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

    void theSameBytesEveryTime_data() { rows(); }
    void theSameBytesEveryTime() {
        if (isMissing()) {
            QSKIP("no Vulkan device");
        }
        FrameLayer layer;
        layer.transform.rotation = 17;
        const auto picture = shared(
            yuvPicture(90, 70, 8, {1, 1}, [](int plane, int x, int y) { return (x * 7 + y * 13 + plane * 50) % 256; }));
        const FrameImage first = draw(planOf(128, 72, {layer}), {picture});
        QCOMPARE(draw(planOf(128, 72, {layer}), {picture}).pixels, first.pixels); // converted before
        const auto copy = shared(Picture(*picture));
        QCOMPARE(draw(planOf(128, 72, {layer}), {copy}).pixels, first.pixels);
    }

    void compositorsAgree() {
        if (!m_vulkan) {
            QSKIP("no Vulkan device");
        }
        std::mt19937 random(7);
        const auto roll = [&](int sides) { return int(random() % unsigned(sides)); };
        for (int round = 0; round < 60; ++round) {
            std::vector<FrameLayer> layers;
            std::vector<PicturePtr> pictures;
            for (int i = 0; i < 3; ++i) {
                const int depth = std::array{8, 10, 12, 16}[std::size_t(roll(4))];
                const double codes = std::ldexp(1.0, depth);
                const auto noise = [&](int, int, int) { return double(random() % unsigned(codes)); };
                Picture picture = roll(2) == 0
                                      ? yuvPicture(20 + roll(60), 20 + roll(60), depth, {roll(3), roll(3)}, noise)
                                      : rgbPicture(20 + roll(60), 20 + roll(60), depth, noise, AlphaMode(roll(3)));
                picture.color = {ColorMatrix(roll(3)), ColorRange(roll(2)), Transfer(roll(6)), Primaries(roll(5)),
                                 false};
                picture.chromaSiting = ChromaSiting(roll(3));
                picture.orientation = {roll(2) == 0, roll(4)};
                picture.pixelAspectNumerator = 1 + roll(3);
                FrameLayer layer;
                layer.transform = {roll(100) / 200., roll(100) / 200.,
                                   std::array{.1, .5, 1., 2.7}[std::size_t(roll(4))],
                                   roll(3) == 0 ? 0. : double(roll(360))};
                layer.opacity = roll(2) == 0 ? 1 : .6;
                layer.isIncoming = i == 2 && roll(2) == 0;
                layer.dissolve = .4;
                layers.push_back(layer);
                pictures.push_back(shared(std::move(picture)));
            }
            const FramePlan plan = planOf(96, 54, layers);
            const auto cpu = m_cpu.compose(plan, pictures);
            const auto vulkan = m_vulkan->compose(plan, pictures);
            QVERIFY(cpu && vulkan);
            const DisplayImage a = displayImage(**cpu);
            const DisplayImage b = displayImage(**vulkan);
            int worst = 0;
            for (std::size_t i = 0; i < a.pixels.size(); ++i) {
                worst = std::max(worst, std::abs(int(a.pixels[i]) - int(b.pixels[i])));
            }
            QVERIFY2(worst <= 1, qPrintable(QString("round %1: %2 steps of 255 apart").arg(round).arg(worst)));
        }
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
        QVERIFY(std::abs(lightToSrgb(srgbToLight(.3)) - .3) < 1e-9);
        const FrameImage odd{3, 1, {-1, 2, std::numeric_limits<float>::quiet_NaN(), 1, 1, 0, 0, 0, 0, 0, 0, 1}};
        const CodedFrame limited = codedFrame(odd);
        QCOMPARE(limited.samples, (std::vector<std::uint16_t>{0, 65535, 0, 65535, 0, 0, 0, 0, 0}));
    }
};

QTEST_GUILESS_MAIN(TestCompositor)
#include "TestCompositor.moc"
