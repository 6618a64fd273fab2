#include "timeline/media/ColorTags.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
}

#include <cmath>
#include <numbers>
#include <optional>

namespace timeline {

namespace {

constexpr int kHdHeight = 720;

std::optional<ColorMatrix> taggedMatrix(int space) {
    switch (space) {
    case AVCOL_SPC_BT709:
    case AVCOL_SPC_RGB:
        return ColorMatrix::Bt709;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
    case AVCOL_SPC_FCC:
        return ColorMatrix::Bt601;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
        return ColorMatrix::Bt2020;
    default:
        return std::nullopt;
    }
}

std::optional<Transfer> taggedTransfer(int transfer) {
    switch (transfer) {
    case AVCOL_TRC_BT709:
    case AVCOL_TRC_SMPTE170M:
    case AVCOL_TRC_IEC61966_2_1:
    case AVCOL_TRC_IEC61966_2_4:
    case AVCOL_TRC_BT2020_10:
    case AVCOL_TRC_BT2020_12:
        return Transfer::Srgb;
    case AVCOL_TRC_LINEAR:
        return Transfer::Linear;
    case AVCOL_TRC_GAMMA22:
        return Transfer::Gamma22;
    case AVCOL_TRC_GAMMA28:
        return Transfer::Gamma28;
    case AVCOL_TRC_SMPTE2084:
        return Transfer::Pq;
    case AVCOL_TRC_ARIB_STD_B67:
        return Transfer::Hlg;
    default:
        return std::nullopt;
    }
}

std::optional<Primaries> taggedPrimaries(int primaries) {
    switch (primaries) {
    case AVCOL_PRI_BT709:
        return Primaries::Bt709;
    case AVCOL_PRI_SMPTE170M:
    case AVCOL_PRI_SMPTE240M:
        return Primaries::Bt601_525;
    case AVCOL_PRI_BT470BG:
        return Primaries::Bt601_625;
    case AVCOL_PRI_BT2020:
        return Primaries::Bt2020;
    case AVCOL_PRI_SMPTE432:
        return Primaries::DisplayP3;
    default:
        return std::nullopt;
    }
}

bool isRgb(const AVPixFmtDescriptor* description) {
    return description != nullptr && (description->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

/// MJPEG's formats ("yuvj420p") are full range by name.
bool isFullByName(const AVPixFmtDescriptor* description) {
    return description != nullptr && std::string_view(description->name).starts_with("yuvj");
}

} // namespace

ColorTags colorTags(const AVFrame& frame) {
    return {frame.colorspace,      frame.color_range, frame.color_trc, frame.color_primaries,
            frame.chroma_location, frame.format,      frame.height};
}

ColorTags colorTags(const AVCodecParameters& parameters) {
    return {parameters.color_space,     parameters.color_range, parameters.color_trc, parameters.color_primaries,
            parameters.chroma_location, parameters.format,      parameters.height};
}

bool isSupportedMatrix(int matrix) {
    return matrix != AVCOL_SPC_YCGCO && matrix != AVCOL_SPC_ICTCP && matrix != AVCOL_SPC_SMPTE2085 &&
           matrix <= AVCOL_SPC_ICTCP; // FFmpeg 7 adds IPT and YCgCo's lossless kinds
}

ColorDescription colorDescription(const ColorTags& tags) {
    const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(tags.pixelFormat));
    const auto matrix = taggedMatrix(tags.matrix);
    const auto transfer = taggedTransfer(tags.transfer);
    const auto primaries = taggedPrimaries(tags.primaries);
    const bool rgb = isRgb(format);
    ColorDescription color;
    color.matrix = matrix.value_or(tags.height >= kHdHeight || rgb ? ColorMatrix::Bt709 : ColorMatrix::Bt601);
    color.transfer = transfer.value_or(Transfer::Srgb);
    color.primaries = primaries.value_or(Primaries::Bt709);
    const bool isGray = format != nullptr && format->nb_components <= 2; // untagged, FFmpeg takes it as full
    const bool isFull =
        tags.range == AVCOL_RANGE_JPEG || isFullByName(format) || ((rgb || isGray) && tags.range != AVCOL_RANGE_MPEG);
    color.range = isFull ? ColorRange::Full : ColorRange::Limited;
    color.isGuessed = !rgb && !matrix;
    return color;
}

ChromaSiting chromaSiting(const ColorTags& tags) {
    switch (tags.siting) {
    case AVCHROMA_LOC_CENTER:
        return ChromaSiting::Center;
    case AVCHROMA_LOC_TOPLEFT:
        return ChromaSiting::TopLeft;
    case AVCHROMA_LOC_LEFT:
        return ChromaSiting::Left;
    default:
        break;
    }
    return isFullByName(av_pix_fmt_desc_get(static_cast<AVPixelFormat>(tags.pixelFormat))) ? ChromaSiting::Center
                                                                                           : ChromaSiting::Left;
}

void tagAsRec709(AVCodecContext& codec) {
    const bool rgb = isRgb(av_pix_fmt_desc_get(codec.pix_fmt));
    codec.color_primaries = AVCOL_PRI_BT709;
    codec.color_trc = rgb ? AVCOL_TRC_IEC61966_2_1 : AVCOL_TRC_BT709;
    codec.colorspace = rgb ? AVCOL_SPC_RGB : AVCOL_SPC_BT709;
    codec.color_range = rgb ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    codec.chroma_sample_location = rgb ? AVCHROMA_LOC_UNSPECIFIED : AVCHROMA_LOC_LEFT;
}

void tagAsRec709(AVFrame& frame) {
    const bool rgb = isRgb(av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format)));
    frame.color_primaries = AVCOL_PRI_BT709;
    frame.color_trc = rgb ? AVCOL_TRC_IEC61966_2_1 : AVCOL_TRC_BT709;
    frame.colorspace = rgb ? AVCOL_SPC_RGB : AVCOL_SPC_BT709;
    frame.color_range = rgb ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    frame.chroma_location = rgb ? AVCHROMA_LOC_UNSPECIFIED : AVCHROMA_LOC_LEFT;
}

Orientation orientationOf(const std::int32_t* displayMatrix) {
    if (displayMatrix == nullptr) {
        return {};
    }
    // x' = a x + c y, y' = b x + d y, y pointing down; the mirror comes first, so it turns the sign of a and b.
    const double a = displayMatrix[0];
    const double b = displayMatrix[1];
    const double c = displayMatrix[3];
    const double d = displayMatrix[4];
    Orientation orientation;
    orientation.mirrored = a * d - b * c < 0.0;
    const double sign = orientation.mirrored ? -1.0 : 1.0;
    const double quarters = std::atan2(sign * b, sign * a) / (std::numbers::pi / 2.0);
    orientation.quarterTurns = (static_cast<int>(std::lround(quarters)) + 4) % 4;
    return orientation;
}

} // namespace timeline
