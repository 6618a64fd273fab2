#include "generation/tokenizer/Unigram.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <utility>

namespace generation {
namespace {

using Kind = PieceModel::Kind;

constexpr std::string_view kSpaceSymbol = "\xe2\x96\x81"; // U+2581
constexpr std::string_view kReplacement = "\xef\xbf\xbd"; // U+FFFD
constexpr float kUnknownPenalty = 10.0F;

/// Bytes of the character that begins with `lead`, as the lead byte claims.
std::size_t characterLength(char lead) {
    constexpr std::array<std::uint8_t, 16> kLengths{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4};
    return kLengths[static_cast<std::uint8_t>(lead) >> 4];
}

/// Whether a well-formed character begins here; `length` then holds its bytes.
bool validCharacter(std::string_view text, std::size_t& length) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    length = characterLength(text.front());
    if (length > text.size() || (length == 1 && byte(0) >= 0x80)) {
        return false;
    }
    std::uint32_t character = length == 1 ? byte(0) : byte(0) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            return false;
        }
        character = character << 6 | (byte(i) & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    return character >= kSmallest[length] && character < 0x110000 && (character < 0xD800 || character > 0xDFFF);
}

/// Longest entry of a double-array trie (the layout of darts-clone) that `text` begins with: its value and length;
/// length 0 when there is none.
std::pair<std::uint32_t, std::size_t> longestMatch(const std::vector<std::uint32_t>& trie, std::string_view text) {
    const auto offset = [](std::uint32_t unit) { return (unit >> 10) << ((unit & (1U << 9)) >> 6); };
    std::pair<std::uint32_t, std::size_t> best{0, 0};
    if (trie.empty()) {
        return best;
    }
    std::size_t node = offset(trie[0]);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(text[i]);
        node ^= byte;
        if (node >= trie.size() || (trie[node] & (1U << 31 | 0xFFU)) != byte) {
            break;
        }
        const std::uint32_t unit = trie[node];
        node ^= offset(unit);
        if ((unit >> 8 & 1U) != 0 && node < trie.size()) {
            best = {trie[node] & 0x7FFFFFFFU, i + 1};
        }
    }
    return best;
}

} // namespace

Unigram::Unigram(PieceModel model) : m_model(std::move(model)) {
    m_byteIds.fill(m_model.unknownId);
    m_lowestScore = std::numeric_limits<float>::max();
    m_highestScore = std::numeric_limits<float>::lowest();
    for (std::size_t index = 0; index < m_model.pieces.size(); ++index) {
        const PieceModel::Piece& piece = m_model.pieces[index];
        const auto id = static_cast<std::int64_t>(index);
        unsigned byte = 0;
        if (piece.kind == Kind::Normal || piece.kind == Kind::UserDefined) {
            m_ids.emplace(piece.text, id);
            m_longestPiece = std::max(m_longestPiece, piece.text.size());
        } else if (piece.kind == Kind::Byte && std::sscanf(piece.text.c_str(), "<0x%2X>", &byte) == 1) {
            m_byteIds[byte & 0xFFU] = id;
        }
        if (piece.kind == Kind::UserDefined) {
            m_longestUserDefined = std::max(m_longestUserDefined, piece.text.size());
        }
        if (piece.kind == Kind::Normal) {
            m_lowestScore = std::min(m_lowestScore, piece.score);
            m_highestScore = std::max(m_highestScore, piece.score);
        }
    }
}

std::size_t Unigram::userDefinedPrefix(std::string_view text) const {
    for (std::size_t length = std::min(m_longestUserDefined, text.size()); length > 0; --length) {
        const auto found = m_ids.find(text.substr(0, length));
        if (found != m_ids.end() && m_model.pieces[static_cast<std::size_t>(found->second)].kind == Kind::UserDefined) {
            return length;
        }
    }
    return 0;
}

Unigram::Prefix Unigram::normalisedPrefix(std::string_view text) const {
    if (const std::size_t length = userDefinedPrefix(text)) {
        return {text.substr(0, length), length};
    }
    const auto [value, matched] = longestMatch(m_model.characterTrie, text);
    if (matched > 0 && value < m_model.replacements.size()) {
        return {std::string_view(m_model.replacements.data() + value), matched};
    }
    std::size_t length = 0;
    return validCharacter(text, length) ? Prefix{text.substr(0, length), length} : Prefix{kReplacement, 1};
}

