// Shard indexes: whatever the bytes, a map or a WeightsError, and no shard outside the folder.

#include "generation/weights/ShardIndex.h"
#include "generation/weights/WeightsError.h"
#include "tests/fuzz/FuzzFile.h"
#include "tests/fuzz/Seeds.h"

#include <cstdlib>

using namespace generation;

fuzz::Seeds fuzz::seeds() {
    return {{"empty", R"({"weight_map":{}})"},
            {"two", R"({"metadata":{"total_size":8},"weight_map":{"a.x":"m-1.safetensors","b":"m-2.safetensors"}})"},
            {"escapes", R"({"weight_map":{"\u0061\n":"m\u00e9.safetensors"},"other":[1,2.5,null,true,{"a":{}}]})"},
            {"outside", R"({"weight_map":{"a":"../m.safetensors"}})"}};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static fuzz::FuzzFile input;
    try {
        for (const auto& [tensor, shard] : readShardIndex(input.holding(data, size))) {
            if (shard.empty() || shard.find('/') != std::string::npos || shard == "..") {
                std::abort();
            }
        }
    } catch (const WeightsError&) {
    }
    return 0;
}
