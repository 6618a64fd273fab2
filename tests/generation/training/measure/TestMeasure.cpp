#include "generation/training/measure/ClipQuality.h"
#include "generation/training/measure/Motion.h"
#include "generation/training/measure/PerceptualHash.h"
#include "generation/training/measure/Rendered.h"
#include "generation/training/measure/RidgeClassifier.h"
#include "generation/training/world/Dice.h"

#include "tests/generation/Check.h"

#include <cmath>
#include <stdexcept>

using namespace generation;
using namespace generation::measure;
using generation::test::Checks;

namespace {

world::Clip clipOf(std::uint64_t seed) {
    world::Clip clip = world::castClip(seed);
    clip.style = world::Style::Natural;
    clip.camera = world::Camera::Static;
    return clip;
}

template <class Change>
Picture changed(Picture picture, Change change) {
    for (Image* image : {&picture.red, &picture.green, &picture.blue}) {
        for (float& value : image->values) {
            value = change(value);
        }
    }
    return picture;
}

void picturesAreResized(Checks& checks) {
    const Image ramp{4, 2, {0, 1, 2, 3, 4, 5, 6, 7}};
    const Image half = resized(ramp, 2, 1);
    CHECK(checks,
          half.values.size() == 2 && std::abs(half.at(0, 0) - 2.5F) < 1e-6F && std::abs(half.at(1, 0) - 4.5F) < 1e-6F);
    const Image third = resized(Image{3, 1, {0, 3, 6}}, 2, 1);
    CHECK(checks, std::abs(third.at(0, 0) - 1.0F) < 1e-6F && std::abs(third.at(1, 0) - 5.0F) < 1e-6F);
    CHECK_EQUAL(checks, resized(ramp, 8, 4).at(7, 3), 7.0F);
    const std::vector<std::uint8_t> bytes(3 * 64, 255);
    CHECK_EQUAL(checks, footageOf(bytes.data(), {1, 8, 8}).front().green.at(3, 3), 1.0F);
    CHECK_THROWS(checks, footageOf(bytes.data(), {0, 8, 8}), std::invalid_argument);
}

void copiesAreFound(Checks& checks) {
    int closest = 256;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        const Picture picture = renderedFrame(clipOf(seed), 12);
        const PerceptualHash hash = perceptualHashOf(picture);
        CHECK_EQUAL(checks, hashDistance(hash, perceptualHashOf(picture)), 0);
        const std::size_t ones = hash.bits.count();
        CHECK(checks, ones >= 120 && ones <= 136);
        world::Dice dice(seed);
        CHECK(checks, hashDistance(hash, perceptualHashOf(changed(picture, [&](float v) {
                                       return v + dice.between(-0.03F, 0.03F);
                                   }))) <= kSameHash);
        CHECK(checks, hashDistance(hash, perceptualHashOf(changed(picture, [](float v) { return 0.1F + 0.8F * v; }))) <=
                          kSameHash);
        CHECK(checks, hashDistance(hash, perceptualHashOf(resized(picture, 150, 90))) <= kSameHash);
        CHECK(checks, hashDistance(hash, perceptualHashOf(resized(picture, 448, 256))) <= kSameHash);
        closest = std::min(closest, hashDistance(hash, perceptualHashOf(renderedFrame(clipOf(seed + 100), 12))));
    }
    std::printf("       the nearest of 12 pairs of different pictures: %d bits\n", closest);
    CHECK(checks, closest > 2 * kSameHash);
    const Picture flat = changed(renderedFrame(clipOf(1), 0), [](float) { return 0.5F; });
    CHECK(checks, perceptualHashOf(flat).quality < kLeastQuality);
}

void errorsAreMeasured(Checks& checks) {
    const Footage clip = renderedClip(clipOf(4));
    CHECK_EQUAL(checks, psnr(clip, clip), 100.0);
    Footage off = clip;
    for (Picture& picture : off) {
        picture = changed(picture, [](float v) { return v + 0.1F; });
    }
    CHECK(checks, std::abs(psnr(clip, off) - 20.0) < 1e-3);
    CHECK_THROWS(checks, psnr(clip, Footage(clip.begin(), clip.begin() + 3)), std::invalid_argument);
}

