#include "timeline/media/PacketScan.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <limits>
#include <string_view>

namespace timeline {

namespace {

constexpr std::chrono::milliseconds kScanTime{1000};
constexpr std::size_t kMostPackets = 2'000'000;
constexpr long long kScannedBytes = 32LL << 20; ///< of a file that is looked through to find its clock set anew
constexpr int kSamples = 48;                    ///< of a larger one
constexpr int kPacketsForSample = 2000;
constexpr std::int64_t kLongestBack = 1;    ///< seconds: frames that overlap, no other clock
constexpr std::int64_t kLongestAhead = 120; ///< seconds: the signal was lost

std::int64_t inTicks(std::int64_t seconds, AVRational tick) {
    return av_rescale_q(seconds, AVRational{1, 1}, tick);
}

/// The decoding time of the stream's next packet, which ascends in the order of the file.
std::int64_t nextTime(MediaInput& input, int stream, AVPacket& packet) {
    std::int64_t time = AV_NOPTS_VALUE;
    for (int count = 0; time == AV_NOPTS_VALUE && count < kPacketsForSample; ++count) {
        if (av_read_frame(input.get(), &packet) < 0) {
            break;
        }
        time = packet.stream_index == stream ? packet.dts : AV_NOPTS_VALUE;
        av_packet_unref(&packet);
    }
    return time;
}

/// Whether distances between frames differ by more than a tick of rounding each way. The last frame's may.
bool hasVariableSteps(const std::vector<std::int64_t>& stamps) {
    std::int64_t shortest = 0;
    std::int64_t longest = 0;
    for (std::size_t i = 1; i < stamps.size(); ++i) {
        const std::int64_t step = stamps[i] - stamps[i - 1];
        shortest = i == 1 ? step : std::min(shortest, step);
        longest = i == 1 ? step : std::max(longest, step);
    }
    return longest - shortest > 2;
}

} // namespace

PacketScan scanPackets(MediaInput& input, int stream, std::stop_token stop) {
    PacketScan scan;
    input.keepOnly(stream);
    input.limitReads(std::move(stop), kScanTime);
    const AvPacketPtr packet = makeAvPacket();
    int result = 0;
    std::int64_t last = AV_NOPTS_VALUE;
    RunningClock clock = runningClock(input, stream);
    while (scan.stamps.size() < kMostPackets && (result = av_read_frame(input.get(), packet.get())) >= 0) {
        const bool isShown = packet->stream_index == stream && (packet->flags & AV_PKT_FLAG_DISCARD) == 0;
        const std::int64_t stamp = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
        if (isShown && stamp != AV_NOPTS_VALUE) {
            const std::int64_t ordered = packet->dts != AV_NOPTS_VALUE ? packet->dts : stamp;
            const std::int64_t shown = stamp + clock.shiftFor(ordered, packet->duration);
            scan.stamps.push_back(shown);
            if (last == AV_NOPTS_VALUE || shown > last) {
                last = shown;
                scan.lastDuration = packet->duration;
            }
        }
        av_packet_unref(packet.get());
    }
    scan.isComplete = result == AVERROR_EOF;
    std::sort(scan.stamps.begin(), scan.stamps.end());
    scan.stamps.erase(std::unique(scan.stamps.begin(), scan.stamps.end()), scan.stamps.end());
    scan.isVariable = hasVariableSteps(scan.stamps);
    scan.isSetAnew = clock.wasSetAnew();
    input.limitReads({});
    return scan;
}

bool hasLooseClock(const MediaInput& input) {
    return (input->iformat->flags & AVFMT_TS_DISCONT) != 0 || std::string_view(input->iformat->name) == "flv";
}

RunningClock runningClock(const MediaInput& input, int index) {
    const AVStream& stream = *input->streams[index];
    // Elsewhere a picture may well stand for hours.
    const bool isLoose = hasLooseClock(input) || stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
    return {inTicks(kLongestBack, stream.time_base),
            isLoose ? inTicks(kLongestAhead, stream.time_base) : std::numeric_limits<std::int64_t>::max()};
}

bool isClockSetAnew(MediaInput& input, int stream) {
    if (input.fileSize() <= kScannedBytes) {
        return scanPackets(input, stream, {}).isSetAnew;
    }
    if (!std::string_view(input->iformat->name).starts_with("mpeg")) {
        return false; // without a way to read at a byte
    }
    input.keepOnly(stream);
    input.limitReads({}, kScanTime);
    const std::int64_t longestBack = inTicks(kLongestBack, input->streams[stream]->time_base);
    const AvPacketPtr packet = makeAvPacket();
    std::int64_t last = AV_NOPTS_VALUE;
    bool isBack = false;
    for (int i = 0; i < kSamples && !isBack && !input.wasStopped(); ++i) {
        if (av_seek_frame(input.get(), -1, input.fileSize() / kSamples * i, AVSEEK_FLAG_BYTE) < 0) {
            break;
        }
        const std::int64_t time = nextTime(input, stream, *packet);
        isBack = last != AV_NOPTS_VALUE && time != AV_NOPTS_VALUE && time < last - longestBack;
        last = time != AV_NOPTS_VALUE ? time : last;
    }
    input.limitReads({});
    return isBack;
}

} // namespace timeline
