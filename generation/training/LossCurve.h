#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// The loss of every step of a run, as a table and as a picture.
/// Thread: one.
class LossCurve {
public:
    void add(std::int64_t step, double seconds, double loss);

    /// A mean over the last steps; 0 before the first.
    double recent() const;
    /// Float32 [n, 3]: step, seconds, loss.
    at::Tensor values() const;
    void restore(const at::Tensor& values);

    /// <path>.csv and <path>.png, each through a rename: all losses as points, a running mean as a line, both axes
    /// logarithmic in loss and linear in steps.
    void write(const std::string& path) const;

private:
    struct Point {
        float step;
        float seconds;
        float loss;
    };
    std::vector<Point> m_points;
};

} // namespace generation
