#include "generation/weights/PackedTensor.h"

#include "generation/weights/Decode.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>

namespace generation {

namespace {

/// Elements that are unpacked at a time: a handful of float32 tensors of this size are in memory.
constexpr std::int64_t kElementsAtATime = kUnpackBytes / 4 / 8;

at::Tensor low(const at::Tensor& bytes, std::int64_t mask) {
    return at::bitwise_and(bytes, mask);
}

at::Tensor high(const at::Tensor& bytes, std::int64_t shift) {
    return at::bitwise_right_shift(bytes, shift);
}

/// Blocks of one type: uint8 [n, bytes of a block].
/// Thread: a value.
class Blocks {
public:
    explicit Blocks(at::Tensor blocks) : m_blocks(std::move(blocks)) {}

    at::Tensor bytes(std::int64_t begin, std::int64_t end) const { return m_blocks.slice(1, begin, end); }
    at::Tensor half(std::int64_t begin) const {
        return bytes(begin, begin + 2).contiguous().view(at::kHalf).to(at::kFloat); // [n, 1]
    }
    at::Tensor signedBytes(std::int64_t begin, std::int64_t end) const {
        return bytes(begin, end).contiguous().view(at::kChar).to(at::kFloat);
    }
    /// Elements l and l + 16 share a byte: [n, 32].
    at::Tensor nibbles(std::int64_t begin) const {
        const at::Tensor both = bytes(begin, begin + 16);
        return at::cat({low(both, 15), high(both, 4)}, 1);
    }
    /// The fifth bits of 32 elements, in four bytes: 0 or 16, [n, 32].
    at::Tensor fifths(std::int64_t begin) const {
        const at::Tensor shifted = at::bitwise_right_shift(bytes(begin, begin + 4).unsqueeze(2), eight());
        return low(shifted, 1).mul_(16).flatten(1);
    }
    at::Tensor eight() const { return at::arange(8, m_blocks.options()); }

private:
    at::Tensor m_blocks;
};

at::Tensor q4(const Blocks& b) {
    return b.nibbles(2).to(at::kFloat).sub_(8.0).mul_(b.half(0));
}

at::Tensor q4WithOffset(const Blocks& b) {
    return b.nibbles(4).to(at::kFloat).mul_(b.half(0)).add_(b.half(2));
}

at::Tensor q5(const Blocks& b) {
    return b.nibbles(6).add_(b.fifths(2)).to(at::kFloat).sub_(16.0).mul_(b.half(0));
}

at::Tensor q5WithOffset(const Blocks& b) {
    return b.nibbles(8).add_(b.fifths(4)).to(at::kFloat).mul_(b.half(0)).add_(b.half(2));
}

at::Tensor q8(const Blocks& b) {
    return b.signedBytes(2, 34).mul_(b.half(0));
}

/// Groups of 32 with a scale and a minimum each: `numbers` uint8 [n, 8, 32].
at::Tensor scaledGroups(const Blocks& b, const at::Tensor& numbers) {
    const at::Tensor first = b.bytes(4, 8);
    const at::Tensor second = b.bytes(8, 12);
    const at::Tensor third = b.bytes(12, 16);
    const at::Tensor scales = at::cat({low(first, 63), low(third, 15).add_(high(first, 6).mul_(16))}, 1);
    const at::Tensor minimums = at::cat({low(second, 63), high(third, 4).add_(high(second, 6).mul_(16))}, 1);
    const at::Tensor scale = scales.to(at::kFloat).mul_(b.half(0)).unsqueeze(2);
    const at::Tensor minimum = minimums.to(at::kFloat).mul_(b.half(2)).unsqueeze(2);
    return numbers.to(at::kFloat).mul_(scale).sub_(minimum);
}

/// Two groups share 32 bytes: [n, 8, 32].
at::Tensor groupNibbles(const Blocks& b, std::int64_t begin) {
    const at::Tensor both = b.bytes(begin, begin + 128).reshape({-1, 4, 32});
    return at::stack({low(both, 15), high(both, 4)}, 2).view({-1, 8, 32});
}

at::Tensor q4K(const Blocks& b) {
    return scaledGroups(b, groupNibbles(b, 16));
}

at::Tensor q5K(const Blocks& b) {
    const at::Tensor shifted = at::bitwise_right_shift(b.bytes(16, 48).unsqueeze(1), b.eight().view({8, 1}));
    return scaledGroups(b, groupNibbles(b, 48).add_(low(shifted, 1).mul_(16)));
}

at::Tensor q6K(const Blocks& b) {
    const at::Tensor lows = b.bytes(0, 128).reshape({-1, 2, 2, 32});
    const at::Tensor highs = b.bytes(128, 192).reshape({-1, 2, 32});
    const at::Tensor first = lows.select(2, 0);
    const at::Tensor second = lows.select(2, 1);
    const auto two = [&](std::int64_t shift) { return low(high(highs, shift), 3).mul_(16); };
    const at::Tensor numbers = at::stack({low(first, 15).add_(two(0)), low(second, 15).add_(two(2)),
                                          high(first, 4).add_(two(4)), high(second, 4).add_(two(6))},
                                         2);
    // A scale for every sixteen elements of a run.
    const at::Tensor scale = b.signedBytes(192, 208).mul_(b.half(208)).view({-1, 2, 4, 2, 1});
    return numbers.view({-1, 2, 4, 2, 16}).to(at::kFloat).sub_(32.0).mul_(scale);
}

at::Tensor valuesOf(ElementType type, const Blocks& blocks) {
    switch (type) {
    case ElementType::Q4_0:
        return q4(blocks);
    case ElementType::Q4_1:
        return q4WithOffset(blocks);
    case ElementType::Q5_0:
        return q5(blocks);
    case ElementType::Q5_1:
        return q5WithOffset(blocks);
    case ElementType::Q8_0:
        return q8(blocks);
    case ElementType::Q4_K:
        return q4K(blocks);
    case ElementType::Q5_K:
        return q5K(blocks);
    default:
        return q6K(blocks);
    }
}

bool isSmallFloat(ElementType type) {
    return type == ElementType::F8_E4M3 || type == ElementType::F8_E5M2;
}

at::Tensor meanings(ElementType type) {
    std::array<std::byte, 256> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = static_cast<std::byte>(i);
    }
    at::Tensor values = at::empty({256}, at::kFloat);
    decode(type, all, values.data_ptr<float>());
    return values;
}

at::Tensor fromTable(const PackedTensor& tensor) {
    at::Tensor values = tensor.values.index_select(0, tensor.bytes.to(at::kInt));
    if (tensor.scales.defined()) {
        values.view({tensor.scales.numel(), -1}).mul_(tensor.scales.view({-1, 1}));
    }
    return values;
}

} // namespace

