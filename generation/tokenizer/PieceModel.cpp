#include "generation/tokenizer/PieceModel.h"

#include "generation/weights/WeightsError.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace generation {
namespace {

/// The vocabulary of UMT5 has 256,000 pieces in 4.5 MB.
constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{16} << 20;
constexpr std::size_t kMaxPieces = 400'000;
constexpr std::size_t kMaxPieceBytes = 512;

/// What is wrong with the bytes; the functions below add the file's name.
struct Malformed {
    const char* reason;
};

/// One field of a protobuf message. Which member counts follows from the wire type.
struct Field {
    std::uint64_t number = 0;
    std::uint64_t value = 0;  ///< of varints
    float real = 0.0F;        ///< of 32-bit values
    std::string_view bytes{}; ///< of texts and messages
};

/// Walks the fields of a protobuf message, never beyond its end.
class Message {
public:
    explicit Message(std::string_view bytes) : m_rest(bytes) {}

    bool next(Field& field) {
        if (m_rest.empty()) {
            return false;
        }
        const std::uint64_t key = varint();
        field = Field{};
        field.number = key >> 3;
        switch (key & 7U) {
        case 0:
            field.value = varint();
            return true;
        case 1:
            take(8);
            return true;
        case 2:
            field.bytes = take(varint());
            return true;
        case 5: {
            const std::string_view raw = take(4);
            std::memcpy(&field.real, raw.data(), sizeof field.real);
            return true;
        }
        default:
            throw Malformed{"not a SentencePiece model"};
        }
    }

private:
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<std::uint8_t>(take(1).front());
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80) {
                return value;
            }
        }
        throw Malformed{"not a SentencePiece model"};
    }

    std::string_view take(std::uint64_t count) {
        if (count > m_rest.size()) {
            throw Malformed{"truncated, or not a SentencePiece model"};
        }
        const std::string_view taken = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return taken;
    }

    std::string_view m_rest;
};

void checkPiece(const PieceModel::Piece& piece) {
    if (piece.text.empty() || piece.text.size() > kMaxPieceBytes) {
        throw Malformed{"an empty or overlong piece"};
    }
}

PieceModel::Piece readPiece(std::string_view bytes) {
    PieceModel::Piece piece;
    Message message(bytes);
    for (Field field; message.next(field);) {
        if (field.number == 1) {
            piece.text = field.bytes;
        } else if (field.number == 2) {
            piece.score = field.real;
        } else if (field.number == 3) {
            if (field.value < 1 || field.value > 6) {
                throw Malformed{"a piece of unknown kind"};
            }
            piece.kind = static_cast<PieceModel::Kind>(field.value);
        }
    }
    checkPiece(piece); // at once: a hostile file's pieces would take much memory
    return piece;
}

void readTrainerSpec(PieceModel& model, std::string_view bytes) {
    constexpr std::uint64_t kUnigram = 1;
    Message message(bytes);
    for (Field field; message.next(field);) {
        if (field.number == 3 && field.value != kUnigram) {
            throw Malformed{"not a unigram model"};
        }
        if (field.number == 24) {
            model.spaceIsSuffix = field.value != 0;
        } else if (field.number == 35) {
            model.byteFallback = field.value != 0;
        } else if (field.number == 42) {
            model.endId = static_cast<std::int32_t>(field.value);
        }
    }
}

/// [byte size of the trie, u32][trie units, u32 each][replacement strings]
void readCharacterMap(PieceModel& model, std::string_view bytes) {
    if (bytes.empty()) {
        return;
    }
    std::uint32_t trieBytes = 0;
    if (bytes.size() < sizeof trieBytes) {
        throw Malformed{"a broken character map"};
    }
    std::memcpy(&trieBytes, bytes.data(), sizeof trieBytes);
    bytes.remove_prefix(sizeof trieBytes);
    if (trieBytes == 0 || trieBytes % 4 != 0 || trieBytes >= bytes.size() || bytes.back() != '\0') {
        throw Malformed{"a broken character map"};
    }
    model.characterTrie.resize(trieBytes / 4);
    std::memcpy(model.characterTrie.data(), bytes.data(), trieBytes);
    model.replacements = bytes.substr(trieBytes);
}

void readNormaliser(PieceModel& model, std::string_view bytes) {
    Message message(bytes);
    for (Field field; message.next(field);) {
        if (field.number == 2) {
            readCharacterMap(model, field.bytes);
        } else if (field.number == 3) {
            model.addDummyPrefix = field.value != 0;
        } else if (field.number == 4) {
            model.removeExtraSpaces = field.value != 0;
        } else if (field.number == 5) {
            model.escapeSpaces = field.value != 0;
        }
    }
}

void check(PieceModel& model) {
    model.unknownId = -1;
    for (std::size_t id = 0; id < model.pieces.size(); ++id) {
        const PieceModel::Piece& piece = model.pieces[id];
        checkPiece(piece);
        if (piece.kind == PieceModel::Kind::Unknown) {
            model.unknownId = static_cast<std::int64_t>(id);
        }
    }
    if (model.unknownId < 0) {
        throw Malformed{"not a SentencePiece model: no unknown piece"};
    }
    if (model.endId < 0 || model.endId >= static_cast<std::int64_t>(model.pieces.size())) {
        throw Malformed{"has no end token"};
    }
}

PieceModel parse(std::string_view bytes) {
    PieceModel model;
    model.endId = 2; // SentencePiece's default when the file does not say
    Message message(bytes);
    for (Field field; message.next(field);) {
        if (field.number == 1) {
            if (model.pieces.size() == kMaxPieces) {
                throw Malformed{"too many pieces"};
            }
            model.pieces.push_back(readPiece(field.bytes));
        } else if (field.number == 2) {
            readTrainerSpec(model, field.bytes);
        } else if (field.number == 3) {
            readNormaliser(model, field.bytes);
        }
    }
    check(model);
    return model;
}

} // namespace

PieceModel readPieceModel(const std::string& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
        throw WeightsError(file, "not found");
    }
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error || size > kMaxFileBytes) {
        throw WeightsError(file, "too large");
    }
    std::string bytes(size, '\0');
    if (!std::ifstream(file, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(size))) {
        throw WeightsError(file, "cannot be read");
    }
    return parsePieceModel(bytes, file);
}

PieceModel parsePieceModel(std::string_view bytes, const std::string& where) {
    try {
        return parse(bytes);
    } catch (const Malformed& malformed) {
        throw WeightsError(where, malformed.reason);
    }
}

void checkPieceModel(PieceModel& model, const std::string& where) {
    try {
        check(model);
    } catch (const Malformed& malformed) {
        throw WeightsError(where, malformed.reason);
    }
}

void setCharacterMap(PieceModel& model, std::string_view bytes, const std::string& where) {
    try {
        readCharacterMap(model, bytes);
    } catch (const Malformed& malformed) {
        throw WeightsError(where, malformed.reason);
    }
}

} // namespace generation
