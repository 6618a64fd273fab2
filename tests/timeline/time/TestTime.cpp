#include "timeline/time/FrameRate.h"
#include "timeline/time/RationalTime.h"
#include "timeline/time/TimeRange.h"
#include "timeline/time/Timecode.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace timeline;

namespace {

const FrameRate kNtsc(30000, 1001);
const FrameRate kFilm(24000, 1001);

RationalTime at25(std::int64_t value) {
    return {value, FrameRate(25)};
}

std::string parsed(const char* text, FrameRate rate) {
    const auto time = parseTimecode(text, rate);
    return time ? std::to_string(time->value()) : errorCodeName(time.error().code);
}

} // namespace

class TestTime : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ratesAreInLowestTerms();
    void ratesFromDecimals_data();
    void ratesFromDecimals();
    void timesCompareAsMoments();
    void rescalingRounds();
    void rescalingSaturates();
    void sumsAreExact();
    void rangesAreHalfOpen();
    void timecodes_data();
    void timecodes();
    void everyDropFrameNumberComesBack();
    void badTimecodes_data();
    void badTimecodes();
};

void TestTime::ratesAreInLowestTerms() {
    QVERIFY(FrameRate(50, 2) == FrameRate(25));
    QVERIFY(FrameRate(60000, 2002) == kNtsc);
    QCOMPARE(kNtsc.nominal(), 30);
    QCOMPARE(FrameRate(25, 2).nominal(), 13);
    QVERIFY(!FrameRate::isValid(0, 1));
    QVERIFY(!FrameRate::isValid(24, 0));
    QVERIFY(!FrameRate::isValid(-24, 1));
    QVERIFY(!FrameRate::isValid(std::numeric_limits<std::int64_t>::max(), 1));
    QVERIFY(FrameRate::isValid(std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max()));
}

void TestTime::ratesFromDecimals_data() {
    QTest::addColumn<double>("decimal");
    QTest::addColumn<qint64>("numerator");
    QTest::addColumn<qint64>("denominator");
    const auto row = [](double decimal, qint64 numerator, qint64 denominator) {
        QTest::addRow("%.12g", decimal) << decimal << numerator << denominator;
    };
    row(24, 24, 1);
    row(23.976, 24000, 1001);
    row(23.98, 24000, 1001);
    row(24000.0 / 1001.0, 24000, 1001);
    row(29.97, 30000, 1001);
    row(30000.0 / 1001.0, 30000, 1001);
    row(47.952, 48000, 1001);
    row(59.94, 60000, 1001);
    row(119.88, 120000, 1001);
    row(239.76, 240000, 1001);
    row(12.5, 25, 2);
    row(15, 15, 1);
    row(7.992, 999, 125);
    row(48000, 48000, 1);
    row(1e-9, 1, 7); // the fallback, as all below
    row(0, 1, 7);
    row(-25, 1, 7);
    row(1e300, 1, 7);
    row(std::nan(""), 1, 7);
    row(HUGE_VAL, 1, 7);
}

void TestTime::ratesFromDecimals() {
    QFETCH(double, decimal);
    QFETCH(qint64, numerator);
    QFETCH(qint64, denominator);
    const FrameRate rate = FrameRate::fromDouble(decimal, FrameRate(1, 7));
    QCOMPARE(rate.numerator(), numerator);
    QCOMPARE(rate.denominator(), denominator);
}

void TestTime::timesCompareAsMoments() {
    QVERIFY(RationalTime(1, FrameRate(1)) == RationalTime(24, FrameRate(24)));
    QVERIFY(RationalTime(1001, FrameRate(24000)) == RationalTime(1, kFilm));
    QVERIFY(RationalTime(1001, FrameRate(24000)) < RationalTime(1, FrameRate(23)));
    // Apart by less than a double can tell.
    const std::int64_t large = std::numeric_limits<std::int64_t>::max() / 2;
    QVERIFY(RationalTime(large, FrameRate(10'000'000)) < RationalTime(large + 1, FrameRate(10'000'000)));
    QVERIFY(RationalTime(-1, kNtsc) < RationalTime(0, FrameRate(24)));
    QVERIFY(RationalTime() == RationalTime(0, FrameRate(48000)));
}

void TestTime::rescalingRounds() {
    const RationalTime half(1, FrameRate(50)); // half a frame at 25
    QCOMPARE(half.rescaledTo(FrameRate(25), Rounding::Floor).value(), 0);
    QCOMPARE(half.rescaledTo(FrameRate(25), Rounding::Nearest).value(), 1);
    QCOMPARE(half.rescaledTo(FrameRate(25), Rounding::Ceil).value(), 1);
    const RationalTime before(-1, FrameRate(50));
    QCOMPARE(before.rescaledTo(FrameRate(25), Rounding::Floor).value(), -1);
    QCOMPARE(before.rescaledTo(FrameRate(25), Rounding::Nearest).value(), 0); // halves go up
    QCOMPARE(before.rescaledTo(FrameRate(25), Rounding::Ceil).value(), 0);
    QVERIFY(RationalTime(1, kFilm).isExactAt(FrameRate(24000)));
    QVERIFY(!RationalTime(1, kFilm).isExactAt(FrameRate(48000 / 2 + 1)));
    // A day of NTSC frames is whole at 30000, and comes back.
    const RationalTime day(2589408, kNtsc);
    QCOMPARE(day.rescaledTo(FrameRate(30000)).rescaledTo(kNtsc).value(), day.value());
    QCOMPARE(RationalTime::fromSeconds(0.5, FrameRate(25)).value(), 13);
}

