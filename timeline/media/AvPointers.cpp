#include "timeline/media/AvPointers.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/dict.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <new>

namespace timeline {

void AvDeleter::operator()(AVAudioFifo* fifo) const {
    av_audio_fifo_free(fifo);
}
void AvDeleter::operator()(AVCodecContext* context) const {
    avcodec_free_context(&context);
}
void AvDeleter::operator()(AVFrame* frame) const {
    av_frame_free(&frame);
}
void AvDeleter::operator()(AVPacket* packet) const {
    av_packet_free(&packet);
}
void AvDeleter::operator()(SwrContext* context) const {
    swr_free(&context);
}
void AvDeleter::operator()(SwsContext* context) const {
    sws_freeContext(context);
}

void AvDeleter::operator()(AVIOContext* context) const {
    av_freep(&context->buffer); // FFmpeg may have replaced the one it was given
    avio_context_free(&context);
}

void AvInputDeleter::operator()(AVFormatContext* context) const {
    avformat_close_input(&context);
}

void AvOutputDeleter::operator()(AVFormatContext* context) const {
    if (context->pb != nullptr) {
        avio_closep(&context->pb);
    }
    avformat_free_context(context);
}

AvFramePtr makeAvFrame() {
    AvFramePtr frame(av_frame_alloc());
    return frame ? std::move(frame) : throw std::bad_alloc();
}

AvPacketPtr makeAvPacket() {
    AvPacketPtr packet(av_packet_alloc());
    return packet ? std::move(packet) : throw std::bad_alloc();
}

AvOptions::~AvOptions() {
    av_dict_free(&m_dictionary);
}

void AvOptions::set(const char* key, const char* value) {
    av_dict_set(&m_dictionary, key, value, 0);
}

void AvOptions::set(const char* key, long long value) {
    av_dict_set_int(&m_dictionary, key, value, 0);
}

} // namespace timeline
