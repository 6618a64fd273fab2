#include "generation/weights/ShardIndex.h"

#include "generation/weights/JsonFile.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

namespace generation {

namespace {

bool isPlainName(const std::string& name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
           name.find('\\') == std::string::npos && name.find('\0') == std::string::npos;
}

} // namespace

std::map<std::string, std::string> readShardIndex(const std::string& path) {
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
        if (!isPlainName(file)) {
            throw WeightsError(path, "the shard name '" + shownName(file) + "' is not a plain file name");
        }
        shards.emplace(name, file);
    }
    return shards;
}

} // namespace generation
