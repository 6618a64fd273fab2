#include "generation/model/Lora.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace generation {

namespace {

using Rule = std::pair<std::string_view, std::string_view>;

/// Whole names outside the blocks: ours, and the original's.
constexpr std::array<Rule, 11> kNames{{
    {"condition_embedder.time_embedder.linear_1", "time_embedding.0"},
    {"condition_embedder.time_embedder.linear_2", "time_embedding.2"},
    {"condition_embedder.time_proj", "time_projection.1"},
    {"condition_embedder.text_embedder.linear_1", "text_embedding.0"},
    {"condition_embedder.text_embedder.linear_2", "text_embedding.2"},
    {"condition_embedder.image_embedder.norm1", "img_emb.proj.0"},
    {"condition_embedder.image_embedder.ff.net.0.proj", "img_emb.proj.1"},
    {"condition_embedder.image_embedder.ff.net.2", "img_emb.proj.3"},
    {"condition_embedder.image_embedder.norm2", "img_emb.proj.4"},
    {"scale_shift_table", "head.modulation"},
    {"proj_out", "head.head"},
}};

/// What follows "blocks.N." or "vace_blocks.N.".
constexpr std::array<Rule, 21> kInBlocks{{
    {"scale_shift_table", "modulation"},
    {"attn1.to_q", "self_attn.q"},
    {"attn1.to_k", "self_attn.k"},
    {"attn1.to_v", "self_attn.v"},
    {"attn1.to_out.0", "self_attn.o"},
    {"attn1.norm_q", "self_attn.norm_q"},
    {"attn1.norm_k", "self_attn.norm_k"},
    {"attn2.to_q", "cross_attn.q"},
    {"attn2.to_k", "cross_attn.k"},
    {"attn2.to_v", "cross_attn.v"},
    {"attn2.to_out.0", "cross_attn.o"},
    {"attn2.norm_q", "cross_attn.norm_q"},
    {"attn2.norm_k", "cross_attn.norm_k"},
    {"attn2.add_k_proj", "cross_attn.k_img"},
    {"attn2.add_v_proj", "cross_attn.v_img"},
    {"attn2.norm_added_k", "cross_attn.norm_k_img"},
    {"norm2", "norm3"}, // the norm before cross-attention has two names
    {"ffn.net.0.proj", "ffn.0"},
    {"ffn.net.2", "ffn.2"},
    {"proj_in", "before_proj"},
    {"proj_out", "after_proj"},
}};

template <std::size_t n>
std::string_view translated(const std::array<Rule, n>& rules, std::string_view name) {
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.first == name; });
    return found == rules.end() ? name : found->second;
}

std::string originalName(const std::string& part) {
    for (const std::string_view prefix : {"blocks.", "vace_blocks."}) {
        const std::size_t dot = part.find('.', prefix.size());
        if (part.starts_with(prefix) && dot != std::string::npos) {
            return part.substr(0, dot + 1) + std::string(translated(kInBlocks, part.substr(dot + 1)));
        }
    }
    return std::string(translated(kNames, part));
}

std::string withUnderscores(std::string name) {
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

} // namespace

std::vector<std::string> loraSpellings(const std::string& part) {
    const std::string original = originalName(part);
    std::vector<std::string> spellings{part};
    for (const std::string& other : {original, withUnderscores(part), withUnderscores(original)}) {
        if (std::find(spellings.begin(), spellings.end(), other) == spellings.end()) {
            spellings.push_back(other);
        }
    }
    return spellings;
}

} // namespace generation
