#include "tests/timeline/audio/WaveFile.h"
#include "timeline/audio/AudioMix.h"
#include "timeline/export/ContactSheet.h"
#include "timeline/export/ExportJob.h"
#include "timeline/media/CodedFrame.h"
#include "timeline/media/MediaPool.h"
#include "timeline/model/MakeClip.h"
#include "timeline/render/OutputTransform.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <cstring>
#include <fstream>

using namespace timeline;
using namespace timeline::test;

namespace {

const FrameRate kRate(30000, 1001);
constexpr int kFrames = 12;

RationalTime at(std::int64_t frame) {
    return {frame, kRate};
}

QByteArray output(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(60000) && process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
}

QJsonObject probed(const std::filesystem::path& file, const QString& kind) {
    const QByteArray json = output("ffprobe", {"-v", "error", "-count_packets", "-select_streams", kind,
                                               "-show_streams", "-of", "json", QString::fromStdString(file.string())});
    return QJsonDocument::fromJson(json).object()["streams"].toArray().at(0).toObject();
}

} // namespace

class TestExportJob : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::shared_ptr<MediaPool> m_media = std::make_shared<MediaPool>();

    std::filesystem::path path(const char* name) { return std::filesystem::path(m_folder.path().toStdString()) / name; }

    RendererSetup setup(CompositorChoice choice) {
        return {m_media, projectUrls(m_folder.path().toStdString()), nullptr, choice};
    }

    /// Two colours with a dissolve between them, a turned title above, a tone.
    static TimelinePtr film() {
        auto timeline = std::make_shared<Timeline>();
        timeline->format = {kRate, 64, 36, 48000, 2};
        Transition dissolve;
        dissolve.id = ItemId::create();
        dissolve.inOffset = dissolve.outOffset = at(3);
        Track below = makeTrack(TrackKind::Video, "V1");
        below.items = {makeItem(makeColorClip("#c04010", at(6))), makeItem(dissolve),
                       makeItem(makeColorClip("#1050d0", at(6)))};
        Clip title = makeTitleClip({.text = "Ag", .size = 0.6}, at(kFrames));
        title.properties.opacity = 0.7;
        title.properties.transform.rotation = 11;
        Track above = makeTrack(TrackKind::Video, "V2");
        above.items = {makeItem(title)};
        ExternalReference tone;
        tone.url = "tone.wav";
        Track sound = makeTrack(TrackKind::Audio, "A1");
        sound.items = {makeItem(makeMediaClip(tone, {at(0), at(kFrames)}))};
        timeline->tracks = {below, above, sound};
        return timeline;
    }

    ExportRequest request(const char* preset, const std::filesystem::path& file) {
        return {film(), std::nullopt, *findPreset(preset), file};
    }

