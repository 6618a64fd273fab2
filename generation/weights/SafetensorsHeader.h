#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace generation {

class MappedFile;

/// Element types of the format. Names in the file: "F32", "BF16", "F8_E4M3", ...
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
    Bool
};

std::uint64_t elementSize(ElementType type);
std::string_view elementTypeName(ElementType type);

/// Where one tensor lies. begin and end count from the start of the file and are inside it.
struct TensorEntry {
    ElementType type = ElementType::F32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// The checked header of a safetensors file: every tensor lies inside the file, has exactly the bytes its shape and
/// type ask for, and the tensors cover the data without hole or overlap.
struct SafetensorsHeader {
    std::map<std::string, TensorEntry, std::less<>> tensors;
    std::map<std::string, std::string, std::less<>> metadata;
};

/// Limits of what is read: the format's own for the header, and ours for counts and texts, far above any real model.
inline constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;
inline constexpr std::size_t kMaxTensors = 100'000;
inline constexpr std::size_t kMaxMetadata = 1'000;
inline constexpr std::size_t kMaxTokenBytes = 1'000'000;
inline constexpr std::size_t kMaxTextBytes = 16'000'000; ///< names and metadata together
inline constexpr std::size_t kMaxDimensions = 16;

/// Reads the header in small pieces, keeping only what it accepts: memory stays within a few megabytes for a file of
/// any size. Throws WeightsError for everything that is not exactly the format.
SafetensorsHeader readSafetensorsHeader(const MappedFile& file);

} // namespace generation
