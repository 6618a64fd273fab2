#include "generation/weights/Safetensors.h"

#include "generation/weights/ContentHash.h"
#include "generation/weights/Float8.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>

#include <optional>

namespace generation {

namespace {

std::optional<at::ScalarType> scalarType(ElementType type) {
    switch (type) {
    case ElementType::F64:
        return at::kDouble;
    case ElementType::F32:
        return at::kFloat;
    case ElementType::F16:
        return at::kHalf;
    case ElementType::BF16:
        return at::kBFloat16;
    case ElementType::I64:
        return at::kLong;
    case ElementType::I32:
        return at::kInt;
    case ElementType::I16:
        return at::kShort;
    case ElementType::I8:
        return at::kChar;
    case ElementType::U8:
        return at::kByte;
    case ElementType::Bool:
        return at::kBool;
    default:
        return std::nullopt;
    }
}

} // namespace

Safetensors::Safetensors(std::shared_ptr<const MappedFile> file, SafetensorsHeader header)
    : m_file(std::move(file)), m_header(std::move(header)) {}

Safetensors Safetensors::open(const std::string& path) {
    auto file = std::make_shared<const MappedFile>(path);
    SafetensorsHeader header = readSafetensorsHeader(*file);
    return {std::move(file), std::move(header)};
}

at::Tensor Safetensors::tensor(std::string_view name) const {
    const auto found = m_header.tensors.find(name);
    if (found == m_header.tensors.end()) {
        throw WeightsError(path(), "no tensor '" + std::string(name) + "'");
    }
    const TensorEntry& entry = found->second;
    const std::byte* bytes = m_file->bytes().data() + entry.begin;
    if (entry.type == ElementType::F8_E4M3 || entry.type == ElementType::F8_E5M2) {
        const at::Tensor wide = at::empty(entry.shape, at::kFloat);
        decodeFloat8(entry.type, {bytes, entry.end - entry.begin}, wide.data_ptr<float>());
        return wide;
    }
    const auto type = scalarType(entry.type);
    if (!type) {
        throw WeightsError(path(), "tensor '" + std::string(name) + "' has the type " +
                                       std::string(elementTypeName(entry.type)) + ", which libtorch lacks");
    }
    if (entry.begin == entry.end) {
        return at::empty(entry.shape, *type);
    }
    if (reinterpret_cast<std::uintptr_t>(bytes) % elementSize(entry.type) != 0) {
        const at::Tensor copy = at::empty(entry.shape, *type);
        std::copy_n(bytes, entry.end - entry.begin, static_cast<std::byte*>(copy.data_ptr()));
        return copy;
    }
    // The view's deleter holds the mapping.
    return at::from_blob(
        const_cast<std::byte*>(bytes), entry.shape, [file = m_file](void*) {}, at::TensorOptions(*type));
}

std::string Safetensors::metadata(std::string_view key) const {
    const auto found = m_header.metadata.find(key);
    return found == m_header.metadata.end() ? std::string() : found->second;
}

std::string Safetensors::contentHash() const {
    ContentHash hash;
    hash.add(m_file->bytes());
    return hash.hex();
}

} // namespace generation
