#pragma once

#include <cstdint>
#include <vector>

namespace generation::measure {

using Features = std::vector<float>;

/// What a classifier learns from: one row of features per example, and for each question ("head") the right answer's
/// number per example.
struct Examples {
    std::vector<Features> features;
    std::vector<std::vector<int>> labels; ///< [heads][examples]
    std::vector<int> classes;             ///< answers per head
};

/// Answers several questions about a row of features: ridge regression to one-hot answers on the standardised features
/// and on random rectified mixtures of them. One linear system, solved once for all heads; nothing to tune but the
/// penalty, and the same examples give the same classifier.
/// Thread: immutable once fitted.
class RidgeClassifier {
public:
    struct Options {
        int mixtures = 500;
        double penalty = 0.3;
        std::uint64_t seed = 1;
    };

    RidgeClassifier() = default;
    static RidgeClassifier fitted(const Examples& examples, const Options& options);

    /// One score per answer, the highest is the classifier's choice; right answers tend to 1, wrong ones to 0.
    std::vector<float> scores(const Features& features, int head) const;
    int best(const Features& features, int head) const;

private:
    void standardise(const Examples& examples);
    void drawMixtures(const Options& options);
    void solveFor(const Examples& examples, double penalty);
    std::vector<float> expanded(const Features& features) const;

    std::vector<float> m_mean;
    std::vector<float> m_scale;
    std::vector<float> m_mixing;    ///< [1 + features, mixtures]: the constants first
    std::vector<float> m_weights;   ///< [answers of all heads, expanded]
    std::vector<int> m_firstAnswer; ///< of each head, and the end
};

} // namespace generation::measure
