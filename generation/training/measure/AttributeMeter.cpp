#include "generation/training/measure/AttributeMeter.h"

#include "generation/training/measure/Motion.h"
#include "generation/training/measure/Rendered.h"
#include "generation/training/measure/StillFeatures.h"
#include "generation/training/world/Dice.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace generation::measure {

namespace {

/// castClip draws weather and camera as films have them; a classifier needs them equally often.
world::Clip evenlyCast(world::Dice& dice, world::Style style) {
    world::Clip clip = world::castClip(dice.next());
    clip.weather = dice.pick(world::weathersOf(clip.scene));
    clip.camera = static_cast<world::Camera>(dice.below(world::kCountOf<world::Camera>));
    clip.style = style;
    world::settle(clip);
    return clip;
}

void addScores(const Sighting& sighting, Features& to) {
    to.push_back(sighting.score);
    to.insert(to.end(), sighting.kinds.begin(), sighting.kinds.end());
    to.insert(to.end(), sighting.colours.begin(), sighting.colours.end());
    to.insert(to.end(), sighting.directions.begin(), sighting.directions.end());
}

/// Mean colours of the picture and of the subject's surroundings: what light a colour is seen in.
void addLight(const Picture& picture, const Sighting& at, Features& to) {
    const auto column = static_cast<int>(at.x);
    const auto row = static_cast<int>(at.y);
    for (const Image* image : {&picture.red, &picture.green, &picture.blue}) {
        const Image small = resized(*image, 1, 6);
        to.insert(to.end(), small.values.begin(), small.values.end());
        float inside = 0.0F;
        for (int y = -5; y <= 5; ++y) {
            for (int x = -5; x <= 5; ++x) {
                inside += image->near(column + x, row + y) / 121.0F;
            }
        }
        to.push_back(inside);
    }
    // The most colourful pixels near the middle, by hue: a small subject is few pixels of its window.
    std::array<float, 12> hues{};
    for (int y = -14; y <= 14; ++y) {
        for (int x = -14; x <= 14; ++x) {
            const float r = picture.red.near(column + x, row + y);
            const float g = picture.green.near(column + x, row + y);
            const float b = picture.blue.near(column + x, row + y);
            const auto [low, high] = std::minmax({r, g, b});
            const float range = high - low;
            if (range > 0.05F) {
                const float sector = high == r   ? (g - b) / range
                                     : high == g ? 2.0F + (b - r) / range
                                                 : 4.0F + (r - g) / range;
                hues[static_cast<std::size_t>((sector < 0.0F ? sector + 6.0F : sector) * 2.0F) % hues.size()] +=
                    range * range;
            }
        }
    }
    for (const float hue : hues) {
        to.push_back(std::sqrt(hue) * 0.1F);
    }
}

const Picture& frameAt(const Footage& footage, double share) {
    return footage[static_cast<std::size_t>(share * static_cast<double>(footage.size() - 1))];
}

Features stillFeaturesOf(const Footage& footage, double share) {
    const std::size_t at = std::min(static_cast<std::size_t>(share * static_cast<double>(footage.size() - 1)),
                                    footage.size() >= 2 ? footage.size() - 2 : 0U);
    return sceneFeatures(footage[at], footage[std::min(at + 1, footage.size() - 1)]);
}

} // namespace

void AttributeMeter::learnStills(const Options& options) {
    world::Dice dice(options.seed, 41);
    Examples examples;
    examples.labels.resize(3);
    examples.classes = {world::kCountOf<world::Scene>, world::kCountOf<world::TimeOfDay>,
                        world::kCountOf<world::Weather>};
    for (int k = 0; k < options.stills; ++k) {
        const world::Clip clip = evenlyCast(dice, options.style);
        const int number = dice.below(24);
        examples.features.push_back(sceneFeatures(renderedFrame(clip, number), renderedFrame(clip, number + 1)));
        examples.labels[0].push_back(static_cast<int>(clip.scene));
        examples.labels[1].push_back(static_cast<int>(clip.time));
        examples.labels[2].push_back(static_cast<int>(clip.weather));
    }
    m_stills = RidgeClassifier::fitted(examples, {.mixtures = 500, .penalty = 0.3, .seed = options.seed});
}

