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

/// castClip draws weather, camera and subjects as films have them; a classifier needs the rare ones more often.
world::Clip evenlyCast(world::Dice& dice, world::Style style) {
    world::Clip clip = world::castClip(dice.next());
    clip.weather = dice.pick(world::weathersOf(clip.scene));
    clip.camera = static_cast<world::Camera>(dice.below(world::kCountOf<world::Camera>));
    if (clip.subject == world::Subject::None && dice.chance(0.5F)) {
        clip.subject = dice.pick(world::subjectsOf(clip.scene));
    }
    clip.style = style;
    world::settle(clip);
    return clip;
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
        const Seen seen = look(footage, moves);
        add(subject, seen.kind, static_cast<int>(clip.subject));
        if (clip.subject != world::Subject::None) {
            add(direction, seen.direction, static_cast<int>(clip.direction));
        }
    }
    const RidgeClassifier::Options small{.mixtures = 150, .penalty = 0.5, .seed = options.seed};
    m_camera = RidgeClassifier::fitted(camera, {.mixtures = 200, .penalty = 0.1, .seed = options.seed});
    m_subject = RidgeClassifier::fitted(subject, small);
    m_direction = RidgeClassifier::fitted(direction, small);
}

AttributeMeter::Seen AttributeMeter::look(const Footage& footage, const Features& camera) const {
    Seen seen;
    std::array<Sighting, 3> sightings;
    std::array<float, 11> sum{};
    seen.colours.resize(static_cast<std::size_t>(world::kCountOf<world::Colour>));
    for (std::size_t k = 0; k < sightings.size(); ++k) {
        const Picture picture = atWorkSize(frameAt(footage, 0.3 + 0.2 * static_cast<double>(k)));
        sightings[k] = m_finder.find(picture);
        const std::vector<float> colours = m_finder.colourScores(picture, sightings[k]);
        for (std::size_t c = 0; c < colours.size(); ++c) {
            seen.colours[c] += colours[c];
        }
        for (std::size_t kind = 0; kind < sum.size(); ++kind) {
            sum[kind] += sightings[k].kinds[kind];
            seen.kind.push_back(sightings[k].peaks[kind]);
        }
        seen.kind.push_back(sightings[k].score);
    }
    seen.kind.insert(seen.kind.end(), sum.begin(), sum.end());
    const auto travelled = [](const Sighting& a, const Sighting& b) {
        const float dx = b.x - a.x;
        return std::abs(dx) > 50.0F ? 0.0F : dx; // two different things were seen
    };
    const float way = travelled(sightings[0], sightings[2]);
    const float heading = sightings[0].heading + sightings[1].heading + sightings[2].heading;
    seen.direction = {heading,
                      heading > 0.0F ? 1.0F : -1.0F,
                      way,
                      way - 2.4F * camera[0],
                      camera[0],
                      travelled(sightings[0], sightings[1]),
                      travelled(sightings[1], sightings[2])};
    seen.direction.insert(seen.direction.end(), sum.begin(), sum.end());
    seen.x = sightings[1].x;
    seen.y = sightings[1].y;
    return seen;
}

AttributeMeter AttributeMeter::learnt(const Options& options) {
    AttributeMeter meter;
    meter.m_finder = SubjectFinder::learnt({.frames = options.lessons, .style = options.style, .seed = options.seed});
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
    const Seen seen = look(footage, moves);
    reading.subject = static_cast<world::Subject>(m_subject.best(seen.kind, 0));
    reading.direction = static_cast<world::Direction>(m_direction.best(seen.direction, 0));
    reading.colour =
        static_cast<world::Colour>(std::max_element(seen.colours.begin(), seen.colours.end()) - seen.colours.begin());
    reading.x = seen.x;
    reading.y = seen.y;
    return reading;
}

} // namespace generation::measure
