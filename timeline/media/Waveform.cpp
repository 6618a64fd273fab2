#include "timeline/media/Waveform.h"

#include "timeline/media/AudioDecoder.h"

#include <algorithm>
#include <memory>
#include <string>

namespace timeline {

Result<Waveform> waveform(const std::filesystem::path& path, int samplesPerPeak, std::stop_token stop) {
    constexpr std::int64_t kBlock = 1 << 16;
    constexpr int kChannels = 2;
    constexpr std::int64_t kLongestHours = 100; // few bytes can claim years of silence
    Waveform wave;
    wave.samplesPerPeak = samplesPerPeak;
    if (samplesPerPeak < 1 || samplesPerPeak > kBlock) {
        return Error{ErrorCode::InvalidArgument, path.string(), std::to_string(samplesPerPeak)};
    }
    Result<std::unique_ptr<AudioDecoder>> sound = AudioDecoder::open(path, wave.sampleRate, kChannels);
    if (!sound) {
        return sound.error();
    }
    const std::int64_t longest = kLongestHours * 3600 * wave.sampleRate;
    const std::int64_t block = kBlock / samplesPerPeak * samplesPerPeak;
    for (std::int64_t start = 0; !(*sound)->length(); start += block) {
        if (start > longest) {
            return Error{ErrorCode::TooLarge, path.string(), std::to_string(kLongestHours) + " h"};
        }
        const Result<std::vector<float>> samples = (*sound)->read(start, block, stop);
        if (!samples) {
            return samples.error();
        }
        const auto step = static_cast<std::ptrdiff_t>(samplesPerPeak) * kChannels;
        for (auto at = samples->begin(); at != samples->end(); at += step) {
            const auto [low, high] = std::minmax_element(at, at + step);
            wave.peaks.push_back({*low, *high});
        }
    }
    const std::int64_t peaks = (*(*sound)->length() + samplesPerPeak - 1) / samplesPerPeak;
    wave.peaks.resize(std::min(wave.peaks.size(), static_cast<std::size_t>(peaks)));
    return wave;
}

} // namespace timeline
