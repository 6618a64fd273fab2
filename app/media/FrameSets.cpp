#include "app/media/FrameSets.h"

#include <cassert>
#include <cstring>
#include <span>

namespace app {

namespace {

std::span<const std::uint16_t> samplesAt(const generation::FrameSet& set, std::int64_t index) {
    const std::size_t count =
        std::size_t(3) * static_cast<std::size_t>(set.width) * static_cast<std::size_t>(set.height);
    return std::span(set.samples).subspan(static_cast<std::size_t>(index) * count, count);
}

timeline::PicturePtr pictureOf(std::span<const std::uint16_t> samples, int width, int height) {
    auto picture = std::make_shared<timeline::Picture>();
    picture->width = width;
    picture->height = height;
    picture->model = timeline::ColorModel::Rgb;
    picture->sampleType = timeline::SampleType::Uint16;
    picture->bitDepth = 16;
    picture->color = {.range = timeline::ColorRange::Full, .transfer = timeline::Transfer::Srgb};
    const std::size_t count = samples.size() / 3;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        timeline::Plane plane{width, height, std::vector<std::byte>(count * sizeof(std::uint16_t))};
        for (std::size_t i = 0; i < count; ++i) {
            std::memcpy(plane.samples.data() + i * sizeof(std::uint16_t), &samples[3 * i + channel],
                        sizeof(std::uint16_t));
        }
        picture->planes.push_back(std::move(plane));
    }
    return picture;
}

} // namespace

void appendFrame(generation::FrameSet& set, const timeline::CodedFrame& frame) {
    assert(frame.width == set.width && frame.height == set.height);
    const auto channels = static_cast<std::size_t>(frame.channels);
    for (std::size_t i = 0; i < frame.samples.size(); i += channels) {
        set.samples.insert(set.samples.end(), frame.samples.begin() + static_cast<std::ptrdiff_t>(i),
                           frame.samples.begin() + static_cast<std::ptrdiff_t>(i + 3));
    }
    ++set.frames;
}

timeline::CodedFrame frameAt(const generation::FrameSet& set, std::int64_t index) {
    const auto samples = samplesAt(set, index);
    return {set.width, set.height, 3, std::vector<std::uint16_t>(samples.begin(), samples.end())};
}

std::vector<timeline::PicturePtr> picturesOf(const generation::FrameSet& set) {
    std::vector<timeline::PicturePtr> pictures;
    for (std::int64_t i = 0; i < set.frames; ++i) {
        pictures.push_back(pictureOf(samplesAt(set, i), set.width, set.height));
    }
    return pictures;
}

} // namespace app
