#include "app/media/ImageFrom.h"

#include "timeline/render/OutputTransform.h"

namespace app {

QImage imageFrom(const timeline::FrameImage& frame) {
    const timeline::DisplayImage image = timeline::displayImage(frame);
    return QImage(image.pixels.data(), image.width, image.height, 4 * image.width, QImage::Format_RGBX8888).copy();
}

} // namespace app
