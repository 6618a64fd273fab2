#include "generation/pipeline/KnownPixels.h"

#include "generation/pipeline/Control.h"

#include <ATen/ATen.h>

#include <filesystem>

#include <stdlib.h>

#include "tests/generation/pipeline/Cases.h"

using namespace generation;
using generation::test::Checks;
namespace fs = std::filesystem;

namespace {

/// Files of a case; they go away with it.
struct Inputs {
    std::string folder = (fs::temp_directory_path() / "fantascope-known-XXXXXX").string();
    Inputs() { ::mkdtemp(folder.data()); }
    ~Inputs() { fs::remove_all(folder); }
    Inputs(const Inputs&) = delete;
    Inputs& operator=(const Inputs&) = delete;

    /// Frame f is `first + f * step` everywhere.
    std::string clip(const std::string& name, int frames, int first, int step = 0) const {
        FrameSet set;
        set.frames = frames;
        set.width = 16;
        set.height = 16;
        set.fpsNumerator = 12;
        for (int f = 0; f < frames; ++f) {
            set.samples.insert(set.samples.end(), 16 * 16 * 3, static_cast<std::uint16_t>(first + f * step));
        }
        writeFrameFile(folder + "/" + name, set, Durability::Volatile);
        return folder + "/" + name;
    }
};

ShotPlan planOf(std::int64_t frames) {
    ShotPlan plan;
    plan.width = plan.height = plan.legalWidth = plan.legalHeight = 16;
    plan.frames = frames;
    plan.legalFrames = (frames + 2) / 4 * 4 + 1;
    plan.latentFrames = (plan.legalFrames - 1) / 4 + 1;
    plan.latentHeight = plan.latentWidth = 2;
    plan.fpsNumerator = 12;
    return plan;
}

int sample(const at::Tensor& video, std::int64_t frame, std::int64_t y = 0, std::int64_t x = 0) {
    return static_cast<int>(std::lround((video[0][0][frame][y][x].item<double>() + 1.0) * 32767.5));
}

/// 1 a frame that is generated, 0 one that is known, ? one that is partly.
std::string pattern(const KnownPixels& known) {
    std::string text;
    for (std::int64_t f = 0; f < known.mask.size(2); ++f) {
        const at::Tensor frame = known.mask.select(2, f);
        text += frame.eq(1.0).all().item<bool>() ? '1' : frame.eq(0.0).all().item<bool>() ? '0' : '?';
    }
    return text;
}

void framesHaveTheirPlaces(Checks& c) {
    const Inputs inputs;
    GenerateRequest request;
    request.firstFramePath = inputs.clip("first", 1, 100);
    request.known = {{inputs.clip("last", 3, 1000, 1000), 1, 1, 8}};
    KnownPixels known = gatherKnownPixels(request, planOf(9));
    CHECK_EQUAL(c, pattern(known), "011111110");
    CHECK(c, sample(known.video, 0) == 100 && sample(known.video, 8) == 2000);
    CHECK_EQUAL(c, known.video[0][1][4][3][3].item<float>(), 0.0F); // grey
    CHECK(c, known.leading() == 1 && known.stills == (std::vector<std::int64_t>{0, 8}));

    // Both ends of a bridge; the shot is shorter than what the model makes, and ends with the second clip.
    request = {};
    request.known = {{inputs.clip("a", 9, 100, 1), 4, 5, 0}, {inputs.clip("b", 3, 500, 1), 0, 2, 9}};
    known = gatherKnownPixels(request, planOf(11));
    CHECK_EQUAL(c, pattern(known), "0000011110000");
    CHECK(c, sample(known.video, 0) == 104 && sample(known.video, 4) == 108);
    CHECK(c, sample(known.video, 9) == 500 && sample(known.video, 10) == 501 && sample(known.video, 12) == 501);
    CHECK(c, known.leading() == 5 && known.stills.empty());
    // Unknown frames are filled by the nearest known one.
    const at::Tensor held = heldVideo(known);
    CHECK(c, sample(held, 5) == 108 && sample(held, 6) == 108 && sample(held, 7) == 500 && sample(held, 8) == 500);
}

void basesAreKeptOutsideWhatIsMadeAnew(Checks& c) {
    const Inputs inputs;
    GenerateRequest request;
    request.basePath = inputs.clip("base", 9, 100, 1);
    request.retake = FrameRange{3, 6};
    CHECK_EQUAL(c, pattern(gatherKnownPixels(request, planOf(9))), "000111000");
    request.retake = FrameRange{3, 7};
    CHECK_EQUAL(c, pattern(gatherKnownPixels(request, planOf(7))), "000111111"); // to the end, and beyond it

    request = {};
    request.basePath = inputs.clip("base", 9, 100, 1);
    request.placement = Placement{4, 2, 8, 10};
    KnownPixels known = gatherKnownPixels(request, planOf(9));
    CHECK(c, sample(known.video, 3, 2, 4) == 103 && known.mask[0][0][3][2][4].item<float>() == 0.0F);
    CHECK(c, known.mask[0][0][3][1][4].item<float>() == 1.0F && known.mask[0][0][3][2][12].item<float>() == 1.0F);
    CHECK(c, sample(known.video, 3, 11, 11) == 103 && known.mask[0][0][3][12][11].item<float>() == 1.0F);
    request.placement = Placement{12, 12, 100, 100}; // sticks out
    CHECK(c, gatherKnownPixels(request, planOf(9)).mask[0][0][0][15][15].item<float>() == 0.0F);

    request = {};
    request.basePath = inputs.clip("base", 9, 100, 1);
    request.maskPath = inputs.clip("mask", 9, 0, 65535 / 8);
    known = gatherKnownPixels(request, planOf(9));
    CHECK(c, known.mask[0][0][0][0][0].item<float>() == 0.0F && known.mask[0][0][8][0][0].item<float>() > 0.99F);
    request.retake = FrameRange{4, 6};
    CHECK_EQUAL(c, pattern(gatherKnownPixels(request, planOf(9))), "0000??000");
}

void givenPixelsComeBack(Checks& c) {
    const Inputs inputs;
    GenerateRequest request;
    request.basePath = inputs.clip("base", 9, 100, 1);
    request.retake = FrameRange{3, 6};
    request.known = {};
    KnownPixels known = gatherKnownPixels(request, planOf(9));
    known.mask.narrow(2, 7, 1).fill_(0.25);
    known.mask.narrow(2, 8, 1).zero_();
    known.stills = {8};
    const at::Tensor made = at::ones({1, 3, 4, 16, 16});
    const at::Tensor result = withGivenPixels(made, known, 5); // frames 5 to 8
    CHECK_EQUAL(c, sample(result, 0), 65535);
    CHECK_EQUAL(c, sample(result, 1), 106);
    CHECK(c, std::abs(sample(result, 2) - (65535 * 0.25 + 107 * 0.75)) < 2.0);
    CHECK_EQUAL(c, sample(result, 3), 65535); // a still is shown as it was made
    CHECK(c, withGivenPixels(made, known, 7).size(2) == 2);
}

void latentsAreKnownWhereAllTheirPixelsAre(Checks& c) {
    KnownPixels known;
    known.mask = at::zeros({1, 1, 13, 16, 16});
    known.mask[0][0][6][9][3] = 1.0; // one pixel of the second group
    ShotPlan plan = planOf(13);
    at::Tensor mask = latentKnownMask(known, plan);
    CHECK(c, mask.sizes() == at::IntArrayRef({1, 1, 4, 2, 2}));
    CHECK(c, mask.sum().item<float>() == 15.0F && mask[0][0][2][1][0].item<float>() == 0.0F);
    known.mask.fill_(1.0);
    known.mask.narrow(2, 12, 1).zero_();
    known.stills = {12};
    mask = latentKnownMask(known, plan);
    CHECK(c, mask.sum().item<float>() == 4.0F && mask[0][0][3][0][0].item<float>() == 1.0F);
}

void blurKeepsTheMeanAndLosesDetail(Checks& c) {
    at::Tensor video = at::zeros({1, 3, 2, 64, 64});
    video.slice(4, 0, {}, 2).fill_(1.0); // stripes
    const at::Tensor blurred = blurControl(video);
    CHECK(c, blurred.sizes() == video.sizes());
    CHECK(c, at::allclose(blurred.narrow(4, 16, 32), at::full({1, 3, 2, 64, 32}, 0.5), 0.0, 0.02));
    CHECK(c, at::allclose(blurControl(at::full({1, 3, 1, 16, 8}, 0.3)), at::full({1, 3, 1, 16, 8}, 0.3), 1e-4, 1e-4));
}

} // namespace

void knownPixelCases(Checks& checks) {
    checks.run("frames have their places", framesHaveTheirPlaces);
    checks.run("bases are kept outside what is made anew", basesAreKeptOutsideWhatIsMadeAnew);
    checks.run("given pixels come back", givenPixelsComeBack);
    checks.run("latents are known where all their pixels are", latentsAreKnownWhereAllTheirPixelsAre);
    checks.run("blur keeps the mean and loses detail", blurKeepsTheMeanAndLosesDetail);
}
