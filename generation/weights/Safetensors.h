#pragma once

#include "generation/weights/MappedFile.h"
#include "generation/weights/SafetensorsHeader.h"

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <string_view>

namespace generation {

/// One safetensors file, opened and checked. Tensors are views of the mapped file wherever libtorch has the type and
/// the bytes are aligned; a view keeps the file mapped. They are read-only: writing to one is a fault.
/// Thread: immutable; any thread.
class Safetensors {
public:
    /// Throws WeightsError: not found, not the format, a pickle in disguise.
    static Safetensors open(const std::string& path);

    const std::string& path() const { return m_file->path(); }
    const SafetensorsHeader& header() const { return m_header; }
    bool contains(std::string_view name) const { return m_header.tensors.contains(name); }

    /// The tensor as stored; float8 comes as float32. Throws WeightsError when there is none of this name, or for
    /// types libtorch lacks (U16, U32, U64).
    at::Tensor tensor(std::string_view name) const;

    /// The metadata value, or an empty string.
    std::string metadata(std::string_view key) const;

private:
    Safetensors(std::shared_ptr<const MappedFile> file, SafetensorsHeader header);

    std::shared_ptr<const MappedFile> m_file;
    SafetensorsHeader m_header;
};

} // namespace generation
