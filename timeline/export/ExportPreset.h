#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace timeline {

enum class ExportVideoCodec : std::uint8_t { H264, Ffv1Rgb };
enum class ExportAudioCodec : std::uint8_t { Aac, Pcm };

/// A way of writing a film. Names are for the command line and settings; people see translations of them.
struct ExportPreset {
    std::string name;      ///< "h264", "lossless"
    std::string container; ///< file name extension without the dot: "mp4", "mkv"
    ExportVideoCodec video = ExportVideoCodec::H264;
    ExportAudioCodec audio = ExportAudioCodec::Aac;

    bool operator==(const ExportPreset&) const = default;
};

/// All presets, the default first.
std::span<const ExportPreset> exportPresets();
const ExportPreset* findPreset(const std::string& name); ///< null when there is none

} // namespace timeline
