#include "app/media/BinList.h"
#include "app/project/Autosave.h"
#include "app/project/CopyFiles.h"
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

/// The file that a reference names.
std::string fileOf(const timeline::Timeline& film, const char* key, const fs::path& folder = {}) {
    const auto file = timeline::resolveUrl(urlOf(film, key), folder);
    return file ? file->string() : std::string();
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

    void relocatingNamesTheTakesToCopyAndKeepsTheRest() {
        write(path("a/old.media/take.mkv"), "take");
        write(path("a/clip.mp4"), "clip");
        const timeline::Timeline held = withAbsoluteUrls(filmWith("old.media/take.mkv", "clip.mp4"), path("a"));
        QCOMPARE(fileOf(held, "take-1"), path("a/old.media/take.mkv").string());
        const auto isOwn = [&](const fs::path& file) { return file.parent_path() == path("a/old.media"); };
        const Relocation moved = relocated(held, path("b/new.otio"), isOwn);
        QCOMPARE(urlOf(moved.timeline, "take-1"), std::string("new.media/take.mkv"));
        QCOMPARE(moved.copies, (std::vector{FileCopy{path("a/old.media/take.mkv"), path("b/new.media/take.mkv")}}));
        QCOMPARE(fileOf(moved.timeline, timeline::kDefaultMediaKey, path("b")), path("a/clip.mp4").string());
        QCOMPARE(binUrls(moved.timeline).front(), urlOf(moved.timeline, timeline::kDefaultMediaKey));
        QVERIFY(relocated(held, path("a/old.otio"), isOwn).copies.empty()); // they are there
    }

    void foreignUrlsStay() {
        const timeline::Timeline held = withAbsoluteUrls(filmWith("https://example.org/x.mkv", "gone.mp4"), path("a"));
        const Relocation moved = relocated(held, path("b/new.otio"), [](const fs::path&) { return true; });
        QCOMPARE(urlOf(moved.timeline, "take-1"), std::string("https://example.org/x.mkv"));
        QVERIFY(moved.copies.empty());
    }

    void copiesAreWholeOrNotThere() {
        write(path("from/a"), std::string(9'000'000, 'a'));
        const std::vector<FileCopy> copies{{path("from/a"), path("to/a")}};
        std::stop_source stop;
        double reached = 0.0;
        const auto cancelled = copyFiles(copies, stop.get_token(), [&](double fraction) {
            reached = fraction;
            stop.request_stop();
        });
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, timeline::ErrorCode::Cancelled);
        QVERIFY(reached > 0.0 && reached < 1.0);
        QVERIFY(fs::is_empty(path("to")));
        QVERIFY(copyFiles(copies, {}, [&](double fraction) { reached = fraction; }));
        QCOMPARE(reached, 1.0);
        QCOMPARE(fs::file_size(path("to/a")), fs::file_size(path("from/a")));
        QVERIFY(!copyFiles({{path("from/none"), path("to/b")}}, {}, [](double) {}));
        QVERIFY(!copyFiles({{path("from/a"), "/proc/none/b"}}, {}, [](double) {}));
        if (fs::exists("/dev/full")) {
            fs::create_symlink("/dev/full", path("to/full.partial"));
            const auto full = copyFile({path("from/a"), path("to/full")}, {}, [](std::uint64_t) {});
            QVERIFY(!full);
            QCOMPARE(full.error().code, timeline::ErrorCode::DiskFull);
            QVERIFY(!fs::exists(path("to/full")));
        }
        QVERIFY(linkFile({path("from/a"), path("to/c")}));
        QVERIFY(fs::equivalent(path("from/a"), path("to/c"))); // nothing was copied
        QVERIFY(!linkFile({path("from/a"), "/proc/none/c"}));
    }

    void savesOpensAndSavesElsewhere() {
        timeline::TimelineDocument document;
        fs::path unsaved;
        const QString first = QString::fromStdString(path("one/film.otio").string());
        {
            ProjectController project(document);
            QVERIFY(project.createProject());
            unsaved = project.mediaFolder();
            write(unsaved / "take.mkv", "take");
            QVERIFY(
                document.apply("x", filmWith(timeline::urlFor(unsaved / "take.mkv", {}), "file:///media/clip.mp4")));
            fs::create_directories(path("one"));
            QVERIFY(project.saveProject(first));
            QVERIFY(!document.isModified());
            QVERIFY(document.undoStack().canUndo()); // saving is no step
            QVERIFY(fs::exists(path("one/film.media/take.mkv")));
            QVERIFY(fs::exists(unsaved)); // undo may need it
        }
        QVERIFY(!fs::exists(unsaved));

        timeline::TimelineDocument again;
        ProjectController reopened(again);
        QVERIFY(reopened.openProject(first));
        QCOMPARE(fileOf(*again.timeline(), "take-1"), path("one/film.media/take.mkv").string());
        fs::create_directories(path("two"));
        const QString second = QString::fromStdString(path("two/other.otio").string());
        QVERIFY(reopened.saveProject(second));
        QVERIFY(!again.isModified());
        QVERIFY(fs::exists(path("two/other.media/take.mkv")));
        QCOMPARE(urlOf(*timeline::readOtio(path("two/other.otio")), "take-1"), std::string("other.media/take.mkv"));
        QCOMPARE(urlOf(*timeline::readOtio(path("one/film.otio")), "take-1"), std::string("film.media/take.mkv"));
        // Saved once more, the takes of the first place are still this project's.
        QVERIFY(reopened.saveProject(second));
        QCOMPARE(urlOf(*timeline::readOtio(path("two/other.otio")), "take-1"), std::string("other.media/take.mkv"));
    }

    void undoAfterSaveAsKeepsEveryPath() {
        write(path("here/clip.mp4"), "clip");
        fs::create_directories(path("there"));
        timeline::TimelineDocument document;
        ProjectController project(document);
        document.reset(withAbsoluteUrls(filmWith("film.media/none.mkv", "clip.mp4"), path("here")));
        QVERIFY(project.saveProject(QString::fromStdString(path("here/film.otio").string())));
        QVERIFY(document.apply("x", timeline::setName(*document.timeline(), "changed")));
        QVERIFY(project.saveProject(QString::fromStdString(path("there/film.otio").string())));
        document.undoStack().undo();
        QVERIFY(document.timeline()->name != "changed"); // the edit itself: Save As is no step
        QVERIFY(project.saveProject(project.projectPath()));
        const auto saved = timeline::readOtio(path("there/film.otio"));
        QCOMPARE(fileOf(*saved, timeline::kDefaultMediaKey, path("there")), path("here/clip.mp4").string());
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
        const auto journals = [&] { return QDir(folder).entryList({"*.otio"}); };
        QVERIFY(!Autosave::recover(folder).project);
        timeline::TimelineDocument document;
        document.reset(emptyProject(), "/films/film.otio");
        {
            Autosave autosave(document, folder);
            QVERIFY(document.apply("x", filmWith("file:///films/film.media/take.mkv", "file:///films/clip.mp4")));
            autosave.writeNow();
            QTRY_COMPARE_WITH_TIMEOUT(journals().size(), 1, 60000);
            QVERIFY(!Autosave::recover(folder).project); // its program is running
            // As a crash leaves it: a copy without the lock.
            const QString journal = QDir(folder).filePath(journals().first());
            QVERIFY(QFile::copy(journal, QDir(folder).filePath("crashed.otio")));
            QVERIFY(QFile::copy(journal.chopped(5) + ".path", QDir(folder).filePath("crashed.path")));
        }
        QCOMPARE(journals(), QStringList{"crashed.otio"}); // ended well: gone
        Recovery recovery = Autosave::recover(folder);
        QVERIFY(recovery.project);
        QCOMPARE(recovery.project->path, QString("/films/film.otio"));
        QCOMPARE(fileOf(recovery.project->timeline, "take-1"), std::string("/films/film.media/take.mkv"));
        // A second crash before the new journal is written loses nothing either, and nobody else takes it up meanwhile.
        QCOMPARE(journals(), QStringList{"crashed.otio"});
        QVERIFY(!Autosave::recover(folder).project);
        timeline::TimelineDocument next;
        next.reset(emptyProject(), "/films/film.otio");
        Autosave autosave(next, folder);
        QVERIFY(next.apply("Recover", recovery.project->timeline));
        autosave.adopt(*recovery.project);
        recovery.project.reset();
        QTRY_VERIFY_WITH_TIMEOUT(journals().size() == 1 && !journals().contains("crashed.otio"), 60000);
        QVERIFY(!Autosave::recover(folder).project);
    }

    void anUnreadableJournalIsSetAside() {
        const QString folder = m_folder.filePath("broken-state");
        write(folder.toStdString() + "/x.otio", "{\"OTIO_SCHEMA\": ");
        const Recovery recovery = Autosave::recover(folder);
        QVERIFY(!recovery.project);
        QCOMPARE(recovery.unreadable.size(), 1);
        QVERIFY(QFile::exists(recovery.unreadable.first()));
        QVERIFY(Autosave::recover(folder).unreadable.isEmpty()); // told once
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
