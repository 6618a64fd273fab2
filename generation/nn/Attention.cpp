#include "generation/nn/Attention.h"

#include "generation/device/Compat.h"
#include "generation/nn/Kernels.h"
#include "generation/nn/RowGroups.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

namespace generation {

namespace {

constexpr std::int64_t kScoreBytes = std::int64_t{64} << 20U;

/// scores [.., m] become softmax(scale * scores) in place.
void softmaxInPlace(at::Tensor& scores, double scale) {
    const bool isFloat = scores.scalar_type() == at::kFloat;
    if (!scores.is_cpu() || (!isFloat && scores.scalar_type() != at::kBFloat16)) {
        scores = at::softmax(scores.to(at::kFloat) * scale, -1).to(scores.scalar_type());
        return;
    }
    const std::int64_t width = scores.size(-1);
    at::parallel_for(0, scores.numel() / width, rowGrain(width), [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
            if (isFloat) {
                kernels::softmax(width, static_cast<float>(scale), scores.data_ptr<float>() + row * width);
            } else {
                kernels::softmax(width, static_cast<float>(scale),
                                 static_cast<kernels::Bf16*>(scores.data_ptr()) + row * width);
            }
        }
    });
}

} // namespace

at::Tensor attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, double scale,
                     const at::Tensor& mask) {
    const std::int64_t batch = query.size(0);
    const std::int64_t heads = query.size(1);
    const std::int64_t rows = query.size(2);
    const std::int64_t headDim = query.size(3);
    const at::Tensor k = key.expand({batch, -1, -1, -1});
    const at::Tensor v = value.expand({batch, -1, -1, -1});
    if (const auto fused = compat::fusedAttention(query, k, v, mask, scale)) {
        return fused->transpose(1, 2).reshape({batch, rows, heads * headDim});
    }
    const std::int64_t columns = k.size(2);
    const at::Tensor flatQuery = query.reshape({batch * heads, rows, headDim});
    const at::Tensor flatKey = k.reshape({batch * heads, columns, headDim}).transpose(1, 2);
    const at::Tensor flatValue = v.reshape({batch * heads, columns, headDim});
    const at::Tensor out = at::empty({batch, rows, heads, headDim}, query.options());
    const std::int64_t rowBytes = batch * heads * columns * static_cast<std::int64_t>(query.element_size());
    const std::int64_t chunk =
        std::max<std::int64_t>(1, std::min(rows, kScoreBytes / std::max<std::int64_t>(1, rowBytes)));
    for (std::int64_t begin = 0; begin < rows; begin += chunk) {
        const std::int64_t end = std::min(rows, begin + chunk);
        at::Tensor scores = at::bmm(flatQuery.slice(1, begin, end), flatKey);
        if (mask.defined()) {
            const at::Tensor part = mask.size(2) == 1 ? mask : mask.slice(2, begin, end);
            const at::Tensor shaped = scores.view({batch, heads, end - begin, columns}).to(at::kFloat) * scale + part;
            scores = at::softmax(shaped, -1).to(query.scalar_type()).view({batch * heads, end - begin, columns});
        } else {
            softmaxInPlace(scores, scale);
        }
        out.slice(1, begin, end)
            .copy_(at::bmm(scores, flatValue).view({batch, heads, end - begin, headDim}).transpose(1, 2));
    }
    return out.view({batch, rows, heads * headDim});
}

} // namespace generation
