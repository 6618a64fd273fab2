#include "generation/weights/WeightSource.h"

#include "generation/weights/FileKind.h"
#include "generation/weights/ScaledWeights.h"
#include "generation/weights/ShardIndex.h"
#include "generation/weights/WeightsError.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

namespace generation {

namespace fs = std::filesystem;

namespace {

constexpr std::array<const char*, 2> kIndexNames{"diffusion_pytorch_model.safetensors.index.json",
                                                 "model.safetensors.index.json"};
constexpr std::array<const char*, 2> kSingleNames{"diffusion_pytorch_model.safetensors", "model.safetensors"};

/// The only *.safetensors of the folder, else its only *.gguf; throws what is in the way of that.
fs::path loneFile(const std::string& folder) {
    std::error_code error;
    std::vector<fs::path> safetensors;
    std::vector<fs::path> gguf;
    fs::path pickle;
    for (const auto& item : fs::directory_iterator(folder, error)) {
        if (item.path().extension() == ".safetensors") {
            safetensors.push_back(item.path());
        } else if (item.path().extension() == ".gguf") {
            gguf.push_back(item.path());
        } else if (hasPickleName(item.path())) {
            pickle = item.path();
        }
    }
    if (error) {
        throw WeightsError(folder, error.message());
    }
    const std::vector<fs::path>& found = safetensors.empty() ? gguf : safetensors;
    if (found.size() > 1) {
        throw WeightsError(folder,
                           safetensors.empty() ? "several GGUF files" : "several safetensors files and no index");
    }
    if (found.empty() && !pickle.empty()) {
        throw WeightsError(pickle.string(), kPickleReason);
    }
    if (found.empty()) {
        throw WeightsError(folder, "no safetensors file");
    }
    return found.front();
}

} // namespace

void WeightSource::add(const std::shared_ptr<const WeightFile>& file, const std::string& name) {
    // The entry is the file's, and lives as long.
    m_entries.emplace(
        name,
        Location{
            file, name, std::shared_ptr<const TensorEntry>(file, &file->tensors().at(name)), nullptr, {}, nullptr});
}

void WeightSource::attachScales() {
    WeightScales found = findScales(*this);
    for (auto& [name, scales] : found.scales) {
        m_entries.at(name).scales = std::move(scales);
    }
    for (const std::string& name : found.helpers) {
        m_entries.erase(name);
    }
}

WeightSource WeightSource::openFile(const std::string& path) {
    WeightSource source;
    source.m_where = path;
    const auto file = WeightFile::open(path);
    for (const auto& [name, entry] : file->tensors()) {
        source.add(file, name);
    }
    source.attachScales();
    return source;
}

WeightSource WeightSource::openIndex(const std::string& path) {
    const fs::path base = fs::path(path).parent_path();
    WeightSource source;
    source.m_where = base.string();
    std::map<std::string, std::shared_ptr<const WeightFile>> shards;
    for (const auto& [tensor, shard] : readShardIndex(path)) {
        auto& file = shards[shard];
        if (!file) {
            file = WeightFile::open((base / shard).string());
        }
        if (!file->tensors().contains(tensor)) {
            throw WeightsError(file->path(), "no tensor '" + shownName(tensor) + "', which the index places there");
        }
        source.add(file, tensor);
    }
    source.attachScales();
    return source;
}

WeightSource WeightSource::openFolder(const std::string& folder) {
    const fs::path base(folder);
    std::error_code error;
    for (const char* name : kIndexNames) {
        const std::string path = (base / name).string();
        if (fs::exists(path, error)) {
            return openIndex(path);
        }
    }
    for (const char* name : kSingleNames) {
        const std::string path = (base / name).string();
        if (fs::exists(path, error)) {
            return openFile(path);
        }
    }
    return openFile(loneFile(folder).string());
}

WeightSource WeightSource::ofTensors(const std::map<std::string, at::Tensor>& tensors, const std::string& where) {
    WeightSource source;
    source.m_where = where;
    for (const auto& [name, tensor] : tensors) {
        auto entry = std::make_shared<TensorEntry>();
        entry->shape = tensor.sizes().vec();
        source.m_entries.emplace(name, Location{nullptr, name, std::move(entry), nullptr, tensor, nullptr});
    }
    return source;
}

WeightSource WeightSource::under(std::string_view prefix) const {
    WeightSource source;
    source.m_where = m_where;
    for (const auto& [name, location] : m_entries) {
        if (name.starts_with(prefix)) {
            source.m_entries.emplace(name.substr(prefix.size()), location);
        }
    }
    return source;
}

WeightSource WeightSource::renamed(const std::map<std::string, std::string>& names) const {
    WeightSource source;
    source.m_where = m_where;
    for (const auto& [name, location] : m_entries) {
        const auto found = names.find(name);
        const std::string& other = found == names.end() ? name : found->second;
        if (!other.empty() && !source.m_entries.emplace(other, location).second) {
            throw WeightsError(m_where, "the tensor '" + shownName(other) + "' is there twice, once as '" +
                                            shownName(name) + "'");
        }
    }
    return source;
}

WeightSource WeightSource::packedOn(const at::Device& device, const std::vector<std::string>& prefixes) const {
    WeightSource source = *this;
    for (auto& [name, place] : source.m_entries) {
        const bool isMeant = std::any_of(prefixes.begin(), prefixes.end(),
                                         [&](const std::string& prefix) { return name.starts_with(prefix); });
        if (isMeant && place.file && isPackable(place.entry->type)) {
            place.packed = std::make_shared<const PackedTensor>(generation::packed(stored(name), device));
        }
    }
    return source;
}

std::vector<std::string> WeightSource::names() const {
    std::vector<std::string> names;
    for (const auto& [name, location] : m_entries) {
        names.push_back(name);
    }
    return names;
}

const WeightSource::Location& WeightSource::location(std::string_view name) const {
    const auto found = m_entries.find(name);
    if (found == m_entries.end()) {
        throw WeightsError(m_where, "no tensor '" + std::string(name) + "'");
    }
    return found->second;
}

const TensorEntry& WeightSource::entry(std::string_view name) const {
    return *location(name).entry;
}

at::Tensor WeightSource::tensor(std::string_view name) const {
    const at::Tensor& memory = inMemory(name);
    return memory.defined() ? memory : asStored(stored(name));
}

StoredTensor WeightSource::stored(std::string_view name) const {
    const Location& place = location(name);
    if (!place.file) {
        throw WeightsError(m_where, "'" + std::string(name) + "' is in memory, not in a file");
    }
    return {place.file->mapping(), place.storedName, *place.entry, place.scales};
}

at::Tensor WeightSource::rows(std::string_view name, const at::Tensor& ids) const {
    at::Tensor some = rowsOf(stored(name), ids);
    forgetPages(name);
    return some;
}

void WeightSource::expectPages(std::string_view name) const {
    const Location& place = location(name);
    if (place.file && !place.packed) {
        place.file->mapping()->willNeed(place.entry->begin, place.entry->end);
    }
}

void WeightSource::forgetPages(std::string_view name) const {
    const Location& place = location(name);
    if (place.file && !place.packed) {
        place.file->mapping()->release(place.entry->begin, place.entry->end);
    }
}

std::vector<std::shared_ptr<const WeightFile>> WeightSource::files() const {
    std::vector<std::shared_ptr<const WeightFile>> files;
    std::set<const WeightFile*> seen;
    for (const auto& [name, place] : m_entries) {
        if (place.file && seen.insert(place.file.get()).second) {
            files.push_back(place.file);
        }
    }
    return files;
}

} // namespace generation