std::string Unigram::normalise(std::string_view text) const {
    const std::string_view space = m_model.escapeSpaces ? kSpaceSymbol : " ";
    if (m_model.removeExtraSpaces) {
        while (!text.empty()) {
            const Prefix prefix = normalisedPrefix(text);
            if (prefix.replacement != " ") {
                break;
            }
            text.remove_prefix(prefix.length);
        }
    }
    std::string out;
    if (text.empty()) {
        return out;
    }
    if (m_model.addDummyPrefix && !m_model.spaceIsSuffix) {
        out += space;
    }
    bool afterSpace = m_model.removeExtraSpaces;
    while (!text.empty()) {
        auto [replacement, length] = normalisedPrefix(text);
        while (afterSpace && replacement.starts_with(' ')) {
            replacement.remove_prefix(1);
        }
        for (const char c : replacement) {
            c == ' ' ? out += space : out += c;
        }
        if (!replacement.empty()) {
            afterSpace = m_model.removeExtraSpaces && replacement.ends_with(' ');
        }
        text.remove_prefix(length);
    }
    while (m_model.removeExtraSpaces && out.ends_with(space)) {
        out.resize(out.size() - space.size());
    }
    if (m_model.addDummyPrefix && m_model.spaceIsSuffix) {
        out += space;
    }
    return out;
}

void Unigram::appendUnknown(std::vector<std::int64_t>& ids, std::string_view text) const {
    if (!m_model.byteFallback) {
        // A run of unknown characters is one unknown piece.
        if (ids.empty() || ids.back() != m_model.unknownId) {
            ids.push_back(m_model.unknownId);
        }
        return;
    }
    for (const char c : text) {
        ids.push_back(m_byteIds[static_cast<std::uint8_t>(c)]);
    }
}

std::vector<std::int64_t> Unigram::encode(std::string_view text) const {
    /// The best cut of the text up to a position: its last piece and its score.
    struct Cut {
        std::size_t begin = 0;
        std::int64_t id = -1;
        float score = 0.0F;
        bool reached = false;
    };
    const std::string normalised = normalise(text);
    const std::string_view all = normalised;
    const float unknownScore = m_lowestScore - kUnknownPenalty;
    std::vector<Cut> cuts(all.size() + 1);
    const auto offer = [&](std::size_t begin, std::size_t end, std::int64_t id, float score) {
        Cut& cut = cuts[end];
        if (!cut.reached || score > cut.score) {
            cut = {begin, id, score, true};
        }
    };
    for (std::size_t begin = 0; begin < all.size();) {
        const float before = cuts[begin].score;
        const std::size_t character = std::min(characterLength(all[begin]), all.size() - begin);
        bool hasCharacter = false;
        for (std::size_t end = begin + character; end <= all.size() && end - begin <= m_longestPiece;) {
            const auto found = m_ids.find(all.substr(begin, end - begin));
            if (found != m_ids.end()) {
                const PieceModel::Piece& piece = m_model.pieces[static_cast<std::size_t>(found->second)];
                const float score = piece.kind == Kind::UserDefined
                                        ? static_cast<float>(end - begin) * m_highestScore - 0.1F
                                        : piece.score;
                offer(begin, end, found->second, score + before);
                hasCharacter = hasCharacter || end - begin == character;
            }
            end += end < all.size() ? std::min(characterLength(all[end]), all.size() - end) : 1;
        }
        if (!hasCharacter) {
            offer(begin, begin + character, m_model.unknownId, unknownScore + before);
        }
        begin += character;
    }

    std::vector<std::size_t> ends;
    for (std::size_t end = all.size(); end > 0; end = cuts[end].begin) {
        ends.push_back(end);
    }
    std::vector<std::int64_t> ids;
    for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
        const Cut& cut = cuts[*end];
        if (cut.id == m_model.unknownId) {
            appendUnknown(ids, all.substr(cut.begin, *end - cut.begin));
        } else {
            ids.push_back(cut.id);
        }
    }
    return ids;
}

} // namespace generation
