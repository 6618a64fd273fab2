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
    float score = 0.0F;            ///< how much more like a subject than like none
    float heading = 0.0F;          ///< positive: it looks to the right
    std::array<float, 11> kinds{}; ///< scores of this window, by world::Subject
    std::array<float, 11> peaks{}; ///< the best of all windows, against none
};

/// Finds the subjects of the film set in pictures: a window slides over the picture and is classified by the directions
/// of its edges and by its colours. Learns from rendered frames, whose subjects' places are known.
/// Thread: immutable once learnt.
class SubjectFinder {
public:
    struct Options {
        int frames = 2400;
        world::Style style = world::Style::Natural;
        std::uint64_t seed = 1;
    };
    static SubjectFinder learnt(const Options& options);

    /// The window most like a subject, in a picture of the work size.
    Sighting find(const Picture& picture) const;

    /// By world::Colour, of what is at the place.
    std::vector<float> colourScores(const Picture& picture, const Sighting& at) const;

private:
    RidgeClassifier m_classifier; ///< heads: kind; direction (none, left, right)
    RidgeClassifier m_colours;
};

} // namespace generation::measure
