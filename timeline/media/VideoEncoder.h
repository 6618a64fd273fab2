#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/CodedFrame.h"
#include "timeline/time/FrameRate.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace timeline {

enum class FilmContainer : std::uint8_t { Mp4, Matroska };
enum class FilmVideo : std::uint8_t {
    H264,         ///< 8 bit 4:2:0, BT.709, limited range
    Ffv1Rgb,      ///< lossless: the 16-bit samples come out as they went in
    Ffv1Yuv444p10 ///< lossless 10 bit 4:4:4, BT.709, limited range: takes
};
enum class FilmAudio : std::uint8_t { None, Aac, Pcm24 };

struct FilmSettings {
    FilmContainer container = FilmContainer::Mp4;
    FilmVideo video = FilmVideo::H264;
    FilmAudio audio = FilmAudio::None;
    int width = 0; ///< 1 to 16384
    int height = 0;
    FrameRate rate;
    int sampleRate = 48000;
    int channels = 2;                                          ///< 1 or 2
    int crf = 18;                                              ///< H264: 0 to 51
    std::string speed = "medium";                              ///< H264: x264's preset
    std::vector<std::pair<std::string, std::string>> metadata; ///< "title", "comment", ...
};

/// Writes a film of equally spaced frames with sound of exactly the same length. The file appears under its name when
/// finish() has succeeded; before that it is a temporary file beside it, which goes away with the encoder.
/// Sound is cut or filled with silence to frames / rate. H264 needs even sizes: an odd one repeats its last column or
/// row; codedWidth() and codedHeight() tell.
/// Thread: one at a time.
class VideoEncoder {
public:
    /// InvalidArgument (settings), PermissionDenied, FileNotFound (folder), DiskFull, UnsupportedCodec, EncodeFailed.
    static Result<std::unique_ptr<VideoEncoder>> open(const std::filesystem::path& file, const FilmSettings& settings);
    ~VideoEncoder();

    /// The next frame, of the settings' size. Alpha is left out.
    Result<void> writeFrame(const CodedFrame& frame);
    /// The next samples, interleaved. May run ahead of the frames or behind them; far ahead costs memory.
    Result<void> writeAudio(std::span<const float> samples);
    /// Completes the file and puts it in place. Nothing can be written after it.
    Result<void> finish();

    int codedWidth() const;
    int codedHeight() const;

private:
    class Engine;
    VideoEncoder(std::filesystem::path file, std::unique_ptr<Engine> engine);
    Result<void> about(Result<void> result) const;

    std::filesystem::path m_file;
    std::unique_ptr<Engine> m_engine;
};

} // namespace timeline
