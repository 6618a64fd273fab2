#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

namespace generation {

/// Writes float32 tensors with text beside them as a safetensors file, through a temporary file and a rename: readers
/// see the old file or the new one. A metadata entry "hash" tells a file whose bytes did not reach the disk. Throws
/// JobError "write-failed".
void writeTensorFile(const std::string& path, const std::map<std::string, at::Tensor>& tensors,
                     std::map<std::string, std::string> metadata);

/// What such a file holds.
struct TensorFile {
    std::map<std::string, at::Tensor> tensors;
    std::map<std::string, std::string> metadata;
};

/// Reads and checks it. Throws WeightsError: not found, not the format, not the bytes that were written.
TensorFile readTensorFile(const std::string& path);

} // namespace generation
