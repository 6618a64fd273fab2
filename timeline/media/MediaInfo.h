#pragma once

#include "timeline/media/Picture.h"
#include "timeline/time/RationalTime.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace timeline {

enum class MediaKind : std::uint8_t {
    Video,    ///< moving pictures, with or without sound
    Audio,    ///< sound alone
    Still,    ///< one picture, as long as one likes
    Sequence, ///< numbered stills
};

/// A stream of pictures, or a still. Times count from the first frame that is shown.
struct VideoStreamInfo {
    int index = 0;     ///< of the stream in its file
    std::string codec; ///< FFmpeg's or OpenImageIO's word: "h264", "png"
    int width = 0;     ///< as stored
    int height = 0;
    int displayWidth = 0; ///< after rotation, with square pixels
    int displayHeight = 0;
    FrameRate rate;                 ///< nominal; 24 for stills
    bool isVariable = false;        ///< frames do not come at equal distances
    std::int64_t frameCount = 0;    ///< 1 for stills
    bool isFrameCountExact = false; ///< false: reckoned from length and rate
    RationalTime duration;          ///< at `rate`; of variable ones, rounded to it
    RationalTime start;             ///< the first shown frame on the file's own clock
    std::string pixelFormat;        ///< FFmpeg's word, or e.g. "rgba16" for stills
    int bitDepth = 8;
    ColorDescription color;
    AlphaMode alpha = AlphaMode::None;
    Orientation orientation;
    int pixelAspectNumerator = 1;
    int pixelAspectDenominator = 1;

    bool operator==(const VideoStreamInfo&) const = default;
};

struct AudioStreamInfo {
    int index = 0;
    std::string codec;
    int sampleRate = 0;
    int channels = 0;
    std::string layout;    ///< "stereo", "5.1(side)"
    RationalTime duration; ///< in samples

    bool operator==(const AudioStreamInfo&) const = default;
};

/// A stream that is neither shown nor heard: subtitles, data, timecode, cover pictures, streams of unknown codecs.
struct OtherStreamInfo {
    int index = 0;
    std::string kind; ///< "subtitle", "data", "attachment", "cover", "unknown"
    std::string codec;

    bool operator==(const OtherStreamInfo&) const = default;
};

/// What is in a media file.
/// Thread: a value.
struct MediaInfo {
    std::filesystem::path path;
    MediaKind kind = MediaKind::Video;
    std::string container;              ///< FFmpeg's or OpenImageIO's word for what the content is
    bool extensionLies = false;         ///< the name says another format than the content is
    bool isDamaged = false;             ///< shorter than it says, or errors were met
    std::vector<VideoStreamInfo> video; ///< the first is the one that is shown; at most one for stills
    std::vector<AudioStreamInfo> audio; ///< the first is the one that is heard
    std::vector<OtherStreamInfo> others;
    RationalTime duration; ///< of the first picture stream, else of the first sound stream; zero for stills

    bool hasVideo() const { return !video.empty(); }
    bool hasAudio() const { return !audio.empty(); }
    bool operator==(const MediaInfo&) const = default;
};

} // namespace timeline
