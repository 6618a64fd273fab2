#include "timeline/audio/AudioMix.h"

#include "timeline/media/AudioDecoder.h"
#include "timeline/media/FileStamp.h"
#include "timeline/model/Query.h"

#include <algorithm>
#include <cmath>
#include <list>
#include <numbers>
#include <optional>
#include <set>
#include <utility>

namespace timeline {

namespace {

constexpr double kSilentDb = -96.0;

/// A cross-fade: the part of the mix over which a clip comes or goes.
struct Fade {
    std::int64_t first = 0;
    std::int64_t end = 0;
};

/// A clip's part of the mix, in samples of the sequence.
struct Segment {
    const Clip* clip = nullptr;
    std::int64_t origin = 0; ///< where the clip's source range starts
    std::int64_t first = 0;  ///< where it is heard, transitions included
    std::int64_t end = 0;
    std::optional<Fade> fadeIn;
    std::optional<Fade> fadeOut;
};

const Transition* transitionAt(const Track& track, std::size_t index) {
    return index < track.items.size() ? std::get_if<Transition>(track.items[index].get()) : nullptr;
}

Fade fadeAround(RationalTime cut, const Transition& transition, int sampleRate) {
    return {samplePosition(cut - transition.inOffset, sampleRate),
            samplePosition(cut + transition.outOffset, sampleRate)};
}

std::vector<Segment> segmentsOf(const Timeline& timeline, const Track& track) {
    const int sampleRate = timeline.format.sampleRate;
    const std::vector<TimeRange> ranges = itemRanges(timeline, track);
    std::vector<Segment> segments;
    for (std::size_t i = 0; i < track.items.size(); ++i) {
        const auto* clip = std::get_if<Clip>(track.items[i].get());
        if (!clip || !clip->enabled) {
            continue;
        }
        Segment segment{clip, samplePosition(ranges[i].start, sampleRate), 0, 0, {}, {}};
        segment.first = segment.origin;
        segment.end = samplePosition(ranges[i].end(), sampleRate);
        if (const Transition* before = i > 0 ? transitionAt(track, i - 1) : nullptr) {
            segment.fadeIn = fadeAround(ranges[i].start, *before, sampleRate);
            segment.first = segment.fadeIn->first;
        }
        if (const Transition* after = transitionAt(track, i + 1)) {
            segment.fadeOut = fadeAround(ranges[i].end(), *after, sampleRate);
            segment.end = segment.fadeOut->end;
        }
        segments.push_back(std::move(segment));
    }
    return segments;
}

/// Equal power: the squares of both sides' gains add up to 1.
double fadeGain(const Fade& fade, std::int64_t position, double startAngle) {
    if (fade.end <= fade.first) {
        return 1.0;
    }
    const double share =
        (static_cast<double>(position - fade.first) + 0.5) / static_cast<double>(fade.end - fade.first);
    return std::sin(startAngle + std::clamp(share, 0.0, 1.0) * std::numbers::pi / 2.0);
}

double gainAt(const Segment& segment, std::int64_t position) {
    double gain = 1.0;
    if (segment.fadeIn && position < segment.fadeIn->end) {
        gain *= fadeGain(*segment.fadeIn, position, 0.0);
    }
    if (segment.fadeOut && position >= segment.fadeOut->first) {
        gain *= fadeGain(*segment.fadeOut, position, std::numbers::pi / 2.0);
    }
    return gain;
}

double clipGain(const Clip& clip) {
    const double decibels = clip.properties.gainDb;
    return decibels > kSilentDb ? std::pow(10.0, decibels / 20.0) : 0.0;
}

} // namespace

std::int64_t samplePosition(RationalTime time, int sampleRate) {
    return time.rescaledTo(FrameRate(sampleRate, 1), Rounding::Floor).value();
}

/// Open decoders, one for each clip that was heard lately, so that reading on costs no seek.
/// Thread: one at a time.
class AudioMix::Sources {
public:
    explicit Sources(UrlResolver resolveUrl) : m_resolveUrl(std::move(resolveUrl)) {}

    /// Nothing when it cannot be read.
    std::optional<std::vector<float>> read(const SequenceFormat& format, const Segment& segment,
                                           std::pair<std::int64_t, std::int64_t> range, std::stop_token stop) {
        const MediaReference* reference = activeReference(*segment.clip);
        const auto* file = reference ? std::get_if<ExternalReference>(reference) : nullptr;
        if (!file) {
            return std::nullopt;
        }
        const std::filesystem::path path = m_resolveUrl(file->url);
        AudioDecoder* decoder = decoderFor(segment.clip->id, file->url, format);
        if (!decoder) {
            return std::nullopt;
        }
        const std::int64_t start =
            samplePosition(fileTime(*reference, segment.clip->sourceRange.start), format.sampleRate);
        Result<std::vector<float>> samples =
            decoder->read(start + range.first - segment.origin, range.second - range.first, std::move(stop));
        if (!samples) {
            report(path, samples.error());
            return std::nullopt;
        }
        if (decoder->wasDamaged()) {
            report(path, {decoder->wasCutShort() ? ErrorCode::Truncated : ErrorCode::Damaged, path.string(), {}});
        }
        return std::move(*samples);
    }

