#pragma once

#include "generation/weights/Safetensors.h"

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace generation {

/// The named tensors of one network: one file, the shards of a folder, or those of a file whose names begin with a
/// prefix (fixtures keep several networks in one file).
/// Thread: an immutable value; copies share the files.
class WeightSource {
public:
    /// A component folder of a model: an index with its shards, else a single file of the usual name, else a lone
    /// *.safetensors. Throws WeightsError; a folder that only holds pickles (.pt, .ckpt, .bin) is refused as that.
    static WeightSource openFolder(const std::string& folder);
    static WeightSource openFile(const std::string& path);

    /// The tensors whose names begin with `prefix`, without it.
    WeightSource under(std::string_view prefix) const;

    /// The file or folder, for messages.
    const std::string& where() const { return m_where; }
    bool contains(std::string_view name) const { return m_entries.contains(name); }
    std::vector<std::string> names() const;
    const TensorEntry& entry(std::string_view name) const;
    at::Tensor tensor(std::string_view name) const;

    /// 32 hex digits over all files.
    std::string contentHash() const;

private:
    struct Location {
        std::shared_ptr<const Safetensors> file;
        std::string storedName;
    };

    void add(const std::shared_ptr<const Safetensors>& file, const std::string& name);
    const Location& location(std::string_view name) const;

    std::string m_where;
    std::map<std::string, Location, std::less<>> m_entries;
};

} // namespace generation
