#include "generation/nn/Attention.h"

#include "generation/device/Compat.h"
#include "generation/nn/Gradients.h"
#include "generation/nn/Kernels.h"
#include "generation/nn/Recording.h"
#include "generation/nn/RowGroups.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <optional>

namespace generation {

namespace {

/// Query rows that share one pass over the keys; fewer make matrix products of poor shape.
constexpr std::int64_t kGoodRows = 256;

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

/// All heads of all samples in one row: query [B H, n, d], key [B H, d, m], value [B H, m, d].
struct Flat {
    at::Tensor query, key, value;
    double scale;

    std::int64_t scoreRowBytes() const { return key.size(2) * static_cast<std::int64_t>(query.element_size()); }
};

/// Some heads at a time, and some query rows of them, so that both the scores and the products are of a good size.
/// out [B, n, H, d].
void plainAttention(const Flat& flat, const at::Tensor& out) {
    const std::int64_t count = flat.query.size(0);
    const std::int64_t rows = flat.query.size(1);
    const std::int64_t most = std::max<std::int64_t>(1, kScoreBytes / flat.scoreRowBytes()); // rows of one head
    const std::int64_t together = std::clamp<std::int64_t>(most / std::min(rows, kGoodRows), 1, count);
    const std::int64_t chunk = std::clamp<std::int64_t>(most / together, 1, rows);
    const at::Tensor places = out.transpose(1, 2); // [B, H, n, d]
    const std::int64_t heads = places.size(1);
    for (std::int64_t head = 0; head < count; head += together) {
        const std::int64_t lastHead = std::min(count, head + together);
        const at::Tensor key = flat.key.slice(0, head, lastHead);
        const at::Tensor value = flat.value.slice(0, head, lastHead);
        for (std::int64_t begin = 0; begin < rows; begin += chunk) {
            const std::int64_t end = std::min(rows, begin + chunk);
            at::Tensor scores = at::bmm(flat.query.slice(0, head, lastHead).slice(1, begin, end), key);
            softmaxInPlace(scores, flat.scale);
            const at::Tensor mixed = at::bmm(scores, value);
            if (together == count) {
                places.slice(2, begin, end).copy_(mixed.unflatten(0, {-1, heads}));
                continue;
            }
            for (std::int64_t i = head; i < lastHead; ++i) {
                places[i / heads][i % heads].slice(0, begin, end).copy_(mixed[i - head]);
            }
        }
    }
}

/// Query rows of all heads at a time.
void maskedAttention(const Flat& flat, const at::Tensor& mask, const at::Tensor& out) {
    const std::int64_t batch = out.size(0);
    const std::int64_t rows = out.size(1);
    const std::int64_t heads = out.size(2);
    const std::int64_t columns = flat.key.size(2);
    const std::int64_t chunk =
        std::clamp<std::int64_t>(kScoreBytes / (flat.query.size(0) * flat.scoreRowBytes()), 1, rows);
    for (std::int64_t begin = 0; begin < rows; begin += chunk) {
        const std::int64_t end = std::min(rows, begin + chunk);
        at::Tensor scores = at::bmm(flat.query.slice(1, begin, end), flat.key).to(at::kFloat);
        scores = scores.view({batch, heads, end - begin, columns}).mul_(flat.scale);
        scores.add_(mask.size(2) == 1 ? mask : mask.slice(2, begin, end));
        softmaxInPlace(scores, 1.0);
        const at::Tensor weights = scores.to(flat.query.scalar_type()).view({batch * heads, end - begin, columns});
        const at::Tensor mixed = at::bmm(weights, flat.value).view({batch, heads, end - begin, out.size(3)});
        out.slice(1, begin, end).copy_(mixed.transpose(1, 2));
    }
}

} // namespace

at::Tensor attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, double scale,
                     const at::Tensor& mask) {
    if (isRecorded(query, key, value, mask)) {
        return gradients::attention(query, key, value, scale, mask);
    }
    const std::int64_t batch = query.size(0);
    const std::int64_t heads = query.size(1);
    const std::int64_t rows = query.size(2);
    const std::int64_t headDim = query.size(3);
    const at::Tensor k = key.expand({batch, -1, -1, -1});
    const at::Tensor v = value.expand({batch, -1, -1, -1});
    // With a mask libtorch's own keeps all scores in memory, some of them twice; ours keeps a part of them.
    const auto fused = mask.defined() ? std::nullopt : compat::fusedAttention(query, k, v, {}, scale);
    if (fused) {
        return fused->transpose(1, 2).reshape({batch, rows, heads * headDim});
    }
    const Flat flat{query.reshape({batch * heads, rows, headDim}),
                    k.reshape({batch * heads, k.size(2), headDim}).transpose(1, 2),
                    v.reshape({batch * heads, k.size(2), headDim}), scale};
    const at::Tensor out = at::empty({batch, rows, heads, headDim}, query.options());
    if (mask.defined()) {
        maskedAttention(flat, mask, out);
    } else {
        plainAttention(flat, out);
    }
    return out.view({batch, rows, heads * headDim});
}

} // namespace generation
