#include "generation/weights/StoredTensor.h"

#include "generation/weights/Decode.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>

#include <sys/mman.h>

namespace generation {

namespace {

/// A thread's share at a time: small enough for its second-level cache, a multiple of every block.
constexpr std::int64_t kChunk = 16384;

/// Multiplies values [first, first + count) of the tensor by their scales.
void applyScales(const StoredTensor& tensor, std::int64_t first, std::span<float> values) {
    const std::vector<float>& scales = *tensor.scales;
    const auto elements = static_cast<std::int64_t>(tensor.bytes().size()); // 8-bit floats
    const std::int64_t row = elements / static_cast<std::int64_t>(scales.size());
    const auto count = static_cast<std::int64_t>(values.size());
    for (std::int64_t i = 0; i < count;) {
        const std::int64_t index = (first + i) / row;
        const std::int64_t end = std::min(count, (index + 1) * row - first);
        const float scale = scales[static_cast<std::size_t>(index)];
        for (; i < end; ++i) {
            values[static_cast<std::size_t>(i)] *= scale;
        }
    }
}

/// Calls work(first, count, bytes) for all chunks, over all threads.
template <class Work>
void forChunks(const StoredTensor& tensor, std::int64_t elements, const Work& work) {
    const BlockSize block = blockSize(tensor.entry.type);
    const std::int64_t chunks = (elements + kChunk - 1) / kChunk;
    at::parallel_for(0, chunks, 4, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t first = i * kChunk;
            const std::int64_t count = std::min(kChunk, elements - first);
            const auto bytesOf = [&](std::int64_t n) {
                return static_cast<std::uint64_t>(n) / block.elements * block.bytes;
            };
            work(first, count, tensor.bytes().subspan(bytesOf(first), bytesOf(count)));
        }
    });
}

void decodeInto(const StoredTensor& tensor, const at::Tensor& out) {
    auto* to = out.data_ptr<float>();
    forChunks(tensor, out.numel(), [&](std::int64_t first, std::int64_t count, std::span<const std::byte> bytes) {
        decode(tensor.entry.type, bytes, to + first);
        if (tensor.scales) {
            applyScales(tensor, first, {to + first, static_cast<std::size_t>(count)});
        }
    });
}

void narrowInto(const StoredTensor& tensor, const at::Tensor& out) {
    auto* to = reinterpret_cast<std::uint16_t*>(out.data_ptr<at::BFloat16>());
    forChunks(tensor, out.numel(), [&](std::int64_t first, std::int64_t count, std::span<const std::byte> bytes) {
        std::array<float, kChunk> wide;
        const std::span<float> values(wide.data(), static_cast<std::size_t>(count));
        decode(tensor.entry.type, bytes, wide.data());
        if (tensor.scales) {
            applyScales(tensor, first, values);
        }
        narrowToBf16(values, to + first);
    });
}

/// Most of the time of loading goes into the first touch of the result's pages; 2 MB at a time it is a fraction of
/// that.
void preferLargePages(const at::Tensor& out) {
    constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20U;
    const auto begin = reinterpret_cast<std::uintptr_t>(out.data_ptr());
    const std::uintptr_t first = (begin + kLargePage - 1) / kLargePage * kLargePage;
    const std::uintptr_t last = (begin + out.nbytes()) / kLargePage * kLargePage;
    if (first < last) {
        ::madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE); // a hint: that it fails does not matter
    }
}

void copyInto(const StoredTensor& tensor, const at::Tensor& out) {
    auto* to = static_cast<std::byte*>(out.data_ptr());
    const auto size = static_cast<std::int64_t>(blockSize(tensor.entry.type).bytes);
    forChunks(tensor, out.numel(), [&](std::int64_t first, std::int64_t, std::span<const std::byte> bytes) {
        std::copy(bytes.begin(), bytes.end(), to + first * size);
    });
}

} // namespace

