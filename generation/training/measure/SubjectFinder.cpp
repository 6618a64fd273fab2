#include "generation/training/measure/SubjectFinder.h"

#include "generation/training/measure/Rendered.h"
#include "generation/training/world/Dice.h"

#include <algorithm>
#include <cmath>

namespace generation::measure {

namespace {

constexpr int kWindow = 44;
constexpr int kStride = 7;
constexpr int kCells = 4;
constexpr int kBins = 8;
constexpr int kGrid = 6;

struct Drawn {
    std::array<Image, 3> colours;   ///< luma, red against green, yellow against blue
    std::array<Image, kBins> edges; ///< strength of each direction
};

Drawn drawnOf(const Picture& picture) {
    Drawn s;
    s.colours[0] = picture.luma();
    s.colours[1] = picture.red;
    s.colours[2] = picture.blue;
    const Image& luma = s.colours[0];
    for (std::size_t i = 0; i < luma.values.size(); ++i) {
        const float r = picture.red.values[i];
        const float g = picture.green.values[i];
        s.colours[1].values[i] = r - g;
        s.colours[2].values[i] = 0.5F * (r + g) - picture.blue.values[i];
    }
    for (Image& sheet : s.edges) {
        sheet = {luma.width, luma.height, std::vector<float>(luma.values.size())};
    }
    for (int y = 0; y < luma.height; ++y) {
        for (int x = 0; x < luma.width; ++x) {
            const float dx = luma.near(x + 1, y) - luma.near(x - 1, y);
            const float dy = luma.near(x, y + 1) - luma.near(x, y - 1);
            const float angle = std::atan2(dy, dx) * 0.31830989F;
            const float bin = (angle < 0.0F ? angle + 1.0F : angle) * kBins;
            s.edges[static_cast<std::size_t>(bin) % kBins]
                .values[static_cast<std::size_t>(y) * static_cast<std::size_t>(luma.width) +
                        static_cast<std::size_t>(x)] = std::sqrt(dx * dx + dy * dy);
        }
    }
    return s;
}

/// Sums of everything above and to the left, over a picture whose border goes on for half a window and more: the mean
/// of a square anywhere is four look-ups.
class Sums {
public:
    explicit Sums(const Image& image)
        : m_stride(static_cast<std::size_t>(image.width + 2 * kWindow + 1)),
          m_sums(m_stride * static_cast<std::size_t>(image.height + 2 * kWindow + 1)) {
        for (int y = 0; y < image.height + 2 * kWindow; ++y) {
            double row = 0.0;
            for (int x = 0; x < image.width + 2 * kWindow; ++x) {
                row += image.near(x - kWindow, y - kWindow);
                m_sums[at(x + 1, y + 1)] = m_sums[at(x + 1, y)] + row;
            }
        }
    }

    float mean(int left, int top, int size) const {
        const int x = left + kWindow;
        const int y = top + kWindow;
        const double sum =
            m_sums[at(x + size, y + size)] - m_sums[at(x, y + size)] - m_sums[at(x + size, y)] + m_sums[at(x, y)];
        return static_cast<float>(sum / (size * size));
    }

private:
    std::size_t at(int x, int y) const { return static_cast<std::size_t>(y) * m_stride + static_cast<std::size_t>(x); }

