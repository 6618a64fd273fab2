#include "generation/tokenizer/Tokenizer.h"

#include "generation/tokenizer/PromptText.h"

#include <algorithm>

namespace generation {

Tokenizer::Tokenizer(const std::string& folder) : m_unigram(readPieceModel(folder + "/spiece.model")) {}

std::vector<std::int64_t> Tokenizer::encode(const std::string& prompt, std::size_t maxTokens) const {
    std::vector<std::int64_t> ids = m_unigram.encode(cleanPrompt(prompt));
    ids.resize(std::min(ids.size(), std::max<std::size_t>(maxTokens, 1) - 1));
    ids.push_back(endToken());
    return ids;
}

std::vector<std::int64_t> padded(std::vector<std::int64_t> ids, std::size_t length) {
    ids.resize(std::max(ids.size(), length), 0);
    return ids;
}

} // namespace generation
