#include "app/cli/Sketch.h"

#include "app/generation/ShotPlan.h"
#include "app/media/MediaClips.h"
#include "timeline/edit/TrackItems.h"
#include "timeline/model/MakeClip.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace app::cli {

using timeline::RationalTime;
using timeline::Result;
using timeline::TrackKind;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Sketch)
};

constexpr double kDefaultContext = 0.75;
constexpr double kDefaultStrength = 0.6; ///< of video-to-video: changes the look, keeps the places of things

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

std::int64_t contextFrames(const Sketch& sketch, timeline::FrameRate rate) {
    return std::max<std::int64_t>(1, std::llround(sketch.contextSeconds.value_or(kDefaultContext) * rate.toDouble()));
}

timeline::Recipe recipeFor(const Sketch& sketch, timeline::FrameRate rate) {
    using timeline::RecipeControl;
    timeline::Recipe recipe;
    recipe.prompt = sketch.prompt.toStdString();
    recipe.negativePrompt = sketch.negative.toStdString();
    recipe.seed = sketch.seed;
    recipe.steps = sketch.steps;
    recipe.guidance = sketch.guidance;
    recipe.shift = sketch.shift;
    recipe.sampler = sketch.sampler;
    recipe.keeping = sketch.keeping;
    recipe.loras = sketch.loras;
    recipe.tuning = sketch.tuning;
    recipe.framesBefore = sketch.before.isEmpty() ? 0 : static_cast<int>(contextFrames(sketch, rate));
    recipe.framesAfter = sketch.after.isEmpty() ? 0 : static_cast<int>(contextFrames(sketch, rate));
    if (!sketch.last.isEmpty() || !sketch.known.empty()) {
        recipe.control = RecipeControl::Keep; // also with a style
    }
    const bool isPartly = sketch.retake || sketch.placement || !sketch.mask.isEmpty();
    if (!sketch.base.isEmpty()) {
        // What is kept in part needs nothing to follow, and nothing to begin from.
        const bool isFree = sketch.strength || isPartly;
        recipe.control = sketch.control.value_or(isFree ? RecipeControl::None : RecipeControl::Auto);
        const bool isChanged = recipe.control == RecipeControl::None && !isPartly;
        recipe.strength = sketch.strength.value_or(isChanged ? kDefaultStrength : 1.0);
    }
    return recipe;
}

/// A track with one clip after another, each where it begins; gaps between.
class TrackLayer {
public:
    TrackLayer(TrackKind kind, timeline::FrameRate rate) : m_track(timeline::makeTrack(kind, {})), m_end(0, rate) {}

    void add(RationalTime start, timeline::Clip clip) {
        if (start > m_end) {
            m_track.items.push_back(timeline::makeGap(start - m_end));
        }
        m_end = start + clip.sourceRange.duration;
        m_track.items.push_back(timeline::makeItem(std::move(clip)));
    }
    timeline::Track take() { return std::move(m_track); }

private:
    timeline::Track m_track;
    RationalTime m_end;
};

Result<MediaFile> readPicture(const QString& file) {
    auto media = readMediaFile(std::filesystem::absolute(file.toStdString()), {});
    if (media && !media->info.hasVideo()) {
        return timeline::Error{timeline::ErrorCode::NoVideoStream, file.toStdString(), {}};
    }
    return media;
}

/// Lays a sketch out, file by file.
/// Thread: one.
class Layout {
public:
    Layout(const Sketch& sketch, const ModelInfo& model) : m_sketch(sketch), m_model(model) {}

    Result<SketchedShot> run() {
        if (auto read = readShape(); !read) {
            return read.error();
        }
        m_duration = durationFor(m_sketch, m_model, m_film.format.rate, m_base ? &*m_base : nullptr);
        m_start = RationalTime(m_sketch.before.isEmpty() ? 0 : contextFrames(m_sketch, m_film.format.rate),
                               m_film.format.rate);
        for (const auto step :
             {&Layout::layBase, &Layout::layStills, &Layout::layShot, &Layout::layMask, &Layout::layStyles}) {
            if (auto laid = (this->*step)(); !laid) {
                return laid.error();
            }
        }
        layPrompts();
        return SketchedShot{std::move(m_film), m_shot};
    }

private:
    bool hasStills() const { return !m_sketch.last.isEmpty() || !m_sketch.known.empty(); }
    timeline::FrameRate rate() const { return m_film.format.rate; }
    TrackLayer layer(TrackKind kind) const { return {kind, rate()}; }