void AttributeMeter::learnClips(const Options& options) {
    world::Dice dice(options.seed, 42);
    const auto headed = [](int classes) {
        Examples examples;
        examples.labels.resize(1);
        examples.classes = {classes};
        return examples;
    };
    Examples camera = headed(world::kCountOf<world::Camera>);
    Examples subject = headed(world::kCountOf<world::Subject>);
    Examples colour = headed(world::kCountOf<world::Colour>);
    Examples direction = headed(world::kCountOf<world::Direction>);
    const auto add = [](Examples& to, const Features& features, int label) {
        to.features.push_back(features);
        to.labels[0].push_back(label);
    };
    for (int k = 0; k < options.clips; ++k) {
        const world::Clip clip = evenlyCast(dice, options.style);
        const Footage footage = renderedClip(clip);
        const Features moves = cameraFeatures(footage);
        add(camera, moves, static_cast<int>(clip.camera));
        Sighting middle;
        const Features features = subjectFeatures(footage, moves, middle);
        add(subject, features, static_cast<int>(clip.subject));
        if (clip.subject != world::Subject::None) {
            add(direction, features, static_cast<int>(clip.direction));
        }
        if (world::isPainted(clip.subject)) {
            add(colour, features, static_cast<int>(clip.colour));
        }
    }
    const RidgeClassifier::Options small{.mixtures = 150, .penalty = 0.5, .seed = options.seed};
    m_camera = RidgeClassifier::fitted(camera, {.mixtures = 200, .penalty = 0.1, .seed = options.seed});
    m_subject = RidgeClassifier::fitted(subject, small);
    m_colour = RidgeClassifier::fitted(colour, small);
    m_direction = RidgeClassifier::fitted(direction, small);
}

Features AttributeMeter::subjectFeatures(const Footage& footage, const Features& camera, Sighting& middle) const {
    const Sighting early = m_finder.find(frameAt(footage, 0.35));
    middle = m_finder.find(frameAt(footage, 0.5));
    const Sighting late = m_finder.find(frameAt(footage, 0.65));
    Features f;
    addScores(early, f);
    addScores(middle, f);
    addScores(late, f);
    addLight(atWorkSize(frameAt(footage, 0.5)), middle, f);
    const auto travelled = [&](const Sighting& a, const Sighting& b) {
        const float dx = b.x - a.x;
        return std::abs(dx) > 60.0F ? 0.0F : dx; // two different things were seen
    };
    f.push_back(travelled(early, middle));
    f.push_back(travelled(middle, late));
    f.push_back(travelled(early, late));
    f.push_back(camera[0]);
    f.push_back(travelled(early, late) - 1.8F * camera[0]);
    return f;
}

AttributeMeter AttributeMeter::learnt(const Options& options) {
    AttributeMeter meter;
    meter.m_finder = SubjectFinder::learnt({.frames = 2 * options.clips, .style = options.style, .seed = options.seed});
    meter.learnStills(options);
    meter.learnClips(options);
    return meter;
}

Reading AttributeMeter::read(const Footage& footage) const {
    Reading reading;
    // Three frames vote on what does not change.
    std::array<std::vector<float>, 3> votes;
    for (const double share : {0.2, 0.5, 0.8}) {
        const Features features = stillFeaturesOf(footage, share);
        for (std::size_t head = 0; head < votes.size(); ++head) {
            const std::vector<float> scores = m_stills.scores(features, static_cast<int>(head));
            votes[head].resize(scores.size());
            for (std::size_t k = 0; k < scores.size(); ++k) {
                votes[head][k] += scores[k];
            }
        }
    }
    const auto winner = [&](std::size_t head) {
        return static_cast<int>(std::max_element(votes[head].begin(), votes[head].end()) - votes[head].begin());
    };
    reading.scene = static_cast<world::Scene>(winner(0));
    reading.time = static_cast<world::TimeOfDay>(winner(1));
    reading.weather = static_cast<world::Weather>(winner(2));
    const Features moves = cameraFeatures(footage);
    reading.camera = static_cast<world::Camera>(m_camera.best(moves, 0));
    Sighting middle;
    const Features features = subjectFeatures(footage, moves, middle);
    reading.subject = static_cast<world::Subject>(m_subject.best(features, 0));
    reading.colour = static_cast<world::Colour>(m_colour.best(features, 0));
    reading.direction = static_cast<world::Direction>(m_direction.best(features, 0));
    reading.x = middle.x;
    reading.y = middle.y;
    return reading;
}

} // namespace generation::measure
