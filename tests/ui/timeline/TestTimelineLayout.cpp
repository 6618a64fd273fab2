#include "tests/ui/TestTimeline.h"
#include "ui/timeline/Snapping.h"
#include "ui/timeline/TimelineLayout.h"
#include "ui/timeline/painters/RulerPainter.h"

#include "timeline/edit/Transitions.h"

#include <QTest>

#include <array>

using namespace ui;
using namespace testing;

class TestTimelineLayout : public QObject {
    Q_OBJECT

private:
    timeline::Timeline m_timeline;
    timeline::ItemId m_first;
    timeline::ItemId m_second;
    timeline::ItemId m_shot;

    TimelineLayout layout(TimelineScale scale = {4.0, 0.0, 0}) const {
        TimelineLayout result(std::make_shared<const timeline::Timeline>(m_timeline), 16);
        result.setViewport({800, 300});
        result.setScale(scale);
        return result;
    }

    QPointF inside(const TimelineLayout& l, timeline::ItemId item, double share) const {
        const QRectF rect = *l.itemRect(item);
        return {rect.left() + rect.width() * share, rect.center().y()};
    }

private Q_SLOTS:
    void init() {
        m_timeline = emptyTimeline();
        m_first = lay(m_timeline, "Video 1", mediaClip("a", 50), 10);
        m_second = lay(m_timeline, "Video 1", mediaClip("b", 30), 60);
        m_shot = lay(m_timeline, "Video 2", timeline::makeShot({}, frames(40)), 0);
    }

    void rowsShowTheStackTopFirstThenSound() {
        QStringList names;
        const TimelineLayout l = layout();
        for (const TrackRow& row : l.rows()) {
            names << QString::fromStdString(m_timeline.tracks[row.track].name);
        }
        QCOMPARE(names, (QStringList{"Prompt", "Style", "Video 2", "Video 1", "Audio 1"}));
    }

    void rowsDoNotOverlap() {
        const TimelineLayout l = layout();
        for (std::size_t i = 1; i < l.rows().size(); ++i) {
            QVERIFY(l.rows()[i].top >= l.rows()[i - 1].top + l.rows()[i - 1].height);
        }
        QCOMPARE(l.rowAt(l.rowRect(l.rows()[2]).center().y()), &l.rows()[2]);
        QCOMPARE(l.rowAt(-1.0), nullptr);
        QCOMPARE(l.rowAt(l.contentHeight() + 1.0), nullptr);
    }

    void timeAndPixelsAreInverse() {
        const TimelineLayout l = layout({3.0, 17.0, 0});
        for (const std::int64_t frame : {0, 17, 18, 100, 100000}) {
            QCOMPARE(l.boundaryAt(l.xAt(static_cast<double>(frame))), frame);
            QCOMPARE(l.frameAt(l.xAt(static_cast<double>(frame)) + 1.0), frame);
        }
        QCOMPARE(l.frameAt(-1000.0), 0);
    }

    void itemsLieWhereTheirTimeSays() {
        const TimelineLayout l = layout({4.0, 5.0, 0});
        QCOMPARE(l.itemRect(m_first)->left(), (10.0 - 5.0) * 4.0);
        QCOMPARE(l.itemRect(m_first)->width(), 50.0 * 4.0);
        QCOMPARE(l.endFrame(), 90);
    }

    void hitsKnowBodyEdgesGapAndNothing() {
        const TimelineLayout l = layout();
        QCOMPARE(l.hitTest(inside(l, m_first, 0.5)).zone, HitZone::Body);
        QCOMPARE(l.hitTest(inside(l, m_first, 0.5)).item, m_first);
        QCOMPARE(l.hitTest(inside(l, m_first, 0.001)).zone, HitZone::StartEdge);
        QCOMPARE(l.hitTest(inside(l, m_first, 0.999)).zone, HitZone::EndEdge);
        QCOMPARE(l.hitTest(inside(l, m_second, 0.001)).item, m_second);
        const QRectF rect = *l.itemRect(m_first);
        QCOMPARE(l.hitTest({rect.left() - 8.0, rect.center().y()}).zone, HitZone::Gap);
        QCOMPARE(l.hitTest({l.xAt(200), rect.center().y()}).zone, HitZone::None);
        QVERIFY(!l.hitTest({10.0, 5000.0}).track);
    }