std::optional<at::ScalarType> scalarTypeOf(ElementType type) {
    switch (type) {
    case ElementType::F64:
        return at::kDouble;
    case ElementType::F32:
        return at::kFloat;
    case ElementType::F16:
        return at::kHalf;
    case ElementType::BF16:
        return at::kBFloat16;
    case ElementType::I64:
        return at::kLong;
    case ElementType::I32:
        return at::kInt;
    case ElementType::I16:
        return at::kShort;
    case ElementType::I8:
        return at::kChar;
    case ElementType::U8:
        return at::kByte;
    case ElementType::Bool:
        return at::kBool;
    default:
        return std::nullopt;
    }
}

bool isViewable(const StoredTensor& tensor, at::ScalarType type) {
    const std::span<const std::byte> bytes = tensor.bytes();
    return !bytes.empty() && !tensor.scales && scalarTypeOf(tensor.entry.type) == type &&
           reinterpret_cast<std::uintptr_t>(bytes.data()) % blockSize(tensor.entry.type).bytes == 0;
}

at::Tensor viewOf(const StoredTensor& tensor) {
    // The view's deleter holds the mapping.
    return at::from_blob(
        const_cast<std::byte*>(tensor.bytes().data()), tensor.entry.shape, [file = tensor.file](void*) {},
        at::TensorOptions(*scalarTypeOf(tensor.entry.type)));
}

at::Tensor asStored(const StoredTensor& tensor) {
    const auto type = scalarTypeOf(tensor.entry.type);
    if (type && isViewable(tensor, *type)) {
        return viewOf(tensor);
    }
    if (!type && !isDecodable(tensor.entry.type)) {
        throw WeightsError(tensor.file->path(), "tensor '" + shownName(tensor.name) + "' has the type " +
                                                    std::string(elementTypeName(tensor.entry.type)) +
                                                    ", which libtorch lacks");
    }
    return converted(tensor, tensor.scales ? at::kFloat : type.value_or(at::kFloat));
}

void convertInto(const StoredTensor& tensor, const at::Tensor& out) {
    const at::ScalarType type = out.scalar_type();
    if (out.numel() == 0) {
        return;
    }
    if (!tensor.scales && scalarTypeOf(tensor.entry.type) == type) {
        copyInto(tensor, out);
    } else if (isDecodable(tensor.entry.type) && type == at::kFloat) {
        decodeInto(tensor, out);
    } else if (isDecodable(tensor.entry.type) && type == at::kBFloat16) {
        narrowInto(tensor, out);
    } else {
        out.copy_(asStored(tensor).view(out.sizes())); // types that weights rarely have
    }
}

at::Tensor rowsOf(const StoredTensor& tensor, const at::Tensor& ids) {
    const std::vector<std::int64_t>& shape = tensor.entry.shape;
    const at::Tensor numbers = ids.to(at::kCPU, at::kLong).contiguous();
    TORCH_CHECK(shape.size() == 2, "rows of something else than a matrix");
    const at::Tensor out = at::empty({numbers.numel(), shape[1]}, at::kFloat);
    const std::uint64_t rowBytes = shape[0] == 0 ? 0 : tensor.bytes().size() / static_cast<std::uint64_t>(shape[0]);
    for (std::int64_t i = 0; i < numbers.numel(); ++i) {
        const std::int64_t row = numbers.data_ptr<std::int64_t>()[i];
        TORCH_CHECK(row >= 0 && row < shape[0], "a row that the matrix does not have");
        StoredTensor one = tensor;
        one.entry.shape.assign(1, shape[1]);
        one.entry.begin += static_cast<std::uint64_t>(row) * rowBytes;
        one.entry.end = one.entry.begin + rowBytes;
        if (tensor.scales && tensor.scales->size() > 1) {
            const float scale = (*tensor.scales)[static_cast<std::size_t>(row)];
            one.scales = std::make_shared<const std::vector<float>>(1, scale);
        }
        convertInto(one, out[i]);
    }
    return out;
}

at::Tensor newTensor(const std::vector<std::int64_t>& shape, at::ScalarType type) {
    at::Tensor out = at::empty(shape, at::TensorOptions(type));
    preferLargePages(out);
    return out;
}

at::Tensor converted(const StoredTensor& tensor, at::ScalarType type) {
    at::Tensor out = newTensor(tensor.entry.shape, type);
    convertInto(tensor, out);
    return out;
}

} // namespace generation
