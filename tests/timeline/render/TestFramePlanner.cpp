#include "timeline/model/MakeClip.h"
#include "timeline/render/FramePlanner.h"
#include "timeline/render/LiveFrames.h"
#include "timeline/render/MediaUrls.h"

#include <QTest>

#include <cmath>

using namespace timeline;

namespace {

const FrameRate kRate(25, 1);

RationalTime at(std::int64_t frame) {
    return {frame, kRate};
}

Clip film(const std::string& url, std::int64_t frames, RationalTime start = at(0)) {
    ExternalReference reference;
    reference.url = url;
    return makeMediaClip(reference, {start, at(frames)});
}

Gap gap(std::int64_t frames) {
    Gap made;
    made.id = ItemId::create();
    made.duration = at(frames);
    return made;
}

Transition dissolve(std::int64_t in, std::int64_t out) {
    Transition made;
    made.id = ItemId::create();
    made.inOffset = at(in);
    made.outOffset = at(out);
    return made;
}

template <typename... Items>
Track track(TrackKind kind, Items... items) {
    Track made = makeTrack(kind, "t");
    (made.items.push_back(makeItem(std::move(items))), ...);
    return made;
}

Timeline timelineOf(std::vector<Track> tracks) {
    Timeline timeline;
    timeline.format.rate = kRate;
    timeline.tracks = std::move(tracks);
    return timeline;
}

QString urls(const FramePlan& plan) {
    QStringList names;
    for (const FrameLayer& layer : plan.layers) {
        const auto* file = std::get_if<FileSource>(&layer.source);
        names << (file ? QString::fromStdString(file->url) : QString("other%1").arg(layer.source.index()));
    }
    return names.join(' ');
}

const FileSource& fileOf(const FramePlan& plan, std::size_t layer = 0) {
    return std::get<FileSource>(plan.layers.at(layer).source);
}

} // namespace

