#include "timeline/media/StillReader.h"

#include "timeline/media/FileStamp.h"
#include "timeline/media/MediaInput.h"
#include "timeline/media/OiioCompat.h"

#include <OpenImageIO/imageio.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstring>
#include <fstream>
#include <new>
#include <optional>
#include <string_view>
#include <sys/stat.h>

namespace timeline {

namespace {

struct Magic {
    std::string_view bytes;
    std::size_t offset;
    const char* format;
};

/// Contents that are stills, with OpenImageIO's names of their formats.
constexpr std::array<Magic, 19> kMagics{{
    {{"\x89PNG\r\n\x1a\n", 8}, 0, "png"},
    {{"\xff\xd8\xff", 3}, 0, "jpeg"},
    {{"II*\0", 4}, 0, "tiff"},
    {{"MM\0*", 4}, 0, "tiff"},
    {{"II+\0", 4}, 0, "tiff"},
    {{"MM\0+", 4}, 0, "tiff"},
    {{"\x76\x2f\x31\x01", 4}, 0, "openexr"},
    {{"WEBP", 4}, 8, "webp"},
    {{"BM", 2}, 0, "bmp"},
    {{"SDPX", 4}, 0, "dpx"},
    {{"XPDS", 4}, 0, "dpx"},
    {{"8BPS", 4}, 0, "psd"},
    {{"#?RADIANCE", 10}, 0, "hdr"},
    {{"#?RGBE", 6}, 0, "hdr"},
    {{"\x80\x2a\x5f\xd7", 4}, 0, "cineon"},
    {{"\0\0\0\x0cjP  ", 8}, 0, "jpeg2000"},
    {{"\x01\xda", 2}, 0, "sgi"},
    {{"ftypheic", 8}, 4, "heif"},
    {{"ftypavif", 8}, 4, "heif"},
}};

std::string readHead(const std::filesystem::path& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return {}; // a pipe would wait for its other end
    }
    std::ifstream stream(path, std::ios::binary);
    std::string head(512, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
    return head;
}

std::string lowerExtension(const std::filesystem::path& path) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    return extension;
}

/// An animated PNG has its control chunk before the first picture data.
bool isAnimatedPng(std::string_view head) {
    return head.substr(0, head.find("IDAT")).find("acTL") != std::string_view::npos;
}

/// Which of the file's channels are shown, by index; -1: filled with 0.
struct ChannelChoice {
    ColorModel model = ColorModel::Rgb;
    std::vector<int> channels;
    bool hasAlpha = false;
};

int channelNamed(const OIIO::ImageSpec& spec, std::string_view name) {
    for (int i = 0; i < spec.nchannels; ++i) {
        const std::string& own = spec.channelnames[static_cast<std::size_t>(i)];
        if (own == name || own.ends_with("." + std::string(name))) {
            return i;
        }
    }
    return -1;
}

ChannelChoice chooseChannels(const OIIO::ImageSpec& spec) {
    const int red = channelNamed(spec, "R");
    const int green = channelNamed(spec, "G");
    const int blue = channelNamed(spec, "B");
    const int alpha = spec.alpha_channel >= 0 ? spec.alpha_channel : channelNamed(spec, "A");
    ChannelChoice choice;
    choice.hasAlpha = alpha >= 0;
    if (red >= 0 || green >= 0 || blue >= 0) {
        choice.channels = {red, green, blue};
    } else if (spec.nchannels - (choice.hasAlpha ? 1 : 0) >= 3) {
        choice.channels = {0, 1, 2};
    } else {
        choice.model = ColorModel::Gray;
        const int luma = channelNamed(spec, "Y");
        choice.channels = {luma >= 0 ? luma : alpha == 0 && spec.nchannels > 1 ? 1 : 0};
    }
    if (choice.hasAlpha) {
        choice.channels.push_back(alpha);
    }
    return choice;
}

bool isFloatSpec(const OIIO::ImageSpec& spec) {
    return spec.format.is_floating_point();
}

/// In memory: half is read as float.
long long sampleBytes(const OIIO::ImageSpec& spec) {
    return isFloatSpec(spec) ? 4 : spec.format.basesize() > 1 ? 2 : 1;
}

/// The window of the picture: EXR's display window; for all other formats just the picture.
struct Window {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

Window displayWindow(const OIIO::ImageSpec& spec) {
    if (spec.full_width > 0 && spec.full_height > 0 && isFloatSpec(spec)) {
        return {spec.full_x, spec.full_y, spec.full_width, spec.full_height};
    }
    return {spec.x, spec.y, spec.width, spec.height};
}

/// The turn that EXIF's orientation asks for.
Orientation exifOrientation(int value) {
    static constexpr std::array<Orientation, 9> turns{
        {{false, 0}, {false, 0}, {true, 0}, {false, 2}, {true, 2}, {true, 3}, {false, 1}, {true, 1}, {false, 3}}};
    return value >= 1 && value <= 8 ? turns[static_cast<std::size_t>(value)] : Orientation{};
}

Picture emptyPicture(const OIIO::ImageSpec& spec, const ChannelChoice& choice) {
    const Window window = displayWindow(spec);
    Picture picture;
    picture.width = window.width;
    picture.height = window.height;
    picture.model = choice.model;
    const bool isDeep = spec.format.basesize() > 1;
    picture.sampleType = isFloatSpec(spec) ? SampleType::Float32 : isDeep ? SampleType::Uint16 : SampleType::Uint8;
    picture.bitDepth = isFloatSpec(spec) ? 32 : isDeep ? 16 : 8;
    const bool isStraight = spec.get_int_attribute("oiio:UnassociatedAlpha") != 0;
    picture.alpha = !choice.hasAlpha ? AlphaMode::None : isStraight ? AlphaMode::Straight : AlphaMode::Premultiplied;
    picture.color = stillColor(spec);
    picture.orientation = exifOrientation(spec.get_int_attribute("Orientation", 1));
    return picture;
}

/// Takes the shown channels and the display window out of the file's interleaved samples.
template <typename Sample>
void fillPlanes(const std::vector<Sample>& samples, const OIIO::ImageSpec& spec, const ChannelChoice& choice,
                Picture& picture) {
    const Window window = displayWindow(spec);
    const int left = std::max(spec.x, window.x);
    const int right = std::min(spec.x + spec.width, window.x + window.width);
    const int top = std::max(spec.y, window.y);
    const int bottom = std::min(spec.y + spec.height, window.y + window.height);
    for (const int channel : choice.channels) {
        Plane plane{window.width, window.height, {}};
        const auto width = static_cast<std::size_t>(window.width);
        plane.samples.resize(width * static_cast<std::size_t>(window.height) * sizeof(Sample));
        auto* out = reinterpret_cast<Sample*>(plane.samples.data());
        for (int y = top; channel >= 0 && y < bottom; ++y) {
            const std::size_t row = static_cast<std::size_t>(y - spec.y) * static_cast<std::size_t>(spec.width);
            Sample* target = out + static_cast<std::size_t>(y - window.y) * width;
            for (int x = left; x < right; ++x) {
                const std::size_t pixel = row + static_cast<std::size_t>(x - spec.x);
                Sample value =
                    samples[pixel * static_cast<std::size_t>(spec.nchannels) + static_cast<std::size_t>(channel)];
                if constexpr (std::is_floating_point_v<Sample>) {
                    value = std::isfinite(value) ? value : Sample{};
                }
                target[x - window.x] = value;
            }
        }
        picture.planes.push_back(std::move(plane));
    }
}

template <typename Sample>
Result<void> readPlanes(OIIO::ImageInput& input, const OIIO::ImageSpec& spec, const ChannelChoice& choice,
                        Picture& picture) {
    const auto pixels = static_cast<std::size_t>(spec.width) * static_cast<std::size_t>(spec.height);
    std::vector<Sample> samples(pixels * static_cast<std::size_t>(spec.nchannels));
    const OIIO::TypeDesc type = OIIO::BaseTypeFromC<Sample>::value;
    if (!input.read_image(0, 0, 0, spec.nchannels, type, samples.data())) {
        return Error{ErrorCode::Damaged, {}, input.geterror()};
    }
    fillPlanes(samples, spec, choice, picture);
    return {};
}

/// What OpenImageIO opened, its first picture selected.
struct OpenStill {
    std::unique_ptr<OIIO::ImageInput> input;
    OIIO::ImageSpec spec;
    std::string format;
};

/// A display window this large, this many times larger than the picture in it, is no picture but an attack.
constexpr long long kLargeWindow = 1LL << 22;
constexpr long long kMostAround = 1024;

/// @param spec  of the file's first picture
Result<void> checkSize(const OIIO::ImageSpec& spec, const std::filesystem::path& path) {
    const Window window = displayWindow(spec);
    const auto area = [](long long width, long long height) {
        return width <= 0 || height <= 0 || width > (1 << 24) || height > (1 << 24) ? -1LL : width * height;
    };
    const long long stored = area(spec.width, spec.height);
    const long long shown = area(window.width, window.height);
    if (stored < 0 || shown < 0 || spec.nchannels < 1 || spec.depth > 1 || spec.deep) {
        return Error{ErrorCode::UnsupportedFormat, path.string(),
                     std::to_string(spec.width) + "x" + std::to_string(spec.height)};
    }
    const ChannelChoice choice = chooseChannels(spec);
    const long long bytes = sampleBytes(spec);
    const long long read = stored * spec.nchannels * bytes;
    const long long kept = shown * static_cast<long long>(choice.channels.size()) * bytes;
    const bool isAbsurd = shown > kLargeWindow && shown / kMostAround > stored;
    if (shown > kMaxPixels || read > kMaxStillBytes || kept > kMaxStillBytes || isAbsurd) {
        return Error{ErrorCode::TooLarge, path.string(),
                     std::to_string(window.width) + "x" + std::to_string(window.height)};
    }
    return {};
}

Result<OpenStill> openStill(const std::filesystem::path& path) {
    OpenStill still;
    still.format = stillFormat(path);
    if (still.format.empty()) {
        return Error{ErrorCode::UnsupportedFormat, path.string(), {}};
    }
    still.input = OIIO::ImageInput::create(still.format);
    if (!still.input) {
        const std::string detail = OIIO::geterror();
        return Error{ErrorCode::UnsupportedFormat, path.string(), still.format + ": " + detail};
    }
    OIIO::ImageSpec hints;
    hints.attribute("oiio:UnassociatedAlpha", 1); // alpha as it is stored
    if (!still.input->open(path.string(), still.spec, hints)) {
        return Error{ErrorCode::Damaged, path.string(), still.input->geterror()};
    }
    const Result<void> fits = checkSize(still.spec, path);
    return fits ? Result<OpenStill>(std::move(still)) : Result<OpenStill>(fits.error());
}

Result<PicturePtr> readPicture(OpenStill& still, const std::filesystem::path& path) {
    const ChannelChoice choice = chooseChannels(still.spec);
    Picture picture = emptyPicture(still.spec, choice);
    const Result<void> read = picture.sampleType == SampleType::Uint8
                                  ? readPlanes<std::uint8_t>(*still.input, still.spec, choice, picture)
                              : picture.sampleType == SampleType::Uint16
                                  ? readPlanes<std::uint16_t>(*still.input, still.spec, choice, picture)
                                  : readPlanes<float>(*still.input, still.spec, choice, picture);
    if (!read) {
        return Error{read.error().code, path.string(), read.error().detail};
    }
    return std::make_shared<const Picture>(std::move(picture));
}

} // namespace

std::string stillFormat(const std::filesystem::path& path) {
    const std::string head = readHead(path);
    for (const Magic& magic : kMagics) {
        if (std::string_view(head).substr(std::min(magic.offset, head.size())).starts_with(magic.bytes)) {
            return magic.format == std::string_view("png") && isAnimatedPng(head) ? std::string()
                                                                                  : std::string(magic.format);
        }
    }
    // Targa has no mark of its own, and what has one is not Targa.
    return lowerExtension(path) == ".tga" && head.size() > 18 ? "targa" : "";
}

std::optional<FrameRate> stillRate(const std::filesystem::path& path) {
    const Result<OpenStill> still = openStill(path);
    const auto rate = still ? framesPerSecond(still->spec) : std::nullopt;
    return rate && FrameRate::isValid(rate->first, rate->second) ? std::optional(FrameRate(rate->first, rate->second))
                                                                 : std::nullopt;
}

Result<PicturePtr> readStill(const std::filesystem::path& path) {
    if (const auto stamp = fileStamp(path); !stamp) {
        return stamp.error();
    }
    Result<OpenStill> still = openStill(path);
    if (!still) {
        return still.error();
    }
    try {
        return readPicture(*still, path);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory, path.string(), {}};
    }
}

