#pragma once

#include "generation/tokenizer/PieceModel.h"
#include "generation/weights/StoredTensor.h"
#include "generation/weights/WeightFile.h"

#include <memory>
#include <string>
#include <variant>

namespace generation {

/// Where a model's vocabulary lies: a spiece.model file, the same bytes as a tensor of the text encoder's file
/// (ComfyUI), or a GGUF file's metadata.
using TokenizerPlace = std::variant<std::string, StoredTensor, std::shared_ptr<const WeightFile>>;

/// Throws WeightsError.
PieceModel readPieces(const TokenizerPlace& place);

} // namespace generation