    /// The film's format is that of what it begins with.
    Result<void> readShape() {
        const QString below = m_sketch.base.isEmpty() ? m_sketch.image : m_sketch.base;
        std::optional<MediaFile> shape;
        for (const QString& file : {below, m_sketch.before, m_sketch.after, m_sketch.last}) {
            if (shape || file.isEmpty()) {
                continue;
            }
            auto media = readPicture(file);
            if (!media) {
                return media.error();
            }
            shape = std::move(media).value();
        }
        m_base = below.isEmpty() ? std::nullopt : shape;
        m_film.format = formatFor(m_sketch, m_model, shape ? &*shape : nullptr);
        return {};
    }

    /// The base or still below the shot, exactly as long as the shot: a shorter film holds its last frame.
    Result<void> layBase() {
        if (!m_base || hasStills()) {
            return {};
        }
        timeline::Clip clip = *m_base->pictureClip(rate());
        if (m_sketch.base.isEmpty()) {
            clip = timeline::makeMediaClip(m_base->reference, {RationalTime(0, rate()), m_duration},
                                           timeline::MediaMotion::Still);
        }
        clip.sourceRange.duration = m_duration;
        const auto& place = m_sketch.placement;
        cover(clip, m_base->info.video.front(), place ? place->width : m_film.format.width,
              place ? place->height : m_film.format.height);
        TrackLayer track = layer(TrackKind::Video);
        track.add(m_start, std::move(clip));
        m_film.tracks.push_back(track.take());
        return {};
    }

    /// Stills below single frames of the shot: the first, the last, any.
    Result<void> layStills() {
        std::vector<SketchStill> stills = m_sketch.known;
        if (hasStills() && !m_sketch.image.isEmpty()) {
            stills.push_back({0, m_sketch.image});
        }
        if (!m_sketch.last.isEmpty()) {
            stills.push_back({m_duration.value() - 1, m_sketch.last});
        }
        std::ranges::sort(stills, {}, &SketchStill::frame);
        TrackLayer track = layer(TrackKind::Video);
        std::int64_t free = 0;
        for (const SketchStill& still : stills) {
            if (still.frame < free || still.frame >= m_duration.value()) {
                return timeline::Error{
                    timeline::ErrorCode::InvalidArgument, still.file.toStdString(),
                    Text::tr("frame %1 is taken, or outside the shot").arg(still.frame).toStdString()};
            }
            const auto media = readPicture(still.file);
            if (!media) {
                return media.error();
            }
            timeline::Clip clip = timeline::makeMediaClip(
                media->reference, {RationalTime(0, rate()), RationalTime(1, rate())}, timeline::MediaMotion::Still);
            cover(clip, media->info.video.front(), m_film.format.width, m_film.format.height);
            track.add(m_start + RationalTime(still.frame, rate()), std::move(clip));
            free = still.frame + 1;
        }
        if (!stills.empty()) {
            m_film.tracks.push_back(track.take());
        }
        return {};
    }

    /// The shot between what it goes on from and what it leads to.
    Result<void> layShot() {
        TrackLayer track = layer(TrackKind::Video);
        if (!m_sketch.before.isEmpty()) {
            auto clip = beside(m_sketch.before, m_start.value(), true);
            if (!clip) {
                return clip.error();
            }
            track.add(m_start - clip->sourceRange.duration, std::move(clip).value());
        }
        timeline::Clip shot = timeline::makeShot(recipeFor(m_sketch, rate()), m_duration);
        m_shot = shot.id;
        track.add(m_start, std::move(shot));
        if (!m_sketch.after.isEmpty()) {
            auto clip = beside(m_sketch.after, contextFrames(m_sketch, rate()), false);
            if (!clip) {
                return clip.error();
            }
            track.add(m_start + m_duration, std::move(clip).value());
        }
        m_film.tracks.push_back(track.take());
        return {};
    }

    /// The last or first frames of a clip, at most as many as it has.
    Result<timeline::Clip> beside(const QString& file, std::int64_t frames, bool isEnd) const {
        const auto media = readPicture(file);
        if (!media) {
            return media.error();
        }
        timeline::Clip clip = *media->pictureClip(rate());
        const std::int64_t all = clip.sourceRange.duration.value();
        const std::int64_t seen = std::min(frames, all);
        clip =
            isEnd ? timeline::withHeadMoved(std::move(clip), all - seen) : timeline::withFrames(std::move(clip), seen);
        cover(clip, media->info.video.front(), m_film.format.width, m_film.format.height);
        return clip;
    }

