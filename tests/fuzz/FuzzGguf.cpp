// GGUF files: whatever the bytes, a header or a WeightsError; every tensor is inside the file and can be widened; a
// vocabulary in the metadata is refused or cuts a text.

#include "generation/tokenizer/GgufPieces.h"
#include "generation/tokenizer/Unigram.h"
#include "generation/weights/Decode.h"
#include "generation/weights/WeightFile.h"
#include "generation/weights/WeightsError.h"
#include "tests/fuzz/FuzzFile.h"
#include "tests/fuzz/Seeds.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

using namespace generation;

namespace generation::fuzz {

namespace {

std::string text(const std::string& value) {
    return bytesOf<std::uint64_t>(value.size()) + value;
}

std::string key(const std::string& name, std::uint32_t type, const std::string& value) {
    return text(name) + bytesOf(type) + value;
}

std::string list(std::uint32_t type, std::uint64_t count, const std::string& items) {
    return bytesOf<std::uint32_t>(type) + bytesOf(count) + items;
}

std::string info(const std::string& name, const std::vector<std::uint64_t>& sizes, std::uint32_t type,
                 std::uint64_t offset) {
    std::string bytes = text(name) + bytesOf(static_cast<std::uint32_t>(sizes.size()));
    for (const std::uint64_t size : sizes) {
        bytes += bytesOf(size);
    }
    return bytes + bytesOf(type) + bytesOf(offset);
}

std::string file(const std::vector<std::string>& keys, const std::vector<std::string>& infos, std::size_t data) {
    std::string bytes =
        "GGUF" + bytesOf<std::uint32_t>(3) + bytesOf<std::uint64_t>(infos.size()) + bytesOf<std::uint64_t>(keys.size());
    for (const std::string& one : keys) {
        bytes += one;
    }
    for (const std::string& one : infos) {
        bytes += one;
    }
    bytes.resize((bytes.size() + 31) / 32 * 32, '\0');
    return bytes + std::string(data, '\3');
}

std::vector<std::string> vocabulary() {
    const std::string kinds = bytesOf<std::int32_t>(2) + bytesOf<std::int32_t>(3) + bytesOf<std::int32_t>(1);
    return {key("tokenizer.ggml.model", 8, text("t5")),
            key("tokenizer.ggml.tokens", 9,
                list(8, 3,
                     text("<unk>") + text("</s>") +
                         text("\xe2\x96\x81"
                              "a"))),
            key("tokenizer.ggml.scores", 9, list(6, 3, bytesOf(0.0F) + bytesOf(0.0F) + bytesOf(-1.0F))),
            key("tokenizer.ggml.token_type", 9, list(5, 3, kinds)),
            key("tokenizer.ggml.precompiled_charsmap", 9,
                list(0, 9, bytesOf<std::uint32_t>(4) + bytesOf<std::uint32_t>(0) + '\0')),
            key("tokenizer.ggml.eos_token_id", 4, bytesOf<std::uint32_t>(1))};
}

} // namespace

Seeds seeds() {
    Seeds all{{"empty", file({}, {}, 0)},
              {"one", file({key("general.architecture", 8, text("wan"))}, {info("a", {4, 2}, 0, 0)}, 32)},
              {"keys", file({key("general.alignment", 4, bytesOf<std::uint32_t>(64)), key("x", 12, bytesOf(1.0)),
                             key("y", 9, list(8, 2, text("p") + text("q"))), key("z", 7, "\1")},
                            {}, 0)},
              {"shape", file({key("comfy.gguf.orig_shape.c", 9,
                                  list(5, 2, bytesOf<std::int32_t>(2) + bytesOf<std::int32_t>(4)))},
                             {info("c", {8}, 1, 0)}, 32)},
              {"vocabulary", file(vocabulary(), {}, 0)}};
    const std::vector<std::pair<std::uint32_t, std::uint64_t>> types{{2, 18}, {3, 20},   {6, 22},   {7, 24},
                                                                     {8, 34}, {12, 144}, {13, 176}, {14, 210}};
    for (const auto& [type, bytes] : types) {
        all["type" + std::to_string(type)] =
            file({}, {info("q", {type < 12 ? 32U : 256U}, type, 0)}, (bytes + 31) / 32 * 32);
    }
    return all;
}

} // namespace generation::fuzz

namespace {

/// Widens the first blocks from a copy of exactly their size, so that reading beyond them is seen.
void widen(const WeightFile& file, const TensorEntry& entry) {
    const auto bytes = file.bytes(entry);
    const BlockSize block = blockSize(entry.type);
    const std::size_t count = std::min<std::size_t>(bytes.size() / block.bytes, 4);
    if (count == 0 || !isDecodable(entry.type)) {
        return;
    }
    const auto copy = std::make_unique<std::byte[]>(count * block.bytes);
    std::copy_n(bytes.begin(), count * block.bytes, copy.get());
    const auto out = std::make_unique<float[]>(count * block.elements);
    decode(entry.type, {copy.get(), count * block.bytes}, out.get());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static fuzz::FuzzFile input;
    try {
        const auto file = WeightFile::open(input.holding(data, size));
        for (const auto& [name, entry] : file->tensors()) {
            if (entry.end > size || entry.begin > entry.end) {
                std::abort();
            }
            widen(*file, entry);
        }
        if (auto pieces = ggufPieceModel(file->ggufMetadata(), file->path())) {
            (void)Unigram(std::move(*pieces)).encode("a lake \xc3\xa9 \xff");
        }
    } catch (const WeightsError&) {
    }
    return 0;
}
