#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <cstdint>

namespace generation {

/// Which row of a per-group parameter serves a row of tokens: a parameter [D] serves all, [1 or B, G, D] serves
/// L / G consecutive rows of each sample.
/// Thread: a value that points into the tensor it was made from.
class RowGroups {
public:
    /// parameter: float32, contiguous, or undefined (every row gets nullptr). x: [B, L, D].
    RowGroups(const at::Tensor& parameter, const at::Tensor& x) : m_rows(x.size(1)), m_width(x.size(2)) {
        if (!parameter.defined()) {
            return;
        }
        const std::int64_t groups = parameter.dim() == 1 ? 1 : parameter.size(1);
        TORCH_CHECK(parameter.is_contiguous() && parameter.scalar_type() == at::kFloat &&
                        parameter.size(-1) == m_width && groups > 0 && m_rows % groups == 0,
                    "a parameter of the wrong shape");
        m_data = parameter.data_ptr<float>();
        m_perGroup = std::max<std::int64_t>(1, m_rows / groups);
        m_sampleStride = parameter.dim() == 3 && parameter.size(0) > 1 ? groups * m_width : 0;
    }

    /// row counts over all samples: 0 to B * L - 1.
    const float* at(std::int64_t row) const {
        return m_data == nullptr ? nullptr
                                 : m_data + (row / m_rows) * m_sampleStride + (row % m_rows) / m_perGroup * m_width;
    }

private:
    const float* m_data = nullptr;
    std::int64_t m_rows;
    std::int64_t m_width;
    std::int64_t m_perGroup = 1;
    std::int64_t m_sampleStride = 0;
};

/// Spreads a [1 or B, G, D] parameter over L rows with plain tensor operations: what devices without our loops use.
inline at::Tensor spreadOverRows(const at::Tensor& parameter, std::int64_t rows) {
    if (!parameter.defined() || parameter.dim() == 1 || parameter.size(1) == 1) {
        return parameter;
    }
    return parameter.repeat_interleave(rows / parameter.size(1), 1);
}

/// Rows a thread should at least get: about 16 thousand values.
inline std::int64_t rowGrain(std::int64_t width) {
    return std::max<std::int64_t>(1, 16384 / std::max<std::int64_t>(1, width));
}

} // namespace generation