    Result<void> layStyles() {
        for (const QString& file : m_sketch.styles) {
            const auto media = readPicture(file);
            if (!media) {
                return media.error();
            }
            timeline::Clip style = *media->pictureClip(rate());
            style.sourceRange.duration = m_duration;
            TrackLayer track = layer(TrackKind::Style);
            track.add(m_start, std::move(style));
            m_film.tracks.push_back(track.take());
        }
        return {};
    }

    /// For all of the shot, as the base is.
    Result<void> layMask() {
        if (m_sketch.mask.isEmpty()) {
            return {};
        }
        const auto media = readPicture(m_sketch.mask);
        if (!media) {
            return media.error();
        }
        timeline::Clip mask = *media->pictureClip(rate());
        mask.sourceRange.duration = m_duration;
        cover(mask, media->info.video.front(), m_film.format.width, m_film.format.height);
        TrackLayer track = layer(TrackKind::Mask);
        track.add(m_start, std::move(mask));
        m_film.tracks.push_back(track.take());
        return {};
    }

    /// The first prompt is the shot's own; each later one lies over the rest of it, up to the next.
    void layPrompts() {
        TrackLayer track = layer(TrackKind::Prompt);
        for (std::size_t i = 0; i < m_sketch.laterPrompts.size(); ++i) {
            const auto frameOf = [&](double seconds) {
                return std::min<std::int64_t>(std::llround(seconds * rate().toDouble()), m_duration.value());
            };
            const std::int64_t start = frameOf(m_sketch.laterPrompts[i].seconds);
            const std::int64_t end = i + 1 < m_sketch.laterPrompts.size()
                                         ? frameOf(m_sketch.laterPrompts[i + 1].seconds)
                                         : m_duration.value();
            if (start < end) {
                track.add(m_start + RationalTime(start, rate()),
                          timeline::makePromptClip({m_sketch.laterPrompts[i].text.toStdString(), {}},
                                                   RationalTime(end - start, rate())));
            }
        }
        if (!m_sketch.laterPrompts.empty()) {
            m_film.tracks.push_back(track.take());
        }
    }

    const Sketch& m_sketch;
    const ModelInfo& m_model;
    timeline::Timeline m_film;
    timeline::ItemId m_shot;
    RationalTime m_duration;
    RationalTime m_start; ///< of the shot
    std::optional<MediaFile> m_base;
};

} // namespace

Result<SketchedShot> layOut(const Sketch& sketch, const ModelInfo& model) {
    return Layout(sketch, model).run();
}

ShotExtras extrasFor(const Sketch& sketch, const SketchedShot& sketched, const ModelInfo& model) {
    const timeline::SequenceFormat& film = sketched.timeline.format;
    const auto context = timeline::shotContext(sketched.timeline, sketched.shot);
    const TakeFormat take = takeFormat(film, takeRange(*context), model);
    ShotExtras extras;
    if (sketch.placement) {
        const double across = static_cast<double>(take.width) / film.width;
        const double down = static_cast<double>(take.height) / film.height;
        const auto scaled = [](int value, double by) { return static_cast<int>(std::lround(value * by)); };
        extras.placement = generation::Placement{.x = scaled(sketch.placement->x, across),
                                                 .y = scaled(sketch.placement->y, down),
                                                 .width = std::max(1, scaled(sketch.placement->width, across)),
                                                 .height = std::max(1, scaled(sketch.placement->height, down))};
    }
    if (sketch.retake) {
        const auto frameOf = [&](std::int64_t frame, timeline::Rounding rounding) {
            return RationalTime(frame, film.rate).rescaledTo(take.rate, rounding).value();
        };
        extras.retake = generation::FrameRange{frameOf(sketch.retake->first, timeline::Rounding::Floor),
                                               frameOf(sketch.retake->end, timeline::Rounding::Ceil)};
    }
    extras.branch = sketch.branch.toStdString();
    extras.keepsCheckpoints = !sketch.checkpoints.isEmpty();
    extras.triesAnyway = sketch.triesAnyway;
    return extras;
}

} // namespace app::cli
