#include "generation/training/measure/SubjectFinder.h"

#include "generation/training/measure/Rendered.h"
#include "generation/training/measure/Windows.h"
#include "generation/training/world/Dice.h"

#include <algorithm>
#include <cmath>

namespace generation::measure {

namespace {

constexpr int kStride = 7;
constexpr float kNear = 22.0F; ///< pixels: a window this near shows the subject

/// A rendered frame and where its subject is.
struct Lesson {
    world::Clip clip;
    Picture picture;
    Place place;
    bool there; ///< there is a subject, and the frame shows its middle
};

Lesson lessonOf(world::Dice& dice, world::Style style) {
    Lesson lesson;
    // Subjects as often as one another; a fifth of the frames has none.
    const auto wanted = static_cast<world::Subject>(dice.chance(0.2F) ? 0 : 1 + dice.below(10));
    do {
        lesson.clip = world::castClip(dice.next());
        lesson.clip.subject = wanted;
        world::settle(lesson.clip);
    } while (lesson.clip.subject != wanted);
    lesson.clip.style = style;
    const int number = dice.below(25);
    lesson.picture = renderedFrame(lesson.clip, number);
    lesson.place = placeOfSubject(lesson.clip, number);
    lesson.there = wanted != world::Subject::None && lesson.place.x > 0.0F && lesson.place.x < kWorkWidth &&
                   lesson.place.y > 0.0F && lesson.place.y < kWorkHeight;
    return lesson;
}

bool shows(const Lesson& lesson, float x, float y) {
    return lesson.there && std::abs(x - lesson.place.x) < kNear && std::abs(y - lesson.place.y) < kNear;
}

void add(const Sheets& sheets, int x, int y, const Lesson* seen, Examples& to) {
    to.features.push_back(windowFeatures(sheets, x - kWindow / 2, y - kWindow / 2));
    to.labels[0].push_back(seen == nullptr ? 0 : static_cast<int>(seen->clip.subject));
    to.labels[1].push_back(seen == nullptr ? 0 : 1 + static_cast<int>(seen->clip.direction));
}

void addWindows(const Lesson& lesson, const Sheets& sheets, world::Dice& dice, Examples& to) {
    for (int k = 0; lesson.there && k < 2; ++k) {
        add(sheets, std::clamp(static_cast<int>(lesson.place.x) + dice.below(9) - 4, 0, kWorkWidth - 1),
            std::clamp(static_cast<int>(lesson.place.y) + dice.below(9) - 4, 0, kWorkHeight - 1), &lesson, to);
    }
    for (int k = 0; k < 4; ++k) {
        const int x = dice.below(kWorkWidth);
        const int y = 12 + dice.below(kWorkHeight - 24);
        if (!shows(lesson, 0.6F * (static_cast<float>(x) - lesson.place.x) + lesson.place.x,
                   0.6F * (static_cast<float>(y) - lesson.place.y) + lesson.place.y)) {
            add(sheets, x, y, nullptr, to);
        }
    }
}

} // namespace

SubjectFinder SubjectFinder::learnt(const Options& options) {
    world::Dice dice(options.seed, 31);
    Examples windows{{}, {{}, {}}, {world::kCountOf<world::Subject>, 3}};
    Examples colours{{}, {{}}, {world::kCountOf<world::Colour>}};
    SubjectFinder finder;
    const RidgeClassifier::Options fit{.mixtures = 500, .penalty = 0.1, .seed = options.seed};
    for (int k = 0; k < options.frames; ++k) {
        const Lesson lesson = lessonOf(dice, options.style);
        const Sheets sheets = sheetsOf(lesson.picture);
        addWindows(lesson, sheets, dice, windows);
        for (int shot = 0; shot < 2 && lesson.there && world::isPainted(lesson.clip.subject); ++shot) {
            colours.features.push_back(colourFeatures(lesson.picture,
                                                      static_cast<int>(lesson.place.x) + dice.below(7) - 3,
                                                      static_cast<int>(lesson.place.y) + dice.below(7) - 3));
            colours.labels[0].push_back(static_cast<int>(lesson.clip.colour));
        }
        // From half on it is shown its own mistakes: what it takes for a subject where there is none.
        if (2 * k == options.frames || 4 * k == 3 * options.frames) {
            finder.m_classifier = RidgeClassifier::fitted(windows, fit);
        }
        if (2 * k > options.frames) {
            const Sighting sighting = finder.find(lesson.picture);
            if (!shows(lesson, sighting.x, sighting.y)) {
                add(sheets, static_cast<int>(sighting.x), static_cast<int>(sighting.y), nullptr, windows);
            }
        }
    }
    finder.m_classifier = RidgeClassifier::fitted(windows, fit);
    finder.m_colours = RidgeClassifier::fitted(colours, {.mixtures = 400, .penalty = 0.1, .seed = options.seed});
    return finder;
}

Sighting SubjectFinder::find(const Picture& picture) const {
    const Sheets sheets = sheetsOf(picture);
    Sighting best;
    best.score = -1e9F;
    best.peaks.fill(-1e9F);
    Features bestFeatures;
    for (int y = 14; y <= kWorkHeight - 14; y += kStride) {
        for (int x = 10; x <= kWorkWidth - 10; x += kStride) {
            const Features features = windowFeatures(sheets, x - kWindow / 2, y - kWindow / 2);
            const std::vector<float> kinds = m_classifier.scores(features, 0);
            for (std::size_t k = 0; k < best.peaks.size(); ++k) {
                best.peaks[k] = std::max(best.peaks[k], kinds[k] - kinds[0]);
            }
            const float score = *std::max_element(kinds.begin() + 1, kinds.end()) - kinds[0];
            if (score > best.score) {
                best.score = score;
                best.x = static_cast<float>(x);
                best.y = static_cast<float>(y);
                std::copy(kinds.begin(), kinds.end(), best.kinds.begin());
                bestFeatures = features;
            }
        }
    }
    const std::vector<float> directions = m_classifier.scores(bestFeatures, 1);
    best.heading = directions[2] - directions[1];
    return best;
}

std::vector<float> SubjectFinder::colourScores(const Picture& picture, const Sighting& at) const {
    return m_colours.scores(colourFeatures(picture, static_cast<int>(at.x), static_cast<int>(at.y)), 0);
}

} // namespace generation::measure