    std::size_t m_stride;
    std::vector<double> m_sums;
};

/// What all windows of a picture are cut from: luma and the two colour differences, then the directions of edges.
using Sheets = std::vector<Sums>;

Sheets sheetsOf(const Picture& picture) {
    const Drawn drawn = drawnOf(picture);
    Sheets sheets;
    for (const Image& image : drawn.colours) {
        sheets.emplace_back(image);
    }
    for (const Image& image : drawn.edges) {
        sheets.emplace_back(image);
    }
    return sheets;
}

Features windowFeatures(const Sheets& sheets, int left, int top) {
    Features f;
    f.reserve(kCells * kCells * kBins + 3 * kGrid * kGrid + 8);
    const int cell = kWindow / kCells;
    float strength = 0.0F;
    for (int j = 0; j < kCells; ++j) {
        for (int i = 0; i < kCells; ++i) {
            for (std::size_t bin = 0; bin < kBins; ++bin) {
                f.push_back(sheets[3 + bin].mean(left + i * cell, top + j * cell, cell));
                strength += f.back();
            }
        }
    }
    for (float& edge : f) {
        edge = std::sqrt(edge / (strength + 0.05F));
    }
    f.push_back(std::sqrt(strength));
    const int step = kWindow / kGrid;
    for (std::size_t k = 0; k < 3; ++k) {
        const float whole = sheets[k].mean(left, top, kWindow);
        f.push_back(whole);
        for (int j = 0; j < kGrid; ++j) {
            for (int i = 0; i < kGrid; ++i) {
                f.push_back(sheets[k].mean(left + i * step + 1, top + j * step + 1, step) - whole);
            }
        }
    }
    f.push_back(static_cast<float>(top) / kWorkHeight);
    return f;
}

struct Answer {
    int kind;
    int colour;
    int direction;
};

Answer answerOf(const world::Clip& clip) {
    return {static_cast<int>(clip.subject), world::isPainted(clip.subject) ? 1 + static_cast<int>(clip.colour) : 0,
            1 + static_cast<int>(clip.direction)};
}

void add(const Sheets& sheets, int centreX, int centreY, const Answer& answer, Examples& to) {
    to.features.push_back(windowFeatures(sheets, centreX - kWindow / 2, centreY - kWindow / 2));
    to.labels[0].push_back(answer.kind);
    to.labels[1].push_back(answer.colour);
    to.labels[2].push_back(answer.direction);
}

void addExamples(const world::Clip& clip, world::Dice& dice, Examples& to) {
    const int number = dice.below(25);
    const Picture picture = renderedFrame(clip, number);
    const Sheets sheets = sheetsOf(picture);
    const Place place = placeOfSubject(clip, number);
    const bool there = clip.subject != world::Subject::None && place.x > -10.0F && place.x < kWorkWidth + 10.0F;
    for (int k = 0; there && k < 2; ++k) {
        add(sheets, std::clamp(static_cast<int>(place.x) + dice.below(9) - 4, 0, kWorkWidth - 1),
            std::clamp(static_cast<int>(place.y) + dice.below(9) - 4, 0, kWorkHeight - 1), answerOf(clip), to);
    }
    for (int k = 0; k < 6; ++k) {
        const int x = dice.below(kWorkWidth);
        const int y = 12 + dice.below(kWorkHeight - 24);
        const float away =
            std::max(std::abs(static_cast<float>(x) - place.x), std::abs(static_cast<float>(y) - place.y));
        if (!there || away > 0.9F * kWindow) {
            add(sheets, x, y, {0, 0, 0}, to);
        }
    }
}

} // namespace

SubjectFinder SubjectFinder::learnt(const Options& options) {
    world::Dice dice(options.seed, 31);
    Examples examples;
    examples.labels.resize(3);
    examples.classes = {world::kCountOf<world::Subject>, 1 + world::kCountOf<world::Colour>, 3};
    for (int k = 0; k < options.frames; ++k) {
        world::Clip clip = world::castClip(dice.next());
        clip.style = options.style;
        addExamples(clip, dice, examples);
    }
    SubjectFinder finder;
    finder.m_classifier = RidgeClassifier::fitted(examples, {.mixtures = 500, .penalty = 0.2, .seed = options.seed});
    return finder;
}

Sighting SubjectFinder::find(const Picture& original) const {
    const Sheets sheets = sheetsOf(atWorkSize(original));
    Sighting best;
    best.score = -1e9F;
    for (int y = 14; y <= kWorkHeight - 14; y += kStride) {
        for (int x = 10; x <= kWorkWidth - 10; x += kStride) {
            const Features features = windowFeatures(sheets, x - kWindow / 2, y - kWindow / 2);
            const std::vector<float> kinds = m_classifier.scores(features, 0);
            const float score = *std::max_element(kinds.begin() + 1, kinds.end()) - kinds[0];
            if (score > best.score) {
                best.score = score;
                best.x = static_cast<float>(x);
                best.y = static_cast<float>(y);
                const std::vector<float> colours = m_classifier.scores(features, 1);
                const std::vector<float> directions = m_classifier.scores(features, 2);
                std::copy(kinds.begin(), kinds.end(), best.kinds.begin());
                std::copy(colours.begin(), colours.end(), best.colours.begin());
                std::copy(directions.begin(), directions.end(), best.directions.begin());
            }
        }
    }
    return best;
}

} // namespace generation::measure
