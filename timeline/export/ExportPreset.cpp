#include "timeline/export/ExportPreset.h"

#include <algorithm>
#include <array>

namespace timeline {

std::span<const ExportPreset> exportPresets() {
    static const std::array<ExportPreset, 2> presets{{
        {"h264", "mp4", FilmContainer::Mp4, FilmVideo::H264, FilmAudio::Aac},
        {"lossless", "mkv", FilmContainer::Matroska, FilmVideo::Ffv1Rgb, FilmAudio::Pcm24},
    }};
    return presets;
}

const ExportPreset* findPreset(const std::string& name) {
    const std::span<const ExportPreset> presets = exportPresets();
    const auto found =
        std::find_if(presets.begin(), presets.end(), [&](const ExportPreset& preset) { return preset.name == name; });
    return found == presets.end() ? nullptr : &*found;
}

} // namespace timeline
