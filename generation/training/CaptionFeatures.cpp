#include "generation/training/CaptionFeatures.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {

at::Tensor captionFeatures(const TextEncoder& encoder, const Tokenizer& tokenizer,
                           const std::vector<std::string>& captions, std::int64_t length) {
    std::vector<std::vector<std::int64_t>> all;
    std::size_t longest = 0;
    for (const std::string& caption : captions) {
        all.push_back(tokenizer.encode(caption, static_cast<std::size_t>(length)));
        longest = std::max(longest, all.back().size());
    }
    std::vector<std::int64_t> flat;
    std::vector<std::int64_t> there;
    for (const std::vector<std::int64_t>& ids : all) {
        const std::vector<std::int64_t> row = padded(ids, longest);
        flat.insert(flat.end(), row.begin(), row.end());
        for (std::size_t i = 0; i < longest; ++i) {
            there.push_back(i < ids.size() ? 1 : 0);
        }
    }
    const auto rows = static_cast<std::int64_t>(captions.size());
    const at::Tensor mask = at::tensor(there, at::kLong).view({rows, -1});
    const at::Tensor features = encoder.encodeMasked(at::tensor(flat, at::kLong).view({rows, -1}), mask);
    const at::Tensor real = features * mask.unsqueeze(2).to(features.options());
    return at::constant_pad_nd(real, {0, 0, 0, length - real.size(1)});
}

} // namespace generation