class TestFramePlanner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void layersAreBottomToTop() {
        Track hidden = track(TrackKind::Video, film("hidden", 10));
        hidden.enabled = false;
        const Timeline timeline = timelineOf(
            {track(TrackKind::Video, film("a", 10)), track(TrackKind::Audio, film("sound", 10)), hidden,
             track(TrackKind::Style, film("style", 10)), track(TrackKind::Prompt, makePromptClip({"snow", ""}, at(10))),
             track(TrackKind::Video, gap(5), film("b", 5))});
        QCOMPARE(urls(planFrame(timeline, at(4))), "a");
        QCOMPARE(urls(planFrame(timeline, at(5))), "a b");
        QCOMPARE(urls(planFrame(timeline, at(10))), "");
        QCOMPARE(urls(planFrame(timeline, at(-1))), "");
        PlanOptions below;
        below.belowTrack = 5;
        QCOMPARE(urls(planFrame(timeline, at(5), below)), "a");
        QCOMPARE(planFrame(timeline, at(5)), planFrame(timeline, at(5)));
    }

    void sizeIsTheSequencesOrTheOnesAskedFor() {
        Timeline timeline = timelineOf({});
        timeline.format.width = 1920;
        timeline.format.height = 1080;
        QCOMPARE(planFrame(timeline, at(0)).width, 1920);
        const PlanOptions small = fittedInto(timeline.format, 320, 320);
        QCOMPARE(small.width, 320);
        QCOMPARE(small.height, 180);
        QCOMPARE(fittedInto(timeline.format, 9000, 9000).width, 1920);
        QCOMPARE(fittedInto(timeline.format, 0, 0).height, 1);
        QCOMPARE(planFrame(timeline, at(0), small).height, 180);
    }

    void sourceTimeIsSampledByTime() {
        // A clip of a 24 fps file that starts 2 s into it, at 10 frames on a 25 fps track.
        const Timeline timeline =
            timelineOf({track(TrackKind::Video, gap(10), film("a", 50, RationalTime(48, FrameRate(24, 1))))});
        QCOMPARE(fileOf(planFrame(timeline, at(10))).time, RationalTime(2, FrameRate(1, 1)));
        QCOMPARE(fileOf(planFrame(timeline, at(35))).time, RationalTime(3, FrameRate(1, 1)));
        QCOMPARE(fileOf(planFrame(timeline, at(36))).time, RationalTime(3, FrameRate(1, 1)) + at(1));
    }

    void propertiesTravelWithTheClip() {
        Clip clip = film("a", 10);
        clip.properties.opacity = 0.5;
        clip.properties.transform.scale = 2;
        const FramePlan plan = planFrame(timelineOf({track(TrackKind::Video, clip)}), at(0));
        QCOMPARE(plan.layers.front().opacity, 0.5);
        QCOMPARE(plan.layers.front().transform.scale, 2.0);
        QCOMPARE(plan.layers.front().clip, clip.id);
        clip.enabled = false;
        QCOMPARE(urls(planFrame(timelineOf({track(TrackKind::Video, clip)}), at(0))), "");
    }

    void dissolveIsAPair() {
        // a 10 | b 10, from frame 8 to 12: shares are taken in the middle of each frame.
        const Timeline timeline =
            timelineOf({track(TrackKind::Video, film("a", 10), dissolve(2, 2), film("b", 10, at(100)))});
        QCOMPARE(urls(planFrame(timeline, at(7))), "a");
        for (int i = 0; i < 4; ++i) {
            const FramePlan plan = planFrame(timeline, at(8 + i));
            QCOMPARE(urls(plan), "a b");
            QVERIFY(!plan.layers[0].isIncoming);
            QVERIFY(plan.layers[1].isIncoming);
            QVERIFY(std::abs(plan.layers[1].dissolve - (i + 0.5) / 4) < 1e-12);
            QCOMPARE(fileOf(plan, 0).time, at(8 + i));  // a goes on beyond its cut point
            QCOMPARE(fileOf(plan, 1).time, at(98 + i)); // b begins before its own
        }
        QCOMPARE(urls(planFrame(timeline, at(12))), "b");
    }

    void aDissolveWithNothingIsAFade() {
        const Timeline timeline =
            timelineOf({track(TrackKind::Video, gap(10), dissolve(0, 4), film("a", 10), dissolve(4, 0), gap(10))});
        const FramePlan in = planFrame(timeline, at(11));
        QCOMPARE(urls(in), "a");
        QVERIFY(!in.layers.front().isIncoming);
        QVERIFY(std::abs(in.layers.front().opacity - 0.375) < 1e-12);
        QVERIFY(std::abs(planFrame(timeline, at(16)).layers.front().opacity - 0.875) < 1e-12);
    }

    void generatorsAndMissingMedia() {
        Clip missing = film("a", 5);
        missing.name = "lost.mov";
        missing.references[kDefaultMediaKey] = MissingReference();
        const Timeline timeline = timelineOf(
            {track(TrackKind::Video, makeTitleClip({"Hello"}, at(5)), makeColorClip("#ff0000", at(5)), missing)});
        QCOMPARE(std::get<GeneratorSource>(planFrame(timeline, at(0)).layers.at(0).source).kind, kTitleKind);
        QCOMPARE(std::get<GeneratorSource>(planFrame(timeline, at(5)).layers.at(0).source).kind, kColorKind);
        QCOMPARE(std::get<OfflineSource>(planFrame(timeline, at(10)).layers.at(0).source).name, "lost.mov");
    }

    void aShotThatWasNotMadeIsASlateWhereNothingIsBelow() {
        Clip shot = makeShot(Recipe(), at(10));
        shot.name = "Shot 1";
        const Clip title = makeTitleClip({"Hello"}, at(10));
        const Timeline timeline = timelineOf({track(TrackKind::Video, shot), track(TrackKind::Video, title)});
        const FramePlan plan = planFrame(timeline, at(3));
        QCOMPARE(plan.layers.size(), 2U); // and the title over it
        QVERIFY(plan.layers[0].source == LayerSource(OfflineSource{"Shot 1", true}));
        PlanOptions base;
        base.belowTrack = 1; // nothing to begin another shot from
        QVERIFY(planFrame(timeline, at(3), base).layers.empty());
        Clip off = shot;
        off.enabled = false;
        QVERIFY(planFrame(timelineOf({track(TrackKind::Video, off)}), at(3)).layers.empty());
    }

    void shotsShowTheirTakeOrPreview() {
        Clip shot = makeShot(Recipe(), at(10));
        const auto plan = [&](std::int64_t frame, const PlanOptions& options = {}) {
            return planFrame(
                timelineOf({track(TrackKind::Video, film("base", 20)), track(TrackKind::Video, gap(2), shot)}),
                at(frame), options);
        };
        QCOMPARE(urls(plan(2)), "base"); // no take yet: the base shows through
        PlanOptions live;
        live.liveShots = {shot.id};
        QCOMPARE(urls(plan(2, live)), "base other2");
        const auto preview = std::get<LiveSource>(plan(7, live).layers.at(1).source);
        QCOMPARE(preview.shot, shot.id);
        QCOMPARE(preview.fraction, 0.5);
        shot.references["take-1"] = makeTake(shot, "take.mkv", TakeRecord());
        shot.activeKey = "take-1";
        QCOMPARE(urls(plan(2)), "base take.mkv");
        QCOMPARE(urls(plan(2, live)), "base other2");
    }

    void liveFramesAreSwappedAsAWhole() {
        LiveFrames live;
        const ItemId shot = ItemId::create();
        QVERIFY(!live.at(shot, 0));
        std::vector<PicturePtr> pictures;
        for (int i = 0; i < 4; ++i) {
            pictures.push_back(std::make_shared<const Picture>());
        }
        live.show(shot, pictures);
        const std::uint64_t version = live.version();
        QCOMPARE(live.at(shot, 0), pictures[0]);
        QCOMPARE(live.at(shot, 0.26), pictures[1]);
        QCOMPARE(live.at(shot, 0.9999), pictures[3]);
        QCOMPARE(live.shots(), std::vector{shot});
        live.show(shot, {pictures[2]});
        QCOMPARE(live.at(shot, 0), pictures[2]);
        QVERIFY(live.version() != version);
        live.remove(shot);
        QVERIFY(!live.at(shot, 0));
        QVERIFY(live.shots().empty());
    }

    void urlsBecomePaths() {
        QCOMPARE(problemWith("http://x/a.mp4", {ErrorCode::FileNotFound, {}, {}}).code, ErrorCode::RefusedProtocol);
        QCOMPARE(problemWith("a.mp4", {ErrorCode::FileNotFound, {}, {}}).code, ErrorCode::FileNotFound);
        const UrlResolver resolve = projectUrls("/films/one");
        QCOMPARE(resolve("film.media/take.mkv"), std::filesystem::path("/films/one/film.media/take.mkv"));
        QCOMPARE(resolve("file:///abs/a%20b.mov"), std::filesystem::path("/abs/a b.mov"));
        QCOMPARE(resolve("http://example.com/a.mov"), std::filesystem::path("http://example.com/a.mov"));
    }
};

QTEST_GUILESS_MAIN(TestFramePlanner)
#include "TestFramePlanner.moc"
