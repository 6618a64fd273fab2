#pragma once

#include "timeline/base/Result.h"
#include "timeline/media/Picture.h"
#include "timeline/model/Generators.h"

#include <string>

namespace timeline {

/// Draws what is not in a file: titles in any script, plain colours, and the slate of missing media. The pictures are
/// 8 bit, sRGB, with straight alpha (titles) or none (slates), and look the same at any size.
/// Thread: any; a QGuiApplication must live (the offscreen platform will do).
class TitlePainter {
public:
    /// InvalidArgument for a size outside 1 to 16384.
    Result<PicturePtr> paint(const Title& title, int width, int height) const;
    /// @param color  "#rrggbb" or "#rrggbbaa"
    Result<PicturePtr> paintColor(const std::string& color, int width, int height) const;
    /// Dark and neutral, with the name of what is missing.
    Result<PicturePtr> paintSlate(const std::string& name, int width, int height) const;
};

} // namespace timeline
