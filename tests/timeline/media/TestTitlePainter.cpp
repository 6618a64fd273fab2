#include "tests/timeline/media/Clips.h"
#include "timeline/media/TitlePainter.h"

#include <QTest>

using namespace timeline;

class TestTitlePainter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsAnyScript_data();
    void drawsAnyScript();
    void putsTheTextWhereItBelongs();
    void growsWithTheFrame();
    void drawsColors();
    void drawsSlates();
    void refusesImpossibleSizes();
};

namespace {

/// Where the picture is opaque enough to be text.
struct Ink {
    int left = 1 << 20, right = -1, top = 1 << 20, bottom = -1;
    int count = 0;
};

Ink inkOf(const Picture& picture, int left = 0) {
    Ink ink;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = left; x < picture.width; ++x) {
            if (sampleAt(picture, 3, x, y) > 200) {
                ink = {std::min(ink.left, x), std::max(ink.right, x), std::min(ink.top, y), std::max(ink.bottom, y),
                       ink.count + 1};
            }
        }
    }
    return ink;
}

} // namespace

void TestTitlePainter::drawsAnyScript_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("Latin") << "Fantascope";
    QTest::newRow("Japanese") << QString::fromUtf8("湖の夜明け");
    QTest::newRow("two lines") << "One\nTwo";
}

void TestTitlePainter::drawsAnyScript() {
    QFETCH(QString, text);
    const auto picture = TitlePainter().paint(Title{.text = text.toStdString()}, 320, 180);
    QVERIFY(picture);
    QCOMPARE((*picture)->planes.size(), 4U);
    QCOMPARE((*picture)->alpha, AlphaMode::Straight);
    QVERIFY(inkOf(**picture).count > 100);
    QCOMPARE(sampleAt(**picture, 3, 0, 0), 0.0);
    const auto again = TitlePainter().paint(Title{.text = text.toStdString()}, 320, 180);
    QVERIFY(**picture == **again);
}

void TestTitlePainter::putsTheTextWhereItBelongs() {
    const auto middle = TitlePainter().paint(Title{.text = "HHH", .size = 0.2}, 400, 200);
    const Ink ink = inkOf(**middle);
    QVERIFY(std::abs((ink.left + ink.right) / 2 - 200) < 6);
    QVERIFY(std::abs((ink.top + ink.bottom) / 2 - 100) < 12);
    const auto corner =
        TitlePainter().paint(Title{.text = "HHH", .size = 0.2, .color = "#ff0000", .x = 0.25, .y = 0.75}, 400, 200);
    const Ink moved = inkOf(**corner);
    QVERIFY(std::abs((moved.left + moved.right) / 2 - 100) < 6);
    QVERIFY(std::abs((moved.top + moved.bottom) / 2 - 150) < 12);
    // In the middle of a stem the colour is the title's own.
    bool hasRed = false;
    for (int x = moved.left; x <= moved.right; ++x) {
        const int y = (moved.top + moved.bottom) / 2 - 4;
        hasRed = hasRed || (sampleAt(**corner, 0, x, y) == 255 && sampleAt(**corner, 1, x, y) == 0 &&
                            sampleAt(**corner, 3, x, y) == 255);
    }
    QVERIFY(hasRed);
    QCOMPARE(inkOf(**TitlePainter().paint(Title{}, 400, 200)).count, 0);
}

void TestTitlePainter::growsWithTheFrame() {
    const Ink small = inkOf(**TitlePainter().paint(Title{.text = "Wide"}, 320, 180));
    const Ink large = inkOf(**TitlePainter().paint(Title{.text = "Wide"}, 1280, 720));
    const double ratio = static_cast<double>(large.right - large.left) / (small.right - small.left);
    QVERIFY2(ratio > 3.7 && ratio < 4.3, qPrintable(QString::number(ratio)));
}

void TestTitlePainter::drawsColors() {
    const auto opaque = TitlePainter().paintColor("#102030", 3, 2);
    QVERIFY(opaque);
    QCOMPARE((*opaque)->planes.size(), 3U);
    QCOMPARE(sampleAt(**opaque, 0, 2, 1), 16.0);
    QCOMPARE(sampleAt(**opaque, 2, 2, 1), 48.0);
    const auto half = TitlePainter().paintColor("#ff804080", 1, 1);
    QCOMPARE((*half)->alpha, AlphaMode::Straight);
    QCOMPARE(sampleAt(**half, 1, 0, 0), 128.0);
    QCOMPARE(sampleAt(**half, 3, 0, 0), 128.0);
}

void TestTitlePainter::drawsSlates() {
    const auto slate =
        TitlePainter().paintSlate("a very long name of a film that cannot be found anywhere.mov", 320, 180);
    QVERIFY(slate);
    QCOMPARE((*slate)->alpha, AlphaMode::None);
    double brightest = 0.0;
    for (int x = 0; x < 320; ++x) {
        for (int y = 70; y < 110; ++y) {
            brightest = std::max(brightest, sampleAt(**slate, 0, x, y));
            QCOMPARE(sampleAt(**slate, 0, x, y), sampleAt(**slate, 2, x, y)); // neutral
        }
    }
    QVERIFY(brightest > 120);
}

void TestTitlePainter::refusesImpossibleSizes() {
    QCOMPARE(TitlePainter().paint(Title{}, 0, 10).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(TitlePainter().paintSlate("", 20000, 10).error().code, ErrorCode::InvalidArgument);
    QVERIFY(TitlePainter().paint(Title{.text = "x"}, 1, 1));
}

QTEST_MAIN(TestTitlePainter)
#include "TestTitlePainter.moc"
