#pragma once

#include "generation/tokenizer/Unigram.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace generation {

/// Text to the token ids of a T5 model: a SentencePiece model file with T5's conventions. Text never turns into special
/// tokens: "</s>" in a prompt is four characters.
/// Thread: immutable after construction; any thread.
class Tokenizer {
public:
    /// `folder` holds spiece.model. Throws WeightsError.
    explicit Tokenizer(const std::string& folder);
    explicit Tokenizer(PieceModel model) : m_unigram(std::move(model)) {}

    /// The cleaned prompt's ids with the closing end token, at most `maxTokens` (1 or more) of them: a longer text is
    /// cut before the end token. No padding.
    std::vector<std::int64_t> encode(const std::string& prompt, std::size_t maxTokens) const;

    std::int64_t pieces() const { return static_cast<std::int64_t>(m_unigram.model().pieces.size()); }
    std::int64_t endToken() const { return m_unigram.model().endId; }

private:
    Unigram m_unigram;
};

/// `ids` padded with 0 up to `length`.
std::vector<std::int64_t> padded(std::vector<std::int64_t> ids, std::size_t length);

} // namespace generation
