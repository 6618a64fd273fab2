#pragma once

#include "tests/ui/TestTimeline.h"
#include "tests/ui/WindowPictures.h"
#include "ui/MainWindow.h"
#include "ui/bin/BinRoles.h"
#include "ui/monitor/Monitor.h"
#include "ui/prompt/ShotPanel.h"
#include "ui/queue/JobRoles.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/state/ShotStates.h"

#include "timeline/document/TimelineDocument.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/Takes.h"
#include "timeline/edit/Transitions.h"

#include <QAction>
#include <QStandardItemModel>
#include <QTest>

#include <memory>

/// The window over a document and models of items, without the program behind it.
namespace testing {

using namespace ui;

/// Notes what it is asked for, and does it to the document alone.
class NotedProjects : public ProjectKeeper {
public:
    explicit NotedProjects(timeline::TimelineDocument& document) : m_document(document) {}

    bool createProject() override { return note(QStringLiteral("create")); }
    bool openProject(const QString& path) override { return note(QStringLiteral("open ") + path); }
    bool saveProject(const QString& path) override {
        m_document.markSaved(path);
        return note(QStringLiteral("save ") + path);
    }
    bool openDemo() override { return note(QStringLiteral("demo")); }
    QString projectPath() const override { return m_document.filePath(); }

    QStringList asked;

private:
    bool note(const QString& what) {
        asked << what;
        return true;
    }

    timeline::TimelineDocument& m_document;
};

/// The window, shown, over an empty film that has been saved once.
struct Bench {
    timeline::TimelineDocument document;
    NotedProjects projects{document};
    QStandardItemModel media;
    QStandardItemModel jobs;
    DrawnArt art;
    MainWindow window{{document,
                       projects,
                       media,
                       jobs,
                       {{"h264", "MP4", "Plays everywhere", "mp4"}, {"lossless", "Lossless", "Big", "mkv"}},
                       &art}};

    Bench() {
        document.reset(emptyTimeline(), QStringLiteral("/films/first.otio"));
        window.resize(1280, 720);
        window.show();
        window.activateWindow();
    }
    template <typename T>
    T* child(const char* name) {
        return window.findChild<T*>(QLatin1String(name));
    }
    QAction* action(const char* name) { return child<QAction>(name); }
    void edit() { QVERIFY(document.apply(QStringLiteral("x"), timeline::setName(*document.timeline(), "other"))); }
};

inline void fillBinAndQueue(Bench& bench) {
    const std::pair<const char*, BinKind> files[] = {{"harbour.mp4", BinKind::Film},
                                                     {"boat.mp4", BinKind::Film},
                                                     {"lake.png", BinKind::Still},
                                                     {"pad.flac", BinKind::Sound}};
    for (const auto& [name, kind] : files) {
        auto* row = new QStandardItem(QLatin1String(name));
        row->setData(static_cast<int>(kind), BinKindRole);
        row->setData(QStringLiteral("1280 × 720, 25 fps, 8.0 s"), BinDetailRole);
        if (kind != BinKind::Sound) {
            row->setData(bench.art.thumbnail(name, frames(0), 80), Qt::DecorationRole);
        }
        bench.media.appendRow(row);
    }
    const std::tuple<const char*, JobPhase, double, const char*> work[] = {
        {"Generate, Shot 2", JobPhase::Running, 0.42, "Step 11 of 25"},
        {"Restyle, Shot 1", JobPhase::Queued, -1.0, ""},
        {"Restyle, Shot 1", JobPhase::Failed, -1.0, "The worker ended in the middle of the job"}};
    for (const auto& [name, phase, progress, detail] : work) {
        auto* row = new QStandardItem(QLatin1String(name));
        row->setData(static_cast<int>(phase), JobPhaseRole);
        row->setData(progress, JobProgressRole);
        row->setData(QLatin1String(detail), JobDetailRole);
        row->setData(35.0, JobSecondsLeftRole);
        bench.jobs.appendRow(row);
    }
}

/// A film with one of everything, as somebody would have it in mid-work.
inline void fill(Bench& bench) {
    timeline::Timeline t = emptyTimeline();
    const auto left = lay(t, "Video 1", mediaClip("harbour.mp4", 90, 50), 0);
    lay(t, "Video 1", mediaClip("boat.mp4", 110, 40), 90);
    lay(t, "Video 1", mediaClip("lake.png", 60, 0), 230);
    t = *timeline::addTransition(t, left, frames(10), frames(10));
    timeline::Recipe recipe;
    recipe.seed = 4711;
    timeline::Clip shot = timeline::makeShot(recipe, frames(90));
    shot.name = "Shot 1";
    const auto stale = lay(t, "Video 2", shot, 95);
    for (const char* url : {"take1.mkv", "take2.mkv", "take3.mkv"}) {
        t = *timeline::addTake(t, stale, timeline::makeTake(*timeline::findClip(t, stale), url, {}));
    }
    timeline::Clip fresh = timeline::makeShot({}, frames(60));
    fresh.name = "Shot 2";
    const auto running = lay(t, "Video 2", fresh, 230);
    lay(t, "Style", mediaClip("style-oil.png", 120, 0), 90);
    lay(t, "Prompt", timeline::makePromptClip({"a small boat on a calm lake at dawn, oil painting", {}}, frames(70)),
        90);
    lay(t, "Prompt", timeline::makePromptClip({"the fog lifts, warm light on the water", {}}, frames(45)), 165);
    lay(t, "Prompt", timeline::makePromptClip({"forest shore, slow push in", {}}, frames(60)), 230);
    lay(t, "Audio 1", mediaClip("pad.flac", 180, 0), 0);
    bench.document.reset(t, QStringLiteral("/films/first.otio"));
    bench.window.shotPanel().setModels({{"starter", "Starter", 25, 2.5, true, true}});
    bench.window.shotStates().setState(stale, {ShotState::Phase::Idle, -1.0, true, false});
    bench.window.shotStates().setState(running, {ShotState::Phase::Running, 0.42, false, true});
    bench.window.selection().selectOnly(stale);
    bench.window.shotPanel().setBaseImage(stale, bench.art.thumbnail("boat.mp4", frames(10), 200));
    bench.window.monitor().setLive(true);
    bench.window.playhead().seek(frames(120));
    fillBinAndQueue(bench);
    const QImage picture = bench.art.thumbnail("boat.mp4", frames(10), 360).convertToFormat(QImage::Format_RGBA8888);
    auto frame = std::make_shared<timeline::DisplayImage>();
    frame->width = picture.width();
    frame->height = picture.height();
    frame->pixels.assign(picture.constBits(), picture.constBits() + picture.sizeInBytes());
    bench.window.monitor().showFrame(frame);
}

} // namespace testing
