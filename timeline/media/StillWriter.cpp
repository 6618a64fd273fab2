#include "timeline/media/StillWriter.h"

#include "timeline/io/SystemError.h"
#include "timeline/io/TemporaryFile.h"
#include "timeline/media/OiioCompat.h"

#include <OpenImageIO/imageio.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <string>
#include <vector>

namespace timeline {

namespace {

constexpr int kLargest = 16384;

std::string lowerExtension(const std::filesystem::path& path) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    return extension;
}

bool isWhole(int width, int height, std::size_t samples, int channels) {
    return width >= 1 && height >= 1 && width <= kLargest && height <= kLargest &&
           samples ==
               static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * static_cast<std::size_t>(channels);
}

/// Writes interleaved samples of `type` to a temporary file and puts it in place.
Result<void> write(const std::filesystem::path& file, const char* format, const OIIO::ImageSpec& spec,
                   OIIO::TypeDesc type, const void* samples) {
    Result<TemporaryFile> temporary = TemporaryFile::createFor(file);
    if (!temporary) {
        return temporary.error();
    }
    const auto output = OIIO::ImageOutput::create(format);
    if (!output) {
        return Error{ErrorCode::UnsupportedFormat, file.string(), OIIO::geterror()};
    }
    errno = 0;
    const bool isWritten =
        output->open(temporary->path().string(), spec) && output->write_image(type, samples) && output->close();
    if (!isWritten) {
        const int cause = errno;
        Error error = systemError(cause, file, ErrorCode::WriteFailed);
        error.detail = output->geterror();
        return error;
    }
    return temporary->publish();
}

} // namespace

Result<void> writeStill(const std::filesystem::path& file, const CodedFrame& frame) {
    const std::string extension = lowerExtension(file);
    const bool isJpeg = extension == ".jpg" || extension == ".jpeg";
    const char* format = extension == ".png"                           ? "png"
                         : extension == ".tif" || extension == ".tiff" ? "tiff"
                         : isJpeg                                      ? "jpeg"
                                                                       : nullptr;
    if (format == nullptr) {
        return Error{ErrorCode::UnsupportedFormat, file.string(), extension};
    }
    if ((frame.channels != 3 && frame.channels != 4) ||
        !isWhole(frame.width, frame.height, frame.samples.size(), frame.channels)) {
        return Error{ErrorCode::InvalidArgument, file.string(),
                     std::to_string(frame.width) + "x" + std::to_string(frame.height)};
    }
    OIIO::ImageSpec spec(frame.width, frame.height, frame.channels,
                         isJpeg ? OIIO::TypeDesc::UINT8 : OIIO::TypeDesc::UINT16);
    setStillColor(spec, Transfer::Srgb);
    spec.attribute("oiio:UnassociatedAlpha", 1);
    spec.attribute("CompressionQuality", 95);
    return write(file, format, spec, OIIO::TypeDesc::UINT16, frame.samples.data());
}

Result<void> writeExr(const std::filesystem::path& file, const LinearPixels& pixels, ExrDepth depth) {
    if (lowerExtension(file) != ".exr") {
        return Error{ErrorCode::UnsupportedFormat, file.string(), lowerExtension(file)};
    }
    if (!isWhole(pixels.width, pixels.height, pixels.rgba.size(), 4)) {
        return Error{ErrorCode::InvalidArgument, file.string(),
                     std::to_string(pixels.width) + "x" + std::to_string(pixels.height)};
    }
    OIIO::ImageSpec spec(pixels.width, pixels.height, 4,
                         depth == ExrDepth::Half ? OIIO::TypeDesc::HALF : OIIO::TypeDesc::FLOAT);
    setStillColor(spec, Transfer::Linear);
    spec.attribute("compression", "zip");
    return write(file, "openexr", spec, OIIO::TypeDesc::FLOAT, pixels.rgba.data());
}

} // namespace timeline
