// Safetensors files: whatever the bytes, a header or a WeightsError, and every tensor inside the file.

#include "generation/weights/KeyMap.h"
#include "generation/weights/WeightFile.h"
#include "generation/weights/WeightsError.h"
#include "tests/fuzz/FuzzFile.h"
#include "tests/fuzz/Seeds.h"

#include <cstdlib>

using namespace generation;

namespace generation::fuzz {

namespace {

std::string safetensors(const std::string& header, std::size_t data) {
    return bytesOf<std::uint64_t>(header.size()) + header + std::string(data, '\1');
}

} // namespace

Seeds seeds() {
    return {
        {"empty", safetensors("{}", 0)},
        {"one", safetensors(R"({"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}})", 8)},
        {"types", safetensors(R"({"__metadata__":{"format":"pt"},"a":{"dtype":"BF16","shape":[],"data_offsets":[0,2]},)"
                              R"("b.weight":{"dtype":"F8_E4M3","shape":[0,3],"data_offsets":[2,2]},)"
                              R"("c":{"dtype":"I64","shape":[1,1,1],"data_offsets":[2,10]}} )",
                              10)},
        {"names",
         safetensors(R"({"head.modulation":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                     R"("blocks.0.self_attn.q.weight":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},)"
                     R"("decoder.upsamples.3.resample.1.weight":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}})",
                     3)},
        {"pickle", std::string("PK\x03\x04", 4) + std::string(30, '\0')}};
}

} // namespace generation::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static fuzz::FuzzFile input;
    try {
        const auto file = WeightFile::open(input.holding(data, size));
        std::vector<std::string> names;
        for (const auto& [name, entry] : file->tensors()) {
            const auto bytes = file->bytes(entry); // aborts when it lies outside
            if (bytes.size() != storedBytes(entry.type, entry.shape) || entry.end > size) {
                std::abort();
            }
            names.push_back(name);
        }
        for (const NetworkKind kind : {NetworkKind::Transformer, NetworkKind::Autoencoder, NetworkKind::TextEncoder}) {
            (void)diffusersNames(kind, names);
        }
    } catch (const WeightsError&) {
    }
    return 0;
}
