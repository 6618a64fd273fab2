#include "generation/tokenizer/GgufPieces.h"

#include "generation/weights/WeightsError.h"

#include <algorithm>
#include <cmath>

namespace generation {

namespace {

constexpr std::string_view kPrefix = "tokenizer.ggml.";

template <class Value>
const Value* find(const GgufMetadata& metadata, const char* name) {
    const auto found = metadata.find(std::string(kPrefix) + name);
    return found == metadata.end() ? nullptr : std::get_if<Value>(&found->second);
}

std::int64_t number(const GgufMetadata& metadata, const char* name, std::int64_t fallback) {
    const auto* found = find<std::int64_t>(metadata, name);
    return found == nullptr ? fallback : *found;
}

} // namespace

std::optional<PieceModel> ggufPieceModel(const GgufMetadata& metadata, const std::string& file) {
    const auto* texts = find<std::vector<std::string>>(metadata, "tokens");
    if (texts == nullptr) {
        return std::nullopt;
    }
    const auto* kind = find<std::string>(metadata, "model");
    if (kind == nullptr || *kind != "t5") {
        throw WeightsError(file, "its tokenizer is of the kind '" + shownName(kind == nullptr ? "" : *kind) +
                                     "', but T5's is needed");
    }
    const auto* scores = find<std::vector<float>>(metadata, "scores");
    const auto* kinds = find<std::vector<std::int64_t>>(metadata, "token_type");
    if (scores == nullptr || kinds == nullptr || scores->size() != texts->size() || kinds->size() != texts->size()) {
        throw WeightsError(file, "its tokenizer has not one score and one type for each token");
    }
    PieceModel model;
    model.pieces.reserve(texts->size());
    for (std::size_t i = 0; i < texts->size(); ++i) {
        const std::int64_t type = (*kinds)[i];
        if (type < 1 || type > 6 || !std::isfinite((*scores)[i])) {
            throw WeightsError(file, "its tokenizer has a token of unknown kind or score");
        }
        model.pieces.push_back({(*texts)[i], (*scores)[i], static_cast<PieceModel::Kind>(type)});
        model.byteFallback = model.byteFallback || model.pieces.back().kind == PieceModel::Kind::Byte;
    }
    model.endId = number(metadata, "eos_token_id", 1);
    model.addDummyPrefix = number(metadata, "add_space_prefix", 1) != 0;
    model.removeExtraSpaces = number(metadata, "remove_extra_whitespaces", 1) != 0;
    if (const auto* map = find<std::vector<std::int64_t>>(metadata, "precompiled_charsmap")) {
        std::string bytes(map->size(), '\0');
        std::transform(map->begin(), map->end(), bytes.begin(),
                       [](std::int64_t byte) { return static_cast<char>(byte); });
        setCharacterMap(model, bytes, file);
    }
    checkPieceModel(model, file);
    return model;
}

} // namespace generation
