#pragma once

#include "generation/training/measure/Footage.h"
#include "generation/training/measure/RidgeClassifier.h"
#include "generation/training/world/Attributes.h"

#include <cstdint>
#include <vector>

namespace generation::measure {

/// Tells the styles of the film set apart, and measures how far a look is from another.
///
/// The distance of two looks is the root mean square of the differences of their styleFeatures, each in units of how
/// much it varies within one style (over scenes, times and weathers). Two clips of one style are about 1.4 apart
/// whatever they show; a clip is 0 from itself. Thread: immutable once learnt.
class StyleMeter {
public:
    struct Options {
        int frames = 1300;
        std::uint64_t seed = 1;
    };
    static StyleMeter learnt(const Options& options);

    world::Style styleOf(const Picture& picture) const;
    world::Style styleOf(const Footage& footage) const;

    /// The mean features of a look: of one picture, or of all pictures of a training set.
    Features lookOf(const std::vector<Picture>& pictures) const;
    double distance(const Features& look, const Features& other) const;

private:
    RidgeClassifier m_styles;
    std::vector<float> m_spread; ///< of each feature within a style
};

} // namespace generation::measure
