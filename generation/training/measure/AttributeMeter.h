#pragma once

#include "generation/training/measure/Footage.h"
#include "generation/training/measure/RidgeClassifier.h"
#include "generation/training/measure/SubjectFinder.h"
#include "generation/training/world/Clip.h"

namespace generation::measure {

/// What a clip shows, as far as its pixels tell.
struct Reading {
    world::Scene scene = world::Scene::Ocean;
    world::TimeOfDay time = world::TimeOfDay::Day;
    world::Weather weather = world::Weather::Clear;
    world::Camera camera = world::Camera::Static;
    world::Subject subject = world::Subject::None;
    world::Colour colour = world::Colour::Red;            ///< of the subject, means nothing without one
    world::Direction direction = world::Direction::Right; ///< the same
    float x = 0.0F; ///< of the subject in the middle frame, pixels of the work size
    float y = 0.0F;
};

/// Reads what a clip shows from its frames alone. Learns at run time from freshly rendered clips of the film set, in
/// the style it is to read (natural ones read best); no constants come with it. Thread: immutable once learnt.
class AttributeMeter {
public:
    struct Options {
        world::Style style = world::Style::Natural;
        int stills = 1600;  ///< frames for scene, time and weather
        int clips = 600;    ///< clips for camera and subject
        int lessons = 2400; ///< frames in which the subject is learnt to be found
        std::uint64_t seed = 1;
    };
    static AttributeMeter learnt(const Options& options);

    Reading read(const Footage& footage) const;

private:
    /// What is seen of the subject over a clip.
    struct Seen {
        Features kind;
        Features direction;
        std::vector<float> colours; ///< scores by world::Colour
        float x = 0.0F;
        float y = 0.0F;
    };
    Seen look(const Footage& footage, const Features& camera) const;
    void learnStills(const Options& options);
    void learnClips(const Options& options);

    RidgeClassifier m_stills; ///< heads: scene, time, weather
    RidgeClassifier m_camera;
    RidgeClassifier m_subject;
    RidgeClassifier m_direction; ///< of clips with a subject
    SubjectFinder m_finder;
};

} // namespace generation::measure
