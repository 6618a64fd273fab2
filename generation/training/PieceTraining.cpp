#include "generation/training/PieceTraining.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <sstream>
#include <string_view>
#include <utility>

namespace generation {

namespace {

constexpr std::string_view kSpace = "\xE2\x96\x81"; // U+2581
constexpr std::size_t kLongestPiece = 16;           // bytes after the space
constexpr int kRounds = 3;                          // of expectation and maximisation before each pruning
constexpr double kKept = 0.75;                      // of the pieces, at each pruning

using Counts = std::map<std::string, double, std::less<>>;

/// Words with the space before them, and how often they come.
Counts wordsOf(const std::vector<std::string>& texts) {
    Counts words;
    for (const std::string& text : texts) {
        std::istringstream stream(text);
        for (std::string word; stream >> word;) {
            words[std::string(kSpace) + word] += 1.0;
        }
    }
    return words;
}

/// Where characters begin: offsets, and the end.
std::vector<std::size_t> borders(std::string_view word) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if ((static_cast<unsigned char>(word[i]) & 0xC0U) != 0x80U) {
            found.push_back(i);
        }
    }
    found.push_back(word.size());
    return found;
}

bool isCharacter(std::string_view piece) {
    return borders(piece).size() == 2;
}

/// Every part of every word that comes more than once.
Counts seeds(const Counts& words) {
    Counts parts;
    for (const auto& [word, count] : words) {
        const std::vector<std::size_t> at = borders(word);
        for (std::size_t i = 0; i + 1 < at.size(); ++i) {
            for (std::size_t j = i + 1; j < at.size() && at[j] - at[i] <= kLongestPiece + kSpace.size(); ++j) {
                parts[word.substr(at[i], at[j] - at[i])] += count;
            }
        }
    }
    std::erase_if(parts, [](const auto& part) { return part.second < 2.0 && !isCharacter(part.first); });
    for (char c = '!'; c <= '~'; ++c) {
        parts.try_emplace(std::string(1, c), 1.0);
    }
    parts.try_emplace(std::string(kSpace), 1.0);
    return parts;
}

Counts logarithms(const Counts& counts) {
    double total = 0.0;
    for (const auto& [piece, count] : counts) {
        total += count;
    }
    Counts scores;
    for (const auto& [piece, count] : counts) {
        scores[piece] = std::log(std::max(count, 1e-3) / total);
    }
    return scores;
}

double logSum(double a, double b) {
    const double most = std::max(a, b);
    return std::isinf(most) ? most : most + std::log1p(std::exp(-std::abs(a - b)));
}

/// Adds to `expected` how often each piece is used by the word, over all ways to cut it.
void expect(const std::string& word, double count, const Counts& scores, Counts& expected) {
    struct Edge {
        std::size_t begin, end;
        Counts::const_iterator piece;
    };
    const std::vector<std::size_t> at = borders(word);
    constexpr double kNever = -std::numeric_limits<double>::infinity();
    std::vector<double> before(at.size(), kNever);
    std::vector<double> after(at.size(), kNever);
    std::vector<Edge> edges;
    before.front() = after.back() = 0.0;
    for (std::size_t i = 0; i + 1 < at.size(); ++i) {
        for (std::size_t j = i + 1; j < at.size() && at[j] - at[i] <= kLongestPiece + kSpace.size(); ++j) {
            const auto piece = scores.find(std::string_view(word).substr(at[i], at[j] - at[i]));
            if (piece != scores.end()) {
                edges.push_back({i, j, piece});
                before[j] = logSum(before[j], before[i] + piece->second);
            }
        }
    }
    for (auto edge = edges.rbegin(); edge != edges.rend(); ++edge) {
        after[edge->begin] = logSum(after[edge->begin], after[edge->end] + edge->piece->second);
    }
    for (const Edge& edge : edges) {
        const double share = before[edge.begin] + edge.piece->second + after[edge.end] - before.back();
        expected[edge.piece->first] += count * std::exp(share);
    }
}

