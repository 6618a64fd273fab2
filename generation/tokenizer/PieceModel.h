#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// What a spiece.model file holds, as far as encoding needs it. (SentencePiece's own library is not used: it carries a
/// second copy of protobuf whose symbols clash with libtorch's in one process.)
/// Thread: a value.
struct PieceModel {
    enum class Kind : std::uint8_t { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };

    struct Piece {
        std::string text;
        float score = 0.0F;
        Kind kind = Kind::Normal;
    };

    std::vector<Piece> pieces; ///< index = id
    std::int64_t unknownId = 0;
    std::int64_t endId = -1; ///< -1: has none
    bool byteFallback = false;

    // The normaliser's rules.
    std::vector<std::uint32_t> characterTrie; ///< double-array trie from byte strings to offsets in `replacements`
    std::string replacements;                 ///< NUL-terminated strings
    bool addDummyPrefix = true;
    bool removeExtraSpaces = true;
    bool escapeSpaces = true;
    bool spaceIsSuffix = false;
};

/// Reads the file. Throws WeightsError: not found, too large, not a unigram model of SentencePiece, or one whose parts
/// contradict each other.
PieceModel readPieceModel(const std::string& file);

} // namespace generation
