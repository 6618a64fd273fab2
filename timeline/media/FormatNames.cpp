#include "timeline/media/FormatNames.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace timeline {

namespace {

/// Names of one kind of content: FFmpeg's and OpenImageIO's, and the extensions it goes by. Words with spaces around.
struct Family {
    std::string_view formats;
    std::string_view extensions;
};

constexpr std::array<Family, 24> kFamilies{{
    {" mov ", " mp4 m4v m4a m4b mov qt 3gp 3g2 f4v insv braw cr3 heic avif "},
    {" matroska webm ", " mkv mka mks webm mk3d "},
    {" avi ", " avi divx "},
    {" mpegts ", " ts mts m2ts m2t "},
    {" mpeg mpegvideo ", " mpg mpeg vob m2v m1v dat "},
    {" ogg ", " ogg oga ogv ogx opus spx "},
    {" flac ", " flac "},
    {" wav w64 ", " wav wave bwf rf64 w64 "},
    {" aiff ", " aif aiff aifc "},
    {" mp3 ", " mp3 mp2 mpa "},
    {" aac ", " aac "},
    {" flv ", " flv "},
    {" asf ", " wmv wma asf "},
    {" mxf ", " mxf "},
    {" gif ", " gif "},
    {" png apng ", " png apng "},
    {" jpeg ", " jpg jpeg jpe jfif mpo "},
    {" tiff ", " tif tiff tx dng "},
    {" openexr ", " exr sxr mxr "},
    {" webp ", " webp "},
    {" bmp ", " bmp dib "},
    {" targa ", " tga tpic icb vda vst "},
    {" dpx cineon ", " dpx cin "},
    {" hdr ", " hdr rgbe "},
}};

std::string asWord(std::string_view text) {
    return " " + std::string(text) + " ";
}

} // namespace

bool extensionFits(const std::filesystem::path& path, const std::string& format) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    if (extension.size() < 2) {
        return true;
    }
    const std::string wanted = asWord(std::string_view(extension).substr(1));
    const std::string first = asWord(std::string_view(format).substr(0, format.find(',')));
    const auto claimed = std::find_if(kFamilies.begin(), kFamilies.end(), [&wanted](const Family& family) {
        return family.extensions.find(wanted) != std::string_view::npos;
    });
    const auto actual = std::find_if(kFamilies.begin(), kFamilies.end(), [&first](const Family& family) {
        return family.formats.find(first) != std::string_view::npos;
    });
    return claimed == kFamilies.end() || actual == kFamilies.end() || claimed == actual;
}

} // namespace timeline
