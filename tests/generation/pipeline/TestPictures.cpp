#include "generation/pipeline/LatentPreview.h"
#include "generation/pipeline/Pictures.h"

#include <ATen/ATen.h>

#include "tests/generation/pipeline/Cases.h"

using namespace generation;
using generation::test::Checks;

namespace {

/// Frames whose red is the frame's number, green the column, blue the row, in steps of 1000.
FrameSet numbered(std::int64_t frames, int width, int height, std::int64_t fps) {
    FrameSet set;
    set.frames = frames;
    set.width = width;
    set.height = height;
    set.fpsNumerator = fps;
    for (std::int64_t f = 0; f < frames; ++f) {
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                for (const std::int64_t value : {f, std::int64_t{x}, std::int64_t{y}}) {
                    set.samples.push_back(static_cast<std::uint16_t>(value * 1000));
                }
            }
        }
    }
    return set;
}

ShotPlan smallPlan() {
    ShotPlan plan;
    plan.width = 6;
    plan.height = 4;
    plan.frames = 3;
    plan.legalWidth = 8;
    plan.legalHeight = 8;
    plan.legalFrames = 5;
    plan.fpsNumerator = 12;
    plan.spatialFactor = 2;
    plan.latentChannels = 48;
    plan.latentFrames = 2;
    return plan;
}

std::int64_t sampleOf(const at::Tensor& video, std::int64_t channel, std::int64_t frame, std::int64_t y,
                      std::int64_t x) {
    return std::lround((video[0][channel][frame][y][x].item<double>() + 1.0) * 32.7675);
}

void framesComeBackExactly(Checks& c) {
    const FrameSet set = numbered(3, 6, 4, 12);
    ShotPlan plan = smallPlan();
    const at::Tensor video = planVideo(set, plan);
    CHECK(c, video.sizes() == at::IntArrayRef({1, 3, 5, 8, 8}));
    FrameSet back = emptyResult(plan);
    appendFrames(back, video.narrow(2, 0, 1), plan.frames); // in groups, as the decoder gives them, cropped
    appendFrames(back, video.narrow(2, 1, 4), plan.frames);
    CHECK(c, back == set);
    CHECK_EQUAL(c, sampleOf(video, 1, 0, 0, 7), 5); // padded by the edge
    CHECK_EQUAL(c, sampleOf(video, 2, 0, 7, 0), 3);
    CHECK_EQUAL(c, sampleOf(video, 0, 4, 0, 0), 2); // and by the last frame
}

void samplesAreClampedAndRounded(Checks& c) {
    ShotPlan plan = smallPlan();
    plan.width = plan.height = 1;
    FrameSet set = emptyResult(plan);
    at::Tensor video = at::zeros({1, 3, 1, 1, 1});
    video[0][0] = 1.5;
    video[0][1] = -3.0;
    appendFrames(set, video, 1);
    CHECK(c, set.samples == (std::vector<std::uint16_t>{65535, 0, 32768}));
}

void framesAreChosenByTime(Checks& c) {
    ShotPlan plan = smallPlan();
    plan.frames = plan.legalFrames = 5;
    const auto red = [&](const FrameSet& set) {
        std::vector<std::int64_t> numbers;
        const at::Tensor video = planVideo(set, plan);
        for (std::int64_t f = 0; f < 5; ++f) {
            numbers.push_back(sampleOf(video, 0, f, 0, 0));
        }
        return numbers;
    };
    CHECK(c, red(numbered(20, 6, 4, 24)) == (std::vector<std::int64_t>{1, 3, 5, 7, 9})); // twice the rate
    CHECK(c, red(numbered(20, 6, 4, 6)) == (std::vector<std::int64_t>{0, 0, 1, 1, 2}));  // half of it
    CHECK(c, red(numbered(2, 6, 4, 12)) == (std::vector<std::int64_t>{0, 1, 1, 1, 1}));  // too short: held
}

void picturesOfOtherShapesFit(Checks& c) {
    const ShotPlan plan = smallPlan();
    const FrameSet wide = numbered(1, 60, 4, 12);
    const at::Tensor covered = planImage(wide, plan, Fit::Cover);
    CHECK(c, covered.sizes() == at::IntArrayRef({1, 3, 1, 8, 8}));
    CHECK_EQUAL(c, sampleOf(covered, 1, 0, 0, 0), 27); // the middle six columns
    CHECK_EQUAL(c, sampleOf(covered, 1, 0, 0, 5), 32);
    const at::Tensor canvas = planImage(wide, plan, Fit::Canvas);
    CHECK_EQUAL(c, canvas[0][0][0][0][0].item<float>(), 1.0F); // white above
    CHECK(c, canvas[0][0][0][3][4].item<float>() < 0.0F);
    CHECK(c, planImage(numbered(1, 1, 1, 12), plan, Fit::Cover).sizes() == at::IntArrayRef({1, 3, 1, 8, 8}));
    // A strip of a picture is cut before it is enlarged: a panorama does not become a wall.
    CHECK(c, planImage(numbered(1, 16384, 1, 12), plan, Fit::Cover).sizes() == at::IntArrayRef({1, 3, 1, 8, 8}));
    // Shrinking averages: no sample of the source is skipped.
    const at::Tensor half = resized(frameTensor(numbered(1, 4, 2, 12), 0), 1, 2);
    CHECK(c, at::allclose(half[0][1][0][0], at::tensor({500.0F, 2500.0F}).mul(2.0 / 65535.0).sub(1.0)));
}

void previewsShowTheWholeShot(Checks& c) {
    VaeConfig config;
    config.latentChannels = 2;
    config.latentRgbFactors = {{1.0, 0.0, 0.0}, {0.0, 0.5, 0.0}};
    config.latentRgbBias = {0.0, 0.0, -1.0};
    const LatentPreview preview(config);
    CHECK(c, preview.available());
    const FrameSet picture = preview.picture(at::ones({1, 2, 2, 4, 4}), smallPlan());
    CHECK(c, picture.width == 3 && picture.height == 2 && picture.frames == 2);
    CHECK(c, picture.fpsNumerator * 3 == picture.fpsDenominator * 2 * 12); // two frames as long as three at 12 a second
    CHECK(c, picture.samples[0] == 65535 && picture.samples[1] == 49151 && picture.samples[2] == 0);
    VaeConfig unknown;
    unknown.latentChannels = 7;
    CHECK(c, !LatentPreview(unknown).available());
}

} // namespace

void pictureCases(Checks& checks) {
    checks.run("frames come back exactly", framesComeBackExactly);
    checks.run("samples are clamped and rounded", samplesAreClampedAndRounded);
    checks.run("frames are chosen by time", framesAreChosenByTime);
    checks.run("pictures of other shapes fit", picturesOfOtherShapesFit);
    checks.run("previews show the whole shot", previewsShowTheWholeShot);
}
