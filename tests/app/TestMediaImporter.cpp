#include "app/media/BinList.h"
#include "app/media/MediaImporter.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QSignalSpy>
#include <QTest>

using namespace app;

namespace {

constexpr int kPatience = 60'000;

QString demoFile(const char* name) {
    return qEnvironmentVariable("FANTASCOPE_RESOURCES") + "/demo/" + QLatin1String(name);
}

} // namespace

class TestMediaImporter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filesComeInAndBadOnesAreNamed() {
        timeline::TimelineDocument document;
        MediaImporter importer(document);
        QSignalSpy imported(&importer, &MediaImporter::imported);
        QSignalSpy failed(&importer, &MediaImporter::failed);
        QSignalSpy progressed(&importer, &MediaImporter::progressed);
        importer.importFiles({demoFile("boat.mp4"), "/does/not/exist.mp4", demoFile("lake.png")});
        QTRY_COMPARE_WITH_TIMEOUT(imported.count(), 1, kPatience);
        QCOMPARE(failed.count(), 1);
        QVERIFY(failed.at(0).at(0).toString().contains("exist.mp4"));
        QCOMPARE(progressed.count(), 3);
        QCOMPARE(progressed.at(2), (QVariantList{3, 3}));
        const auto urls = binUrls(*document.timeline());
        QCOMPARE(urls.size(), std::size_t(2));
        QVERIFY(urls.front().starts_with("file:///")); // absolute: no step depends on where the project lies
        importer.importFiles({demoFile("lake.png")});
        QTRY_COMPARE_WITH_TIMEOUT(imported.count(), 2, kPatience);
        QCOMPARE(imported.at(1).at(0).toString(), QString("1 file imported"));
        QCOMPARE(binUrls(*document.timeline()), urls);
    }

    void whatSteersAShotEndsWithTheFilm() {
        timeline::TimelineDocument document;
        MediaImporter importer(document);
        timeline::Timeline film;
        film.format.rate = timeline::FrameRate(24);
        film.tracks = {timeline::makeTrack(timeline::TrackKind::Video, "v"),
                       timeline::makeTrack(timeline::TrackKind::Style, "s"),
                       timeline::makeTrack(timeline::TrackKind::Mask, "m")};
        document.reset(film);
        const auto insert = [&](const char* name, std::size_t track, std::int64_t frame) {
            importer.insertFiles({demoFile(name)}, film.tracks[track].id,
                                 timeline::RationalTime(frame, film.format.rate));
        };
        const auto lengthOf = [&](std::size_t track) {
            const timeline::Timeline& now = *document.timeline();
            return timeline::trackDuration(now, *timeline::findTrack(now, film.tracks[track].id)).value();
        };
        insert("boat.mp4", 0, 0);
        QTRY_VERIFY_WITH_TIMEOUT(lengthOf(0) > 0, kPatience);
        const std::int64_t end = lengthOf(0);
        const std::size_t tracks = document.timeline()->tracks.size(); // one more, for the sound
        insert("style-oil.png", 1, 48);                                // five seconds would be too long
        QTRY_COMPARE_WITH_TIMEOUT(lengthOf(1), end, kPatience);
        insert("city.mp4", 2, 48);
        QTRY_COMPARE_WITH_TIMEOUT(lengthOf(2), end, kPatience);
        QCOMPARE(document.timeline()->tracks.size(), tracks); // nor does a mask bring its sound along
        insert("style-neon.png", 1, end);                     // after all pictures: ahead of what will lie there
        QTRY_COMPARE_WITH_TIMEOUT(lengthOf(1), end + 5 * 24, kPatience);
    }

    void anotherProjectGetsNothingOfIt() {
        timeline::TimelineDocument document;
        MediaImporter importer(document);
        QSignalSpy imported(&importer, &MediaImporter::imported);
        importer.importFiles({demoFile("boat.mp4"), demoFile("city.mp4")});
        importer.insertFiles({demoFile("balloon.mp4")}, {}, {});
        document.reset({});
        importer.importFiles({demoFile("lake.png")}); // read after them
        QTRY_COMPARE_WITH_TIMEOUT(imported.count(), 1, kPatience);
        QCOMPARE(binUrls(*document.timeline()).size(), std::size_t(1));
        importer.importFiles({demoFile("boat.mp4"), demoFile("city.mp4")});
        importer.cancel();
        importer.importFiles({demoFile("pad.flac")});
        QTRY_COMPARE_WITH_TIMEOUT(imported.count(), 2, kPatience);
        QCOMPARE(binUrls(*document.timeline()).size(), std::size_t(2));
    }
};

QTEST_MAIN(TestMediaImporter)
#include "TestMediaImporter.moc"
