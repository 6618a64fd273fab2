#include "generation/weights/KeyMap.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <span>
#include <utility>

namespace generation {

namespace {

/// A module's two names; its tensors' names go on with a dot.
struct Pair {
    std::string_view from;
    std::string_view to;
};

constexpr std::array kTransformer{
    Pair{"time_embedding.0", "condition_embedder.time_embedder.linear_1"},
    Pair{"time_embedding.2", "condition_embedder.time_embedder.linear_2"},
    Pair{"time_projection.1", "condition_embedder.time_proj"},
    Pair{"text_embedding.0", "condition_embedder.text_embedder.linear_1"},
    Pair{"text_embedding.2", "condition_embedder.text_embedder.linear_2"},
    Pair{"img_emb.proj.0", "condition_embedder.image_embedder.norm1"},
    Pair{"img_emb.proj.1", "condition_embedder.image_embedder.ff.net.0.proj"},
    Pair{"img_emb.proj.3", "condition_embedder.image_embedder.ff.net.2"},
    Pair{"img_emb.proj.4", "condition_embedder.image_embedder.norm2"},
    Pair{"img_emb.emb_pos", "condition_embedder.image_embedder.pos_embed"},
    Pair{"head.modulation", "scale_shift_table"},
    Pair{"head.head", "proj_out"},
};

/// After "blocks.N." or "vace_blocks.K.".
constexpr std::array kTransformerBlock{
    Pair{"modulation", "scale_shift_table"},
    Pair{"self_attn.q", "attn1.to_q"},
    Pair{"self_attn.k", "attn1.to_k"},
    Pair{"self_attn.v", "attn1.to_v"},
    Pair{"self_attn.o", "attn1.to_out.0"},
    Pair{"self_attn.norm_q", "attn1.norm_q"},
    Pair{"self_attn.norm_k", "attn1.norm_k"},
    Pair{"cross_attn.q", "attn2.to_q"},
    Pair{"cross_attn.k", "attn2.to_k"},
    Pair{"cross_attn.v", "attn2.to_v"},
    Pair{"cross_attn.o", "attn2.to_out.0"},
    Pair{"cross_attn.norm_q", "attn2.norm_q"},
    Pair{"cross_attn.norm_k", "attn2.norm_k"},
    Pair{"cross_attn.k_img", "attn2.add_k_proj"},
    Pair{"cross_attn.v_img", "attn2.add_v_proj"},
    Pair{"cross_attn.norm_k_img", "attn2.norm_added_k"},
    Pair{"norm3", "norm2"}, // the affine one before cross-attention
    Pair{"norm2", "norm3"},
    Pair{"ffn.0", "ffn.net.0.proj"},
    Pair{"ffn.2", "ffn.net.2"},
    Pair{"before_proj", "proj_in"},
    Pair{"after_proj", "proj_out"},
};

constexpr std::array kAutoencoder{
    Pair{"conv1", "quant_conv"},
    Pair{"conv2", "post_quant_conv"},
};

/// After "encoder." or "decoder.".
constexpr std::array kAutoencoderHalf{
    Pair{"conv1", "conv_in"},
    Pair{"head.0", "norm_out"},
    Pair{"head.2", "conv_out"},
    Pair{"middle.0", "mid_block.resnets.0"},
    Pair{"middle.1", "mid_block.attentions.0"},
    Pair{"middle.2", "mid_block.resnets.1"},
};

constexpr std::array kResidualBlock{
    Pair{"residual.0", "norm1"}, Pair{"residual.2", "conv1"},       Pair{"residual.3", "norm2"},
    Pair{"residual.6", "conv2"}, Pair{"shortcut", "conv_shortcut"},
};

constexpr std::array kTextEncoder{
    Pair{"token_embedding", "shared"},
    Pair{"norm", "encoder.final_layer_norm"},
    Pair{"token_embd", "shared"},
    Pair{"enc.output_norm", "encoder.final_layer_norm"},
};

/// After "blocks.N.": the authors' names.
constexpr std::array kTextBlock{
    Pair{"norm1", "layer.0.layer_norm"},
    Pair{"attn.q", "layer.0.SelfAttention.q"},
    Pair{"attn.k", "layer.0.SelfAttention.k"},
    Pair{"attn.v", "layer.0.SelfAttention.v"},
    Pair{"attn.o", "layer.0.SelfAttention.o"},
    Pair{"pos_embedding.embedding", "layer.0.SelfAttention.relative_attention_bias"},
    Pair{"norm2", "layer.1.layer_norm"},
    Pair{"ffn.gate.0", "layer.1.DenseReluDense.wi_0"},
    Pair{"ffn.fc1", "layer.1.DenseReluDense.wi_1"},
    Pair{"ffn.fc2", "layer.1.DenseReluDense.wo"},
};

/// After "enc.blk.N.": llama.cpp's names.
constexpr std::array kTextBlockGguf{
    Pair{"attn_norm", "layer.0.layer_norm"},       Pair{"attn_q", "layer.0.SelfAttention.q"},
    Pair{"attn_k", "layer.0.SelfAttention.k"},     Pair{"attn_v", "layer.0.SelfAttention.v"},
    Pair{"attn_o", "layer.0.SelfAttention.o"},     Pair{"attn_rel_b", "layer.0.SelfAttention.relative_attention_bias"},
    Pair{"ffn_norm", "layer.1.layer_norm"},        Pair{"ffn_gate", "layer.1.DenseReluDense.wi_0"},
    Pair{"ffn_up", "layer.1.DenseReluDense.wi_1"}, Pair{"ffn_down", "layer.1.DenseReluDense.wo"},
};

/// Which way a table is read.
using Side = std::string_view Pair::*;

/// `name` with the first module that it is, or is inside of, replaced.
std::optional<std::string> replaced(std::span<const Pair> pairs, std::string_view name, Side from = &Pair::from,
                                    Side to = &Pair::to) {
    for (const Pair& pair : pairs) {
        const std::string_view module = pair.*from;
        if (name.starts_with(module) && (name.size() == module.size() || name[module.size()] == '.')) {
            return std::string(pair.*to) + std::string(name.substr(module.size()));
        }
    }
    return std::nullopt;
}

/// The parts of "<list>.<number>.<rest>".
struct Numbered {
    int number;
    std::string_view rest;
};

std::optional<Numbered> numbered(std::string_view list, std::string_view name) {
    if (!name.starts_with(list) || name.size() <= list.size() || name[list.size()] != '.') {
        return std::nullopt;
    }
    const std::string_view tail = name.substr(list.size() + 1);
    int number = -1;
    const auto [end, error] = std::from_chars(tail.data(), tail.data() + std::min<std::size_t>(tail.size(), 6), number);
    const auto digits = static_cast<std::size_t>(end - tail.data());
    if (error != std::errc() || number < 0 || digits >= tail.size() || tail[digits] != '.') {
        return std::nullopt;
    }
    return Numbered{number, tail.substr(digits + 1)};
}

std::string join(std::string_view list, int number, std::string_view rest) {
    return std::string(list) + "." + std::to_string(number) + "." + std::string(rest);
}

bool isUpDownsampler(std::string_view part) {
    return part.starts_with("resample.") || part.starts_with("time_conv.");
}

std::string residualName(std::string_view part) {
    return replaced(kResidualBlock, part).value_or(std::string(part));
}

/// Wan's autoencoder: half of the names depend on which parts of a flat list change the size.
class AutoencoderNames {
public:
    explicit AutoencoderNames(const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            const auto part = numbered("decoder.upsamples", name);
            if (part && isUpDownsampler(part->rest)) {
                m_upsamplers.insert(part->number);
            }
        }
    }

