#include "generation/training/measure/StillFeatures.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace generation::measure {

namespace {

constexpr int kBins = 8;

/// Luma, red against green, yellow against blue: colours apart from brightness.
struct Opponent {
    Image luma;
    Image redGreen;
    Image yellowBlue;
};

Opponent opponentOf(const Picture& picture) {
    Opponent o{picture.luma(), picture.red, picture.red};
    for (std::size_t i = 0; i < o.luma.values.size(); ++i) {
        const float r = picture.red.values[i];
        const float g = picture.green.values[i];
        const float b = picture.blue.values[i];
        o.redGreen.values[i] = r - g;
        o.yellowBlue.values[i] = 0.5F * (r + g) - b;
    }
    return o;
}

/// Mean, spread and tails of some numbers.
void addMoments(const std::vector<float>& values, Features& to) {
    double sum = 0.0;
    double squares = 0.0;
    for (const float value : values) {
        sum += value;
        squares += static_cast<double>(value) * value;
    }
    const double mean = sum / static_cast<double>(values.size());
    to.push_back(static_cast<float>(mean));
    to.push_back(
        static_cast<float>(std::sqrt(std::max(0.0, squares / static_cast<double>(values.size()) - mean * mean))));
    std::vector<float> sorted = values;
    for (const double share : {0.02, 0.25, 0.75, 0.98}) {
        const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
        std::nth_element(sorted.begin(), nth, sorted.end());
        to.push_back(*nth);
    }
}

std::vector<float> saturationOf(const Picture& picture) {
    std::vector<float> saturation(picture.red.values.size());
    for (std::size_t i = 0; i < saturation.size(); ++i) {
        const auto [low, high] = std::minmax({picture.red.values[i], picture.green.values[i], picture.blue.values[i]});
        saturation[i] = high - low;
    }
    return saturation;
}

/// Shares of twelve hues, weighted by saturation, and of eight tones.
void addHistograms(const Picture& picture, const Image& luma, Features& to) {
    std::array<float, 12> hues{};
    std::array<float, kBins> tones{};
    for (std::size_t i = 0; i < luma.values.size(); ++i) {
        const float r = picture.red.values[i];
        const float g = picture.green.values[i];
        const float b = picture.blue.values[i];
        const auto [low, high] = std::minmax({r, g, b});
        const float range = high - low;
        if (range > 0.02F) {
            const float sector = high == r   ? (g - b) / range
                                 : high == g ? 2.0F + (b - r) / range
                                             : 4.0F + (r - g) / range;
            const float hue = (sector < 0.0F ? sector + 6.0F : sector) * 2.0F;
            hues[static_cast<std::size_t>(hue) % hues.size()] += range;
        }
        tones[static_cast<std::size_t>(std::clamp(luma.values[i] * kBins, 0.0F, kBins - 1.0F))] += 1.0F;
    }
    const float share = 1.0F / static_cast<float>(luma.values.size());
    for (const float hue : hues) {
        to.push_back(std::sqrt(hue * share));
    }
    for (const float tone : tones) {
        to.push_back(std::sqrt(tone * share));
    }
}

/// Edges of a part of the picture: their mean, tails, directions and how alone they stand.
struct Part {
    int left;
    int top;
    int right;
    int bottom;
};

void addEdges(const Image& luma, const Part& part, bool directions, Features& to) {
    std::array<float, kBins> turned{};
    double sum = 0.0;
    double fine = 0.0;
    double flat = 0.0;
    double strong = 0.0;
    for (int y = part.top; y < part.bottom; ++y) {
        for (int x = part.left; x < part.right; ++x) {
            const float dx = luma.near(x + 1, y) - luma.near(x - 1, y);
            const float dy = luma.near(x, y + 1) - luma.near(x, y - 1);
            const float size = std::sqrt(dx * dx + dy * dy);
            const float rough = luma.at(x, y) - 0.25F * (luma.near(x + 1, y) + luma.near(x - 1, y) +
                                                         luma.near(x, y + 1) + luma.near(x, y - 1));
            sum += size;
            fine += std::abs(rough);
            flat += size < 0.004F ? 1.0 : 0.0;
            strong += size > 0.25F ? 1.0 : 0.0;
            if (directions && size > 0.01F) {
                const float angle = std::atan2(dy, dx) * 0.31830989F; // -1 to 1, in half turns
                const float bin = (angle < 0.0F ? angle + 1.0F : angle) * kBins;
                turned[static_cast<std::size_t>(bin) % kBins] += size;
            }
        }
    }
    const double share = 1.0 / ((part.right - part.left) * (part.bottom - part.top));
    for (const double value : {sum * share, fine * share, strong * share}) {
        to.push_back(static_cast<float>(std::sqrt(value)));
    }
    to.push_back(static_cast<float>(flat * share));
    if (directions) {
        for (const float bin : turned) {
            to.push_back(bin / static_cast<float>(sum + 1e-3));
        }
    }
}

/// How much larger steps between columns (rows) of one phase of four are than the others': blocks of four pixels.
void addBlocks(const Image& luma, Features& to) {
    std::array<double, 4> columns{};
    std::array<double, 4> rows{};
    for (int y = 1; y < luma.height; ++y) {
        for (int x = 1; x < luma.width; ++x) {
            columns[static_cast<std::size_t>(x % 4)] += std::abs(luma.at(x, y) - luma.at(x - 1, y));
            rows[static_cast<std::size_t>(y % 4)] += std::abs(luma.at(x, y) - luma.at(x, y - 1));
        }
    }
    for (const std::array<double, 4>& phases : {columns, rows}) {
        const double all = phases[0] + phases[1] + phases[2] + phases[3];
        to.push_back(static_cast<float>(*std::max_element(phases.begin(), phases.end()) / (all + 1e-3)));
    }
}

/// Likeness of the picture to itself a few pixels away, diagonally and straight: dots, hatching, leads.
void addPeriods(const Image& luma, Features& to) {
    constexpr std::array<std::array<int, 2>, 10> shifts{
        {{2, 2}, {3, 3}, {4, 4}, {2, -2}, {3, -3}, {4, 0}, {6, 0}, {0, 4}, {0, 6}, {5, 5}}};
    std::vector<float> high(luma.values.size());
    double energy = 1e-4 * static_cast<double>(high.size());
    for (int y = 0; y < luma.height; ++y) {
        for (int x = 0; x < luma.width; ++x) {
            const float mean =
                0.25F * (luma.near(x - 3, y) + luma.near(x + 3, y) + luma.near(x, y - 3) + luma.near(x, y + 3));
            const float value = luma.at(x, y) - mean;
            high[static_cast<std::size_t>(y) * static_cast<std::size_t>(luma.width) + static_cast<std::size_t>(x)] =
                value;
            energy += static_cast<double>(value) * value;
        }
    }
    for (const auto& shift : shifts) {
        double sum = 0.0;
        for (int y = 6; y < luma.height - 6; ++y) {
            const float* row = high.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(luma.width);
            const float* other = row + shift[1] * luma.width + shift[0];
            for (int x = 6; x < luma.width - 6; ++x) {
                sum += static_cast<double>(row[x]) * other[x];
            }
        }
        to.push_back(static_cast<float>(sum / energy));
    }
}

/// Brightness and colour of the outermost pixels and of the corners against the middle.
void addBorder(const Opponent& o, Features& to) {
    const int w = o.luma.width;
    const int h = o.luma.height;
    for (const Image* image : {&o.luma, &o.redGreen, &o.yellowBlue}) {
        double edge = 0.0;
        for (int x = 0; x < w; ++x) {
            edge += image->at(x, 0) + image->at(x, h - 1);
        }
        for (int y = 0; y < h; ++y) {
            edge += image->at(0, y) + image->at(w - 1, y);
        }
        to.push_back(static_cast<float>(edge / (2.0 * (w + h))));
    }
    const Image small = resized(o.luma, 8, 8);
    const float corners = small.at(0, 0) + small.at(7, 0) + small.at(0, 7) + small.at(7, 7);
    const float sides = small.at(3, 0) + small.at(4, 7) + small.at(3, 7) + small.at(4, 0);
    to.push_back((corners - sides) / (sides + 0.2F));
}

/// How many different colours there are, and how many pixels equal their neighbours to the last bit or nearly.
void addSteps(const Picture& picture, Features& to) {
    std::array<bool, 4096> seen{};
    int colours = 0;
    int equal = 0;
    for (std::size_t i = 0; i < picture.red.values.size(); ++i) {
        const auto step = [](float value) { return static_cast<std::size_t>(std::clamp(value * 15.99F, 0.0F, 15.0F)); };
        const std::size_t code =
            step(picture.red.values[i]) * 256 + step(picture.green.values[i]) * 16 + step(picture.blue.values[i]);
        colours += seen[code] ? 0 : 1;
        seen[code] = true;
        equal += i > 0 && std::abs(picture.green.values[i] - picture.green.values[i - 1]) < 0.002F ? 1 : 0;
    }
    to.push_back(std::sqrt(static_cast<float>(colours)) * 0.05F);
    to.push_back(static_cast<float>(equal) / static_cast<float>(picture.red.values.size()));
}

void addGrid(const Image& image, int columns, int rows, Features& to) {
    const Image small = resized(image, columns, rows);
    to.insert(to.end(), small.values.begin(), small.values.end());
}

/// What has changed by the next frame, above and below: how much, brighter or darker, in points or in lines.
void addChanges(const Image& luma, const Image& next, Features& to) {
    for (const int half : {0, 1}) {
        const int top = half * luma.height / 2;
        const int bottom = top + luma.height / 2;
        double change = 0.0;
        double large = 0.0;
        double down = 0.0;
        double across = 0.0;
        double cubes = 0.0;
        double squares = 0.0;
        for (int y = top + 3; y < bottom - 3; ++y) {
            for (int x = 3; x < luma.width - 3; ++x) {
                const auto step = [&](int i, int j) { return next.at(i, j) - luma.at(i, j); };
                const double here = step(x, y);
                change += std::abs(here);
                large += std::abs(here) > 0.06 ? 1.0 : 0.0;
                squares += here * here;
                cubes += here * here * here;
                down += here * step(x, y + 3);
                across += here * step(x + 3, y);
            }
        }
        const double share = 1.0 / ((bottom - top - 6.0) * (luma.width - 6.0));
        to.push_back(static_cast<float>(std::sqrt(change * share)));
        to.push_back(static_cast<float>(std::sqrt(large * share)));
        to.push_back(static_cast<float>(down / (squares + 0.05)));
        to.push_back(static_cast<float>(across / (squares + 0.05)));
        to.push_back(static_cast<float>(std::cbrt(cubes * share)));
    }
}

} // namespace

