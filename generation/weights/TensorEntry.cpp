#include "generation/weights/TensorEntry.h"

#include <array>

namespace generation {

namespace {

struct TypeInfo {
    ElementType type;
    std::string_view name;
    BlockSize block;
};

// In the order of the enumeration.
constexpr std::array<TypeInfo, 25> kTypes{
    {{ElementType::F64, "F64", {1, 8}},         {ElementType::F32, "F32", {1, 4}},
     {ElementType::F16, "F16", {1, 2}},         {ElementType::BF16, "BF16", {1, 2}},
     {ElementType::F8_E4M3, "F8_E4M3", {1, 1}}, {ElementType::F8_E5M2, "F8_E5M2", {1, 1}},
     {ElementType::I64, "I64", {1, 8}},         {ElementType::I32, "I32", {1, 4}},
     {ElementType::I16, "I16", {1, 2}},         {ElementType::I8, "I8", {1, 1}},
     {ElementType::U64, "U64", {1, 8}},         {ElementType::U32, "U32", {1, 4}},
     {ElementType::U16, "U16", {1, 2}},         {ElementType::U8, "U8", {1, 1}},
     {ElementType::Bool, "BOOL", {1, 1}},       {ElementType::Q4_0, "Q4_0", {32, 18}},
     {ElementType::Q4_1, "Q4_1", {32, 20}},     {ElementType::Q5_0, "Q5_0", {32, 22}},
     {ElementType::Q5_1, "Q5_1", {32, 24}},     {ElementType::Q8_0, "Q8_0", {32, 34}},
     {ElementType::Q2_K, "Q2_K", {256, 84}},    {ElementType::Q3_K, "Q3_K", {256, 110}},
     {ElementType::Q4_K, "Q4_K", {256, 144}},   {ElementType::Q5_K, "Q5_K", {256, 176}},
     {ElementType::Q6_K, "Q6_K", {256, 210}}}};

constexpr bool inOrder() {
    for (std::size_t i = 0; i < kTypes.size(); ++i) {
        if (kTypes[i].type != static_cast<ElementType>(i)) {
            return false;
        }
    }
    return true;
}
static_assert(inOrder());

const TypeInfo& info(ElementType type) {
    return kTypes[static_cast<std::size_t>(type)];
}

} // namespace

BlockSize blockSize(ElementType type) {
    return info(type).block;
}

std::string_view elementTypeName(ElementType type) {
    return info(type).name;
}

bool isQuantised(ElementType type) {
    return info(type).block.elements > 1;
}

std::optional<std::uint64_t> storedBytes(ElementType type, std::span<const std::int64_t> shape) {
    const BlockSize block = blockSize(type);
    // A zero dimension makes an empty tensor, but the others must still be sane.
    std::uint64_t elements = 1;
    bool empty = false;
    for (const std::int64_t dimension : shape) {
        empty = empty || dimension == 0;
        if (dimension < 0 ||
            (dimension != 0 && __builtin_mul_overflow(elements, static_cast<std::uint64_t>(dimension), &elements))) {
            return std::nullopt;
        }
    }
    const std::uint64_t row = shape.empty() ? 1 : static_cast<std::uint64_t>(shape.back());
    std::uint64_t bytes = 0;
    if (row % block.elements != 0 || __builtin_mul_overflow(elements / block.elements, block.bytes, &bytes) ||
        bytes > static_cast<std::uint64_t>(INT64_MAX) || elements > static_cast<std::uint64_t>(INT64_MAX)) {
        return std::nullopt;
    }
    return empty ? 0 : bytes;
}

} // namespace generation