    /// Closes the decoders that were not heard lately, but none of those that the block needed: the next one does too.
    void endBlock() {
        while (m_entries.size() > kMostIdle && !m_entries.back().isInBlock) {
            m_entries.pop_back();
        }
        for (Entry& entry : m_entries) {
            entry.isInBlock = false;
        }
    }

    const std::vector<Error>& problems() const { return m_problems; }

private:
    struct Entry {
        ItemId clip;
        std::filesystem::path path;
        std::optional<FileStamp> file; ///< what was opened; nothing: there was no file
        int sampleRate = 0;
        int channels = 0;
        std::unique_ptr<AudioDecoder> decoder; ///< null: cannot be opened
        bool isInBlock = true;                 ///< the block that is mixed now
    };

    AudioDecoder* decoderFor(ItemId clip, const std::string& url, const SequenceFormat& format) {
        const std::filesystem::path path = m_resolveUrl(url);
        const Result<FileStamp> stamp = fileStamp(path);
        const std::optional<FileStamp> file = stamp ? std::optional(*stamp) : std::nullopt;
        const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
            return entry.clip == clip && entry.path == path && entry.sampleRate == format.sampleRate &&
                   entry.channels == format.channels;
        });
        if (found != m_entries.end() && found->file == file) {
            m_entries.splice(m_entries.begin(), m_entries, found);
            found->isInBlock = true;
            return found->decoder.get();
        }
        if (found != m_entries.end()) {
            m_entries.erase(found);
            m_reported.erase(path); // another file: what was said of the old one is no news of it
        }
        Result<std::unique_ptr<AudioDecoder>> opened = AudioDecoder::open(path, format.sampleRate, format.channels);
        if (!opened) {
            report(path, problemWith(url, opened.error()));
            if (!isAboutContent(opened.error().code) && file) {
                return nullptr; // the next try may be luckier
            }
        }
        m_entries.push_front(
            {clip, path, file, format.sampleRate, format.channels, opened ? std::move(*opened) : nullptr});
        return m_entries.front().decoder.get();
    }

    void report(const std::filesystem::path& path, Error problem) {
        if (problem.code != ErrorCode::Cancelled && m_reported.insert(path).second) {
            problem.subject = problem.subject.empty() ? path.string() : problem.subject;
            m_problems.push_back(std::move(problem));
        }
    }

    static constexpr std::size_t kMostIdle = 16;
    UrlResolver m_resolveUrl;
    std::list<Entry> m_entries; ///< most recently used first
    std::set<std::filesystem::path> m_reported;
    std::vector<Error> m_problems;
};

AudioMix::AudioMix(UrlResolver resolveUrl) : m_sources(std::make_unique<Sources>(std::move(resolveUrl))) {}

AudioMix::~AudioMix() = default;

AudioBlock AudioMix::mix(const Timeline& timeline, std::int64_t start, std::int64_t frameCount, std::stop_token stop) {
    const auto channels = static_cast<std::size_t>(timeline.format.channels);
    AudioBlock block;
    block.channels = timeline.format.channels;
    block.samples.resize(channels * static_cast<std::size_t>(std::max<std::int64_t>(frameCount, 0)));
    for (const Track& track : timeline.tracks) {
        if (track.kind != TrackKind::Audio || !track.enabled) {
            continue;
        }
        for (const Segment& segment : segmentsOf(timeline, track)) {
            const std::int64_t first = std::max(start, segment.first);
            const std::int64_t end = std::min(start + frameCount, segment.end);
            const double clip = clipGain(*segment.clip);
            if (first >= end || clip == 0) {
                continue;
            }
            const auto samples = m_sources->read(timeline.format, segment, {first, end}, stop);
            if (!samples) {
                continue;
            }
            float* out = block.samples.data() + channels * static_cast<std::size_t>(first - start);
            const std::size_t count = std::min(samples->size() / channels, static_cast<std::size_t>(end - first));
            for (std::size_t i = 0; i < count; ++i) {
                const auto gain = static_cast<float>(clip * gainAt(segment, first + static_cast<std::int64_t>(i)));
                for (std::size_t channel = 0; channel < channels; ++channel) {
                    out[channels * i + channel] += gain * (*samples)[channels * i + channel];
                }
            }
        }
    }
    m_sources->endBlock();
    return block;
}

const std::vector<Error>& AudioMix::problems() const {
    return m_sources->problems();
}

} // namespace timeline