Result<MediaInfo> probeStill(const std::filesystem::path& path) {
    if (const auto stamp = fileStamp(path); !stamp) {
        return stamp.error();
    }
    Result<OpenStill> still = openStill(path);
    if (!still) {
        return still.error();
    }
    const ChannelChoice choice = chooseChannels(still->spec);
    const Picture picture = emptyPicture(still->spec, choice);
    const bool isTurned = picture.orientation.quarterTurns % 2 == 1;
    VideoStreamInfo stream;
    stream.codec = still->format;
    stream.width = picture.width;
    stream.height = picture.height;
    stream.displayWidth = isTurned ? picture.height : picture.width;
    stream.displayHeight = isTurned ? picture.width : picture.height;
    stream.frameCount = 1;
    stream.isFrameCountExact = true;
    stream.pixelFormat = std::string(picture.model == ColorModel::Gray ? "gray" : "rgb") +
                         (choice.hasAlpha ? "a" : "") + (picture.sampleType == SampleType::Float32 ? "f" : "") +
                         std::to_string(picture.bitDepth);
    stream.bitDepth = picture.bitDepth;
    stream.color = picture.color;
    stream.alpha = picture.alpha;
    stream.orientation = picture.orientation;
    MediaInfo info;
    info.path = path;
    info.kind = MediaKind::Still;
    info.container = still->format;
    info.video.push_back(std::move(stream));
    return info;
}

} // namespace timeline
