#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace generation {

/// How a tensor's elements are stored. The last ones are GGUF's quantised types: blocks of elements that share scales.
enum class ElementType : std::uint8_t {
    F64,
    F32,
    F16,
    BF16,
    F8_E4M3,
    F8_E5M2,
    I64,
    I32,
    I16,
    I8,
    U64,
    U32,
    U16,
    U8,
    Bool,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q8_0,
    Q2_K,
    Q3_K,
    Q4_K,
    Q5_K,
    Q6_K
};

/// A type's smallest unit: one element, or a block of them for the quantised types.
struct BlockSize {
    std::uint64_t elements;
    std::uint64_t bytes;
};

BlockSize blockSize(ElementType type);
std::string_view elementTypeName(ElementType type);
bool isQuantised(ElementType type);

/// Bytes that a tensor of this type and shape takes; nothing when they cannot be counted in 63 bits, a dimension is
/// negative, or the rows of a quantised type are not whole blocks.
std::optional<std::uint64_t> storedBytes(ElementType type, std::span<const std::int64_t> shape);

/// Where one tensor lies. begin and end count from the start of the file and are inside it.
struct TensorEntry {
    ElementType type = ElementType::F32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool mayLackLeadingOnes = false; ///< GGUF's own tools forget leading dimensions of 1
};

using TensorEntries = std::map<std::string, TensorEntry, std::less<>>;

/// What is read of one file, far above any real model.
inline constexpr std::size_t kMaxTensors = 100'000;
inline constexpr std::size_t kMaxDimensions = 16;

} // namespace generation
