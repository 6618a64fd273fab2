#pragma once

#include "timeline/media/VideoEncoder.h"

#include <span>
#include <string>

namespace timeline {

/// A way of writing a film. Names are for the command line and settings; people see translations of them.
struct ExportPreset {
    std::string name;      ///< "h264", "lossless"
    std::string extension; ///< of the file name, without the dot: "mp4", "mkv"
    FilmContainer container = FilmContainer::Mp4;
    FilmVideo video = FilmVideo::H264;
    FilmAudio audio = FilmAudio::Aac;

    bool operator==(const ExportPreset&) const = default;
};

/// All presets, the default first.
std::span<const ExportPreset> exportPresets();
const ExportPreset* findPreset(const std::string& name); ///< null when there is none

} // namespace timeline
