// Expected numbers are worked out by hand or by the formulas of the standards in double precision, not by the code
// under test. Every row runs on both compositors.
#include "tests/timeline/render/CompositorRows.h"
#include "timeline/render/FrameMemory.h"
#include "timeline/render/OutputTransform.h"

#include <QTest>

#include <random>

using namespace timeline;
using namespace timeline::test;

class TestCompositor : public QObject, protected CompositorRows {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openVulkan(); }
    void cleanupTestCase() { closeVulkan(); }

    void validationIsOn() {
        if (!m_vulkan) {
            QSKIP("no Vulkan device");
        }
        QVERIFY2(m_isValidated, "the validation layer is not installed");
    }

    void framesThatDoNotFitAreRefused() {
        constexpr std::uint64_t gigabyte = 1ULL << 30;
        QVERIFY(freeMemory().value_or(0) > 0);
        QVERIFY(checkFrameMemory(3840, 2160, 0).has_value()); // little enough for every machine
        QVERIFY(checkFrameMemory(16384, 16384, 64 * gigabyte).has_value());
        QVERIFY(checkFrameMemory(16384, 16384, std::nullopt).has_value());
        QCOMPARE(checkFrameMemory(16384, 16384, 6 * gigabyte).error().code, ErrorCode::OutOfMemory);
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
};

QTEST_GUILESS_MAIN(TestCompositor)
#include "TestCompositor.moc"
