#pragma once

#include <memory>

struct AVAudioFifo;
struct AVCodecContext;
struct AVDictionary;
struct AVFormatContext;
struct AVFrame;
struct AVIOContext;
struct AVPacket;
struct SwrContext;
struct SwsContext;

namespace timeline {

/// Frees FFmpeg's objects; nothing else in the program does. Input contexts are closed, output contexts freed together
/// with their file handle.
struct AvDeleter {
    void operator()(AVAudioFifo* fifo) const;
    void operator()(AVCodecContext* context) const;
    void operator()(AVFrame* frame) const;
    void operator()(AVIOContext* context) const; ///< one made by avio_alloc_context
    void operator()(AVPacket* packet) const;
    void operator()(SwrContext* context) const;
    void operator()(SwsContext* context) const;
};
struct AvInputDeleter {
    void operator()(AVFormatContext* context) const;
};
struct AvOutputDeleter {
    void operator()(AVFormatContext* context) const;
};

using AvAudioFifoPtr = std::unique_ptr<AVAudioFifo, AvDeleter>;
using AvCodecPtr = std::unique_ptr<AVCodecContext, AvDeleter>;
using AvFramePtr = std::unique_ptr<AVFrame, AvDeleter>;
using AvIoPtr = std::unique_ptr<AVIOContext, AvDeleter>;
using AvPacketPtr = std::unique_ptr<AVPacket, AvDeleter>;
using SwrPtr = std::unique_ptr<SwrContext, AvDeleter>;
using SwsPtr = std::unique_ptr<SwsContext, AvDeleter>;
using AvInputPtr = std::unique_ptr<AVFormatContext, AvInputDeleter>;
using AvOutputPtr = std::unique_ptr<AVFormatContext, AvOutputDeleter>;

AvFramePtr makeAvFrame();
AvPacketPtr makeAvPacket();

/// Options for FFmpeg calls that take an AVDictionary** and leave in it what they did not use.
/// Thread: a value that moves.
class AvOptions {
public:
    AvOptions() = default;
    ~AvOptions();
    AvOptions(const AvOptions&) = delete;
    AvOptions& operator=(const AvOptions&) = delete;

    void set(const char* key, const char* value);
    void set(const char* key, long long value);
    AVDictionary** address() { return &m_dictionary; }

private:
    AVDictionary* m_dictionary = nullptr;
};

} // namespace timeline