Features styleFeatures(const Picture& original) {
    const Picture picture = atWorkSize(original);
    const Opponent o = opponentOf(picture);
    Features f;
    f.reserve(128);
    addMoments(o.luma.values, f);
    addMoments(o.redGreen.values, f);
    addMoments(o.yellowBlue.values, f);
    addMoments(saturationOf(picture), f);
    addHistograms(picture, o.luma, f);
    addEdges(o.luma, {0, 0, o.luma.width, o.luma.height}, true, f);
    const Image half = resized(o.luma, o.luma.width / 2, o.luma.height / 2);
    addEdges(half, {0, 0, half.width, half.height}, true, f);
    addBlocks(o.luma, f);
    addPeriods(o.luma, f);
    addBorder(o, f);
    addSteps(picture, f);
    return f;
}

Features sceneFeatures(const Picture& original, const Picture& following) {
    const Picture picture = atWorkSize(original);
    const Image next = atWorkSize(following).luma();
    const Opponent o = opponentOf(picture);
    Features f = styleFeatures(picture);
    addGrid(o.luma, 6, 10, f);
    addGrid(o.redGreen, 4, 10, f);
    addGrid(o.yellowBlue, 4, 10, f);
    for (int row = 0; row < 8; ++row) {
        for (int column = 0; column < 3; ++column) {
            const int left = column * o.luma.width / 3;
            const int right = (column + 1) * o.luma.width / 3;
            addEdges(o.luma, {left, row * 16, right, row * 16 + 16}, column == 1, f);
        }
    }
    addChanges(o.luma, next, f);
    return f;
}

} // namespace generation::measure
