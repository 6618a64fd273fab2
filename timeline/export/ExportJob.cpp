#include "timeline/export/ExportJob.h"

#include "timeline/audio/AudioMix.h"
#include "timeline/export/SourceFiles.h"
#include "timeline/media/VideoEncoder.h"
#include "timeline/model/Query.h"
#include "timeline/render/OutputTransform.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace timeline {

namespace {

using Seconds = std::chrono::duration<double>;

/// The frames to write, as whole frames of the sequence.
TimeRange wholeFrames(const Timeline& timeline, const std::optional<TimeRange>& range) {
    const FrameRate rate = timeline.format.rate;
    const TimeRange asked = range.value_or(TimeRange{RationalTime(0, rate), timelineDuration(timeline)});
    return TimeRange::fromStartEnd(asked.start.rescaledTo(rate, Rounding::Floor),
                                   asked.end().rescaledTo(rate, Rounding::Ceil));
}

bool hasSound(const Timeline& timeline) {
    return std::any_of(timeline.tracks.begin(), timeline.tracks.end(), [](const Track& track) {
        return track.kind == TrackKind::Audio && track.enabled &&
               std::any_of(track.items.begin(), track.items.end(),
                           [](const ItemPtr& item) { return std::holds_alternative<Clip>(*item); });
    });
}

FilmSettings filmSettings(const ExportRequest& request) {
    const SequenceFormat& format = request.timeline->format;
    FilmSettings settings;
    settings.container = request.preset.container;
    settings.video = request.preset.video;
    settings.audio = hasSound(*request.timeline) ? request.preset.audio : FilmAudio::None;
    settings.width = format.width;
    settings.height = format.height;
    settings.rate = format.rate;
    settings.sampleRate = format.sampleRate;
    settings.channels = format.channels;
    return settings;
}

bool isDamage(const Error& problem) {
    return problem.code == ErrorCode::Damaged || problem.code == ErrorCode::Truncated;
}

/// Each problem once: a missing file is missing in every frame, and one that is cut off is damaged near its end, too.
void addProblems(const std::vector<Error>& found, std::vector<Error>& problems) {
    for (const Error& problem : found) {
        const auto known = std::ranges::find_if(problems, [&](const Error& other) {
            return other.subject == problem.subject &&
                   (other.code == problem.code || (isDamage(other) && isDamage(problem)));
        });
        if (known == problems.end()) {
            problems.push_back(problem);
        } else if (problem.code == ErrorCode::Truncated) {
            known->code = problem.code;
        }
    }
}

/// One export under way: picture and sound of one frame after the other.
/// Thread: one.
class Writing {
public:
    Writing(const ExportRequest& request, SequenceRenderer& renderer, VideoEncoder& encoder, const UrlResolver& urls)
        : m_timeline(*request.timeline), m_frames(wholeFrames(m_timeline, request.range)), m_renderer(renderer),
          m_encoder(encoder), m_mix(urls), m_hasSound(hasSound(m_timeline)) {}

    std::int64_t frameCount() const { return m_frames.duration.value(); }

    Result<void> writeFrame(std::int64_t index) {
        const RationalTime time = m_frames.start + RationalTime(index, m_timeline.format.rate);
        const Result<RenderedFrame> frame = m_renderer.render(m_timeline, time);
        if (!frame) {
            return frame.error();
        }
        addProblems(frame->problems, m_report.problems);
        if (Result<void> written = m_encoder.writeFrame(codedFrame(*frame->image)); !written) {
            return written;
        }
        ++m_report.frameCount;
        return m_hasSound ? writeSound(index) : Result<void>();
    }

    /// The samples of one frame: from its position to the next frame's, so that they add up exactly. The film's own
    /// clock starts at its first frame.
    Result<void> writeSound(std::int64_t index) {
        const FrameRate rate = m_timeline.format.rate;
        const int sampleRate = m_timeline.format.sampleRate;
        const std::int64_t origin = samplePosition(m_frames.start, sampleRate);
        const std::int64_t first = samplePosition(RationalTime(index, rate), sampleRate);
        const std::int64_t end = samplePosition(RationalTime(index + 1, rate), sampleRate);
        const AudioBlock block = m_mix.mix(m_timeline, origin + first, end - first);
        m_report.sampleCount += block.frameCount();
        return m_encoder.writeAudio(block.samples);
    }

    ExportReport report() && {
        addProblems(m_mix.problems(), m_report.problems);
        m_report.compositor = m_renderer.compositorName();
        return std::move(m_report);
    }

private:
    const Timeline& m_timeline;
    TimeRange m_frames;
    SequenceRenderer& m_renderer;
    VideoEncoder& m_encoder;
    AudioMix m_mix;
    bool m_hasSound;
    ExportReport m_report;
};

ExportProgress progressAfter(std::int64_t frames, std::int64_t frameCount,
                             std::chrono::steady_clock::time_point begun) {
    const double elapsed = Seconds(std::chrono::steady_clock::now() - begun).count();
    const auto done = static_cast<double>(frames);
    return {frames, frameCount, elapsed / done * static_cast<double>(frameCount - frames)};
}

} // namespace

ExportJob::ExportJob(ExportRequest request, RendererSetup setup)
    : m_request(std::move(request)), m_setup(std::move(setup)) {}

Result<ExportReport> ExportJob::run(std::stop_token stop, const std::function<void(const ExportProgress&)>& progress) {
    if (!m_request.timeline || wholeFrames(*m_request.timeline, m_request.range).isEmpty()) {
        return Error{ErrorCode::InvalidArgument, m_request.output.string(), "no frames"};
    }
    if (isAmong(m_request.output, m_request.kept) ||
        isAmong(m_request.output, sourceFiles(*m_request.timeline, m_setup.resolveUrl))) {
        return Error{ErrorCode::WouldReplaceSource, m_request.output.string(), {}};
    }
    Result<std::unique_ptr<SequenceRenderer>> renderer = SequenceRenderer::create(m_setup);
    if (!renderer) {
        return renderer.error();
    }
    Result<std::unique_ptr<VideoEncoder>> encoder = VideoEncoder::open(m_request.output, filmSettings(m_request));
    if (!encoder) {
        return encoder.error();
    }
    Writing writing(m_request, **renderer, **encoder, m_setup.resolveUrl);
    const auto begun = std::chrono::steady_clock::now();
    for (std::int64_t index = 0; index < writing.frameCount(); ++index) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, m_request.output.string(), {}};
        }
        if (Result<void> written = writing.writeFrame(index); !written) {
            return written.error();
        }
        if (progress) {
            progress(progressAfter(index + 1, writing.frameCount(), begun));
        }
    }
    if (stop.stop_requested()) {
        return Error{ErrorCode::Cancelled, m_request.output.string(), {}};
    }
    if (Result<void> finished = (*encoder)->finish(); !finished) {
        return finished.error();
    }
    return std::move(writing).report();
}

} // namespace timeline
