#pragma once

#include "generation/weights/TensorEntry.h"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace generation {

class MappedFile;

/// A metadata value of a kind that is of use here. Booleans are 0 or 1.
using GgufValue =
    std::variant<std::int64_t, std::string, std::vector<std::int64_t>, std::vector<float>, std::vector<std::string>>;
using GgufMetadata = std::map<std::string, GgufValue, std::less<>>;

/// The checked header of a GGUF file (version 2 or 3): every tensor lies inside the file, aligned, has exactly the
/// bytes its shape and type ask for, and none overlaps another. Shapes are row-major, the slowest dimension first;
/// where the file remembers another shape for a tensor (comfy.gguf.orig_shape.NAME), it is that one.
struct GgufHeader {
    TensorEntries tensors;
    GgufMetadata metadata; ///< keys that begin with "general." or "tokenizer.ggml.", of the kinds above
};

/// Reads the header in small pieces and keeps only what is of use. Limits: 100 MB of header, 100,000 tensors, 65,536
/// keys, lists of 500,000. Throws WeightsError for everything that is not exactly the format, and for tensors of a type
/// that is not known.
GgufHeader readGgufHeader(const MappedFile& file);

} // namespace generation