void flickerIsSeen(Checks& checks) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        world::Clip clip = clipOf(seed);
        clip.weather = world::Weather::Clear;
        const Footage calm = renderedClip(clip);
        Footage shaken = calm;
        for (std::size_t k = 0; k < shaken.size(); k += 2) {
            shaken[k] = changed(shaken[k], [](float v) { return 0.97F * v; });
        }
        CHECK(checks, flicker(calm) < 0.002);
        CHECK(checks, flicker(shaken) > 2.5 * flicker(calm) + 0.001);
        CHECK(checks, steadiness(shaken) < steadiness(calm) && steadiness(calm) < 1.0);
    }
    const Footage still(9, renderedFrame(clipOf(2), 0));
    CHECK_EQUAL(checks, steadiness(still), 1.0);
    CHECK_EQUAL(checks, flicker(still), 0.0);
}

void stutterIsNotSmooth(Checks& checks) {
    world::Clip clip = clipOf(7);
    clip.scene = world::Scene::City;
    clip.camera = world::Camera::PanRight;
    const Footage smooth = renderedClip(clip);
    Footage stuttering = smooth;
    for (std::size_t k = 1; k < stuttering.size(); k += 2) {
        stuttering[k] = stuttering[k - 1];
    }
    std::printf("       smooth %.4f, every other frame repeated %.4f\n", motionSmoothness(smooth),
                motionSmoothness(stuttering));
    CHECK(checks, motionSmoothness(smooth) > 0.8);
    CHECK(checks, motionSmoothness(stuttering) < motionSmoothness(smooth) - 0.15);
}

/// A picture moved and grown by known amounts.
void motionIsFound(Checks& checks) {
    world::Clip clip = clipOf(11);
    clip.scene = world::Scene::City;
    clip.subject = world::Subject::None;
    const Image from = renderedFrame(clip, 0).luma();
    Image moved = from;
    Image grown = from;
    for (int y = 0; y < from.height; ++y) {
        for (int x = 0; x < from.width; ++x) {
            const std::size_t at =
                static_cast<std::size_t>(y) * static_cast<std::size_t>(from.width) + static_cast<std::size_t>(x);
            moved.values[at] = from.near(x - 6, y + 4);
            grown.values[at] = from.near(static_cast<int>(std::lround(112.0 + (x - 112) / 1.05)),
                                         static_cast<int>(std::lround(64.0 + (y - 64) / 1.05)));
        }
    }
    const GlobalMotion shift = globalMotionOf(blockMotions(from, moved));
    CHECK(checks,
          std::abs(shift.x - 6.0F) < 0.5F && std::abs(shift.y + 4.0F) < 0.5F && std::abs(shift.growth) < 0.005F);
    const GlobalMotion zoom = globalMotionOf(blockMotions(from, grown));
    CHECK(checks, std::abs(zoom.growth - 0.05F) < 0.012F && std::abs(zoom.x) < 0.7F);
}

void classifiersLearn(Checks& checks) {
    // Inside or outside of a circle: no straight line tells them apart.
    world::Dice dice(5);
    Examples examples{{}, {{}}, {2}};
    Examples held = examples;
    for (int k = 0; k < 900; ++k) {
        const Features f{dice.between(-1.0F, 1.0F), dice.between(-1.0F, 1.0F), dice.unit()};
        Examples& to = k < 600 ? examples : held;
        to.features.push_back(f);
        to.labels[0].push_back(f[0] * f[0] + f[1] * f[1] < 0.5F ? 1 : 0);
    }
    const RidgeClassifier classifier = RidgeClassifier::fitted(examples, {.mixtures = 150, .penalty = 0.01});
    int right = 0;
    for (std::size_t k = 0; k < held.features.size(); ++k) {
        right += classifier.best(held.features[k], 0) == held.labels[0][k] ? 1 : 0;
    }
    CHECK(checks, right > 280);
    CHECK_THROWS(checks, RidgeClassifier::fitted({}, {}), std::invalid_argument);
}

} // namespace

int main() {
    Checks checks;
    checks.run("pictures are resized", picturesAreResized);
    checks.run("copies are found", copiesAreFound);
    checks.run("errors are measured", errorsAreMeasured);
    checks.run("flicker is seen", flickerIsSeen);
    checks.run("stutter is not smooth", stutterIsNotSmooth);
    checks.run("motion is found", motionIsFound);
    checks.run("classifiers learn", classifiersLearn);
    return checks.finish();
}