    void shotsHaveABadgeWhereThereIsRoom() {
        const TimelineLayout l = layout();
        const QRectF badge = l.badgeRect(*l.itemRect(m_shot));
        QCOMPARE(l.hitTest(badge.center()).zone, HitZone::Badge);
        const TimelineLayout narrow = layout({0.5, 0.0, 0});
        QVERIFY(narrow.badgeRect(*narrow.itemRect(m_shot)).isEmpty());
    }

    void transitionsAreHitAtTheFootOfTheCut() {
        auto dissolved = timeline::addTransition(m_timeline, m_first, frames(5), frames(5));
        QVERIFY(dissolved);
        m_timeline = *dissolved;
        const TimelineLayout l = layout();
        const QRectF rect = *l.itemRect(m_second);
        const TimelineHit foot = l.hitTest({rect.left() + 3.0, rect.bottom() - 3.0});
        QVERIFY(foot.item.isValid() && foot.item != m_first && foot.item != m_second);
        QCOMPARE(l.itemRect(foot.item)->width(), 10.0 * 4.0);
        QCOMPARE(l.hitTest({rect.left() + 10.0, rect.top() + 3.0}).item, m_second);
    }

    void onlyWhatIsInSightIsVisible() {
        const TimelineLayout l = layout({4.0, 65.0, 0});
        const TrackRow* row = l.rowOf(1);
        const auto [first, last] = l.visibleItems(*row);
        QCOMPARE(last - first, std::size_t(1));
        QCOMPARE(timeline::itemId(*row->items[first].item), m_second);
    }

    void zoomKeepsTheFrameUnderThePointer() {
        const TimelineLayout l = layout({4.0, 30.0, 0});
        const double before = l.exactFrameAt(300.0);
        const TimelineLayout zoomed = layout(l.zoomed(2.0, 300.0));
        QVERIFY(std::abs(zoomed.exactFrameAt(300.0) - before) < 1e-9);
        QCOMPARE(zoomed.scale().pixelsPerFrame, 8.0);
        QCOMPARE(layout(l.zoomed(1e12, 0.0)).scale().pixelsPerFrame, kMaxPixelsPerFrame);
        QCOMPARE(layout(l.zoomed(1e-12, 0.0)).scale().pixelsPerFrame, kMinPixelsPerFrame);
    }

    void fittedShowsTheWholeFilm() {
        lay(m_timeline, "Video 1", mediaClip("c", 100), 5000);
        const TimelineLayout l = layout(layout().fitted());
        QVERIFY(l.xAt(5100.0) < 800.0);
        QVERIFY(l.xAt(5100.0) > 700.0);
    }

    void revealingScrollsOnlyWhenNeeded() {
        const TimelineLayout l = layout({4.0, 100.0, 0});
        QCOMPARE(l.revealing(150), l.scale());
        QVERIFY(l.revealing(50).left <= 50.0);
        const TimelineScale right = l.revealing(1000);
        QVERIFY(right.left < 1000.0 && right.left + 200.0 > 1000.0);
    }

    void aRubberBandFindsWhatItTouches() {
        const TimelineLayout l = layout();
        const QRectF both = l.itemRect(m_first)->united(*l.itemRect(m_second));
        QCOMPARE(l.itemsIn(both.adjusted(1, 1, -1, -1)).size(), std::size_t(2));
        QCOMPARE(l.itemsIn(QRectF(l.xAt(200), 0, 10, 300)).size(), std::size_t(0));
    }

    void snapsToTheNearestTargetWithinReach() {
        const TimelineLayout l = layout();
        const std::array ignored{m_second};
        const auto targets = snapTargets(l, 33, ignored);
        QCOMPARE(targets, (std::vector<std::int64_t>{0, 10, 33, 40, 60}));
        const std::array edges{std::int64_t(31), std::int64_t(62)};
        QCOMPARE(snap(targets, edges, 3.0), (SnapResult{2, 33}));
        const std::array far{std::int64_t(50)};
        QCOMPARE(snap(targets, far, 3.0), SnapResult{});
        const std::array exact{std::int64_t(60)};
        QCOMPARE(snap(targets, exact, 3.0), (SnapResult{0, 60}));
    }

    void rulerLabelsDoNotTouch() {
        for (double pixels = kMinPixelsPerFrame; pixels < kMaxPixelsPerFrame; pixels *= 1.7) {
            const RulerSteps steps = rulerSteps(pixels, kRate, 100.0);
            QVERIFY(static_cast<double>(steps.major) * pixels >= 100.0 || steps.major >= 360000 * 25);
            QCOMPARE(steps.major % steps.minor, 0);
        }
    }
};

QTEST_MAIN(TestTimelineLayout)
#include "TestTimelineLayout.moc"
