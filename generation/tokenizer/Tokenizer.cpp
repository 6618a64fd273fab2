#include "generation/tokenizer/Tokenizer.h"

#include "generation/tokenizer/PromptText.h"
#include "generation/weights/WeightsError.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <filesystem>

namespace generation {
namespace {

/// The 256k-piece vocabulary of UMT5 takes 4.5 MB.
constexpr std::uintmax_t kMaxModelBytes = std::uintmax_t{64} << 20;

} // namespace

struct Tokenizer::Processor {
    sentencepiece::SentencePieceProcessor pieces;
};

Tokenizer::Tokenizer(const std::string& folder) {
    const std::string file = folder + "/spiece.model";
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
        throw WeightsError(file, "not found");
    }
    if (std::filesystem::file_size(file, error) > kMaxModelBytes || error) {
        throw WeightsError(file, "too large");
    }
    auto processor = std::make_unique<Processor>();
    if (const auto status = processor->pieces.Load(file); !status.ok()) {
        throw WeightsError(file, "not a SentencePiece model: " + status.ToString());
    }
    m_end = processor->pieces.eos_id();
    if (m_end < 0) {
        throw WeightsError(file, "has no end token");
    }
    m_processor = std::move(processor);
}

Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;

std::vector<std::int64_t> Tokenizer::encode(const std::string& prompt, std::size_t maxTokens) const {
    std::vector<int> raw;
    if (const auto status = m_processor->pieces.Encode(cleanPrompt(prompt), &raw); !status.ok()) {
        throw std::runtime_error("tokenizer: " + status.ToString());
    }
    std::vector<std::int64_t> ids;
    for (const int id : raw) {
        // A model file may declare its control symbols as plain pieces; text must not reach them.
        if (!m_processor->pieces.IsControl(id) && id != m_end && id != m_processor->pieces.pad_id()) {
            ids.push_back(id);
        }
    }
    ids.resize(std::min(ids.size(), std::max<std::size_t>(maxTokens, 1) - 1));
    ids.push_back(m_end);
    return ids;
}

std::int64_t Tokenizer::pieces() const {
    return m_processor->pieces.GetPieceSize();
}

std::vector<std::int64_t> padded(std::vector<std::int64_t> ids, std::size_t length) {
    ids.resize(std::max(ids.size(), length), 0);
    return ids;
}

} // namespace generation
