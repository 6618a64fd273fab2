#include "generation/training/WeightWriter.h"

#include "generation/training/Png.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <stdexcept>
#include <vector>

namespace generation {

namespace {

using nlohmann::json;

const char* typeName(at::ScalarType type) {
    switch (type) {
    case at::kDouble:
        return "F64";
    case at::kFloat:
        return "F32";
    case at::kHalf:
        return "F16";
    case at::kBFloat16:
        return "BF16";
    case at::kLong:
        return "I64";
    case at::kByte:
        return "U8";
    default:
        throw std::invalid_argument("weights of a type that is not written");
    }
}

std::string shardName(const std::string& name, std::size_t i, std::size_t count) {
    char number[48];
    std::snprintf(number, sizeof number, "-%05zu-of-%05zu.safetensors", i + 1, count);
    return name + number;
}

} // namespace

void writeWeights(const std::string& path, const TensorMap& tensors,
                  const std::map<std::string, std::string>& metadata) {
    json header = json::object();
    if (!metadata.empty()) {
        header["__metadata__"] = metadata;
    }
    std::string data;
    for (const auto& [name, tensor] : tensors) {
        const at::Tensor plain = tensor.detach().to(at::kCPU).contiguous();
        const std::size_t begin = data.size();
        data.append(static_cast<const char*>(plain.data_ptr()), static_cast<std::size_t>(plain.nbytes()));
        header[name] = {{"dtype", typeName(plain.scalar_type())},
                        {"shape", plain.sizes().vec()},
                        {"data_offsets", {begin, data.size()}}};
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();
    replaceFile(path, std::string(reinterpret_cast<const char*>(&length), sizeof length) + text + data);
}

void writeShards(const std::string& folder, const std::string& name, const TensorMap& tensors, std::int64_t mostBytes) {
    std::vector<TensorMap> shards(1);
    std::int64_t bytes = 0;
    std::int64_t total = 0;
    for (const auto& [key, tensor] : tensors) {
        const at::Tensor half = tensor.detach().to(at::kCPU, at::kHalf).contiguous();
        const auto size = static_cast<std::int64_t>(half.nbytes());
        if (bytes > 0 && bytes + size > mostBytes) {
            shards.emplace_back();
            bytes = 0;
        }
        shards.back()[key] = half;
        bytes += size;
        total += size;
    }
    const std::map<std::string, std::string> metadata{{"format", "pt"}};
    if (shards.size() == 1) {
        writeWeights(folder + "/" + name + ".safetensors", shards.front(), metadata);
        return;
    }
    json index{{"metadata", {{"total_size", total}}}, {"weight_map", json::object()}};
    for (std::size_t i = 0; i < shards.size(); ++i) {
        const std::string file = shardName(name, i, shards.size());
        writeWeights(folder + "/" + file, shards[i], metadata);
        for (const auto& [key, tensor] : shards[i]) {
            index["weight_map"][key] = file;
        }
    }
    replaceFile(folder + "/" + name + ".safetensors.index.json", index.dump(2) + "\n");
}

} // namespace generation
