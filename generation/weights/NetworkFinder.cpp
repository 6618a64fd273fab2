#include "generation/weights/NetworkFinder.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace generation {

namespace {

/// Names that tell a network: all of them, in one of its spellings.
struct Mark {
    NetworkKind kind;
    std::array<const char*, 2> names;
};

constexpr std::array kMarks{
    Mark{NetworkKind::Transformer, {"head.modulation", "blocks.0.self_attn.q.weight"}},
    Mark{NetworkKind::Transformer, {"scale_shift_table", "condition_embedder.time_proj.weight"}},
    Mark{NetworkKind::Autoencoder, {"decoder.middle.0.residual.0.gamma", "conv2.weight"}},
    Mark{NetworkKind::Autoencoder, {"decoder.mid_block.resnets.0.norm1.gamma", "post_quant_conv.weight"}},
    Mark{NetworkKind::TextEncoder,
         {"encoder.final_layer_norm.weight", "encoder.block.0.layer.0.SelfAttention.q.weight"}},
    Mark{NetworkKind::TextEncoder, {"token_embedding.weight", "blocks.0.attn.q.weight"}},
    Mark{NetworkKind::TextEncoder, {"token_embd.weight", "enc.blk.0.attn_q.weight"}},
    Mark{NetworkKind::ImageEncoder,
         {"vision_model.embeddings.class_embedding", "vision_model.encoder.layers.0.self_attn.q_proj.weight"}},
    Mark{NetworkKind::TinyAutoencoder, {"decoder.3.conv.0.weight", "decoder.22.weight"}},
};

/// What files put before a network's names.
constexpr std::array kPrefixes{"",
                               "model.diffusion_model.",
                               "diffusion_model.",
                               "transformer.",
                               "first_stage_model.",
                               "vae.",
                               "text_encoders.umt5xxl.transformer.",
                               "text_encoders.umt5xxl.",
                               "text_encoder.",
                               "cond_stage_model."};

} // namespace

WeightSource withDiffusersNames(const WeightSource& source, NetworkKind kind) {
    return source.renamed(diffusersNames(kind, source.names()));
}

std::vector<FoundNetwork> findNetworks(const WeightSource& source) {
    std::vector<FoundNetwork> found;
    for (const std::string prefix : kPrefixes) {
        for (const Mark& mark : kMarks) {
            const auto isThere = [&](const char* name) { return source.contains(prefix + name); };
            if (std::all_of(mark.names.begin(), mark.names.end(), isThere)) {
                found.push_back({mark.kind, prefix, withDiffusersNames(source.under(prefix), mark.kind)});
            }
        }
    }
    return found;
}

} // namespace generation
