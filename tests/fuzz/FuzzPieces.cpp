// SentencePiece models: whatever the bytes, a model that cuts a text or a WeightsError.

#include "generation/tokenizer/PieceModel.h"
#include "generation/tokenizer/Unigram.h"
#include "generation/weights/WeightsError.h"
#include "tests/fuzz/Seeds.h"

#include <string_view>

using namespace generation;

namespace generation::fuzz {

namespace {

/// A field of a protobuf message whose value is bytes (shorter than 128).
std::string field(int number, const std::string& bytes) {
    return std::string(1, static_cast<char>(number << 3 | 2)) + static_cast<char>(bytes.size()) + bytes;
}

std::string piece(const std::string& text, int kind) {
    return field(1, field(1, text) + "\x15" + bytesOf(-1.5F) + "\x18" + static_cast<char>(kind));
}

} // namespace

Seeds seeds() {
    const std::string pieces = piece("<unk>", 2) + piece("</s>", 3) +
                               piece("\xe2\x96\x81"
                                     "a",
                                     1) +
                               piece("<0x0A>", 6);
    const std::string map = bytesOf<std::uint32_t>(4) + bytesOf<std::uint32_t>(0) + std::string(1, '\0');
    return {{"plain", pieces}, {"map", pieces + field(3, field(2, map) + "\x18\x01\x20\x01")}};
}

} // namespace generation::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        PieceModel model = parsePieceModel({reinterpret_cast<const char*>(data), size}, "input");
        (void)Unigram(std::move(model)).encode("a lake \xc3\xa9 \xff\n");
    } catch (const WeightsError&) {
    }
    return 0;
}