private Q_SLOTS:
    void initTestCase() {
        writeWave(path("tone.wav"), 48000, 48000, [](std::int64_t i) { return int(i % 100) * 200 - 10000; });
    }

    void presets() {
        QCOMPARE(exportPresets().front().name, std::string("h264"));
        QVERIFY(findPreset("lossless"));
        QVERIFY(!findPreset("betamax"));
    }

    void losslessFramesEqualRenderedOnes_data() {
        QTest::addColumn<int>("choice");
        QTest::newRow("cpu") << int(CompositorChoice::Cpu);
        QTest::newRow("vulkan") << int(CompositorChoice::Vulkan);
    }
    void losslessFramesEqualRenderedOnes() {
        QFETCH(int, choice);
        auto renderer = SequenceRenderer::create(setup(CompositorChoice(choice)));
        if (!renderer && renderer.error().code == ErrorCode::NoVulkanDevice) {
            QSKIP("no Vulkan device");
        }
        const std::filesystem::path file = path(choice == 1 ? "cpu.mkv" : "vulkan.mkv");
        std::vector<std::int64_t> steps;
        const auto report = ExportJob(request("lossless", file), setup(CompositorChoice(choice)))
                                .run({}, [&](const ExportProgress& progress) {
                                    steps.push_back(progress.frame);
                                    QCOMPARE(progress.frameCount, kFrames);
                                });
        QVERIFY2(report.has_value(),
                 report ? "" : (std::string(errorCodeName(report.error().code)) + report.error().detail).c_str());
        QCOMPARE(report->frameCount, kFrames);
        QCOMPARE(report->sampleCount, samplePosition(at(kFrames), 48000));
        QVERIFY(report->problems.empty());
        QCOMPARE(steps.size(), std::size_t(kFrames));
        for (int frame = 0; frame < kFrames; ++frame) {
            const auto rendered = (*renderer)->render(*film(), at(frame));
            QVERIFY(rendered.has_value());
            const CodedFrame expected = codedFrame(*rendered->image);
            const auto decoded = m_media->pictureAt(file, at(frame));
            QVERIFY(decoded.has_value());
            QCOMPARE((*decoded)->bitDepth, 16);
            for (std::size_t plane = 0; plane < 3; ++plane) {
                for (std::size_t i = 0; i < expected.samples.size() / 3; ++i) {
                    std::uint16_t code = 0;
                    std::memcpy(&code, (*decoded)->planes[plane].samples.data() + 2 * i, 2);
                    QCOMPARE(code, expected.samples[3 * i + plane]);
                }
            }
        }
        QCOMPARE(probed(file, "v")["codec_name"].toString(), "ffv1");
        QCOMPARE(probed(file, "v")["nb_read_packets"].toString(), QString::number(kFrames));
        // Picture and sound are equally long, to the sample, and the sound is the mix.
        const QByteArray pcm =
            output("ffmpeg", {"-v", "error", "-i", QString::fromStdString(file.string()), "-f", "s24le", "-"});
        QCOMPARE(pcm.size(), report->sampleCount * 6);
        const AudioBlock mixed =
            AudioMix(projectUrls(m_folder.path().toStdString())).mix(*film(), 0, report->sampleCount);
        for (qsizetype i = 0; i < pcm.size() / 3; ++i) {
            const int code =
                int(std::uint8_t(pcm[3 * i])) | int(std::uint8_t(pcm[3 * i + 1])) << 8 | int(pcm[3 * i + 2]) * 65536;
            QVERIFY(std::abs(code - double(mixed.samples[std::size_t(i)]) * 8388608) <= 1);
        }
    }

    void h264PlaysEverywhere() {
        const std::filesystem::path file = path("film.mp4");
        const auto report = ExportJob(request("h264", file), setup(CompositorChoice::Cpu)).run({});
        QVERIFY(report.has_value());
        const QJsonObject video = probed(file, "v");
        QCOMPARE(video["codec_name"].toString(), "h264");
        QCOMPARE(video["pix_fmt"].toString(), "yuv420p");
        QCOMPARE(video["color_space"].toString(), "bt709");
        QCOMPARE(video["color_range"].toString(), "tv");
        QCOMPARE(video["r_frame_rate"].toString(), "30000/1001");
        QCOMPARE(video["nb_read_packets"].toString(), QString::number(kFrames));
        const QJsonObject audio = probed(file, "a");
        QCOMPARE(audio["codec_name"].toString(), "aac");
        QVERIFY(std::abs(audio["duration"].toString().toDouble() - video["duration"].toString().toDouble()) <
                1.0 / 48000 + 1e-3);
        // What was exported looks like what was rendered: colours within the loss of 8 bits and 4:2:0.
        auto renderer = SequenceRenderer::create(setup(CompositorChoice::Cpu));
        Timeline again;
        again.format = film()->format;
        again.tracks = {makeTrack(TrackKind::Video, "V1")};
        ExternalReference reference;
        reference.url = file.string();
        again.tracks[0].items = {makeItem(makeMediaClip(reference, {at(0), at(kFrames)}))};
        const DisplayImage first = displayImage(*(*renderer)->render(*film(), at(0))->image);
        const DisplayImage second = displayImage(*(*renderer)->render(again, at(0))->image);
        QVERIFY(std::abs(int(first.pixels[0]) - int(second.pixels[0])) <= 4); // the corner is plain
        QVERIFY(std::abs(int(first.pixels[2]) - int(second.pixels[2])) <= 4);
    }

    void aRangeIsWhatWasAsked() {
        ExportRequest part = request("lossless", path("part.mkv"));
        part.range = TimeRange{at(4), at(5)};
        const auto report = ExportJob(part, setup(CompositorChoice::Cpu)).run({});
        QVERIFY(report.has_value());
        QCOMPARE(report->frameCount, 5);
        QCOMPARE(report->sampleCount, samplePosition(at(5), 48000));
        part.range = TimeRange{at(4), at(0)};
        QCOMPARE(ExportJob(part, setup(CompositorChoice::Cpu)).run({}).error().code, ErrorCode::InvalidArgument);
    }

    void cancelledThereIsNoFile() {
        const std::filesystem::path file = path("kept.mp4");
        std::ofstream(file) << "what was there before";
        std::stop_source stop;
        const auto report = ExportJob(request("h264", file), setup(CompositorChoice::Cpu))
                                .run(stop.get_token(), [&](const ExportProgress& progress) {
                                    if (progress.frame == 3) {
                                        stop.request_stop();
                                    }
                                });
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
        std::ifstream kept(file);
        QCOMPARE(std::string(std::istreambuf_iterator<char>(kept), {}), std::string("what was there before"));
        std::filesystem::remove(file);
        int files = 0;
        for (const auto& entry : std::filesystem::directory_iterator(m_folder.path().toStdString())) {
            files += entry.path().filename().string().find("kept") != std::string::npos ? 1 : 0;
        }
        QCOMPARE(files, 0);
        const auto lost =
            ExportJob(request("h264", path("no such folder/film.mp4")), setup(CompositorChoice::Cpu)).run({});
        QVERIFY(!lost);
    }

    void aSourceIsNotReplaced() {
        ExportRequest over = request("h264", path("source.mp4"));
        auto timeline = std::make_shared<Timeline>(*over.timeline);
        ExternalReference source;
        source.url = "source.mp4";
        timeline->tracks[0].enabled = false; // counts all the same
        timeline->tracks[0].items = {makeItem(makeMediaClip(source, {at(0), at(3)}))};
        over.timeline = timeline;
        const auto content = [&](const char* name) {
            std::ifstream file(path(name));
            return std::string(std::istreambuf_iterator<char>(file), {});
        };
        std::ofstream(path("source.mp4")) << "the only copy";
        std::filesystem::create_symlink(path("source.mp4"), path("link.mp4"));
        for (const char* name : {"source.mp4", "link.mp4"}) {
            over.output = path(name);
            const auto report = ExportJob(over, setup(CompositorChoice::Cpu)).run({});
            QVERIFY(!report);
            QCOMPARE(report.error().code, ErrorCode::WouldReplaceSource);
            QCOMPARE(content(name), std::string("the only copy"));
        }
        ExportRequest kept = request("h264", path("source.mp4"));
        kept.kept = {path("gone.mp4"), path("source.mp4")};
        QCOMPARE(ExportJob(kept, setup(CompositorChoice::Cpu)).run({}).error().code, ErrorCode::WouldReplaceSource);
    }

    void missingMediaIsASlateAndAProblem() {
        ExportRequest broken = request("lossless", path("broken.mkv"));
        auto timeline = std::make_shared<Timeline>(*film());
        ExternalReference gone;
        gone.url = "gone.mov";
        timeline->tracks[0].items = {makeItem(makeMediaClip(gone, {at(0), at(3)}))};
        timeline->tracks.resize(1);
        broken.timeline = timeline;
        const auto report = ExportJob(broken, setup(CompositorChoice::Cpu)).run({});
        QVERIFY(report.has_value());
        QCOMPARE(report->frameCount, 3);
        QCOMPARE(report->sampleCount, 0); // no Audio track, no sound
        QCOMPARE(report->problems.size(), std::size_t(1));
        QCOMPARE(report->problems.front().code, ErrorCode::FileNotFound);
    }

    void damagedMediaIsAProblem() {
        const QString whole = QString::fromStdString(path("whole.mp4").string());
        QProcess ffmpeg;
        ffmpeg.start("ffmpeg", {"-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x36:rate=25:duration=4", "-f",
                                "lavfi", "-i", "sine=duration=4", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a",
                                "aac", "-movflags", "+faststart", whole});
        QVERIFY(ffmpeg.waitForFinished(60000) && ffmpeg.exitCode() == 0);
        std::filesystem::copy_file(path("whole.mp4"), path("cut.mp4"));
        std::filesystem::resize_file(path("cut.mp4"), std::filesystem::file_size(path("cut.mp4")) / 2);
        for (const char* file : {"whole.mp4", "cut.mp4"}) {
            for (const TrackKind kind : {TrackKind::Video, TrackKind::Audio}) {
                ExternalReference reference;
                reference.url = file;
                auto timeline = std::make_shared<Timeline>(*film());
                Track track = makeTrack(kind, "T");
                track.items = {makeItem(makeMediaClip(reference, {at(0), at(110)}))};
                timeline->tracks = {track};
                ExportRequest film = request("lossless", path("damaged.mkv"));
                film.timeline = timeline;
                const auto report = ExportJob(film, setup(CompositorChoice::Cpu)).run({});
                QVERIFY(report.has_value());
                QCOMPARE(report->frameCount, 110);
                const bool isCut = file == std::string("cut.mp4");
                QCOMPARE(report->problems.size(), std::size_t(isCut ? 1 : 0));
                QVERIFY(!isCut || report->problems.front().code == ErrorCode::Truncated);
                QVERIFY(!isCut || report->problems.front().subject == path("cut.mp4").string());
            }
        }
    }

    void picturesTooLargeForTheDeviceAreDrawn() {
        // Wider than any device takes as one image.
        QProcess ffmpeg;
        ffmpeg.start("ffmpeg", {"-v", "error", "-f", "lavfi", "-i", "color=0x4080c0:size=70000x2", "-frames:v", "1",
                                QString::fromStdString(path("wide.png").string())});
        QVERIFY(ffmpeg.waitForFinished(60000) && ffmpeg.exitCode() == 0);
        auto timeline = std::make_shared<Timeline>(*film());
        ExternalReference reference;
        reference.url = "wide.png";
        timeline->tracks.resize(1);
        timeline->tracks[0].items = {makeItem(makeMediaClip(reference, {at(0), at(1)}))};
        auto vulkan = SequenceRenderer::create(setup(CompositorChoice::Vulkan));
        if (!vulkan && vulkan.error().code == ErrorCode::NoVulkanDevice) {
            QSKIP("no Vulkan device");
        }
        auto cpu = SequenceRenderer::create(setup(CompositorChoice::Cpu));
        const auto drawn = (*vulkan)->render(*timeline, at(0));
        const auto expected = (*cpu)->render(*timeline, at(0));
        QVERIFY(drawn.has_value() && expected.has_value());
        QVERIFY(drawn->problems.empty());
        QCOMPARE(drawn->image->pixels, expected->image->pixels);
        QVERIFY((*vulkan)->compositorName().ends_with(" + cpu"));
    }

    void contactSheetsShowTheMoments() {
        auto renderer = SequenceRenderer::create(setup(CompositorChoice::Cpu));
        const std::vector<RationalTime> times = evenTimes(*film(), 5);
        QCOMPARE(times, (std::vector{at(1), at(3), at(6), at(8), at(10)}));
        const auto sheet = contactSheet(**renderer, *film(), times, {.columns = 3, .cellWidth = 32, .gap = 2});
        QVERIFY(sheet.has_value());
        QCOMPARE(sheet->width, 3 * 34 + 2);
        QCOMPARE(sheet->height, 2 * 20 + 2);
        const auto red = [&](int x, int y) { return sheet->samples[std::size_t(3 * (y * sheet->width + x))] / 257; };
        QCOMPARE(red(3, 3), 0xc0);                     // the first cell's corner
        QCOMPARE(red(1, 1), 0x14);                     // the background
        QCOMPARE(red(2 + 34 + 1, 2 + 20 + 1), 0x10);   // the last moment
        QCOMPARE(red(2 + 68 + 10, 2 + 20 + 10), 0x14); // an empty cell
        QCOMPARE(contactSheet(**renderer, *film(), {}).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_MAIN(TestExportJob)
#include "TestExportJob.moc"
