#pragma once

#include "generation/tokenizer/PieceModel.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace generation {

/// SentencePiece's unigram encoding: normalise by the model's character map, then cut into the pieces whose scores sum
/// highest. Agrees with the published library id for id.
/// Thread: immutable after construction; any thread.
class Unigram {
public:
    explicit Unigram(PieceModel model);
    Unigram(const Unigram&) = delete;
    Unigram& operator=(const Unigram&) = delete;

    const PieceModel& model() const { return m_model; }

    /// Ids of the text, without any special tokens. Control pieces cannot come out of text.
    std::vector<std::int64_t> encode(std::string_view text) const;

    /// The text as it is cut: characters mapped, spaces collapsed and shown as U+2581.
    std::string normalise(std::string_view text) const;

private:
    struct Prefix {
        std::string_view replacement;
        std::size_t length = 0; ///< of the text that it stands for
    };

    Prefix normalisedPrefix(std::string_view text) const;
    std::size_t userDefinedPrefix(std::string_view text) const;
    void appendUnknown(std::vector<std::int64_t>& ids, std::string_view text) const;

    PieceModel m_model;
    std::unordered_map<std::string_view, std::int64_t> m_ids; ///< of pieces that text can become
    std::array<std::int64_t, 256> m_byteIds{};
    std::size_t m_longestPiece = 0;
    std::size_t m_longestUserDefined = 0;
    float m_lowestScore = 0.0F;
    float m_highestScore = 0.0F;
};

} // namespace generation
