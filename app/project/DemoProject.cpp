#include "app/project/DemoProject.h"

#include "app/media/MediaClips.h"
#include "timeline/edit/Overwrite.h"
#include "timeline/edit/Tracks.h"
#include "timeline/edit/Transitions.h"
#include "timeline/model/MakeClip.h"

#include <QCoreApplication>

namespace app {

using timeline::RationalTime;
using timeline::Result;
using timeline::Timeline;
using timeline::TrackKind;

namespace {

constexpr int kTakeFrames = 50;     ///< 25 at the starter's 12 a second
constexpr int kDissolveFrames = 12; ///< all after the cut: the base clip must not reach under the shot from the prompt
constexpr int kCut = kTakeFrames - kDissolveFrames;

constexpr const char* kPrompt = "a lake at sunset";
constexpr const char* kRestylePrompt = "a watercolor painting of the sea at sunset";

struct Text {
    Q_DECLARE_TR_FUNCTIONS(DemoProject)
};

/// Applies edits one after another and keeps the first error.
/// Thread: one.
class Builder {
public:
    explicit Builder(Timeline start) : m_timeline(std::move(start)) {}

    timeline::TrackId addTrack(TrackKind kind, const QString& name) {
        timeline::Track track = timeline::makeTrack(kind, name.toStdString());
        const timeline::TrackId id = track.id;
        take(timeline::addTrack(m_timeline, std::move(track)));
        return id;
    }

    timeline::ItemId lay(timeline::TrackId track, timeline::Clip clip, std::int64_t frame) {
        const timeline::ItemId id = clip.id;
        take(timeline::overwrite(m_timeline, track, std::move(clip), RationalTime(frame, m_timeline.format.rate)));
        return id;
    }

    void dissolve(timeline::ItemId left) {
        const timeline::FrameRate rate = m_timeline.format.rate;
        take(timeline::addTransition(m_timeline, left, RationalTime(0, rate), RationalTime(kDissolveFrames, rate)));
    }

    std::optional<MediaFile> read(const std::filesystem::path& file, const std::filesystem::path& projectFolder) {
        auto media = readMediaFile(file, projectFolder);
        if (!media) {
            m_error = m_error ? m_error : media.error();
            return std::nullopt;
        }
        return std::move(media).value();
    }

    Result<Timeline> result() const { return m_error ? Result<Timeline>(*m_error) : Result<Timeline>(m_timeline); }

private:
    void take(Result<Timeline> edited) {
        if (edited) {
            m_timeline = std::move(edited).value();
        } else if (!m_error) {
            m_error = edited.error();
        }
    }

    Timeline m_timeline;
    std::optional<timeline::Error> m_error;
};

timeline::Clip named(timeline::Clip clip, const QString& name) {
    clip.name = name.toStdString();
    return clip;
}

timeline::Clip quieter(timeline::Clip clip, double gainDb, RationalTime duration) {
    clip.properties.gainDb = gainDb;
    clip.sourceRange.duration = std::min(clip.sourceRange.duration, duration);
    return clip;
}

Timeline emptyDemo() {
    Timeline demo;
    demo.name = Text::tr("Demo").toStdString();
    demo.format = {.rate = timeline::FrameRate(24), .width = 960, .height = 540};
    return demo;
}

} // namespace

Result<DemoProject> buildDemo(const std::filesystem::path& media, const std::filesystem::path& projectFolder) {
    DemoProject demo;
    demo.prompt = kPrompt;
    Builder builder(emptyDemo());
    const timeline::FrameRate rate(24);
    const auto frames = [rate](std::int64_t count) { return RationalTime(count, rate); };
    const auto boat = builder.read(media / "boat.mp4", projectFolder);
    const auto style = builder.read(media / "style-watercolor.png", projectFolder);
    const auto pad = builder.read(media / "pad.flac", projectFolder);
    if (!boat || !style || !pad) {
        return builder.result().error();
    }
    const timeline::TrackId padTrack = builder.addTrack(TrackKind::Audio, Text::tr("Audio 1"));
    const timeline::TrackId soundTrack = builder.addTrack(TrackKind::Audio, Text::tr("Audio 2"));
    const timeline::TrackId baseTrack = builder.addTrack(TrackKind::Video, Text::tr("Video 1"));
    const timeline::TrackId shotTrack = builder.addTrack(TrackKind::Video, Text::tr("Video 2"));
    const timeline::TrackId titleTrack = builder.addTrack(TrackKind::Video, Text::tr("Video 3"));
    const timeline::TrackId styleTrack = builder.addTrack(TrackKind::Style, Text::tr("Style"));
    const timeline::TrackId promptTrack = builder.addTrack(TrackKind::Prompt, Text::tr("Prompt"));

    const timeline::Clip picture = *boat->pictureClip(rate);
    const RationalTime filmLength = frames(kCut) + picture.sourceRange.duration;
    demo.base = builder.lay(baseTrack, picture, kCut);
    if (auto sound = boat->soundClip(rate)) {
        builder.lay(soundTrack, quieter(*sound, -4.0, picture.sourceRange.duration), kCut);
    }
    builder.lay(padTrack, quieter(*pad->soundClip(rate), -8.0, filmLength), 0);

    builder.lay(promptTrack, timeline::makePromptClip({kPrompt, {}}, frames(kCut)), 0);
    builder.lay(promptTrack, timeline::makePromptClip({kRestylePrompt, {}}, frames(kTakeFrames)), kCut);
    timeline::Clip look = *style->pictureClip(rate);
    look.sourceRange.duration = frames(kTakeFrames);
    demo.style = builder.lay(styleTrack, look, kCut);

    timeline::Recipe recipe;
    recipe.seed = 7;
    demo.promptShot = builder.lay(shotTrack, named(timeline::makeShot(recipe, frames(kCut)), Text::tr("Lake")), 0);
    recipe.control = timeline::RecipeControl::Luma;
    demo.restyleShot =
        builder.lay(shotTrack, named(timeline::makeShot(recipe, frames(kTakeFrames)), Text::tr("Boat, painted")), kCut);
    builder.dissolve(demo.promptShot);
    builder.lay(titleTrack, timeline::makeTitleClip({.text = "Fantascope", .size = 0.14, .y = 0.4}, frames(26)), 6);
    auto built = builder.result();
    if (!built) {
        return built.error();
    }
    demo.timeline = std::move(built).value();
    return demo;
}

} // namespace app
