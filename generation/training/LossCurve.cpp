#include "generation/training/LossCurve.h"

#include "generation/training/Png.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace generation {

namespace {

constexpr std::size_t kRecent = 50;
constexpr int kWidth = 640;
constexpr int kHeight = 320;
constexpr int kBorder = 12;

/// Maps values to the picture's rows.
/// Thread: a value.
struct Scale {
    double low;
    double high;

    int row(double value) const {
        const double share = (std::log(std::max(value, 1e-12)) - low) / std::max(1e-6, high - low);
        return kHeight - 1 - kBorder - static_cast<int>(std::clamp(share, 0.0, 1.0) * (kHeight - 1 - 2 * kBorder));
    }
};

void dot(Picture& picture, int x, int y, std::uint8_t shade) {
    for (int channel = 0; channel < 3; ++channel) {
        auto& value = picture.at(std::clamp(x, 0, kWidth - 1), std::clamp(y, 0, kHeight - 1), channel);
        value = std::min(value, channel == 2 && shade < 100 ? std::uint8_t{200} : shade);
    }
}

} // namespace

void LossCurve::add(std::int64_t step, double seconds, double loss) {
    m_points.push_back({static_cast<float>(step), static_cast<float>(seconds), static_cast<float>(loss)});
}

double LossCurve::recent() const {
    const std::size_t count = std::min(kRecent, m_points.size());
    double sum = 0.0;
    for (std::size_t i = m_points.size() - count; i < m_points.size(); ++i) {
        sum += static_cast<double>(m_points[i].loss);
    }
    return count == 0 ? 0.0 : sum / static_cast<double>(count);
}

at::Tensor LossCurve::values() const {
    const at::Tensor values = at::empty({static_cast<std::int64_t>(m_points.size()), 3}, at::kFloat);
    std::memcpy(values.data_ptr(), m_points.data(), m_points.size() * sizeof(Point));
    return values;
}

void LossCurve::restore(const at::Tensor& values) {
    m_points.resize(static_cast<std::size_t>(values.size(0)));
    std::memcpy(m_points.data(), values.contiguous().data_ptr(), m_points.size() * sizeof(Point));
}

void LossCurve::write(const std::string& path) const {
    std::string table = "step,seconds,loss\n";
    char line[96];
    for (const Point& point : m_points) {
        std::snprintf(line, sizeof line, "%.0f,%.2f,%.6g\n", static_cast<double>(point.step),
                      static_cast<double>(point.seconds), static_cast<double>(point.loss));
        table += line;
    }
    replaceFile(path + ".csv", table);
    if (m_points.empty()) {
        return;
    }
    const auto [least, greatest] = std::minmax_element(m_points.begin(), m_points.end(),
                                                       [](const Point& a, const Point& b) { return a.loss < b.loss; });
    const Scale scale{std::log(std::max(1e-12, static_cast<double>(least->loss))),
                      std::log(std::max(1e-12, static_cast<double>(greatest->loss)))};
    Picture picture(kWidth, kHeight);
    const double count = static_cast<double>(m_points.size());
    double mean = static_cast<double>(m_points.front().loss);
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const int x = kBorder + static_cast<int>(static_cast<double>(i) / count * (kWidth - 2 * kBorder));
        dot(picture, x, scale.row(static_cast<double>(m_points[i].loss)), 190);
        mean += (static_cast<double>(m_points[i].loss) - mean) * (i < kRecent ? 0.2 : 0.04);
        dot(picture, x, scale.row(mean), 20);
        dot(picture, x, scale.row(mean) + 1, 20);
    }
    writePng(path + ".png", picture);
}

} // namespace generation