    std::string operator()(std::string_view name) const {
        for (const std::string_view half : {"encoder.", "decoder."}) {
            if (name.starts_with(half)) {
                return std::string(half) + halfName(name.substr(half.size()));
            }
        }
        return replaced(kAutoencoder, name).value_or(std::string(name));
    }

private:
    std::string halfName(std::string_view name) const {
        if (const auto down = numbered("downsamples", name)) {
            return downName(*down);
        }
        if (const auto up = numbered("upsamples", name)) {
            return upName(*up);
        }
        const auto known = replaced(kAutoencoderHalf, name);
        if (!known || !known->starts_with("mid_block.resnets.")) {
            return known.value_or(std::string(name));
        }
        constexpr std::size_t kPrefix = sizeof("mid_block.resnets.0.") - 1;
        return known->size() <= kPrefix ? *known : known->substr(0, kPrefix) + residualName(known->substr(kPrefix));
    }

    /// 2.2 nests its levels; 2.1 counts through them, and diffusers with it.
    static std::string downName(const Numbered& part) {
        if (const auto inner = numbered("downsamples", part.rest)) {
            return isUpDownsampler(inner->rest)
                       ? join("down_blocks", part.number, "downsampler." + std::string(inner->rest))
                       : join("down_blocks", part.number, join("resnets", inner->number, residualName(inner->rest)));
        }
        return join("down_blocks", part.number, residualName(part.rest));
    }

