#include "app/media/MediaCache.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <filesystem>

using namespace app;

namespace {

generation::FrameSet frames(std::uint16_t value) {
    return {.frames = 2, .width = 16, .height = 16, .samples = std::vector<std::uint16_t>(1536, value)};
}

generation::FinishedEvent finishedJob(const MediaCache& cache, const QString& job) {
    const QString work = cache.workFolder(job);
    QDir().mkpath(work);
    generation::writeFrameFile((work + "/frames.safetensors").toStdString(), frames(7));
    generation::FinishedEvent event;
    event.id = job.toStdString();
    event.seed = 42;
    return event;
}

} // namespace

class TestMediaCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatWasAdopted() {
        const QTemporaryDir folder;
        const MediaCache cache(folder.path());
        QVERIFY(!cache.find("key"));
        const auto adopted = cache.adopt("key", finishedJob(cache, "job"));
        QVERIFY(adopted);
        const auto found = cache.find("key");
        QVERIFY(found);
        QCOMPARE(found->facts.seed, std::uint64_t(42));
        QVERIFY(generation::readFrameFile(found->framesPath.toStdString()) == frames(7));
        QVERIFY(!QFile::exists(cache.workFolder("job")));
        QVERIFY(cache.adopt("key", finishedJob(cache, "again"))); // over what is there
        cache.remove("key");
        QVERIFY(!cache.find("key"));
    }

    void whatACrashLeftGoesAfterADay() {
        const QTemporaryDir folder;
        const MediaCache cache(folder.path());
        const auto age = [](const QString& path) {
            std::filesystem::last_write_time(path.toStdString(),
                                             std::filesystem::file_time_type::clock::now() - std::chrono::hours(30));
        };
        for (const char* job : {"old", "running"}) {
            finishedJob(cache, job);
            age(cache.workFolder(job) + "/frames.safetensors");
            age(cache.workFolder(job));
        }
        QFile preview(cache.workFolder("running") + "/preview"); // the worker writes one with every step
        QVERIFY(preview.open(QIODevice::WriteOnly));
        preview.close();
        age(cache.workFolder("running"));
        cache.prune(1 << 30);
        QVERIFY(!QFile::exists(cache.workFolder("old")));
        QVERIFY(QFile::exists(cache.workFolder("running")));
    }

    void anEntryWithoutFactsIsNone() {
        const QTemporaryDir folder;
        const MediaCache cache(folder.path());
        QVERIFY(cache.adopt("key", finishedJob(cache, "job")));
        const QString facts = folder.filePath("generated/key/finished.json");
        QFile file(facts);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("{\"type\":");
        file.close();
        QVERIFY(!cache.find("key"));
        QVERIFY(QFile::remove(facts));
        QVERIFY(!cache.find("key"));
    }

    void workWithoutFramesIsNotAdopted() {
        const QTemporaryDir folder;
        const MediaCache cache(folder.path());
        generation::FinishedEvent event;
        event.id = "job";
        const auto adopted = cache.adopt("key", event);
        QVERIFY(!adopted);
        QVERIFY(!cache.find("key"));
    }

    void inputsAreNamedByContent() {
        const QTemporaryDir folder;
        const MediaCache cache(folder.path());
        const auto a = cache.storeInput(frames(1));
        const auto same = cache.storeInput(frames(1));
        const auto other = cache.storeInput(frames(2));
        QVERIFY(a && same && other);
        QCOMPARE(a->path, same->path);
        QVERIFY(a->hash != other->hash);
        QCOMPARE(QDir(folder.filePath("inputs")).entryList(QDir::Files).size(), 2);
    }

    void pruneKeepsTheNewest() {
        const QTemporaryDir folder;
        const MediaCache cache(folder.path());
        QVERIFY(cache.adopt("old", finishedJob(cache, "1")));
        QVERIFY(cache.adopt("new", finishedJob(cache, "2")));
        QFile facts(folder.filePath("generated/old/finished.json"));
        QVERIFY(facts.open(QIODevice::ReadWrite));
        QVERIFY(facts.setFileTime(QDateTime::currentDateTime().addDays(-3), QFileDevice::FileModificationTime));
        facts.close();
        cache.prune(5000);
        QVERIFY(!cache.find("old"));
        QVERIFY(cache.find("new"));
        cache.prune(0);
        QVERIFY(!cache.find("new"));
    }
};

QTEST_GUILESS_MAIN(TestMediaCache)
#include "TestMediaCache.moc"
