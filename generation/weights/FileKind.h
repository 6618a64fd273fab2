#pragma once

#include <filesystem>

namespace generation {

class MappedFile;

enum class FileKind { Safetensors, Gguf };

/// What a file of weights is by its first bytes, never by its name; whether it is well-formed is for its reader to
/// find. Throws WeightsError for what is known and cannot be used, with the reason: pickles (also in a zip archive,
/// also renamed: reading one can run any program), Git LFS pointers, web pages, files too short to be anything.
FileKind fileKind(const MappedFile& file);

/// Whether a file is called like a pickle: to say why it is passed over, not to tell what it is.
bool hasPickleName(const std::filesystem::path& path);

inline constexpr const char* kPickleReason =
    "a PyTorch pickle, which can run any program when it is read; convert it to "
    "safetensors where you trust it";

} // namespace generation
