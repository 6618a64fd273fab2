#include "timeline/media/PacketScan.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <cstdlib>

namespace timeline {

namespace {

constexpr std::chrono::milliseconds kScanTime{1000};
constexpr std::size_t kMostPackets = 2'000'000;

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
    while (scan.stamps.size() < kMostPackets && (result = av_read_frame(input.get(), packet.get())) >= 0) {
        const bool isShown = packet->stream_index == stream && (packet->flags & AV_PKT_FLAG_DISCARD) == 0;
        const std::int64_t stamp = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
        if (isShown && stamp != AV_NOPTS_VALUE) {
            scan.stamps.push_back(stamp);
            if (last == AV_NOPTS_VALUE || stamp > last) {
                last = stamp;
                scan.lastDuration = packet->duration;
            }
        }
        av_packet_unref(packet.get());
    }
    scan.isComplete = result == AVERROR_EOF;
    std::sort(scan.stamps.begin(), scan.stamps.end());
    scan.stamps.erase(std::unique(scan.stamps.begin(), scan.stamps.end()), scan.stamps.end());
    scan.isVariable = hasVariableSteps(scan.stamps);
    input.limitReads({});
    return scan;
}

} // namespace timeline