    std::string upName(const Numbered& part) const {
        if (const auto inner = numbered("upsamples", part.rest)) {
            return isUpDownsampler(inner->rest)
                       ? join("up_blocks", part.number, "upsampler." + std::string(inner->rest))
                       : join("up_blocks", part.number, join("resnets", inner->number, residualName(inner->rest)));
        }
        // Each level of 2.1's flat list ends with its upsampler.
        const auto next = m_upsamplers.lower_bound(part.number);
        const auto level = static_cast<int>(std::distance(m_upsamplers.begin(), next));
        const int first = level == 0 ? 0 : *std::prev(next) + 1;
        return isUpDownsampler(part.rest)
                   ? join("up_blocks", level, "upsamplers.0." + std::string(part.rest))
                   : join("up_blocks", level, join("resnets", part.number - first, residualName(part.rest)));
    }

    std::set<int> m_upsamplers;
};

std::string textEncoderName(std::string_view name) {
    if (const auto block = numbered("blocks", name)) {
        const auto known = replaced(kTextBlock, block->rest);
        return known ? join("encoder.block", block->number, *known) : std::string(name);
    }
    if (const auto block = numbered("enc.blk", name)) {
        const auto known = replaced(kTextBlockGguf, block->rest);
        return known ? join("encoder.block", block->number, *known) : std::string(name);
    }
    return replaced(kTextEncoder, name).value_or(std::string(name));
}

std::string transformerName(std::string_view name, Side from, Side to) {
    for (const std::string_view list : {"blocks", "vace_blocks"}) {
        if (const auto block = numbered(list, name)) {
            return join(list, block->number,
                        replaced(kTransformerBlock, block->rest, from, to).value_or(std::string(block->rest)));
        }
    }
    return replaced(kTransformer, name, from, to).value_or(std::string(name));
}

bool isOriginalTransformer(std::string_view name) {
    return name.starts_with("head.") || name.find(".self_attn.") != std::string_view::npos ||
           name.find(".cross_attn.") != std::string_view::npos;
}

/// Gates of a block-sparse attention that some distilled transformers were trained with; the full attention, which they
/// run with as well, has none.
bool isSparseGate(std::string_view name) {
    return name.find(".to_gate_compress.") != std::string_view::npos;
}

bool isOriginalAutoencoder(std::string_view name) {
    return name.find(".residual.") != std::string_view::npos || name.starts_with("decoder.middle.");
}

/// The embedding under its second name, and what a text encoder's file has beside the network.
void leaveOutExtras(std::map<std::string, std::string>& map, const std::vector<std::string>& names) {
    const auto mapsTo = [&](std::string_view wanted) {
        return std::any_of(map.begin(), map.end(), [&](const auto& item) { return item.second == wanted; });
    };
    const bool hasEmbedding = mapsTo("shared.weight");
    for (const std::string& name : names) {
        if (name == "encoder.embed_tokens.weight") {
            map[name] = hasEmbedding ? "" : "shared.weight";
        } else if (name == "spiece_model") {
            map[name] = "";
        }
    }
}

} // namespace

std::string_view networkName(NetworkKind kind) {
    switch (kind) {
    case NetworkKind::Transformer:
        return "transformer";
    case NetworkKind::Autoencoder:
        return "autoencoder (VAE)";
    case NetworkKind::TextEncoder:
        return "text encoder (UMT5)";
    case NetworkKind::ImageEncoder:
        return "image encoder (CLIP)";
    case NetworkKind::TinyAutoencoder:
        return "tiny autoencoder (TAEHV)";
    }
    return {};
}

std::string diffusersTransformerName(std::string_view original) {
    return transformerName(original, &Pair::from, &Pair::to);
}

std::string originalTransformerName(std::string_view diffusers) {
    return transformerName(diffusers, &Pair::to, &Pair::from);
}

std::map<std::string, std::string> diffusersNames(NetworkKind kind, const std::vector<std::string>& names) {
    std::map<std::string, std::string> map;
    const AutoencoderNames autoencoder(names);
    const bool isOriginal =
        kind == NetworkKind::TextEncoder ||
        std::any_of(names.begin(), names.end(),
                    kind == NetworkKind::Transformer ? isOriginalTransformer : isOriginalAutoencoder);
    for (const std::string& name : names) {
        switch (kind) {
        case NetworkKind::Transformer:
            map[name] = isSparseGate(name) ? "" : isOriginal ? diffusersTransformerName(name) : name;
            break;
        case NetworkKind::Autoencoder:
            map[name] = isOriginal ? autoencoder(name) : name;
            break;
        case NetworkKind::TextEncoder:
            map[name] = textEncoderName(name);
            break;
        case NetworkKind::ImageEncoder:
        case NetworkKind::TinyAutoencoder:
            map[name] = name;
            break;
        }
    }
    if (kind == NetworkKind::TextEncoder) {
        leaveOutExtras(map, names);
    }
    return map;
}

} // namespace generation
