#include "generation/training/measure/StyleMeter.h"

#include "generation/training/measure/Rendered.h"
#include "generation/training/measure/StillFeatures.h"
#include "generation/training/world/Dice.h"

#include <algorithm>
#include <cmath>

namespace generation::measure {

namespace {

/// The standard deviation of each feature around the mean of its style.
std::vector<float> spreadWithin(const Examples& examples) {
    const std::size_t width = examples.features.front().size();
    const auto styles = static_cast<std::size_t>(examples.classes[0]);
    std::vector<std::vector<double>> means(styles, std::vector<double>(width));
    std::vector<double> counts(styles);
    for (std::size_t e = 0; e < examples.features.size(); ++e) {
        const auto style = static_cast<std::size_t>(examples.labels[0][e]);
        counts[style] += 1.0;
        for (std::size_t d = 0; d < width; ++d) {
            means[style][d] += examples.features[e][d];
        }
    }
    std::vector<double> squares(width);
    for (std::size_t e = 0; e < examples.features.size(); ++e) {
        const auto style = static_cast<std::size_t>(examples.labels[0][e]);
        for (std::size_t d = 0; d < width; ++d) {
            const double away = examples.features[e][d] - means[style][d] / counts[style];
            squares[d] += away * away;
        }
    }
    std::vector<float> spread;
    for (const double square : squares) {
        spread.push_back(static_cast<float>(std::sqrt(square / static_cast<double>(examples.features.size()))) + 1e-3F);
    }
    return spread;
}

} // namespace

StyleMeter StyleMeter::learnt(const Options& options) {
    world::Dice dice(options.seed, 51);
    Examples examples;
    examples.labels.resize(1);
    examples.classes = {world::kCountOf<world::Style>};
    for (int k = 0; k < options.frames; ++k) {
        world::Clip clip = world::castClip(dice.next());
        clip.style = static_cast<world::Style>(k % world::kCountOf<world::Style>);
        examples.features.push_back(styleFeatures(renderedFrame(clip, dice.below(25))));
        examples.labels[0].push_back(static_cast<int>(clip.style));
    }
    StyleMeter meter;
    meter.m_styles = RidgeClassifier::fitted(examples, {.mixtures = 400, .penalty = 0.2, .seed = options.seed});
    meter.m_spread = spreadWithin(examples);
    return meter;
}

world::Style StyleMeter::styleOf(const Picture& picture) const {
    return static_cast<world::Style>(m_styles.best(styleFeatures(picture), 0));
}

world::Style StyleMeter::styleOf(const Footage& footage) const {
    std::vector<float> votes(static_cast<std::size_t>(world::kCountOf<world::Style>));
    const std::size_t step = std::max<std::size_t>(1, footage.size() / 4);
    for (std::size_t k = step / 2; k < footage.size(); k += step) {
        const std::vector<float> scores = m_styles.scores(styleFeatures(footage[k]), 0);
        for (std::size_t s = 0; s < votes.size(); ++s) {
            votes[s] += scores[s];
        }
    }
    return static_cast<world::Style>(std::max_element(votes.begin(), votes.end()) - votes.begin());
}

Features StyleMeter::lookOf(const std::vector<Picture>& pictures) const {
    Features mean(m_spread.size());
    for (const Picture& picture : pictures) {
        const Features features = styleFeatures(picture);
        for (std::size_t d = 0; d < mean.size(); ++d) {
            mean[d] += features[d] / static_cast<float>(pictures.size());
        }
    }
    return mean;
}

double StyleMeter::distance(const Features& look, const Features& other) const {
    double sum = 0.0;
    for (std::size_t d = 0; d < m_spread.size(); ++d) {
        const double away = static_cast<double>(look[d] - other[d]) / m_spread[d];
        sum += away * away;
    }
    return std::sqrt(sum / static_cast<double>(m_spread.size()));
}

} // namespace generation::measure
