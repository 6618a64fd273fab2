#include "generation/pipeline/Pictures.h"

#include "generation/pipeline/JobError.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace generation {
namespace {

/// Covers the frame: what would stick out is cut off evenly first, so that a strip of a picture stays small.
at::Tensor covering(const at::Tensor& video, std::int64_t height, std::int64_t width) {
    const auto rows = static_cast<double>(video.size(3));
    const auto columns = static_cast<double>(video.size(4));
    const double ratio = static_cast<double>(width) / static_cast<double>(height);
    const auto within = [](double size, std::int64_t most) {
        return std::clamp<std::int64_t>(std::lround(size), 1, most);
    };
    const std::int64_t h = within(columns / ratio, video.size(3));
    const std::int64_t w = within(rows * ratio, video.size(4));
    return resized(video.narrow(3, (video.size(3) - h) / 2, h).narrow(4, (video.size(4) - w) / 2, w), height, width);
}

at::Tensor onCanvas(const at::Tensor& image, std::int64_t height, std::int64_t width) {
    const double scale = std::min(static_cast<double>(height) / static_cast<double>(image.size(3)),
                                  static_cast<double>(width) / static_cast<double>(image.size(4)));
    const std::int64_t h =
        std::clamp(static_cast<std::int64_t>(scale * static_cast<double>(image.size(3))), std::int64_t{1}, height);
    const std::int64_t w =
        std::clamp(static_cast<std::int64_t>(scale * static_cast<double>(image.size(4))), std::int64_t{1}, width);
    at::Tensor canvas = at::ones({1, 3, 1, height, width});
    canvas.narrow(3, (height - h) / 2, h).narrow(4, (width - w) / 2, w).copy_(resized(image, h, w));
    return canvas;
}

/// Repeats the right and lower edge up to the legal size.
at::Tensor padded(const at::Tensor& video, const ShotPlan& plan) {
    const std::int64_t right = plan.legalWidth - video.size(4);
    const std::int64_t below = plan.legalHeight - video.size(3);
    return right == 0 && below == 0 ? video.contiguous() : at::replication_pad3d(video, {0, right, 0, below, 0, 0});
}

/// The set's frame that shows at the time of the plan's frame `i`.
std::int64_t sourceFrame(const FrameSet& set, const ShotPlan& plan, std::int64_t i) {
    const double ratio = static_cast<double>(set.fpsNumerator) / static_cast<double>(set.fpsDenominator) *
                         static_cast<double>(plan.fpsDenominator) / static_cast<double>(plan.fpsNumerator);
    // The middle of the frame's duration; the margin keeps exact ratios from rounding down.
    const double at = (static_cast<double>(plan.firstFrame + i) + 0.5) * ratio + 1e-9;
    return static_cast<std::int64_t>(std::clamp(at, 0.0, static_cast<double>(set.frames - 1)));
}

} // namespace

FrameSet readInput(const std::string& path, std::int64_t most) {
    try {
        return readFrameFile(path, most);
    } catch (const FrameFileError& error) {
        throw JobError("bad-input", error.what());
    }
}

at::Tensor frameTensor(const FrameSet& set, std::int64_t frame) {
    const std::int64_t pixels = std::int64_t{set.width} * set.height;
    at::Tensor image = at::empty({1, 3, 1, set.height, set.width}, at::kFloat);
    float* to = image.data_ptr<float>();
    const std::uint16_t* from = set.samples.data() + frame * pixels * 3;
    for (std::int64_t p = 0; p < pixels; ++p) {
        for (std::int64_t c = 0; c < 3; ++c) {
            to[c * pixels + p] = static_cast<float>(from[p * 3 + c]) * (2.0F / 65535.0F) - 1.0F;
        }
    }
    return image;
}

at::Tensor resized(const at::Tensor& video, std::int64_t height, std::int64_t width) {
    if (video.size(3) == height && video.size(4) == width) {
        return video;
    }
    at::Tensor frames = video.squeeze(0).transpose(0, 1); // [F, 3, h, w]
    const std::int64_t lowHeight = std::min(height, video.size(3));
    const std::int64_t lowWidth = std::min(width, video.size(4));
    if (lowHeight != video.size(3) || lowWidth != video.size(4)) {
        frames = at::adaptive_avg_pool2d(frames, {lowHeight, lowWidth});
    }
    if (lowHeight != height || lowWidth != width) {
        frames = at::upsample_bilinear2d(frames, {height, width}, false);
    }
    return frames.transpose(0, 1).unsqueeze(0);
}

at::Tensor planVideo(const FrameSet& set, const ShotPlan& plan) {
    std::vector<at::Tensor> frames;
    std::int64_t last = -1;
    for (std::int64_t i = 0; i < plan.legalFrames; ++i) {
        const std::int64_t source = sourceFrame(set, plan, std::min(i, plan.frames - 1));
        if (source == last) {
            frames.push_back(frames.back());
            continue;
        }
        last = source;
        frames.push_back(planFrame(set, source, plan));
    }
    return at::cat(frames, 2);
}

at::Tensor planFrame(const FrameSet& set, std::int64_t frame, const ShotPlan& plan) {
    return padded(covering(frameTensor(set, frame), plan.height, plan.width), plan);
}

at::Tensor planImage(const FrameSet& set, const ShotPlan& plan, Fit fit) {
    return fit == Fit::Cover ? planFrame(set, 0, plan)
                             : onCanvas(frameTensor(set, 0), plan.legalHeight, plan.legalWidth);
}

FrameSet emptyResult(const ShotPlan& plan) {
    FrameSet set;
    set.width = plan.width;
    set.height = plan.height;
    set.fpsNumerator = plan.fpsNumerator;
    set.fpsDenominator = plan.fpsDenominator;
    set.samples.reserve(static_cast<std::size_t>(plan.frames) * static_cast<std::size_t>(plan.width) *
                        static_cast<std::size_t>(plan.height) * 3);
    return set;
}

void truncate(FrameSet& set, std::int64_t frames) {
    set.samples.resize(static_cast<std::size_t>(frames) * static_cast<std::size_t>(set.width) *
                       static_cast<std::size_t>(set.height) * 3);
    set.frames = frames;
}

void appendFrames(FrameSet& set, const at::Tensor& video, std::int64_t limit) {
    const std::int64_t count = std::min(video.size(2), limit - set.frames);
    if (count <= 0) {
        return;
    }
    const at::Tensor part = video.narrow(2, 0, count).narrow(3, 0, set.height).narrow(4, 0, set.width);
    const at::Tensor samples = part.squeeze(0)
                                   .to(at::kCPU, at::kFloat)
                                   .permute({1, 2, 3, 0})
                                   .add(1.0)
                                   .mul(32767.5)
                                   .round()
                                   .clamp(0.0, 65535.0)
                                   .to(at::kInt)
                                   .contiguous();
    const int* from = samples.data_ptr<int>();
    const auto size = static_cast<std::size_t>(samples.numel());
    set.samples.reserve(set.samples.size() + size);
    std::transform(from, from + size, std::back_inserter(set.samples),
                   [](int sample) { return static_cast<std::uint16_t>(sample); });
    set.frames += count;
}

} // namespace generation