bool isPackable(ElementType type) {
    return isSmallFloat(type) || (isQuantised(type) && type != ElementType::Q2_K && type != ElementType::Q3_K) ||
           type == ElementType::F32 || type == ElementType::F16 || type == ElementType::BF16;
}

PackedTensor packed(const StoredTensor& tensor, const at::Device& device) {
    PackedTensor packed{
        .type = tensor.entry.type, .shape = tensor.entry.shape, .bytes = {}, .values = {}, .scales = {}};
    const auto size = static_cast<std::int64_t>(tensor.bytes().size());
    packed.bytes = at::empty({size}, at::TensorOptions(at::kByte).device(device));
    packed.bytes.copy_(at::from_blob(const_cast<std::byte*>(tensor.bytes().data()), {size}, at::kByte));
    if (isSmallFloat(packed.type)) {
        packed.values = meanings(packed.type).to(device);
    }
    if (tensor.scales) {
        packed.scales = at::tensor(*tensor.scales).to(device);
    }
    tensor.file->release(tensor.entry.begin, tensor.entry.end);
    return packed;
}

at::Tensor unpacked(const PackedTensor& tensor, at::ScalarType type) {
    if (const auto same = scalarTypeOf(tensor.type)) {
        return tensor.bytes.view(*same).to(type).view(tensor.shape);
    }
    if (isSmallFloat(tensor.type)) {
        return fromTable(tensor).to(type).view(tensor.shape);
    }
    const BlockSize size = blockSize(tensor.type);
    const at::Tensor blocks = tensor.bytes.view({-1, static_cast<std::int64_t>(size.bytes)});
    const auto elements = static_cast<std::int64_t>(size.elements);
    const std::int64_t atATime = std::max<std::int64_t>(1, kElementsAtATime / elements);
    const at::Tensor out = at::empty({blocks.size(0), elements}, tensor.bytes.options().dtype(type));
    for (std::int64_t first = 0; first < blocks.size(0); first += atATime) {
        const std::int64_t count = std::min(atATime, blocks.size(0) - first);
        out.narrow(0, first, count)
            .copy_(valuesOf(tensor.type, Blocks(blocks.narrow(0, first, count))).view({count, elements}));
    }
    return out.view(tensor.shape);
}

} // namespace generation
