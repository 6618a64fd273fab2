#include "app/cli/Sketch.h"

#include "app/media/MediaClips.h"
#include "timeline/model/MakeClip.h"

#include <algorithm>
#include <cmath>

namespace app::cli {

using timeline::RationalTime;
using timeline::Result;
using timeline::TrackKind;

namespace {

constexpr double kDefaultStrength = 0.6; ///< of video-to-video: changes the look, keeps the places of things

/// Fills the frame, cutting off what sticks out; the renderer's own choice is to show everything.
void cover(timeline::Clip& clip, const timeline::VideoStreamInfo& video, const timeline::SequenceFormat& format) {
    const double across = static_cast<double>(format.width) / video.displayWidth;
    const double down = static_cast<double>(format.height) / video.displayHeight;
    clip.properties.transform.scale = std::max(across, down) / std::min(across, down);
}

timeline::SequenceFormat formatFor(const Sketch& sketch, const ModelInfo& model, const MediaFile* base) {
    timeline::SequenceFormat format;
    format.rate = sketch.rate.value_or(timeline::FrameRate(model.fps));
    format.width = model.width;
    format.height = model.height;
    if (sketch.width && sketch.height) {
        format.width = *sketch.width;
        format.height = *sketch.height;
    } else if (base) {
        timeline::SequenceFormat shape = format;
        shape.width = base->info.video.front().displayWidth;
        shape.height = base->info.video.front().displayHeight;
        const TakeFormat fitted = takeFormat(shape, {}, model);
        format.width = std::max(16, fitted.width);
        format.height = std::max(16, fitted.height);
    }
    return format;
}

RationalTime durationFor(const Sketch& sketch, const ModelInfo& model, timeline::FrameRate rate,
                         const MediaFile* base) {
    if (sketch.frames) {
        return {*sketch.frames, rate};
    }
    double seconds = sketch.seconds.value_or(static_cast<double>(model.frames) / model.fps);
    if (!sketch.seconds && base && base->info.kind != timeline::MediaKind::Still) {
        seconds = std::min(seconds, base->info.duration.toSeconds());
    }
    return {std::max<std::int64_t>(1, std::llround(seconds * rate.toDouble())), rate};
}

timeline::Recipe recipeFor(const Sketch& sketch) {
    timeline::Recipe recipe;
    recipe.prompt = sketch.prompt.toStdString();
    recipe.negativePrompt = sketch.negative.toStdString();
    recipe.seed = sketch.seed;
    recipe.steps = sketch.steps;
    recipe.guidance = sketch.guidance;
    if (!sketch.base.isEmpty()) {
        using timeline::RecipeControl;
        recipe.control = sketch.control.value_or(sketch.strength ? RecipeControl::None : RecipeControl::Auto);
        recipe.strength = sketch.strength.value_or(recipe.control == RecipeControl::None ? kDefaultStrength : 1.0);
    }
    return recipe;
}

timeline::Track trackWith(TrackKind kind, timeline::Clip clip) {
    timeline::Track track = timeline::makeTrack(kind, {});
    track.items.push_back(timeline::makeItem(std::move(clip)));
    return track;
}

/// The base or still below the shot, exactly as long as the shot: a shorter film holds its last frame.
timeline::Track baseTrack(const MediaFile& media, const timeline::SequenceFormat& format, RationalTime duration,
                          bool isStill) {
    timeline::Clip clip = *media.pictureClip(format.rate);
    clip.sourceRange.duration = duration;
    if (isStill) {
        clip = timeline::makeMediaClip(media.reference, {RationalTime(0, format.rate), duration},
                                       timeline::MediaMotion::Still);
    }
    cover(clip, media.info.video.front(), format);
    return trackWith(TrackKind::Video, std::move(clip));
}

Result<MediaFile> readPicture(const QString& file) {
    auto media = readMediaFile(std::filesystem::absolute(file.toStdString()), {});
    if (media && !media->info.hasVideo()) {
        return timeline::Error{timeline::ErrorCode::NoVideoStream, file.toStdString(), {}};
    }
    return media;
}

} // namespace

Result<SketchedShot> layOut(const Sketch& sketch, const ModelInfo& model) {
    SketchedShot result;
    std::optional<MediaFile> base;
    const QString below = sketch.base.isEmpty() ? sketch.image : sketch.base;
    if (!below.isEmpty()) {
        auto media = readPicture(below);
        if (!media) {
            return media.error();
        }
        base = std::move(media).value();
    }
    const timeline::SequenceFormat format = formatFor(sketch, model, base ? &*base : nullptr);
    const RationalTime duration = durationFor(sketch, model, format.rate, base ? &*base : nullptr);
    result.timeline.format = format;
    if (base) {
        result.timeline.tracks.push_back(baseTrack(*base, format, duration, sketch.base.isEmpty()));
    }
    timeline::Clip shot = timeline::makeShot(recipeFor(sketch), duration);
    result.shot = shot.id;
    result.timeline.tracks.push_back(trackWith(TrackKind::Video, std::move(shot)));
    for (const QString& file : sketch.styles) {
        auto media = readPicture(file);
        if (!media) {
            return media.error();
        }
        timeline::Clip style = *media->pictureClip(format.rate);
        style.sourceRange.duration = duration;
        result.timeline.tracks.push_back(trackWith(TrackKind::Style, std::move(style)));
    }
    return result;
}

} // namespace app::cli
