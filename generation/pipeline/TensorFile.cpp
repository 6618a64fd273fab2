#include "generation/pipeline/TensorFile.h"

#include "generation/pipeline/JobError.h"
#include "generation/weights/ContentHash.h"
#include "generation/weights/Safetensors.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace generation {
namespace {

using nlohmann::json;

constexpr const char* kHash = "hash";

std::span<const std::byte> bytesOf(const at::Tensor& tensor) {
    return {static_cast<const std::byte*>(tensor.data_ptr()), static_cast<std::size_t>(tensor.numel()) * sizeof(float)};
}

at::Tensor plain(const at::Tensor& tensor) {
    return tensor.to(at::kCPU, at::kFloat).contiguous();
}

std::string hashOf(const std::map<std::string, at::Tensor>& tensors) {
    ContentHash hash;
    for (const auto& [name, tensor] : tensors) {
        hash.add(std::as_bytes(std::span(name)));
        hash.add(bytesOf(tensor));
    }
    return hash.hex();
}

std::string headerOf(const std::map<std::string, at::Tensor>& tensors,
                     const std::map<std::string, std::string>& metadata) {
    json header{{"__metadata__", metadata}};
    std::uint64_t at = 0;
    for (const auto& [name, tensor] : tensors) {
        const std::uint64_t end = at + bytesOf(tensor).size();
        header[name] = {{"dtype", "F32"}, {"shape", tensor.sizes().vec()}, {"data_offsets", {at, end}}};
        at = end;
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text;
}

/// Owns the temporary file until it has its final name.
/// Thread: one.
class Replacement {
public:
    explicit Replacement(const std::string& path) : m_path(path), m_temporary(path + ".XXXXXX") {
        m_file = ::mkostemp(m_temporary.data(), O_CLOEXEC);
        check(m_file >= 0);
        ::fchmod(m_file, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
    }
    ~Replacement() {
        if (m_file >= 0) {
            ::close(m_file);
            ::unlink(m_temporary.c_str());
        }
    }
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;

    void write(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            const ssize_t put = ::write(m_file, bytes.data(), std::min<std::size_t>(bytes.size(), 1U << 30U));
            if (put < 0 && errno == EINTR) {
                continue;
            }
            check(put > 0);
            bytes = bytes.subspan(static_cast<std::size_t>(put));
        }
    }

    void publish() {
        const int file = std::exchange(m_file, -1);
        const bool done = ::close(file) == 0 && ::rename(m_temporary.c_str(), m_path.c_str()) == 0;
        if (!done) {
            ::unlink(m_temporary.c_str());
        }
        check(done);
    }

private:
    void check(bool ok) const {
        if (!ok) {
            throw JobError("write-failed", m_path + ": " + std::strerror(errno));
        }
    }

    std::string m_path;
    std::string m_temporary;
    int m_file = -1;
};

} // namespace

void writeTensorFile(const std::string& path, const std::map<std::string, at::Tensor>& tensors,
                     std::map<std::string, std::string> metadata) {
    std::map<std::string, at::Tensor> stored;
    for (const auto& [name, tensor] : tensors) {
        stored.emplace(name, plain(tensor));
    }
    metadata[kHash] = hashOf(stored);
    Replacement file(path);
    const std::string header = headerOf(stored, metadata);
    file.write(std::as_bytes(std::span(header)));
    for (const auto& [name, tensor] : stored) {
        file.write(bytesOf(tensor));
    }
    file.publish();
}

TensorFile readTensorFile(const std::string& path) {
    const Safetensors source = Safetensors::open(path);
    TensorFile file;
    for (const auto& [name, entry] : source.header().tensors) {
        file.tensors.emplace(name, plain(source.tensor(name)).clone());
    }
    for (const auto& [key, value] : source.header().metadata) {
        file.metadata.emplace(key, value);
    }
    if (hashOf(file.tensors) != source.metadata(kHash)) {
        throw WeightsError(path, "does not hold the bytes that were written");
    }
    return file;
}

} // namespace generation
