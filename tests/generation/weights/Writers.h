#pragma once

#include "generation/weights/TensorEntry.h"
#include "tests/generation/weights/Files.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace generation::test {

/// A tensor as a file holds it.
struct FileTensor {
    ElementType type = ElementType::F32;
    std::vector<std::int64_t> shape;
    std::string bytes;
};

using FileTensors = std::map<std::string, FileTensor>;

inline FileTensor fileTensor(const at::Tensor& values) {
    const at::Tensor dense = values.contiguous();
    ElementType type = ElementType::F32;
    switch (dense.scalar_type()) {
    case at::kHalf:
        type = ElementType::F16;
        break;
    case at::kBFloat16:
        type = ElementType::BF16;
        break;
    case at::kByte:
        type = ElementType::U8;
        break;
    case at::kLong:
        type = ElementType::I64;
        break;
    default:
        break;
    }
    return {type, dense.sizes().vec(), std::string(static_cast<const char*>(dense.data_ptr()), dense.nbytes())};
}

/// A whole safetensors file. `metadata`: the members of __metadata__, as JSON.
inline std::string safetensorsOf(const FileTensors& tensors, const std::string& metadata = {}) {
    std::string header = metadata.empty() ? "{" : "{\"__metadata__\":{" + metadata + "}";
    std::string data;
    for (const auto& [name, tensor] : tensors) {
        header += header.size() == 1 ? "\"" : ",\"";
        header += name + "\":{\"dtype\":\"" + std::string(elementTypeName(tensor.type)) + "\",\"shape\":[";
        for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
            header += (i == 0 ? "" : ",") + std::to_string(tensor.shape[i]);
        }
        header += "],\"data_offsets\":[" + std::to_string(data.size()) + ",";
        data += tensor.bytes;
        header += std::to_string(data.size()) + "]}";
    }
    header += "}";
    header.resize((header.size() + 7) / 8 * 8, ' '); // as the format's own writers do
    return safetensorsBytes(header, data);
}

/// Puts a GGUF file together. What it writes is well-formed unless a test says otherwise.
class GgufWriter {
public:
    template <class Number>
    static std::string number(Number value) {
        std::string bytes(sizeof value, '\0');
        std::memcpy(bytes.data(), &value, sizeof value);
        return bytes;
    }
    static std::string text(const std::string& value) { return number<std::uint64_t>(value.size()) + value; }

    /// A key with a value that is already in bytes: type, then value.
    void addRaw(const std::string& key, std::uint32_t type, const std::string& value) {
        m_keys += text(key) + number(type) + value;
        ++m_keyCount;
    }
    void add(const std::string& key, const std::string& value) { addRaw(key, 8, text(value)); }
    void add(const std::string& key, std::uint32_t value) {
        addRaw(key, 4, number(value));
        if (key == "general.alignment") {
            m_alignment = value;
        }
    }
    void add(const std::string& key, const std::vector<std::string>& list) {
        std::string value = number<std::uint32_t>(8) + number<std::uint64_t>(list.size());
        for (const std::string& one : list) {
            value += text(one);
        }
        addRaw(key, 9, value);
    }
    template <class Number>
    void addList(const std::string& key, std::uint32_t type, const std::vector<Number>& list) {
        std::string value = number(type) + number<std::uint64_t>(list.size());
        for (const Number one : list) {
            value += number(one);
        }
        addRaw(key, 9, value);
    }

    /// The shape is row-major and comes into the file reversed, without leading ones where `forgetsOnes`, as ggml's own
    /// tools write it.
    void addTensor(const std::string& name, const FileTensor& tensor, bool forgetsOnes = false) {
        std::vector<std::int64_t> shape = tensor.shape;
        while (forgetsOnes && shape.size() > 1 && shape.front() == 1) {
            shape.erase(shape.begin());
        }
        m_infos += text(name) + number<std::uint32_t>(static_cast<std::uint32_t>(shape.size()));
        for (auto size = shape.rbegin(); size != shape.rend(); ++size) {
            m_infos += number<std::uint64_t>(static_cast<std::uint64_t>(*size));
        }
        m_infos += number<std::uint32_t>(ggmlType(tensor.type)) + number<std::uint64_t>(m_data.size());
        m_data += tensor.bytes;
        m_data.resize((m_data.size() + m_alignment - 1) / m_alignment * m_alignment, '\0');
        ++m_tensorCount;
    }
    /// Tensor information as it comes, with nothing behind it.
    void addInfo(const std::string& info) {
        m_infos += info;
        ++m_tensorCount;
    }

    std::string bytes(std::uint32_t version = 3) const {
        std::string file = "GGUF" + number(version) + number(m_tensorCount) + number(m_keyCount) + m_keys + m_infos;
        file.resize((file.size() + m_alignment - 1) / m_alignment * m_alignment, '\0');
        return file + m_data;
    }

    static std::uint32_t ggmlType(ElementType type) {
        static const std::map<ElementType, std::uint32_t> types{
            {ElementType::F32, 0},   {ElementType::F16, 1},   {ElementType::Q4_0, 2},  {ElementType::Q4_1, 3},
            {ElementType::Q5_0, 6},  {ElementType::Q5_1, 7},  {ElementType::Q8_0, 8},  {ElementType::Q2_K, 10},
            {ElementType::Q3_K, 11}, {ElementType::Q4_K, 12}, {ElementType::Q5_K, 13}, {ElementType::Q6_K, 14},
            {ElementType::I8, 24},   {ElementType::I32, 26},  {ElementType::I64, 27},  {ElementType::F64, 28},
            {ElementType::BF16, 30}};
        return types.at(type);
    }

private:
    std::string m_keys;
    std::string m_infos;
    std::string m_data;
    std::uint64_t m_keyCount = 0;
    std::uint64_t m_tensorCount = 0;
    std::size_t m_alignment = 32;
};

/// Rounds the rows of a tensor to Q8_0 blocks of 32: the bytes. `values` then are what the blocks stand for.
inline FileTensor quantised8(const at::Tensor& source, at::Tensor& values) {
    const at::Tensor dense = source.to(at::kFloat).contiguous();
    values = at::empty_like(dense);
    FileTensor tensor{ElementType::Q8_0, dense.sizes().vec(), {}};
    for (std::int64_t begin = 0; begin < dense.numel(); begin += 32) {
        const float* from = dense.data_ptr<float>() + begin;
        float largest = 0.0F;
        for (int i = 0; i < 32; ++i) {
            largest = std::max(largest, std::abs(from[i]));
        }
        const at::Half scale(largest / 127.0F);
        tensor.bytes += GgufWriter::number(scale.x);
        for (int i = 0; i < 32; ++i) {
            const float step = static_cast<float>(scale);
            const auto level =
                static_cast<std::int8_t>(step == 0.0F ? 0 : std::clamp(std::lround(from[i] / step), -127L, 127L));
            tensor.bytes += static_cast<char>(level);
            values.data_ptr<float>()[begin + i] = step * static_cast<float>(level);
        }
    }
    return tensor;
}

} // namespace generation::test
