#include "generation/weights/WeightFile.h"

#include "generation/weights/FileKind.h"
#include "generation/weights/SafetensorsHeader.h"

#include <algorithm>

namespace generation {

std::shared_ptr<const WeightFile> WeightFile::open(const std::string& path) {
    WeightFile file(std::make_shared<const MappedFile>(path));
    switch (fileKind(*file.m_mapping)) {
    case FileKind::Safetensors: {
        SafetensorsHeader header = readSafetensorsHeader(*file.m_mapping);
        file.m_tensors = std::move(header.tensors);
        file.m_texts = std::move(header.metadata);
        break;
    }
    case FileKind::Gguf: {
        GgufHeader header = readGgufHeader(*file.m_mapping);
        file.m_tensors = std::move(header.tensors);
        file.m_gguf = std::move(header.metadata);
        break;
    }
    }
    return std::make_shared<const WeightFile>(std::move(file));
}

std::span<const std::byte> WeightFile::bytes(const TensorEntry& entry) const {
    return m_mapping->bytes().subspan(entry.begin, entry.end - entry.begin);
}

std::string WeightFile::metadata(std::string_view key) const {
    if (const auto found = m_texts.find(key); found != m_texts.end()) {
        return found->second;
    }
    const auto found = m_gguf.find(key);
    const auto* text = found == m_gguf.end() ? nullptr : std::get_if<std::string>(&found->second);
    return text == nullptr ? std::string() : *text;
}

} // namespace generation
