#include "generation/pipeline/LatentPreview.h"
#include "generation/pipeline/Pictures.h"
#include "generation/pipeline/ShotPreview.h"
#include "generation/pipeline/TensorFile.h"

#include <ATen/ATen.h>

#include <filesystem>
#include <fstream>
#include <map>

#include <stdlib.h>

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

/// A tiny decoder of the published layout with few channels and random weights, for latents of two channels.
void writeTinyDecoder(const std::string& path) {
    std::map<std::string, at::Tensor> tensors;
    const auto conv = [&](const std::string& name, std::vector<std::int64_t> shape, bool hasBias) {
        if (hasBias) {
            tensors[name + ".bias"] = at::zeros({shape.front()});
        }
        tensors[name + ".weight"] = at::randn(shape).mul_(0.1);
    };
    const auto blocks = [&](int first, std::int64_t n) {
        for (int i = first; i < first + 3; ++i) {
            const std::string name = "decoder." + std::to_string(i) + ".conv.";
            conv(name + "0", {n, 2 * n, 3, 3}, true);
            conv(name + "2", {n, n, 3, 3}, true);
            conv(name + "4", {n, n, 3, 3}, true);
        }
    };
    conv("decoder.1", {8, 2, 3, 3}, true);
    blocks(3, 8);
    conv("decoder.7.conv", {8, 8, 1, 1}, false);
    conv("decoder.8", {6, 8, 3, 3}, false);
    blocks(9, 6);
    conv("decoder.13.conv", {12, 6, 1, 1}, false);
    conv("decoder.14", {4, 6, 3, 3}, false);
    blocks(15, 4);
    conv("decoder.19.conv", {8, 4, 1, 1}, false);
    conv("decoder.20", {4, 4, 3, 3}, false);
    conv("decoder.22", {3, 4, 3, 3}, true);
    writeTensorFile(path, tensors, {});
}

void tinyDecodersPreviewWhileTimeAllows(Checks& c) {
    std::string folder = (std::filesystem::temp_directory_path() / "fantascope-tiny-XXXXXX").string();
    CHECK(c, ::mkdtemp(folder.data()) != nullptr);
    writeTinyDecoder(folder + "/taew2_1.safetensors");
    VaeConfig config;
    config.latentChannels = 2;
    config.latentRgbFactors = {{1.0, 0.0, 0.0}, {0.0, 0.5, 0.0}};
    ShotPlan plan = smallPlan();
    plan.width = plan.legalWidth = 30;
    plan.height = plan.legalHeight = 16;
    plan.spatialFactor = 8;
    const at::Tensor clip = at::ones({1, 2, 2, 2, 4});
    ShotPreview preview(config, folder + "/taew2_1.safetensors", referenceDevice());
    CHECK(c, preview.available());
    const FrameSet first = preview.picture(clip, plan); // tried once to learn what it costs
    CHECK(c, first.width == 15 && first.height == 8 && first.frames == 2);
    const FrameSet second = preview.picture(clip, plan); // right after it there is no time for it
    CHECK(c, second.width == 4 && second.height == 2 && second.frames == 2);
    preview.allow(1000.0);
    CHECK_EQUAL(c, preview.picture(clip, plan).width, 15);
    std::ofstream(folder + "/taew2_1.safetensors") << "garbage";
    ShotPreview broken(config, folder + "/taew2_1.safetensors", referenceDevice());
    CHECK(c, broken.available() && broken.picture(clip, plan).width == 4);
    std::filesystem::remove_all(folder);
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
    checks.run("tiny decoders preview while time allows", tinyDecodersPreviewWhileTimeAllows);
    checks.run("previews show the whole shot", previewsShowTheWholeShot);
}
