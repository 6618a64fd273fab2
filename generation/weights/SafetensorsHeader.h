#pragma once

#include "generation/weights/TensorEntry.h"

#include <cstdint>
#include <map>
#include <string>

namespace generation {

class MappedFile;

/// The checked header of a safetensors file: every tensor lies inside the file, has exactly the bytes its shape and
/// type ask for, and the tensors cover the data without hole or overlap.
struct SafetensorsHeader {
    TensorEntries tensors;
    std::map<std::string, std::string, std::less<>> metadata;
};

/// Limits of what is read: the format's own for the header, and ours for counts and texts, far above any real model.
inline constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;
inline constexpr std::size_t kMaxMetadata = 1'000;
inline constexpr std::size_t kMaxTokenBytes = 1'000'000;
inline constexpr std::size_t kMaxTextBytes = 16'000'000; ///< names and metadata together

/// Reads the header in small pieces, keeping only what it accepts: memory stays within a few megabytes for a file of
/// any size. Throws WeightsError for everything that is not exactly the format.
SafetensorsHeader readSafetensorsHeader(const MappedFile& file);

} // namespace generation
