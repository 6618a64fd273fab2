#include "app/media/BinList.h"
#include "app/project/Autosave.h"
#include "app/project/DemoProject.h"
#include "app/project/ProjectController.h"
#include "app/project/Relocate.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/Takes.h"
#include "timeline/io/MediaUrl.h"
#include "timeline/io/OtioReader.h"
#include "timeline/model/Invariants.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <fstream>

using namespace app;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

std::string urlOf(const timeline::Timeline& film, const char* key) {
    for (const timeline::Track& track : film.tracks) {
        for (const timeline::ItemPtr& item : track.items) {
            const timeline::Clip* clip = timeline::asClip(item);
            if (clip && clip->references.contains(key)) {
                return std::get<timeline::ExternalReference>(clip->references.at(key)).url;
            }
        }
    }
    return {};
}

/// A shot with a take and a clip of a file, each under its own url.
timeline::Timeline filmWith(const std::string& takeUrl, const std::string& mediaUrl) {
    timeline::Timeline film = emptyProject();
    const timeline::RationalTime length(10, film.format.rate);
    const timeline::Clip shot = timeline::makeShot({}, length);
    film.tracks[1].items.push_back(timeline::makeItem(shot));
    timeline::ExternalReference media;
    media.url = mediaUrl;
    film.tracks[2].items.push_back(
        timeline::makeItem(timeline::makeMediaClip(media, {timeline::RationalTime(0, film.format.rate), length})));
    return withBinUrls(*timeline::addTake(film, shot.id, timeline::makeTake(shot, takeUrl, {})), {mediaUrl});
}

} // namespace

class TestProject : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_DATA_HOME", m_folder.filePath("data").toLocal8Bit()); }

    void relocatingCopiesTakesAndKeepsTheRest() {
        write(path("a/old.media/take.mkv"), "take");
        write(path("a/clip.mp4"), "clip");
        const auto moved =
            relocated(filmWith("old.media/take.mkv", "clip.mp4"), path("a"), path("a/old.media"), path("b/new.otio"));
        QVERIFY(moved);
        QCOMPARE(urlOf(*moved, "take-1"), std::string("new.media/take.mkv"));
        QVERIFY(fs::exists(path("b/new.media/take.mkv")));
        QVERIFY(fs::exists(path("a/old.media/take.mkv")));
        QCOMPARE(timeline::resolveUrl(urlOf(*moved, timeline::kDefaultMediaKey), path("b"))->string(),
                 path("a/clip.mp4").string());
        QCOMPARE(binUrls(*moved).front(), urlOf(*moved, timeline::kDefaultMediaKey));
    }

    void foreignUrlsStay() {
        const auto moved = relocated(filmWith("https://example.org/x.mkv", "gone.mp4"), path("a"), path("a/old.media"),
                                     path("b/new.otio"));
        QVERIFY(moved);
        QCOMPARE(urlOf(*moved, "take-1"), std::string("https://example.org/x.mkv"));
    }

    void savesOpensAndSavesElsewhere() {
        timeline::TimelineDocument document;
        ProjectController project(document);
        QVERIFY(project.createProject());
        const fs::path take = project.mediaFolder() / "take.mkv";
        write(take, "take");
        QVERIFY(document.apply("x", filmWith(timeline::urlFor(take, {}), "/media/clip.mp4")));
        const QString first = QString::fromStdString(path("one/film.otio").string());
        fs::create_directories(path("one"));
        QVERIFY(project.saveProject(first));
        QVERIFY(!document.isModified());
        QVERIFY(document.undoStack().canUndo()); // saving is no step
        QVERIFY(fs::exists(path("one/film.media/take.mkv")));

        timeline::TimelineDocument again;
        ProjectController reopened(again);
        QVERIFY(reopened.openProject(first));
        QCOMPARE(urlOf(*again.timeline(), "take-1"), std::string("film.media/take.mkv"));
        QCOMPARE(reopened.folder().get().string(), path("one").string());
        fs::create_directories(path("two"));
        QVERIFY(reopened.saveProject(QString::fromStdString(path("two/other.otio").string())));
        QVERIFY(!again.isModified());
        QVERIFY(fs::exists(path("two/other.media/take.mkv")));
        QCOMPARE(urlOf(*again.timeline(), "take-1"), std::string("other.media/take.mkv"));
        QCOMPARE(urlOf(*timeline::readOtio(path("one/film.otio")), "take-1"), std::string("film.media/take.mkv"));
    }

    void whatCannotBeWrittenOrReadIsTold() {
        timeline::TimelineDocument document;
        ProjectController project(document);
        QVERIFY(project.createProject());
        const timeline::TimelinePtr before = document.timeline();
        QSignalSpy failed(&project, &ProjectController::failed);
        QVERIFY(!project.saveProject("/does/not/exist/film.otio"));
        QVERIFY(!project.openProject("/does/not/exist/film.otio"));
        QCOMPARE(failed.count(), 2);
        QCOMPARE(document.timeline(), before);
        QCOMPARE(project.projectPath(), QString());
    }

    void aCrashLosesNothing() {
        const QString folder = m_folder.filePath("state");
        QVERIFY(!Autosave::recover(folder));
        timeline::TimelineDocument document;
        document.reset(emptyProject(), "/films/film.otio");
        {
            Autosave autosave(document, folder, [] { return fs::path("/films"); });
            QVERIFY(document.apply("x", filmWith("film.media/take.mkv", "clip.mp4")));
            autosave.writeNow();
            QTRY_COMPARE_WITH_TIMEOUT(QDir(folder).entryList({"*.otio"}).size(), 1, 60000);
            QVERIFY(!Autosave::recover(folder)); // its program is running
            // As a crash leaves it: a copy without the lock.
            const QString journal = QDir(folder).filePath(QDir(folder).entryList({"*.otio"}).first());
            QVERIFY(QFile::copy(journal, QDir(folder).filePath("crashed.otio")));
            QVERIFY(QFile::copy(journal.chopped(5) + ".path", QDir(folder).filePath("crashed.path")));
        }
        QCOMPARE(QDir(folder).entryList({"*.otio"}), QStringList{"crashed.otio"}); // ended well: gone
        const auto recovered = Autosave::recover(folder);
        QVERIFY(recovered);
        QCOMPARE(recovered->path, QString("/films/film.otio"));
        QCOMPARE(timeline::resolveUrl(urlOf(recovered->timeline, "take-1"), {})->string(),
                 std::string("/films/film.media/take.mkv"));
        QVERIFY(!Autosave::recover(folder));
    }

    void theDemoIsSound() {
        const fs::path media = (qEnvironmentVariable("FANTASCOPE_RESOURCES") + "/demo").toStdString();
        const auto demo = buildDemo(media, {});
        QVERIFY(demo);
        QVERIFY(timeline::checkInvariants(demo->timeline));
        const auto prompt = timeline::shotContext(demo->timeline, demo->promptShot);
        const auto restyle = timeline::shotContext(demo->timeline, demo->restyleShot);
        QVERIFY(prompt->base == timeline::BaseKind::None);
        QCOMPARE(prompt->prompts.front().prompt.text, demo->prompt);
        QVERIFY(prompt->styles.empty());
        QVERIFY(restyle->base == timeline::BaseKind::Moving);
        QCOMPARE(restyle->styles.size(), std::size_t(1));
        QVERIFY(prompt->handleAfter.value() > 0); // the cross-dissolve
        QVERIFY(!buildDemo(path("empty"), {}));
    }
};

QTEST_MAIN(TestProject)
#include "TestProject.moc"
