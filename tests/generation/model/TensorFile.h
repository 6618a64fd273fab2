#pragma once

#include "tests/generation/weights/Files.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace generation::test {

/// Names and shapes of a network's tensors.
using ShapeList = std::map<std::string, std::vector<std::int64_t>>;

inline std::int64_t countElements(const std::vector<std::int64_t>& shape) {
    std::int64_t count = 1;
    for (const std::int64_t size : shape) {
        count *= size;
    }
    return count;
}

inline std::int64_t countParameters(const ShapeList& shapes) {
    std::int64_t count = 0;
    for (const auto& [name, shape] : shapes) {
        count += countElements(shape);
    }
    return count;
}

/// A safetensors header for tensors of one type that follow each other.
inline std::string tensorHeader(const ShapeList& shapes, const std::string& type, std::int64_t elementBytes) {
    std::string header = "{";
    std::int64_t begin = 0;
    for (const auto& [name, shape] : shapes) {
        std::string sizes;
        for (const std::int64_t size : shape) {
            sizes += (sizes.empty() ? "" : ",") + std::to_string(size);
        }
        const std::int64_t end = begin + countElements(shape) * elementBytes;
        header += (header.size() == 1 ? "\"" : ",\"") + name + R"(":{"dtype":")" + type + R"(","shape":[)" + sizes +
                  R"(],"data_offsets":[)" + std::to_string(begin) + "," + std::to_string(end) + "]}";
        begin = end;
    }
    header += "}";
    header.resize((header.size() + 7) / 8 * 8, ' '); // so that the data is aligned
    return header;
}

/// A bfloat16 file whose data is one hole: zeros that take no room on the disk.
inline void writeSparseFile(const std::string& path, const ShapeList& shapes) {
    const std::string head = safetensorsBytes(tensorHeader(shapes, "BF16", 2), "");
    writeFile(path, head);
    std::filesystem::resize_file(path, head.size() + static_cast<std::uint64_t>(countParameters(shapes)) * 2);
}

/// A float32 file of these tensors.
inline void writeTensors(const std::string& path, const std::map<std::string, at::Tensor>& tensors) {
    ShapeList shapes;
    std::string data;
    for (const auto& [name, tensor] : tensors) {
        const at::Tensor plain = tensor.to(at::kCPU, at::kFloat).contiguous();
        shapes.emplace(name, plain.sizes().vec());
        data.append(static_cast<const char*>(plain.data_ptr()), static_cast<std::size_t>(plain.nbytes()));
    }
    writeFile(path, safetensorsBytes(tensorHeader(shapes, "F32", 4), data));
}

/// Small random values for every name, the same each time; vectors lie around 1.
inline std::map<std::string, at::Tensor> randomTensors(const ShapeList& shapes, std::uint64_t seed) {
    at::manual_seed(seed);
    std::map<std::string, at::Tensor> tensors;
    for (const auto& [name, shape] : shapes) {
        const double fanIn = static_cast<double>(countElements(shape)) / static_cast<double>(shape.front());
        const at::Tensor values = at::randn(shape, at::kFloat);
        tensors.emplace(name, shape.size() == 1 ? values * 0.1 + 1.0 : values / std::sqrt(fanIn));
    }
    return tensors;
}

} // namespace generation::test
