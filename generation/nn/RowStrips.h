#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cstdint>

namespace generation {

/// Rows [B, L, D] cut into strips, each of rows that share one row of a parameter [D] or [1 or B, G, D]. A strip sums
/// the parameter's gradient for itself and the sums are added in order: the result does not depend on the number of
/// threads.
/// Thread: a value.
class RowStrips {
public:
    RowStrips(const at::Tensor& x, const at::Tensor& parameter)
        : m_batch(x.size(0)), m_groups(parameter.defined() && parameter.dim() == 3 ? parameter.size(1) : 1),
          m_groupRows(x.size(1) / m_groups), m_perGroup((m_groupRows + kRows - 1) / kRows) {}

    /// Zeros, one row for each strip and row of the parameter: [strips, width].
    at::Tensor sums(std::int64_t width) const { return at::zeros({count(), width}, at::kFloat); }

    /// body(strip, first row, end row) over all strips and threads; rows count over the batch.
    template <class Body>
    void each(const Body& body) const {
        at::parallel_for(0, count(), 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t strip = begin; strip < end; ++strip) {
                const std::int64_t group = strip / m_perGroup;
                const std::int64_t first = strip % m_perGroup * kRows;
                const std::int64_t base = group * m_groupRows;
                body(strip, base + first, base + std::min(m_groupRows, first + kRows));
            }
        });
    }

    /// What the strips summed, in the parameter's shape.
    at::Tensor total(const at::Tensor& sums, const at::Tensor& parameter) const {
        const at::Tensor groups = sums.view({m_batch, m_groups, m_perGroup, sums.size(1)}).sum(2);
        if (parameter.dim() != 3) {
            return groups.sum(0).sum(0).view(parameter.sizes());
        }
        return parameter.size(0) == m_batch ? groups : groups.sum(0, true);
    }

private:
    static constexpr std::int64_t kRows = 256;

    std::int64_t count() const { return m_batch * m_groups * m_perGroup; }

    std::int64_t m_batch;
    std::int64_t m_groups;
    std::int64_t m_groupRows;
    std::int64_t m_perGroup;
};

} // namespace generation
