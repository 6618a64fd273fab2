#include "generation/weights/Safetensors.h"

#include "generation/weights/StoredTensor.h"
#include "generation/weights/WeightsError.h"

namespace generation {

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
    return asStored({m_file, found->first, found->second, nullptr});
}

std::string Safetensors::metadata(std::string_view key) const {
    const auto found = m_header.metadata.find(key);
    return found == m_header.metadata.end() ? std::string() : found->second;
}

} // namespace generation
