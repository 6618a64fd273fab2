#include "generation/protocol/FrameFile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <limits>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static_assert(std::endian::native == std::endian::little, "frame files are little-endian");

namespace generation {
namespace {

using nlohmann::json;

constexpr std::uint64_t kMaxHeaderBytes = std::uint64_t{1} << 20;
constexpr std::uint64_t kMaxDataBytes = std::uint64_t{64} << 30;
constexpr std::int64_t kMaxSide = 1 << 16;
constexpr std::int64_t kMaxRate = 1'000'000'000;

[[noreturn]] void fail(const std::string& path, const std::string& why) {
    throw FrameFileError(path + ": " + why);
}

/// Owns a file descriptor.
class File {
public:
    explicit File(int descriptor) : m_descriptor(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    int get() const { return m_descriptor; }
    bool close() { return ::close(std::exchange(m_descriptor, -1)) == 0; }

private:
    int m_descriptor;
};

void readExactly(const File& file, void* to, std::uint64_t bytes, const std::string& path) {
    auto* at = static_cast<char*>(to);
    while (bytes > 0) {
        const ssize_t got = ::read(file.get(), at, std::min<std::uint64_t>(bytes, 1 << 30));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            fail(path, got == 0 ? "truncated" : std::strerror(errno));
        }
        at += got;
        bytes -= static_cast<std::uint64_t>(got);
    }
}

void writeExactly(const File& file, const void* from, std::uint64_t bytes, const std::string& path) {
    const auto* at = static_cast<const char*>(from);
    while (bytes > 0) {
        const ssize_t put = ::write(file.get(), at, std::min<std::uint64_t>(bytes, 1 << 30));
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            fail(path, std::strerror(errno));
        }
        at += put;
        bytes -= static_cast<std::uint64_t>(put);
    }
}

/// "12/1" into the set's rate.
void readRate(FrameSet& set, const std::string& text, const std::string& path) {
    const char* end = text.data() + text.size();
    const auto numerator = std::from_chars(text.data(), end, set.fpsNumerator);
    if (numerator.ec != std::errc{} || numerator.ptr == end || *numerator.ptr != '/') {
        fail(path, "bad fps");
    }
    const auto denominator = std::from_chars(numerator.ptr + 1, end, set.fpsDenominator);
    if (denominator.ec != std::errc{} || denominator.ptr != end || set.fpsNumerator < 1 ||
        set.fpsNumerator > kMaxRate || set.fpsDenominator < 1 || set.fpsDenominator > kMaxRate) {
        fail(path, "bad fps");
    }
}

/// Sizes and rate from the header. Returns the number of data bytes, checked against the header's offsets.
std::uint64_t readHeader(FrameSet& set, const json& header, const std::string& path) {
    const json& tensor = header.at("frames");
    if (tensor.at("dtype").get<std::string>() != "U16") {
        fail(path, "frames are not U16");
    }
    const auto areIntegers = [](const json& list) {
        return list.is_array() &&
               std::all_of(list.begin(), list.end(), [](const json& entry) { return entry.is_number_integer(); });
    };
    if (!areIntegers(tensor.at("shape")) || !areIntegers(tensor.at("data_offsets"))) {
        fail(path, "not a frame file");
    }
    const auto shape = tensor.at("shape").get<std::vector<std::int64_t>>();
    if (shape.size() != 4 || shape[3] != 3 || shape[0] < 1 || shape[1] < 1 || shape[1] > kMaxSide || shape[2] < 1 ||
        shape[2] > kMaxSide) {
        fail(path, "bad shape");
    }
    const auto frameBytes = static_cast<std::uint64_t>(shape[1] * shape[2] * 6);
    if (static_cast<std::uint64_t>(shape[0]) > kMaxDataBytes / frameBytes) {
        fail(path, "too large");
    }
    const std::uint64_t bytes = frameBytes * static_cast<std::uint64_t>(shape[0]);
    const auto offsets = tensor.at("data_offsets").get<std::vector<std::uint64_t>>();
    if (offsets.size() != 2 || offsets[0] != 0 || offsets[1] != bytes) {
        fail(path, "bad data offsets");
    }
    set.frames = shape[0];
    set.height = static_cast<int>(shape[1]);
    set.width = static_cast<int>(shape[2]);
    readRate(set, header.at("__metadata__").at("fps").get<std::string>(), path);
    return bytes;
}

std::string headerOf(const FrameSet& set) {
    const json header{
        {"__metadata__", {{"fps", std::to_string(set.fpsNumerator) + "/" + std::to_string(set.fpsDenominator)}}},
        {"frames",
         {{"dtype", "U16"},
          {"shape", {set.frames, set.height, set.width, 3}},
          {"data_offsets", {0, set.samples.size() * 2}}}}};
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' '); // keeps the data aligned, as the format asks
    return text;
}

