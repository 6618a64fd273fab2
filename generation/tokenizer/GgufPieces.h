#pragma once

#include "generation/tokenizer/PieceModel.h"
#include "generation/weights/GgufHeader.h"

#include <optional>
#include <string>

namespace generation {

/// The SentencePiece model that llama.cpp's tools put into a GGUF file's metadata (tokenizer.ggml.tokens, scores,
/// token_type, precompiled_charsmap, ...); nothing when there is none. Throws WeightsError, naming `file`, for one that
/// is not of the T5 kind or whose parts do not fit each other.
std::optional<PieceModel> ggufPieceModel(const GgufMetadata& metadata, const std::string& file);

} // namespace generation