Counts maximised(const Counts& words, Counts scores) {
    for (int round = 0; round < kRounds; ++round) {
        Counts expected;
        for (const auto& [piece, score] : scores) {
            expected[piece] = 0.0;
        }
        for (const auto& [word, count] : words) {
            expect(word, count, scores, expected);
        }
        scores = logarithms(expected);
    }
    return scores;
}

/// The best pieces, best first; single characters stay whatever they score.
std::vector<std::pair<std::string, double>> best(const Counts& scores, std::size_t most) {
    std::vector<std::pair<std::string, double>> pieces(scores.begin(), scores.end());
    std::stable_sort(pieces.begin(), pieces.end(), [](const auto& a, const auto& b) {
        const bool first = isCharacter(a.first);
        const bool second = isCharacter(b.first);
        return first != second ? first : a.second > b.second;
    });
    pieces.resize(std::min(pieces.size(), most));
    std::stable_sort(pieces.begin(), pieces.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return pieces;
}

// The pieces of SentencePiece's ModelProto, in protobuf's wire format.

std::string varint(std::uint64_t value) {
    std::string bytes;
    for (; value >= 0x80U; value >>= 7U) {
        bytes += static_cast<char>((value & 0x7FU) | 0x80U);
    }
    return bytes + static_cast<char>(value);
}

std::string number(std::uint64_t field, std::uint64_t value) {
    return varint(field << 3U) + varint(value);
}

std::string message(std::uint64_t field, const std::string& bytes) {
    return varint((field << 3U) | 2U) + varint(bytes.size()) + bytes;
}

std::string real(std::uint64_t field, float value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return varint((field << 3U) | 5U) + bytes;
}

} // namespace

PieceModel trainPieces(const std::vector<std::string>& texts, std::size_t size) {
    const Counts words = wordsOf(texts);
    Counts scores = maximised(words, logarithms(seeds(words)));
    const std::size_t wanted = size - 3;
    while (scores.size() > wanted) {
        const auto fewer = std::max(wanted, static_cast<std::size_t>(static_cast<double>(scores.size()) * kKept));
        const auto kept = best(scores, fewer);
        Counts next;
        for (const auto& [piece, score] : kept) {
            next[piece] = score;
        }
        if (next.size() == scores.size()) {
            break; // nothing but characters is left
        }
        scores = maximised(words, std::move(next));
    }
    PieceModel model;
    model.pieces = {{"<pad>", 0.0F, PieceModel::Kind::Control},
                    {"</s>", 0.0F, PieceModel::Kind::Control},
                    {"<unk>", 0.0F, PieceModel::Kind::Unknown}};
    for (const auto& [piece, score] : best(scores, wanted)) {
        model.pieces.push_back({piece, static_cast<float>(score), PieceModel::Kind::Normal});
    }
    model.unknownId = 2;
    model.endId = 1;
    return model;
}

std::string pieceModelBytes(const PieceModel& model) {
    std::string bytes;
    for (const PieceModel::Piece& piece : model.pieces) {
        bytes += message(1, message(1, piece.text) + real(2, piece.score) +
                                number(3, static_cast<std::uint64_t>(piece.kind)));
    }
    constexpr std::uint64_t kNone = ~std::uint64_t{0}; // -1
    bytes += message(2, number(3, 1) + number(4, model.pieces.size()) +
                            number(40, static_cast<std::uint64_t>(model.unknownId)) + number(41, kNone) +
                            number(42, static_cast<std::uint64_t>(model.endId)) + number(43, 0));
    bytes += message(3, message(1, "identity") + number(3, model.addDummyPrefix ? 1 : 0) +
                            number(4, model.removeExtraSpaces ? 1 : 0) + number(5, model.escapeSpaces ? 1 : 0));
    return bytes;
}

} // namespace generation
