#include "generation/model/TokenizerPlace.h"

#include "generation/tokenizer/GgufPieces.h"
#include "generation/weights/WeightsError.h"

namespace generation {

namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 20U;

PieceModel read(const std::string& file) {
    return readPieceModel(file);
}

PieceModel read(const StoredTensor& tensor) {
    const std::string where = tensor.file->path() + ": " + shownName(tensor.name);
    const std::span<const std::byte> bytes = tensor.bytes();
    if (bytes.size() > kMaxBytes) {
        throw WeightsError(where, "too large");
    }
    return parsePieceModel({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, where);
}

PieceModel read(const std::shared_ptr<const WeightFile>& file) {
    std::optional<PieceModel> pieces = ggufPieceModel(file->ggufMetadata(), file->path());
    if (!pieces) {
        throw WeightsError(file->path(), "has no tokenizer");
    }
    return std::move(*pieces);
}

} // namespace

PieceModel readPieces(const TokenizerPlace& place) {
    return std::visit([](const auto& one) { return read(one); }, place);
}

} // namespace generation
