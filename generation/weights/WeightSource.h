#pragma once

#include "generation/weights/PackedTensor.h"
#include "generation/weights/Safetensors.h"
#include "generation/weights/StoredTensor.h"
#include "generation/weights/WeightFile.h"

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace generation {

/// The named tensors of one network, whatever files of whatever format they lie in: one file, the shards of a folder,
/// or those of a file whose names begin with a prefix (fixtures and some checkpoints keep several networks in one
/// file). Opening reads headers only. The scales of 8-bit weights are part of their weight and no tensors of their own.
/// Thread: an immutable value; copies share the files.
class WeightSource {
public:
    /// A component folder of a model: an index with its shards, else a single file of the usual name, else a lone
    /// *.safetensors, else a lone *.gguf. Throws WeightsError; a folder that only holds pickles (.pt, .ckpt, .bin) is
    /// refused as that.
    static WeightSource openFolder(const std::string& folder);
    /// Any file of either format; what it is called does not matter.
    static WeightSource openFile(const std::string& path);
    /// The shards that a *.safetensors.index.json names.
    static WeightSource openIndex(const std::string& path);

    /// Tensors in memory, under their own names: a network that is being trained is built from these. What autograd
    /// knows of them stays known. `where` is for messages.
    static WeightSource ofTensors(const std::map<std::string, at::Tensor>& tensors, const std::string& where);

    /// The tensors whose names begin with `prefix`, without it.
    WeightSource under(std::string_view prefix) const;

    /// The same tensors under other names: old name to new one, an empty one leaves the tensor out, names that are not
    /// in the map stay. Throws WeightsError when two tensors would have the same name.
    WeightSource renamed(const std::map<std::string, std::string>& names) const;

    /// The same tensors, but those whose names begin with one of `prefixes` lie as they are stored in the memory of a
    /// device, where their type can (isPackable()).
    WeightSource packedOn(const at::Device& device, const std::vector<std::string>& prefixes) const;

    /// The file or folder, for messages.
    const std::string& where() const { return m_where; }
    bool contains(std::string_view name) const { return m_entries.contains(name); }
    std::vector<std::string> names() const;
    const TensorEntry& entry(std::string_view name) const;
    StoredTensor stored(std::string_view name) const;
    at::Tensor tensor(std::string_view name) const;
    /// The tensor if it is in memory, else an undefined one.
    const at::Tensor& inMemory(std::string_view name) const { return location(name).memory; }
    /// The tensor as it lies on a device, or null.
    const PackedTensor* packed(std::string_view name) const { return location(name).packed.get(); }

    /// Some rows of a matrix, float32 [n, columns]; of the file only these are touched. ids: int64 [n].
    at::Tensor rows(std::string_view name, const at::Tensor& ids) const;

    /// Hints about the mapped file: a tensor that is about to be read, one that will not be read soon. Its pages leave
    /// the process; what the system keeps of them is the system's affair.
    void expectPages(std::string_view name) const;
    void forgetPages(std::string_view name) const;

    /// The files, each once.
    std::vector<std::shared_ptr<const WeightFile>> files() const;

private:
    struct Location {
        std::shared_ptr<const WeightFile> file; ///< null: in memory
        std::string storedName;
        std::shared_ptr<const TensorEntry> entry; ///< in the file
        std::shared_ptr<const std::vector<float>> scales;
        at::Tensor memory;
        std::shared_ptr<const PackedTensor> packed;
    };

    void add(const std::shared_ptr<const WeightFile>& file, const std::string& name);
    void attachScales();
    const Location& location(std::string_view name) const;

    std::string m_where;
    std::map<std::string, Location, std::less<>> m_entries;
};

} // namespace generation
