#pragma once

#include "generation/tokenizer/PieceModel.h"

#include <cstddef>
#include <string>
#include <vector>

namespace generation {

/// A unigram vocabulary of at most `size` pieces for texts like these: <pad> 0, </s> 1, <unk> 2 as T5 has them, all
/// single characters of the texts and printable ASCII, and the pieces that expectation maximisation keeps out of all
/// frequent parts of words (Kudo, 2018). The same texts give the same vocabulary.
PieceModel trainPieces(const std::vector<std::string>& texts, std::size_t size);

/// The model as the bytes of a spiece.model file (SentencePiece's ModelProto).
std::string pieceModelBytes(const PieceModel& model);

} // namespace generation
