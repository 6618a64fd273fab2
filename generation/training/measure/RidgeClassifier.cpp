#include "generation/training/measure/RidgeClassifier.h"

#include "generation/training/world/Dice.h"
#include "generation/training/world/Shading.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace generation::measure {

namespace {

constexpr float kLimit = 4.0F; ///< standard deviations

FILM_LOOP void addOuter(double* __restrict row, const float* __restrict values, int count, double factor) {
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        row[i] += factor * static_cast<double>(values[i]);
    }
}

FILM_LOOP void addMixing(float* __restrict to, const float* __restrict from, int count, float factor) {
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        to[i] += factor * from[i];
    }
}

FILM_LOOP void addScaled(double* __restrict to, const double* __restrict from, int count, double factor) {
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        to[i] += factor * from[i];
    }
}

/// Solves A X = B for a symmetric positive A, in place: the upper half of A is replaced by its factor, B by X.
/// a: [n, n], b: [n, columns].
void solve(std::vector<double>& a, std::vector<double>& b, int n, int columns) {
    const auto at = [n](int i, int j) {
        return static_cast<std::size_t>(i) * static_cast<std::size_t>(n) + static_cast<std::size_t>(j);
    };
    const auto row = [&](int i) { return b.data() + static_cast<std::size_t>(i) * static_cast<std::size_t>(columns); };
    // A = U^T U by rows of U, then U^T Y = B and U X = Y.
    for (int k = 0; k < n; ++k) {
        if (!(a[at(k, k)] > 0.0)) {
            throw std::domain_error("measure: examples that say nothing");
        }
        const double inverse = 1.0 / std::sqrt(a[at(k, k)]);
        for (int j = k; j < n; ++j) {
            a[at(k, j)] *= inverse;
        }
        for (int i = k + 1; i < n; ++i) {
            addScaled(&a[at(i, i)], &a[at(k, i)], n - i, -a[at(k, i)]);
        }
    }
    for (int k = 0; k < n; ++k) {
        for (int c = 0; c < columns; ++c) {
            row(k)[c] /= a[at(k, k)];
        }
        for (int i = k + 1; i < n; ++i) {
            addScaled(row(i), row(k), columns, -a[at(k, i)]);
        }
    }
    for (int k = n - 1; k >= 0; --k) {
        for (int j = k + 1; j < n; ++j) {
            addScaled(row(k), row(j), columns, -a[at(k, j)]);
        }
        for (int c = 0; c < columns; ++c) {
            row(k)[c] /= a[at(k, k)];
        }
    }
}

/// Close to normal: the sum of four even ones, of variance 1.
float normal(world::Dice& dice) {
    return (dice.unit() + dice.unit() + dice.unit() + dice.unit() - 2.0F) * 1.7320508F;
}

} // namespace

void RidgeClassifier::standardise(const Examples& examples) {
    const std::size_t width = examples.features.front().size();
    const auto count = static_cast<double>(examples.features.size());
    for (std::size_t d = 0; d < width; ++d) {
        double sum = 0.0;
        double squares = 0.0;
        for (const Features& row : examples.features) {
            sum += row[d];
            squares += static_cast<double>(row[d]) * row[d];
        }
        const double mean = sum / count;
        m_mean.push_back(static_cast<float>(mean));
        m_scale.push_back(static_cast<float>(1.0 / std::sqrt(std::max(squares / count - mean * mean, 1e-8))));
    }
}

void RidgeClassifier::drawMixtures(const Options& options) {
    world::Dice dice(options.seed, 77);
    const std::size_t width = m_mean.size();
    const float share = 1.4F / std::sqrt(static_cast<float>(width));
    m_mixing.resize(static_cast<std::size_t>(options.mixtures) * (width + 1));
    for (std::size_t k = 0; k < m_mixing.size(); ++k) {
        m_mixing[k] = (k < static_cast<std::size_t>(options.mixtures) ? 0.7F : share) * normal(dice);
    }
}

RidgeClassifier RidgeClassifier::fitted(const Examples& examples, const Options& options) {
    if (examples.features.size() < 2 || examples.labels.size() != examples.classes.size()) {
        throw std::invalid_argument("measure: a classifier needs examples");
    }
    RidgeClassifier fit;
    fit.standardise(examples);
    fit.drawMixtures(options);
    int answers = 0;
    for (const int classes : examples.classes) {
        fit.m_firstAnswer.push_back(answers);
        answers += classes;
    }
    fit.m_firstAnswer.push_back(answers);
    fit.solveFor(examples, options.penalty);
    return fit;
}

void RidgeClassifier::solveFor(const Examples& examples, double penalty) {
    const std::size_t n = m_mean.size() + m_mixing.size() / (m_mean.size() + 1) + 1;
    const auto answers = static_cast<std::size_t>(m_firstAnswer.back());
    std::vector<double> gram(n * n); // its upper half
    std::vector<double> right(n * answers);
    for (std::size_t e = 0; e < examples.features.size(); ++e) {
        const std::vector<float> row = expanded(examples.features[e]);
        for (std::size_t i = 0; i < n; ++i) {
            if (row[i] != 0.0F) {
                addOuter(&gram[i * n + i], row.data() + i, static_cast<int>(n - i), row[i]);
            }
            for (std::size_t head = 0; head < examples.labels.size(); ++head) {
                right[i * answers + static_cast<std::size_t>(m_firstAnswer[head] + examples.labels[head][e])] += row[i];
            }
        }
    }
    // The constant, last, is not held back.
    const double ridge = 0.01 * penalty * static_cast<double>(examples.features.size());
    for (std::size_t i = 0; i < n; ++i) {
        gram[i * n + i] += i + 1 < n ? ridge + 1e-6 : 1e-6;
    }
    solve(gram, right, static_cast<int>(n), static_cast<int>(answers));
    m_weights.resize(right.size());
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < answers; ++k) {
            m_weights[k * n + i] = static_cast<float>(right[i * answers + k]);
        }
    }
}

std::vector<float> RidgeClassifier::expanded(const Features& features) const {
    const std::size_t width = m_mean.size();
    const std::size_t mixtures = m_mixing.size() / (width + 1);
    std::vector<float> row(width + mixtures + 1);
    float* mixed = row.data() + width;
    std::copy_n(m_mixing.begin(), mixtures, mixed);
    for (std::size_t d = 0; d < width; ++d) {
        row[d] = std::clamp((features[d] - m_mean[d]) * m_scale[d], -kLimit, kLimit);
        addMixing(mixed, m_mixing.data() + (d + 1) * mixtures, static_cast<int>(mixtures), row[d]);
    }
    for (std::size_t k = 0; k < mixtures; ++k) {
        mixed[k] = std::max(mixed[k], 0.0F);
    }
    row.back() = 1.0F;
    return row;
}

std::vector<float> RidgeClassifier::scores(const Features& features, int head) const {
    const std::vector<float> row = expanded(features);
    const int first = m_firstAnswer[static_cast<std::size_t>(head)];
    const int last = m_firstAnswer[static_cast<std::size_t>(head) + 1];
    std::vector<float> result;
    for (int answer = first; answer < last; ++answer) {
        const float* weights = m_weights.data() + static_cast<std::size_t>(answer) * row.size();
        float sum = 0.0F;
        for (std::size_t i = 0; i < row.size(); ++i) {
            sum += weights[i] * row[i];
        }
        result.push_back(sum);
    }
    return result;
}

int RidgeClassifier::best(const Features& features, int head) const {
    const std::vector<float> all = scores(features, head);
    return static_cast<int>(std::max_element(all.begin(), all.end()) - all.begin());
}

} // namespace generation::measure
