#include "tests/timeline/media/Clips.h"
#include "timeline/media/MediaPool.h"
#include "timeline/media/StillWriter.h"

#include <QTest>

#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <random>
#include <thread>

using namespace timeline;

class TestMediaPool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void servesManyThreads();
    void findsPicturesAtAnyTimeTheyShow();
    void staysWithinItsLimits();
    void opensChangedFilesAnew();
    void remembersWhatCannotBeOpened();
    void triesAgainWhatFailedByOtherCauses();
    void forgetsFiles();
    void waitsForADecoderUntilStopped();
    void marksDamage();
    void readsStillsAndSequences();

private:
    Clips m_clips;
};

void TestMediaPool::initTestCase() {
    for (const char* file : {"a.mp4", "b.mp4", "c.mp4"}) {
        QVERIFY(m_clips.makeNumbered(file, 40, {"-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "10", "-bf", "2"}));
    }
}

void TestMediaPool::servesManyThreads() {
    MediaPool pool({.cacheBytes = 200'000, .openFiles = 3});
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (unsigned seed = 0; seed < 4; ++seed) {
            threads.emplace_back([&, seed] {
                std::mt19937 random(seed);
                for (int i = 0; i < 40; ++i) {
                    const int frame = static_cast<int>(random() % 40);
                    const char* file = random() % 2 == 0 ? "a.mp4" : "b.mp4";
                    const auto picture = pool.pictureAt(m_clips.path(file), RationalTime(frame, FrameRate(25)));
                    wrong += !picture || numberOf(**picture) != frame ? 1 : 0;
                }
            });
        }
    }
    QCOMPARE(wrong.load(), 0);
    QVERIFY(pool.openFiles() <= 3);
    QVERIFY(pool.cachedBytes() <= 200'000);
}

void TestMediaPool::findsPicturesAtAnyTimeTheyShow() {
    MediaPool pool;
    const auto first = pool.pictureAt(m_clips.path("a.mp4"), RationalTime(7, FrameRate(25)));
    const auto later = pool.pictureAt(m_clips.path("a.mp4"), RationalTime(79, FrameRate(250)));
    const auto next = pool.pictureAt(m_clips.path("a.mp4"), RationalTime(8, FrameRate(25)));
    QVERIFY(first && later && next);
    QCOMPARE(first->get(), later->get());
    QVERIFY(first->get() != next->get());
    const auto end = pool.pictureAt(m_clips.path("a.mp4"), RationalTime(39, FrameRate(25)));
    QCOMPARE(pool.pictureAt(m_clips.path("a.mp4"), RationalTime(5000, FrameRate(25)))->get(), end->get());
}

void TestMediaPool::staysWithinItsLimits() {
    MediaPool pool({.cacheBytes = 30'000, .openFiles = 2});
    for (const char* file : {"a.mp4", "b.mp4", "c.mp4", "a.mp4"}) {
        for (int frame = 0; frame < 10; ++frame) {
            QVERIFY(pool.pictureAt(m_clips.path(file), RationalTime(frame, FrameRate(25))));
            QVERIFY(pool.cachedBytes() <= 30'000);
            QVERIFY(pool.openFiles() <= 2);
        }
    }
}

void TestMediaPool::opensChangedFilesAnew() {
    QVERIFY(m_clips.write("changing.mp4", m_clips.read("a.mp4")));
    MediaPool pool;
    QCOMPARE(numberOf(**pool.pictureAt(m_clips.path("changing.mp4"), RationalTime(5, FrameRate(25)))), 5);
    QVERIFY(m_clips.ffmpeg({"-f", "lavfi", "-i", "color=white:size=128x32:rate=25", "-frames:v", "9", "-c:v", "libx264",
                            m_clips.name("white.mp4")}));
    std::filesystem::rename(m_clips.path("white.mp4"), m_clips.path("changing.mp4"));
    QCOMPARE(numberOf(**pool.pictureAt(m_clips.path("changing.mp4"), RationalTime(5, FrameRate(25)))), 255);
    std::filesystem::remove(m_clips.path("changing.mp4"));
    QCOMPARE(pool.pictureAt(m_clips.path("changing.mp4"), RationalTime(5, FrameRate(25))).error().code,
             ErrorCode::FileNotFound);
}

void TestMediaPool::remembersWhatCannotBeOpened() {
    QVERIFY(m_clips.write("bad.mp4", QByteArray("words ").repeated(100)));
    MediaPool pool;
    const auto first = pool.pictureAt(m_clips.path("bad.mp4"), RationalTime());
    const auto second = pool.pictureAt(m_clips.path("bad.mp4"), RationalTime());
    QCOMPARE(first.error().code, ErrorCode::UnsupportedFormat);
    QVERIFY(first.error() == second.error());
    QCOMPARE(pool.openFiles(), 0U);
    QVERIFY(m_clips.write("bad.mp4", m_clips.read("a.mp4")));
    QVERIFY(pool.pictureAt(m_clips.path("bad.mp4"), RationalTime()));
}

void TestMediaPool::triesAgainWhatFailedByOtherCauses() {
    MediaPool pool;
    rlimit files{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
    const rlimit none{0, files.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
    const auto refused = pool.pictureAt(m_clips.path("a.mp4"), RationalTime());
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &files), 0);
    QVERIFY(!refused);
    QVERIFY(!isAboutContent(refused.error().code));
    QVERIFY(pool.pictureAt(m_clips.path("a.mp4"), RationalTime()));
}

void TestMediaPool::forgetsFiles() {
    MediaPool pool;
    QVERIFY(pool.pictureAt(m_clips.path("a.mp4"), RationalTime()));
    QVERIFY(pool.pictureAt(m_clips.path("b.mp4"), RationalTime()));
    const std::size_t both = pool.cachedBytes();
    pool.forget(m_clips.path("a.mp4"));
    QCOMPARE(pool.openFiles(), 1U);
    QVERIFY(pool.cachedBytes() < both);
    pool.clear();
    QCOMPARE(pool.openFiles(), 0U);
    QCOMPARE(pool.cachedBytes(), 0U);
}

void TestMediaPool::waitsForADecoderUntilStopped() {
    DecoderPool pool(1);
    const auto file = fileStamp(m_clips.path("a.mp4"));
    QVERIFY(file);
    auto lent = std::make_unique<Result<DecoderPool::Loan>>(pool.borrow(*file, RationalTime(), {}));
    QVERIFY(*lent);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(pool.borrow(*file, RationalTime(), stop.get_token()).error().code, ErrorCode::Cancelled);
    std::atomic<bool> isServed = false;
    std::jthread waiting([&] { isServed = pool.borrow(*file, RationalTime(), {}).has_value(); });
    lent.reset(); // comes back, and the other one gets it
    waiting.join();
    QVERIFY(isServed);
    QCOMPARE(pool.openCount(), 1U);
}

void TestMediaPool::marksDamage() {
    QVERIFY(m_clips.ffmpeg(
        {"-i", m_clips.name("a.mp4"), "-c", "copy", "-movflags", "+faststart", m_clips.name("fast.mp4")}));
    const QByteArray bytes = m_clips.read("fast.mp4");
    QVERIFY(m_clips.write("cut.mp4", bytes.left(bytes.size() * 2 / 3)));
    MediaPool pool;
    QVERIFY(pool.pictureAt(m_clips.path("cut.mp4"), RationalTime(39, FrameRate(25))));
    QVERIFY(pool.isDamaged(m_clips.path("cut.mp4")));
    QVERIFY(!pool.isDamaged(m_clips.path("a.mp4")));
    // Out of the cache as well.
    for (int i = 0; i < 2; ++i) {
        const auto shown = pool.shownAt(m_clips.path("cut.mp4"), RationalTime(39, FrameRate(25)));
        QVERIFY(shown && shown->isDamaged && shown->isCutShort);
        QVERIFY(!pool.shownAt(m_clips.path("a.mp4"), RationalTime(39, FrameRate(25)))->isDamaged);
    }
}

void TestMediaPool::readsStillsAndSequences() {
    MediaPool pool;
    for (const int number : {1, 2, 3}) {
        QVERIFY(writeStill(m_clips.path(QString("s%1.png").arg(number)), numberedFrame(number)));
    }
    QCOMPARE(numberOf(**pool.pictureAt(m_clips.path("s2.png"), RationalTime(99, FrameRate(25)))), 2);
    QCOMPARE(numberOf(**pool.pictureAt(m_clips.path("s%d.png"), RationalTime(2, FrameRate(24)))), 3);
}

QTEST_GUILESS_MAIN(TestMediaPool)
#include "TestMediaPool.moc"
