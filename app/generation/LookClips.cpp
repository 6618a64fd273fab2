#include "app/generation/LookClips.h"

#include "app/media/RenderFrames.h"
#include "timeline/media/MediaPool.h"
#include "timeline/model/MakeClip.h"
#include "timeline/render/MediaUrls.h"
#include "timeline/render/SequenceRenderer.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace app {

using timeline::Error;
using timeline::ErrorCode;
using timeline::RationalTime;
using timeline::Result;

namespace {

constexpr std::int64_t kMostStretches = 8;      ///< of one clip
constexpr std::int64_t kStretchesInAll = 160;   ///< about, so that fifty films do not take an hour to prepare
constexpr qsizetype kMostLetters = 2000;        ///< of a caption; models read some hundred words
constexpr qint64 kMostBytes = 4 * kMostLetters; ///< of its file

Result<QString> captionBeside(const QString& clip) {
    const QFileInfo info(clip);
    QFile file(info.path() + u'/' + info.completeBaseName() + QStringLiteral(".txt"));
    if (!file.exists()) {
        return QString();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::ReadFailed, file.fileName().toStdString(), file.errorString().toStdString()};
    }
    const QString text = QString::fromUtf8(file.read(kMostBytes + 1)).simplified();
    if (file.size() > kMostBytes || text.size() > kMostLetters) {
        return Error{ErrorCode::TooLarge, file.fileName().toStdString(), {}};
    }
    return text;
}

timeline::FrameRate rateOf(const ModelInfo& model) {
    return timeline::FrameRate(model.fps);
}

void cut(LookClip& clip, const ModelInfo& model, std::int64_t most) {
    const auto whole = clip.media.pictureClip(rateOf(model));
    const std::int64_t all = clip.isStill() ? 1 : whole->sourceRange.duration.value();
    clip.frames = std::clamp<std::int64_t>(all, 1, model.frames);
    const std::int64_t free = all - clip.frames;
    const std::int64_t step = std::max<std::int64_t>(1, clip.frames / 2);
    const std::int64_t count = std::min(most, 1 + free / step);
    for (std::int64_t i = 0; i < count; ++i) {
        const bool isWhole = count * step > free;
        clip.starts.push_back(isWhole ? i * step : count == 1 ? free / 2 : i * free / (count - 1));
    }
}

/// Nothing but this clip, filling the model's frame.
timeline::Timeline filmOf(const LookClip& clip, const ModelInfo& model) {
    timeline::Timeline film;
    film.format.rate = rateOf(model);
    film.format.width = model.width;
    film.format.height = model.height;
    timeline::Clip picture = *clip.media.pictureClip(rateOf(model));
    cover(picture, clip.media.info.video.front(), model.width, model.height);
    timeline::Track track = timeline::makeTrack(timeline::TrackKind::Video, {});
    track.items.push_back(timeline::makeItem(std::move(picture)));
    film.tracks.push_back(std::move(track));
    return film;
}

Result<void> writeFrames(const QString& file, const generation::FrameSet& frames) {
    try {
        generation::writeFrameFile(file.toStdString(), frames, generation::Durability::Volatile);
        return {};
    } catch (const generation::FrameFileError& error) {
        return Error{ErrorCode::WriteFailed, file.toStdString(), error.what()};
    }
}

} // namespace

Result<std::vector<LookClip>> readLookClips(const QStringList& files, const ModelInfo& model) {
    const std::int64_t most =
        std::clamp<std::int64_t>(kStretchesInAll / std::max<qsizetype>(1, files.size()), 1, kMostStretches);
    std::vector<LookClip> clips;
    for (const QString& file : files) {
        auto media = readMediaFile(std::filesystem::absolute(file.toStdString()), {});
        if (!media) {
            return media.error();
        }
        if (!media->info.hasVideo()) {
            return Error{ErrorCode::NoVideoStream, file.toStdString(), {}};
        }
        auto caption = captionBeside(file);
        if (!caption) {
            return caption.error();
        }
        LookClip clip{.file = file, .caption = *caption, .media = std::move(media).value(), .starts = {}};
        cut(clip, model, most);
        clips.push_back(std::move(clip));
    }
    return clips;
}

std::int64_t stretchCount(const std::vector<LookClip>& clips) {
    std::int64_t count = 0;
    for (const LookClip& clip : clips) {
        count += static_cast<std::int64_t>(clip.starts.size());
    }
    return count;
}

Result<std::vector<LookStretch>> decodeLookClips(const std::vector<LookClip>& clips, const ModelInfo& model,
                                                 const QString& folder, const std::stop_token& stop,
                                                 const std::function<void(std::int64_t done)>& show) {
    // The processor alone: a training that is taken up again has to find the very same frames.
    auto renderer = timeline::SequenceRenderer::create({.media = std::make_shared<timeline::MediaPool>(),
                                                        .resolveUrl = timeline::projectUrls("/"),
                                                        .live = nullptr,
                                                        .compositor = timeline::CompositorChoice::Cpu});
    if (!renderer) {
        return renderer.error();
    }
    std::vector<LookStretch> stretches;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        const timeline::Timeline film = filmOf(clips[i], model);
        const timeline::PlanOptions options{
            .belowTrack = {}, .liveShots = {}, .width = model.width, .height = model.height};
        for (const std::int64_t start : clips[i].starts) {
            std::vector<RationalTime> times;
            for (std::int64_t frame = start; frame < start + clips[i].frames; ++frame) {
                times.emplace_back(frame, film.format.rate);
            }
            auto frames = renderFrames(**renderer, film, times, options, stop);
            if (!frames) {
                return frames.error();
            }
            frames->fpsNumerator = film.format.rate.numerator();
            frames->fpsDenominator = film.format.rate.denominator();
            const QString file = QStringLiteral("%1/%2.safetensors").arg(folder).arg(stretches.size());
            if (auto written = writeFrames(file, *frames); !written) {
                return written.error();
            }
            stretches.push_back({file, clips[i].caption, i});
            show(static_cast<std::int64_t>(stretches.size()));
        }
    }
    return stretches;
}

} // namespace app
