#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace generation {

/// What a SentencePiece model holds, as far as encoding needs it. (SentencePiece's own library is not used: it carries
/// a second copy of protobuf whose symbols clash with libtorch's in one process.) Thread: a value.
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

/// The same from the file's bytes, which may lie inside another file: `where` names it in errors.
PieceModel parsePieceModel(std::string_view bytes, const std::string& where);

/// What every model must hold, wherever it came from: pieces of sane length, an unknown piece (its id is set here), an
/// end token, a whole character map. Throws WeightsError.
void checkPieceModel(PieceModel& model, const std::string& where);

/// [byte size of the trie, u32][trie units, u32 each][replacement strings]: SentencePiece's precompiled_charsmap.
/// Empty: no map. Throws WeightsError.
void setCharacterMap(PieceModel& model, std::string_view bytes, const std::string& where);

} // namespace generation
