#include "generation/weights/WeightSource.h"

#include "generation/weights/ContentHash.h"
#include "generation/weights/JsonFile.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

namespace generation {

namespace fs = std::filesystem;

namespace {

constexpr std::array<const char*, 2> kIndexNames{"diffusion_pytorch_model.safetensors.index.json",
                                                 "model.safetensors.index.json"};
constexpr std::array<const char*, 2> kSingleNames{"diffusion_pytorch_model.safetensors", "model.safetensors"};

bool isPickle(const fs::path& path) {
    const std::string extension = path.extension().string();
    return extension == ".pt" || extension == ".pth" || extension == ".ckpt" || extension == ".bin" ||
           extension == ".pkl";
}

/// The only *.safetensors of the folder; throws what is in the way of that.
fs::path loneFile(const std::string& folder) {
    std::error_code error;
    fs::path found;
    fs::path pickle;
    for (const auto& item : fs::directory_iterator(folder, error)) {
        if (item.path().extension() == ".safetensors") {
            if (!found.empty()) {
                throw WeightsError(folder, "several safetensors files and no index");
            }
            found = item.path();
        } else if (isPickle(item.path())) {
            pickle = item.path();
        }
    }
    if (error) {
        throw WeightsError(folder, error.message());
    }
    if (found.empty() && !pickle.empty()) {
        throw WeightsError(pickle.string(), "a PyTorch pickle, which can run any program when it is read; convert it "
                                            "to safetensors where you trust it");
    }
    if (found.empty()) {
        throw WeightsError(folder, "no safetensors file");
    }
    return found;
}

/// Tensor name to shard name, as the index says. A shard is a plain file name in the index's folder.
std::map<std::string, std::string> readIndex(const std::string& path) {
    const nlohmann::json index = readJsonFile(path);
    const auto weightMap = index.find("weight_map");
    if (weightMap == index.end() || !weightMap->is_object()) {
        throw WeightsError(path, "no weight_map");
    }
    std::map<std::string, std::string> shards;
    for (const auto& [name, shard] : weightMap->items()) {
        if (!shard.is_string()) {
            throw WeightsError(path, "the shard of '" + shownName(name) + "' is not a name");
        }
        const auto& file = shard.get_ref<const std::string&>();
        if (file.empty() || file.find('/') != std::string::npos || file.find('\\') != std::string::npos ||
            file.find('\0') != std::string::npos || file == "." || file == "..") {
            throw WeightsError(path, "the shard name '" + shownName(file) + "' is not a plain file name");
        }
        shards.emplace(name, file);
    }
    return shards;
}

} // namespace

void WeightSource::add(const std::shared_ptr<const Safetensors>& file, const std::string& name) {
    m_entries.emplace(name, Location{file, name});
}

WeightSource WeightSource::openFile(const std::string& path) {
    WeightSource source;
    source.m_where = path;
    const auto file = std::make_shared<const Safetensors>(Safetensors::open(path));
    for (const auto& [name, entry] : file->header().tensors) {
        source.add(file, name);
    }
    return source;
}

WeightSource WeightSource::openFolder(const std::string& folder) {
    const fs::path base(folder);
    std::error_code error;
    for (const char* name : kIndexNames) {
        const std::string indexPath = (base / name).string();
        if (!fs::exists(indexPath, error)) {
            continue;
        }
        WeightSource source;
        source.m_where = folder;
        std::map<std::string, std::shared_ptr<const Safetensors>> shards;
        for (const auto& [tensor, shard] : readIndex(indexPath)) {
            auto& file = shards[shard];
            if (!file) {
                file = std::make_shared<const Safetensors>(Safetensors::open((base / shard).string()));
            }
            if (!file->contains(tensor)) {
                throw WeightsError(file->path(), "no tensor '" + shownName(tensor) + "', which the index places there");
            }
            source.add(file, tensor);
        }
        return source;
    }
    for (const char* name : kSingleNames) {
        const std::string path = (base / name).string();
        if (fs::exists(path, error)) {
            return openFile(path);
        }
    }
    return openFile(loneFile(folder).string());
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
    const Location& place = location(name);
    return place.file->header().tensors.at(place.storedName);
}

at::Tensor WeightSource::tensor(std::string_view name) const {
    const Location& place = location(name);
    return place.file->tensor(place.storedName);
}

std::string WeightSource::contentHash() const {
    std::set<std::string> hashes;
    std::set<const Safetensors*> seen;
    for (const auto& [name, place] : m_entries) {
        if (seen.insert(place.file.get()).second) {
            hashes.insert(place.file->contentHash());
        }
    }
    ContentHash all;
    for (const std::string& hash : hashes) {
        all.add(std::as_bytes(std::span(hash)));
    }
    return all.hex();
}

} // namespace generation
