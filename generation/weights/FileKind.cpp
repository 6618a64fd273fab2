#include "generation/weights/FileKind.h"

#include "generation/weights/MappedFile.h"
#include "generation/weights/WeightsError.h"

#include <algorithm>
#include <array>

namespace generation {

namespace {

using namespace std::string_view_literals;

/// Python's pickle begins with its protocol's number; the oldest protocols have none and begin with a GLOBAL ("c") or
/// a container with a memo number.
bool isPickle(std::string_view start) {
    if (start.size() >= 2 && start[0] == '\x80' && start[1] >= '\x01' && start[1] <= '\x05') {
        return true;
    }
    constexpr std::array kOldest{
        "ccopy_reg\n"sv, "c__builtin__\n"sv, "ctorch"sv, "ccollections\n"sv, "cbuiltins\n"sv, "(dp"sv, "(lp"sv,
        "(ip"sv};
    return std::any_of(kOldest.begin(), kOldest.end(),
                       [&](std::string_view known) { return start.starts_with(known); });
}

/// Zip archives, which torch.save writes pickles into, and the tar files of its first versions.
bool isArchive(std::string_view start) {
    constexpr std::size_t kTarMagic = 257;
    return start.starts_with("PK\x03\x04") || start.starts_with("PK\x05\x06") ||
           (start.size() > kTarMagic && start.substr(kTarMagic).starts_with("ustar"));
}

} // namespace

FileKind fileKind(const MappedFile& file) {
    std::array<char, 264> bytes{};
    const std::string_view start(bytes.data(), file.read(0, bytes));
    if (isPickle(start) || isArchive(start)) {
        throw WeightsError(file.path(), kPickleReason);
    }
    if (start.starts_with("GGUF")) {
        return FileKind::Gguf;
    }
    if (start.starts_with("version ")) {
        throw WeightsError(file.path(), "a Git LFS pointer, not the file itself; download the weights");
    }
    if (start.size() < sizeof(std::uint64_t)) {
        throw WeightsError(file.path(), "too short to be a safetensors or GGUF file");
    }
    return FileKind::Safetensors;
}

bool hasPickleName(const std::filesystem::path& path) {
    constexpr std::array kExtensions{".pt"sv, ".pth"sv, ".ckpt"sv, ".bin"sv, ".pkl"sv};
    const std::string extension = path.extension().string();
    return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

} // namespace generation
