#include "generation/training/Png.h"

#include "generation/pipeline/JobError.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace generation {

namespace {

void appendBigEndian(std::string& bytes, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
    }
}

std::uint32_t crc(const std::string& bytes) {
    static const std::array<std::uint32_t, 256> table = [] {
        std::array<std::uint32_t, 256> values{};
        for (std::uint32_t n = 0; n < 256; ++n) {
            std::uint32_t value = n;
            for (int bit = 0; bit < 8; ++bit) {
                value = (value & 1U) != 0 ? 0xEDB88320U ^ (value >> 1U) : value >> 1U;
            }
            values[n] = value;
        }
        return values;
    }();
    std::uint32_t value = 0xFFFFFFFFU;
    for (const char c : bytes) {
        value = table[(value ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (value >> 8U);
    }
    return value ^ 0xFFFFFFFFU;
}

void appendChunk(std::string& file, const std::string& type, const std::string& data) {
    appendBigEndian(file, static_cast<std::uint32_t>(data.size()));
    const std::string body = type + data;
    file += body;
    appendBigEndian(file, crc(body));
}

/// zlib's format with blocks that are stored as they are.
std::string stored(const std::string& data) {
    constexpr std::size_t kBlock = 65535;
    std::string out("\x78\x01", 2);
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const char c : data) {
        a = (a + static_cast<unsigned char>(c)) % 65521U;
        b = (b + a) % 65521U;
    }
    for (std::size_t at = 0; at < data.size(); at += kBlock) {
        const std::size_t size = std::min(kBlock, data.size() - at);
        out += static_cast<char>(at + size == data.size() ? 1 : 0);
        for (const std::size_t length : {size, ~size}) {
            out += static_cast<char>(length & 0xFFU);
            out += static_cast<char>((length >> 8U) & 0xFFU);
        }
        out.append(data, at, size);
    }
    appendBigEndian(out, (b << 16U) | a);
    return out;
}

} // namespace

void replaceFile(const std::string& path, const std::string& bytes) {
    const std::string temporary = path + ".partial";
    {
        std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        stream.flush();
        if (!stream) {
            throw JobError("write-failed", path + ": " + std::strerror(errno));
        }
    }
    std::error_code error;
    std::filesystem::rename(temporary, path, error);
    if (error) {
        throw JobError("write-failed", path + ": " + error.message());
    }
}

void writePng(const std::string& path, const Picture& picture) {
    std::string header;
    appendBigEndian(header, static_cast<std::uint32_t>(picture.width()));
    appendBigEndian(header, static_cast<std::uint32_t>(picture.height()));
    header += std::string("\x08\x02\x00\x00\x00", 5); // 8 bits, RGB
    std::string rows;
    for (int y = 0; y < picture.height(); ++y) {
        rows += '\0'; // no filter
        rows.append(reinterpret_cast<const char*>(picture.row(y)), 3 * static_cast<std::size_t>(picture.width()));
    }
    std::string file("\x89PNG\r\n\x1A\n", 8);
    appendChunk(file, "IHDR", header);
    appendChunk(file, "IDAT", stored(rows));
    appendChunk(file, "IEND", {});
    replaceFile(path, file);
}

} // namespace generation
