#include "timeline/media/OiioCompat.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace timeline {

namespace {

bool saysLinear(const OIIO::ImageSpec& spec) {
    // 2.x says "Linear"; 3.x "lin_rec709", "lin_rec709_scene" and the like.
    std::string name = spec.get_string_attribute("oiio:ColorSpace");
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return name.starts_with("lin") || name == "scene_linear";
}

/// Apple's and other profiles name it in ASCII or UTF-16.
bool isDisplayP3(const OIIO::ImageSpec& spec) {
    const OIIO::ParamValue* profile = spec.find_attribute("ICCProfile");
    if (profile == nullptr) {
        return false;
    }
    std::string text(static_cast<const char*>(profile->data()), profile->type().size());
    text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
    return text.find("Display P3") != std::string::npos;
}

} // namespace

ColorDescription stillColor(const OIIO::ImageSpec& spec) {
    ColorDescription color;
    color.range = ColorRange::Full;
    color.transfer = spec.format.is_floating_point() || saysLinear(spec) ? Transfer::Linear : Transfer::Srgb;
    color.primaries = isDisplayP3(spec) ? Primaries::DisplayP3 : Primaries::Bt709;
    return color;
}

void setStillColor(OIIO::ImageSpec& spec, Transfer transfer) {
    spec.attribute("oiio:ColorSpace", transfer == Transfer::Linear ? "Linear" : "sRGB"); // 3.x knows these names too
}

std::optional<std::pair<int, int>> framesPerSecond(const OIIO::ImageSpec& spec) {
    const OIIO::ParamValue* value = spec.find_attribute("FramesPerSecond");
    if (value == nullptr || value->type() != OIIO::TypeRational) {
        return std::nullopt;
    }
    const int* parts = static_cast<const int*>(value->data());
    return std::pair(parts[0], parts[1]);
}

} // namespace timeline
