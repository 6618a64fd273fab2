#pragma once

#include "generation/weights/GgufHeader.h"
#include "generation/weights/MappedFile.h"
#include "generation/weights/TensorEntry.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace generation {

/// One file of weights, opened and checked, of either format: which one it is, its first bytes say.
/// Thread: immutable; any thread.
class WeightFile {
public:
    /// Throws WeightsError.
    static std::shared_ptr<const WeightFile> open(const std::string& path);

    const std::string& path() const { return m_mapping->path(); }
    const TensorEntries& tensors() const { return m_tensors; }
    const std::shared_ptr<const MappedFile>& mapping() const { return m_mapping; }
    std::span<const std::byte> bytes(const TensorEntry& entry) const;

    /// A text of the file's metadata, or an empty string.
    std::string metadata(std::string_view key) const;
    /// All of it for a GGUF file; empty for safetensors.
    const GgufMetadata& ggufMetadata() const { return m_gguf; }

private:
    explicit WeightFile(std::shared_ptr<const MappedFile> mapping) : m_mapping(std::move(mapping)) {}

    std::shared_ptr<const MappedFile> m_mapping;
    TensorEntries m_tensors;
    std::map<std::string, std::string, std::less<>> m_texts;
    GgufMetadata m_gguf;
};

} // namespace generation
