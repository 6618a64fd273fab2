#pragma once

#include "generation/training/measure/Footage.h"
#include "generation/training/measure/RidgeClassifier.h"
#include "generation/training/world/Clip.h"

#include <array>
#include <vector>

namespace generation::measure {

/// A place in a picture of the work size, and what a window around it looks like.
struct Sighting {
    float x = 0.0F; ///< of the window's middle, pixels
    float y = 0.0F;
    float score = 0.0F;                ///< how much more like a subject than like none
    std::array<float, 11> kinds{};     ///< by world::Subject
    std::array<float, 9> colours{};    ///< none, then by world::Colour
    std::array<float, 3> directions{}; ///< none, left, right
};

/// Finds the subjects of the film set in pictures: a window slides over the picture and is classified by the directions
/// of its edges and by its colours. Learns from rendered frames, whose subjects' places are known.
/// Thread: immutable once learnt.
class SubjectFinder {
public:
    struct Options {
        int frames = 1200;
        world::Style style = world::Style::Natural;
        std::uint64_t seed = 1;
    };
    static SubjectFinder learnt(const Options& options);

    /// The window most like a subject.
    Sighting find(const Picture& picture) const;

private:
    RidgeClassifier m_classifier;
};

} // namespace generation::measure
