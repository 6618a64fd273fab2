// How often the meters read held-out clips of the film set right. The marks stand beside what guessing gives.
#include "generation/training/measure/AttributeMeter.h"
#include "generation/training/measure/Rendered.h"
#include "generation/training/measure/StyleMeter.h"

#include "tests/generation/Check.h"

#include <cmath>

using namespace generation;
using namespace generation::measure;
using generation::test::Checks;

namespace {

constexpr std::uint64_t kHeldOut = 0x5EED00000000U;
constexpr int kClips = 160;

/// Right answers among those asked.
struct Score {
    const char* what;
    double guess; ///< what guessing gives
    double mark;
    int right = 0;
    int asked = 0;

    void count(bool is) {
        ++asked;
        right += is ? 1 : 0;
    }
    void check(Checks& checks) const {
        const double share = static_cast<double>(right) / asked;
        std::printf("       %-10s %3d of %3d right: %.2f (guessing %.2f, mark %.2f)\n", what, right, asked, share,
                    guess, mark);
        CHECK(checks, share >= mark);
    }
};

void naturalClipsAreRead(Checks& checks) {
    const AttributeMeter meter = AttributeMeter::learnt({});
    Score scene{"scene", 1.0 / 13, 0.8};
    Score time{"time", 0.25, 0.9};
    Score weather{"weather", 0.25, 0.8};
    Score camera{"camera", 1.0 / 8, 0.9};
    Score subject{"subject", 1.0 / 11, 0.6}; // small and far ones are missed
    Score colour{"colour", 1.0 / 8, 0.8};
    Score direction{"direction", 0.5, 0.8};
    Score place{"place", 0.1, 0.8};
    for (std::uint64_t k = 0; k < kClips; ++k) {
        world::Clip clip = world::castClip(kHeldOut + k);
        clip.style = world::Style::Natural;
        const Reading reading = meter.read(renderedClip(clip));
        scene.count(reading.scene == clip.scene);
        time.count(reading.time == clip.time);
        weather.count(reading.weather == clip.weather);
        camera.count(reading.camera == clip.camera);
        subject.count(reading.subject == clip.subject);
        if (clip.subject == world::Subject::None) {
            continue;
        }
        direction.count(reading.direction == clip.direction);
        const Place at = placeOfSubject(clip, 12);
        place.count(std::abs(at.x - reading.x) < 24.0F && std::abs(at.y - reading.y) < 24.0F);
        if (isPainted(clip.subject)) {
            colour.count(reading.colour == clip.colour);
        }
    }
    for (const Score* score : {&scene, &time, &weather, &camera, &subject, &colour, &direction, &place}) {
        score->check(checks);
    }
}

void stylesAreToldApart(Checks& checks) {
    const StyleMeter meter = StyleMeter::learnt({});
    Score style{"style", 1.0 / 13, 0.9};
    Score nearer{"own look", 0.5, 0.9};
    std::vector<Features> looks;
    for (int s = 0; s < world::kCountOf<world::Style>; ++s) {
        std::vector<Picture> pictures;
        for (std::uint64_t k = 0; k < 10; ++k) {
            world::Clip clip = world::castClip(kHeldOut + 5000 + k);
            clip.style = static_cast<world::Style>(s);
            pictures.push_back(renderedFrame(clip, 12));
        }
        looks.push_back(meter.lookOf(pictures));
    }
    for (std::uint64_t k = 0; k < 260; ++k) {
        world::Clip clip = world::castClip(kHeldOut + 9000 + k);
        clip.style = static_cast<world::Style>(k % 13);
        const Picture picture = renderedFrame(clip, 7);
        style.count(meter.styleOf(picture) == clip.style);
        // A restyled clip is nearer to its own style's look than the natural clip was.
        if (clip.style != world::Style::Natural) {
            world::Clip natural = clip;
            natural.style = world::Style::Natural;
            const Features& look = looks[static_cast<std::size_t>(clip.style)];
            nearer.count(meter.distance(meter.lookOf({picture}), look) <
                         meter.distance(meter.lookOf({renderedFrame(natural, 7)}), look));
        }
    }
    style.check(checks);
    nearer.check(checks);
}

} // namespace

int main() {
    Checks checks;
    checks.run("styles are told apart", stylesAreToldApart);
    checks.run("natural clips are read", naturalClipsAreRead);
    return checks.finish();
}