void syncFolder(const std::string& path) {
    std::string folder = std::filesystem::path(path).parent_path().string();
    const File file(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.get() >= 0) {
        ::fsync(file.get());
    }
}

/// Removes the temporary file unless it has been renamed.
struct Temporary {
    std::string path;
    bool kept = false;
    ~Temporary() {
        if (!kept) {
            ::unlink(path.c_str());
        }
    }
};

} // namespace

void writeFrameFile(const std::string& path, const FrameSet& set, Durability durability) {
    if (set.frames < 1 || set.width < 1 || set.height < 1 || set.width > kMaxSide || set.height > kMaxSide ||
        set.fpsNumerator < 1 || set.fpsDenominator < 1 || set.fpsNumerator > kMaxRate ||
        set.fpsDenominator > kMaxRate ||
        set.samples.size() != static_cast<std::uint64_t>(set.frames) * static_cast<std::uint64_t>(set.width) *
                                  static_cast<std::uint64_t>(set.height) * 3) {
        fail(path, "frames do not have the size they claim");
    }
    Temporary temporary{path + ".XXXXXX"};
    File file(::mkostemp(temporary.path.data(), O_CLOEXEC));
    if (file.get() < 0) {
        temporary.kept = true; // nothing was made
        fail(path, std::strerror(errno));
    }
    ::fchmod(file.get(), S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
    const std::string header = headerOf(set);
    const std::uint64_t length = header.size();
    writeExactly(file, &length, sizeof length, path);
    writeExactly(file, header.data(), header.size(), path);
    writeExactly(file, set.samples.data(), set.samples.size() * 2, path);
    const bool sync = durability == Durability::Synced;
    if ((sync && ::fsync(file.get()) != 0) || !file.close() || ::rename(temporary.path.c_str(), path.c_str()) != 0) {
        fail(path, std::strerror(errno));
    }
    temporary.kept = true;
    if (sync) {
        syncFolder(path);
    }
}

FrameSet readFrameFile(const std::string& path, std::int64_t most) {
    // O_NONBLOCK: opening a FIFO must not wait for its other end.
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info{};
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0) {
        fail(path, std::strerror(errno));
    }
    std::uint64_t length = 0;
    const auto size = static_cast<std::uint64_t>(info.st_size);
    if (!S_ISREG(info.st_mode) || size < sizeof length) {
        fail(path, "not a frame file");
    }
    readExactly(file, &length, sizeof length, path);
    if (length > kMaxHeaderBytes || length > size - sizeof length) {
        fail(path, "not a frame file");
    }
    std::string text(length, '\0');
    readExactly(file, text.data(), length, path);
    FrameSet set;
    std::uint64_t bytes = 0;
    try {
        bytes = readHeader(set, json::parse(text), path);
    } catch (const json::exception&) {
        fail(path, "not a frame file");
    }
    if (bytes != size - sizeof length - length) {
        fail(path, "truncated, or longer than it says");
    }
    if (const std::int64_t wanted = std::max<std::int64_t>(1, most); set.frames > wanted) {
        bytes = bytes / static_cast<std::uint64_t>(set.frames) * static_cast<std::uint64_t>(wanted);
        set.frames = wanted;
    }
    set.samples.resize(bytes / 2);
    readExactly(file, set.samples.data(), bytes, path);
    return set;
}

} // namespace generation
