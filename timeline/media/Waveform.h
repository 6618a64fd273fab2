#pragma once

#include "timeline/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <vector>

namespace timeline {

/// The lowest and highest sample of a stretch of sound, over all channels.
struct Peak {
    float low = 0.0F;
    float high = 0.0F;

    bool operator==(const Peak&) const = default;
};

/// Peak i covers samples [i, i + 1) * samplesPerPeak at sampleRate, sample 0 as AudioDecoder counts.
struct Waveform {
    int sampleRate = 48000;
    int samplesPerPeak = 512;
    std::vector<Peak> peaks;

    bool operator==(const Waveform&) const = default;
};

/// Reads the whole sound of a file. NoAudioStream, Cancelled, and what AudioDecoder reports.
/// Thread: any.
Result<Waveform> waveform(const std::filesystem::path& path, int samplesPerPeak = 512, std::stop_token stop = {});

} // namespace timeline
