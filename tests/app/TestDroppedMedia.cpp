#include "app/media/BinList.h"
#include "app/media/MediaImporter.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QSignalSpy>
#include <QTest>

using namespace app;
using timeline::TrackKind;

namespace {

std::filesystem::path demoFile(const char* name) {
    return std::filesystem::path(qEnvironmentVariable("FANTASCOPE_RESOURCES").toStdString()) / "demo" / name;
}

MediaFile mediaFile(const char* name) {
    auto file = readMediaFile(demoFile(name), {});
    if (!file) {
        qFatal("a demo file cannot be read");
    }
    return std::move(file).value();
}

std::vector<const timeline::Track*> tracksOf(const timeline::Timeline& film, TrackKind kind) {
    std::vector<const timeline::Track*> tracks;
    for (const timeline::Track& track : film.tracks) {
        if (track.kind == kind) {
            tracks.push_back(&track);
        }
    }
    return tracks;
}

} // namespace

/// What becomes of files that are dropped on the timeline and of those that are taken out of the bin.
class TestDroppedMedia : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void soundThatComesAlongLiesOverNoOther() {
        timeline::Timeline film;
        film.tracks.push_back(timeline::makeTrack(TrackKind::Audio, "Audio 1"));
        film.tracks.push_back(timeline::makeTrack(TrackKind::Video, "Video 1"));
        const timeline::RationalTime start(0, film.format.rate);
        const auto withPad = withFiles(film, {mediaFile("pad.flac")}, film.tracks[0].id, start);
        QVERIFY(withPad);
        const auto pad = tracksOf(*withPad, TrackKind::Audio)[0]->items;
        const auto withBoat = withFiles(*withPad, {mediaFile("boat.mp4")}, film.tracks[1].id, start);
        QVERIFY(withBoat);
        const auto sounds = tracksOf(*withBoat, TrackKind::Audio);
        QCOMPARE(sounds.size(), std::size_t(2));
        QVERIFY(timeline::findTrack(*withBoat, film.tracks[0].id)->items == pad);
        QVERIFY(sounds[0]->name != sounds[1]->name);
        // Where the first one is free, it is taken.
        const auto end = timeline::timelineDuration(*withBoat);
        const auto after = withFiles(*withBoat, {mediaFile("boat.mp4")}, film.tracks[1].id, end);
        QVERIFY(after);
        QCOMPARE(tracksOf(*after, TrackKind::Audio).size(), std::size_t(2));
        const auto all = tracksOf(*after, TrackKind::Audio);
        QVERIFY(all[0]->items.size() + all[1]->items.size() > sounds[0]->items.size() + sounds[1]->items.size());
    }

    void filesOutOfTheBinLieOneAfterTheOther() {
        timeline::TimelineDocument document;
        MediaImporter importer(document);
        QSignalSpy inserted(&importer, &MediaImporter::inserted);
        const QStringList files{QString::fromStdString(demoFile("lake.png").string()),
                                QString::fromStdString(demoFile("boat.mp4").string())};
        importer.insertFiles({files[1]}, {}, timeline::RationalTime(0, document.timeline()->format.rate));
        QTRY_COMPARE(inserted.count(), 1);
        auto end = inserted[0][0].value<timeline::RationalTime>();
        QCOMPARE(end, tracksOf(*document.timeline(), TrackKind::Video).size() == 1
                          ? timeline::trackDuration(*document.timeline(),
                                                    *tracksOf(*document.timeline(), TrackKind::Video)[0])
                          : timeline::RationalTime());
        importer.insertFiles({files[0]}, {}, end);
        QTRY_COMPARE(inserted.count(), 2);
        end = inserted[1][0].value<timeline::RationalTime>();
        QCOMPARE(end, timeline::timelineDuration(*document.timeline()));
        QCOMPARE(tracksOf(*document.timeline(), TrackKind::Video)[0]->items.size(), std::size_t(2));
    }

    void aFileInUseStaysAndThatIsSaid() {
        timeline::TimelineDocument document;
        timeline::Timeline film;
        film.tracks.push_back(timeline::makeTrack(TrackKind::Video, "Video 1"));
        const timeline::RationalTime start(0, film.format.rate);
        document.reset(*withFiles(film, {mediaFile("lake.png")}, film.tracks[0].id, start));
        MediaImporter importer(document);
        QSignalSpy failed(&importer, &MediaImporter::failed);
        importer.removeFiles({QString::fromStdString(demoFile("lake.png").string())});
        QCOMPARE(failed.count(), 1);
        QVERIFY(failed[0][0].toString().contains("lake.png"));
        QCOMPARE(mediaUrls(*document.timeline()).size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestDroppedMedia)
#include "TestDroppedMedia.moc"
