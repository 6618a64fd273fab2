#pragma once

#include "generation/weights/StoredTensor.h"
#include "generation/weights/TensorEntry.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace generation {

/// A tensor as its file stores it, in the memory of a device: 8-bit floats and quantised blocks take a fraction of what
/// their numbers would, and are made into numbers there each time they are needed.
/// Thread: an immutable value.
struct PackedTensor {
    ElementType type = ElementType::F32;
    std::vector<std::int64_t> shape;
    at::Tensor bytes;  ///< uint8 [n], on the device
    at::Tensor values; ///< float32 [256]: what each byte means; of 8-bit floats only
    at::Tensor scales; ///< float32 [1] or one for each row; undefined: none
};

/// Whether packed() takes the type: floats of 8, 16 and 32 bits, and GGUF's blocks of four to eight bits.
bool isPackable(ElementType type);

/// Copies the file's bytes to the device and gives the file's pages back. The type must be packable.
PackedTensor packed(const StoredTensor& tensor, const at::Device& device);

/// The numbers, in `type`, of the tensor's shape, on its device; made of libtorch's own operations, in the order of
/// decode(): the same bits.
at::Tensor unpacked(const PackedTensor& tensor, at::ScalarType type);

/// Beside the result: what unpacked() takes at a time.
inline constexpr std::int64_t kUnpackBytes = std::int64_t{256} << 20U;

} // namespace generation
