#pragma once

#include "generation/weights/MappedFile.h"
#include "generation/weights/TensorEntry.h"

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <vector>

namespace generation {

/// One tensor where it lies in a file: its bytes are the mapping's, nothing is read before a function below asks for
/// it. With `scales` (8-bit floats) a value is what is stored times its row's scale, or times the only one. Thread: an
/// immutable value.
struct StoredTensor {
    std::shared_ptr<const MappedFile> file;
    std::string name; ///< in the file, for messages
    TensorEntry entry;
    std::shared_ptr<const std::vector<float>> scales; ///< null: none

    std::span<const std::byte> bytes() const { return file->bytes().subspan(entry.begin, entry.end - entry.begin); }
};

/// The libtorch type that holds the stored elements as they are, if there is one.
std::optional<at::ScalarType> scalarTypeOf(ElementType type);

/// Whether the values in this type are the file's own bytes, so that a view of them will do.
bool isViewable(const StoredTensor& tensor, at::ScalarType type);

/// A view of the mapped file, which it keeps mapped. Read-only: writing to it is a fault. The tensor must be viewable.
at::Tensor viewOf(const StoredTensor& tensor);

/// The tensor as stored: a view where libtorch has the type and the bytes are aligned; 8-bit floats and quantised
/// blocks as float32. Throws WeightsError for types libtorch lacks (U16, U32, U64).
at::Tensor asStored(const StoredTensor& tensor);

/// Memory on the CPU for a tensor that is about to be read.
at::Tensor newTensor(const std::vector<std::int64_t>& shape, at::ScalarType type);

/// A new tensor on the CPU of another type, from the file's bytes in one pass over all threads.
at::Tensor converted(const StoredTensor& tensor, at::ScalarType type);

/// Some rows of a matrix, float32 [n, columns]; of the file only these are touched. ids: int64 [n], each a row's
/// number.
at::Tensor rowsOf(const StoredTensor& tensor, const at::Tensor& ids);

/// The same as converted() into `out`, which is contiguous, on the CPU and has as many elements.
void convertInto(const StoredTensor& tensor, const at::Tensor& out);

} // namespace generation