void TestTime::rescalingSaturates() {
    const std::int64_t last = std::numeric_limits<std::int64_t>::max();
    QCOMPARE(RationalTime(last, FrameRate(1)).rescaledTo(FrameRate(1000)).value(), last);
    QCOMPARE(RationalTime(-last, FrameRate(1)).rescaledTo(FrameRate(1000)).value(),
             std::numeric_limits<std::int64_t>::min());
    QCOMPARE((at25(last) + at25(last)).value(), last);
    QCOMPARE((-RationalTime(std::numeric_limits<std::int64_t>::min(), FrameRate(25))).value(), last);
    QVERIFY(timecodeFrom(at25(std::numeric_limits<std::int64_t>::min())).starts_with('-'));
    QCOMPARE((at25(0) - at25(std::numeric_limits<std::int64_t>::min())).value(), last);
}

void TestTime::sumsAreExact() {
    const RationalTime sum = at25(100) + RationalTime(7, kFilm);
    QVERIFY(sum == RationalTime(100 * 960 + 7 * 1001, FrameRate(24000)));
    QVERIFY(sum - at25(100) == RationalTime(7, kFilm));
    QCOMPARE((at25(1) + RationalTime(1, FrameRate(5))).rate().numerator(), 25);
    // Ten hours of samples and frames, without a sample's drift.
    RationalTime time(0, FrameRate(48000));
    for (int i = 0; i < 1000; ++i) {
        time = time + RationalTime(1, kNtsc);
    }
    QVERIFY(time == RationalTime(1000, kNtsc));
}

void TestTime::rangesAreHalfOpen() {
    const TimeRange range{at25(10), at25(5)};
    QVERIFY(range.contains(at25(10)));
    QVERIFY(!range.contains(at25(15)));
    QVERIFY(!range.overlaps({at25(15), at25(5)}));
    QVERIFY(!range.overlaps({at25(12), at25(0)}));
    QVERIFY(range.overlaps({at25(14), at25(1)}));
    QVERIFY(range.intersected({at25(12), at25(50)}) == (TimeRange{at25(12), at25(3)}));
    QVERIFY(range.intersected({at25(20), at25(5)}).isEmpty());
    QCOMPARE(range.intersected({at25(20), at25(5)}).start, at25(10));
    QVERIFY(TimeRange::fromStartEnd(at25(4), at25(2)).isEmpty());
}

void TestTime::timecodes_data() {
    QTest::addColumn<FrameRate>("rate");
    QTest::addColumn<qint64>("frame");
    QTest::addColumn<QString>("text");
    const auto row = [](FrameRate rate, qint64 frame, const char* text) {
        QTest::addRow("%s", text) << rate << frame << QString(text);
    };
    row(FrameRate(25), 0, "00:00:00:00");
    row(FrameRate(25), 90061 * 25 + 24, "25:01:01:24");
    row(FrameRate(25), -26, "-00:00:01:01");
    row(kFilm, 86400, "01:00:00:00");
    // The known points of SMPTE drop-frame.
    row(kNtsc, 1799, "00:00:59;29");
    row(kNtsc, 1800, "00:01:00;02");
    row(kNtsc, 17981, "00:09:59;29");
    row(kNtsc, 17982, "00:10:00;00");
    row(kNtsc, 107892, "01:00:00;00");
    row(FrameRate(60000, 1001), 3600, "00:01:00;04");
    row(FrameRate(60000, 1001), 215784, "01:00:00;00");
}

void TestTime::timecodes() {
    QFETCH(FrameRate, rate);
    QFETCH(qint64, frame);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(timecodeFrom({frame, rate})), text);
    QCOMPARE(parsed(qPrintable(text), rate), std::to_string(frame));
}

void TestTime::everyDropFrameNumberComesBack() {
    for (std::int64_t frame = 0; frame < 107892; ++frame) { // an hour
        const RationalTime time(frame, kNtsc);
        const auto again = parseTimecode(timecodeFrom(time), kNtsc);
        QVERIFY2(again.has_value() && again->value() == frame, timecodeFrom(time).c_str());
    }
}

void TestTime::badTimecodes_data() {
    QTest::addColumn<FrameRate>("rate");
    QTest::addColumn<QString>("text");
    const auto row = [](FrameRate rate, const char* text) { QTest::addRow("'%s'", text) << rate << QString(text); };
    for (const char* text : {"",
                             "-",
                             "--1",
                             "a",
                             "1a",
                             "00:00",
                             "00:00:00",
                             "00:00:00:25",
                             "00:00:60:00",
                             "00:60:00:00",
                             "00:00:00:00:00",
                             "00:00:00:",
                             ":00:00:00",
                             "00:-1:00:00",
                             "00:00:00;00",
                             "99999999999999999999",
                             "1e3",
                             " 1",
                             "1 ",
                             "00:00:00:0x1",
                             "999999:00:00:00",
                             "+5"}) {
        row(FrameRate(25), text);
    }
    row(kNtsc, "00:01:00;00");
    row(kNtsc, "00:01:00;01");
    row(kNtsc, "00:01:00:00");
}

void TestTime::badTimecodes() {
    QFETCH(FrameRate, rate);
    QFETCH(QString, text);
    QCOMPARE(parsed(qPrintable(text), rate), std::string("InvalidTime"));
}

QTEST_APPLESS_MAIN(TestTime)
#include "TestTime.moc"
