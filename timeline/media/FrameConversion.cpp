#include "timeline/media/FrameConversion.h"

#include "timeline/media/ColorTags.h"
#include "timeline/media/MediaInput.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include <bit>
#include <cstring>
#include <string>
#include <string_view>

namespace timeline {

namespace {

static_assert(std::endian::native == std::endian::little, "planes are copied from little-endian frames as they are");

constexpr unsigned kWidthlessFlags = AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BAYER;

AVPixelFormat formatOf(int format) {
    return static_cast<AVPixelFormat>(format);
}

bool isXyz(const AVPixFmtDescriptor& format) {
    return std::string_view(format.name).starts_with("xyz");
}

/// The format swscale makes of one that cannot be read sample by sample; itself for all others.
AVPixelFormat readableFormat(AVPixelFormat format) {
    const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(format);
    if (description == nullptr || (description->flags & AV_PIX_FMT_FLAG_HWACCEL) != 0) {
        return AV_PIX_FMT_NONE;
    }
    const bool isHalf = (description->flags & AV_PIX_FMT_FLAG_FLOAT) != 0 && description->comp[0].depth != 32;
    if (isHalf) {
        return AV_PIX_FMT_NONE;
    }
    if ((description->flags & AV_PIX_FMT_FLAG_PAL) != 0) {
        return AV_PIX_FMT_RGBA;
    }
    if (isXyz(*description) || ((description->flags & AV_PIX_FMT_FLAG_BAYER) != 0 && description->comp[0].depth > 8)) {
        return AV_PIX_FMT_RGB48LE;
    }
    if ((description->flags & kWidthlessFlags) != 0) {
        return description->nb_components == 1 ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_RGB24;
    }
    // Formats whose descriptions in FFmpeg do not say where their samples lie.
    if (format == AV_PIX_FMT_UYYVYY411) {
        return AV_PIX_FMT_YUV411P;
    }
    const bool isPackedInByte = description->comp[0].step == 1 && description->comp[0].depth < 8;
    return isPackedInByte ? AV_PIX_FMT_RGB24 : format;
}

Result<AvFramePtr> rescaled(const AVFrame& frame, AVPixelFormat format) {
    AvFramePtr target = makeAvFrame();
    target->format = format;
    target->width = frame.width;
    target->height = frame.height;
    if (av_frame_get_buffer(target.get(), 0) < 0) {
        return Error{ErrorCode::OutOfMemory, {}, {}};
    }
    const SwsPtr scaler(sws_getContext(frame.width, frame.height, formatOf(frame.format), frame.width, frame.height,
                                       format, SWS_POINT | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
    if (!scaler ||
        sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, target->data, target->linesize) < 0) {
        return Error{ErrorCode::UnsupportedPixelFormat, {}, av_get_pix_fmt_name(formatOf(frame.format))};
    }
    av_frame_copy_props(target.get(), &frame);
    return target;
}

/// How one component of a pixel format lies in memory.
struct ComponentLayout {
    const std::uint8_t* base = nullptr;
    std::ptrdiff_t stride = 0;
    int step = 1;  ///< bytes from one sample to the next
    int shift = 0; ///< bits below the sample
    int depth = 8;
    int bytes = 1; ///< of the word that holds it: 1, 2 or 4
    bool isBigEndian = false;
};

ComponentLayout layoutOf(const AVFrame& frame, const AVPixFmtDescriptor& format, int component) {
    const AVComponentDescriptor& comp = format.comp[component];
    const int bits = comp.shift + comp.depth;
    const bool isBigEndian = (format.flags & AV_PIX_FMT_FLAG_BE) != 0;
    const int bytes = bits > 16 ? 4 : bits > 8 ? 2 : 1;
    // FFmpeg's rule: the low byte of a big-endian word is the second one.
    const int offset = comp.offset + (isBigEndian && bytes == 1 ? 1 : 0);
    return {frame.data[comp.plane] + offset,
            frame.linesize[comp.plane],
            comp.step,
            comp.shift,
            comp.depth,
            bytes,
            isBigEndian};
}

std::uint32_t wordAt(const std::uint8_t* at, const ComponentLayout& layout) {
    std::uint32_t word = 0;
    for (int i = 0; i < layout.bytes; ++i) {
        const int shift = 8 * (layout.isBigEndian ? layout.bytes - 1 - i : i);
        word |= static_cast<std::uint32_t>(at[i]) << shift;
    }
    return word;
}

template <typename Sample>
void readRow(const std::uint8_t* row, const ComponentLayout& layout, int width, Sample* out) {
    const std::uint32_t mask = layout.depth >= 32 ? ~0U : (1U << layout.depth) - 1U;
    for (int x = 0; x < width; ++x) {
        const std::uint32_t value =
            (wordAt(row + static_cast<std::ptrdiff_t>(x) * layout.step, layout) >> layout.shift) & mask;
        if constexpr (std::is_same_v<Sample, float>) {
            out[x] = std::bit_cast<float>(value);
        } else {
            out[x] = static_cast<Sample>(value);
        }
    }
}

template <typename Sample>
Plane readPlane(const ComponentLayout& layout, int width, int height) {
    Plane plane{width, height, {}};
    const std::size_t rowBytes = static_cast<std::size_t>(width) * sizeof(Sample);
    plane.samples.resize(rowBytes * static_cast<std::size_t>(height));
    const bool isPlain = layout.step == static_cast<int>(sizeof(Sample)) && layout.shift == 0 && !layout.isBigEndian &&
                         layout.bytes == static_cast<int>(sizeof(Sample));
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* row = layout.base + y * layout.stride;
        std::byte* out = plane.samples.data() + static_cast<std::size_t>(y) * rowBytes;
        if (isPlain) {
            std::memcpy(out, row, rowBytes);
        } else {
            readRow(row, layout, width, reinterpret_cast<Sample*>(out));
        }
    }
    return plane;
}

Plane readComponent(const AVFrame& frame, const AVPixFmtDescriptor& format, int component, const Picture& picture) {
    const bool isChroma = picture.model == ColorModel::Yuv && (component == 1 || component == 2);
    const int width = isChroma ? AV_CEIL_RSHIFT(frame.width, picture.chromaShiftX) : frame.width;
    const int height = isChroma ? AV_CEIL_RSHIFT(frame.height, picture.chromaShiftY) : frame.height;
    const ComponentLayout layout = layoutOf(frame, format, component);
    switch (picture.sampleType) {
    case SampleType::Uint8:
        return readPlane<std::uint8_t>(layout, width, height);
    case SampleType::Uint16:
        return readPlane<std::uint16_t>(layout, width, height);
    case SampleType::Float32:
        break;
    }
    return readPlane<float>(layout, width, height);
}

/// The lesser depths of a format like RGB565 are brought to 8 bits each.
void widenTo8(Plane& plane, int depth) {
    const unsigned top = (1U << depth) - 1U;
    for (std::byte& sample : plane.samples) {
        sample = static_cast<std::byte>((std::to_integer<unsigned>(sample) * 255U + top / 2U) / top);
    }
}

Picture emptyPicture(const AVFrame& frame, const AVPixFmtDescriptor& format) {
    Picture picture;
    picture.width = frame.width;
    picture.height = frame.height;
    picture.model = (format.flags & AV_PIX_FMT_FLAG_RGB) != 0 ? ColorModel::Rgb
                    : format.nb_components <= 2               ? ColorModel::Gray
                                                              : ColorModel::Yuv;
    const int depth = format.comp[0].depth;
    const bool isFloat = (format.flags & AV_PIX_FMT_FLAG_FLOAT) != 0;
    picture.sampleType = isFloat ? SampleType::Float32 : depth > 8 ? SampleType::Uint16 : SampleType::Uint8;
    picture.bitDepth = isFloat ? 32 : depth > 8 ? depth : 8;
    picture.chromaShiftX = picture.model == ColorModel::Yuv ? format.log2_chroma_w : 0;
    picture.chromaShiftY = picture.model == ColorModel::Yuv ? format.log2_chroma_h : 0;
    const ColorTags tags = colorTags(frame);
    picture.color = colorDescription(tags);
    picture.chromaSiting = chromaSiting(tags);
    if (frame.sample_aspect_ratio.num > 0 && frame.sample_aspect_ratio.den > 0) {
        picture.pixelAspectNumerator = frame.sample_aspect_ratio.num;
        picture.pixelAspectDenominator = frame.sample_aspect_ratio.den;
    }
    return picture;
}

} // namespace

bool isSupportedPixelFormat(int format) {
    return readableFormat(formatOf(format)) != AV_PIX_FMT_NONE;
}

AlphaMode alphaOfPixelFormat(int format) {
    const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(formatOf(format));
    constexpr unsigned kAlpha = AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL;
    return description != nullptr && (description->flags & kAlpha) != 0 ? AlphaMode::Straight : AlphaMode::None;
}

int bitDepthOfPixelFormat(int format) {
    const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(formatOf(format));
    return description != nullptr ? description->comp[0].depth : 0;
}

Result<Picture> pictureFrom(const AVFrame& frame) {
    const AVPixelFormat readable = readableFormat(formatOf(frame.format));
    if (readable == AV_PIX_FMT_NONE) {
        const char* name = av_get_pix_fmt_name(formatOf(frame.format));
        return Error{ErrorCode::UnsupportedPixelFormat, {}, name != nullptr ? name : "?"};
    }
    if (static_cast<long long>(frame.width) * frame.height > kMaxPixels) {
        return Error{ErrorCode::TooLarge, {}, std::to_string(frame.width) + "x" + std::to_string(frame.height)};
    }
    if (readable != frame.format) {
        Result<AvFramePtr> converted = rescaled(frame, readable);
        return converted ? pictureFrom(**converted) : Result<Picture>(converted.error());
    }
    const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(readable);
    Picture picture = emptyPicture(frame, format);
    for (int component = 0; component < format.nb_components; ++component) {
        picture.planes.push_back(readComponent(frame, format, component, picture));
        const int depth = format.comp[component].depth;
        if (picture.sampleType == SampleType::Uint8 && depth < 8) {
            widenTo8(picture.planes.back(), depth);
        }
    }
    picture.alpha = alphaOfPixelFormat(readable);
    return picture;
}

} // namespace timeline
