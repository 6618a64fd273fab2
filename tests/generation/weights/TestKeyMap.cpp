// Names: the lists of the published autoencoders, and the tables' traps.

#include "generation/weights/KeyMap.h"

#include <fstream>
#include <map>
#include <sstream>

#include "tests/generation/weights/Cases.h"

using namespace generation;
using generation::test::Checks;
using Names = std::vector<std::string>;

namespace {

/// Original and diffusers name of every tensor but the biases, from the list of engine spec appendix A.
std::map<std::string, std::string> publishedNames(const std::string& file) {
    std::ifstream stream(std::string(FIXTURES_DIR) + "/key-map/" + file);
    std::map<std::string, std::string> names;
    std::string original;
    std::string ours;
    std::string shape;
    while (stream >> original >> ours >> shape) {
        names[original] = ours;
    }
    return names;
}

void checkAutoencoders(Checks& c) {
    for (const char* file : {"vae21.txt", "vae22.txt"}) {
        const auto published = publishedNames(file);
        CHECK(c, published.size() > 120);
        Names originals;
        Names ours;
        for (const auto& [original, name] : published) {
            originals.push_back(original);
            ours.push_back(name);
        }
        CHECK(c, diffusersNames(NetworkKind::Autoencoder, originals) == published);
        for (const auto& [from, to] : diffusersNames(NetworkKind::Autoencoder, ours)) {
            CHECK_EQUAL(c, from, to); // names that are diffusers' already stay
        }
    }
}

void checkTransformer(Checks& c) {
    const std::map<std::string, std::string> expected{
        {"head.modulation", "scale_shift_table"},
        {"head.head.bias", "proj_out.bias"},
        {"patch_embedding.weight", "patch_embedding.weight"},
        {"time_projection.1.weight", "condition_embedder.time_proj.weight"},
        {"img_emb.emb_pos", "condition_embedder.image_embedder.pos_embed"},
        {"img_emb.proj.1.weight", "condition_embedder.image_embedder.ff.net.0.proj.weight"},
        {"blocks.12.modulation", "blocks.12.scale_shift_table"},
        {"blocks.12.self_attn.norm_q.weight", "blocks.12.attn1.norm_q.weight"},
        {"blocks.12.self_attn.q.weight", "blocks.12.attn1.to_q.weight"},
        {"blocks.12.cross_attn.o.bias", "blocks.12.attn2.to_out.0.bias"},
        {"blocks.12.cross_attn.k_img.weight", "blocks.12.attn2.add_k_proj.weight"},
        {"blocks.12.cross_attn.norm_k_img.weight", "blocks.12.attn2.norm_added_k.weight"},
        {"blocks.12.norm3.weight", "blocks.12.norm2.weight"}, // the swap
        {"blocks.12.norm2.weight", "blocks.12.norm3.weight"},
        {"blocks.12.ffn.0.weight", "blocks.12.ffn.net.0.proj.weight"},
        {"blocks.12.ffn.2.bias", "blocks.12.ffn.net.2.bias"},
        {"vace_blocks.0.before_proj.weight", "vace_blocks.0.proj_in.weight"},
        {"vace_blocks.3.after_proj.bias", "vace_blocks.3.proj_out.bias"},
        {"vace_blocks.3.norm3.bias", "vace_blocks.3.norm2.bias"},
        {"something.else", "something.else"},
        {"blocks.x.norm3.weight", "blocks.x.norm3.weight"},
        {"blocks.1234567.norm3.weight", "blocks.1234567.norm3.weight"},
        {"blocks.1", "blocks.1"},
        {"blocks.", "blocks."},
    };
    Names names;
    for (const auto& [original, ours] : expected) {
        names.push_back(original);
        CHECK_EQUAL(c, diffusersTransformerName(original), ours);
    }
    CHECK(c, diffusersNames(NetworkKind::Transformer, names) == expected);
    CHECK_EQUAL(c, diffusersTransformerName("blocks.3.self_attn.q"), "blocks.3.attn1.to_q"); // a module, as in LoRAs
    // A file in diffusers' spelling has norm2 with parameters, and it stays.
    const Names ours{"scale_shift_table", "blocks.0.norm2.weight", "blocks.0.attn1.to_q.weight"};
    for (const auto& [from, to] : diffusersNames(NetworkKind::Transformer, ours)) {
        CHECK_EQUAL(c, from, to);
    }
}

void checkTextEncoder(Checks& c) {
    const std::string block = "encoder.block.7.layer.";
    const std::map<std::string, std::pair<std::string, std::string>> expected{
        {"shared.weight", {"token_embedding.weight", "token_embd.weight"}},
        {"encoder.final_layer_norm.weight", {"norm.weight", "enc.output_norm.weight"}},
        {block + "0.layer_norm.weight", {"blocks.7.norm1.weight", "enc.blk.7.attn_norm.weight"}},
        {block + "0.SelfAttention.q.weight", {"blocks.7.attn.q.weight", "enc.blk.7.attn_q.weight"}},
        {block + "0.SelfAttention.k.weight", {"blocks.7.attn.k.weight", "enc.blk.7.attn_k.weight"}},
        {block + "0.SelfAttention.v.weight", {"blocks.7.attn.v.weight", "enc.blk.7.attn_v.weight"}},
        {block + "0.SelfAttention.o.weight", {"blocks.7.attn.o.weight", "enc.blk.7.attn_o.weight"}},
        {block + "0.SelfAttention.relative_attention_bias.weight",
         {"blocks.7.pos_embedding.embedding.weight", "enc.blk.7.attn_rel_b.weight"}},
        {block + "1.layer_norm.weight", {"blocks.7.norm2.weight", "enc.blk.7.ffn_norm.weight"}},
        {block + "1.DenseReluDense.wi_0.weight", {"blocks.7.ffn.gate.0.weight", "enc.blk.7.ffn_gate.weight"}},
        {block + "1.DenseReluDense.wi_1.weight", {"blocks.7.ffn.fc1.weight", "enc.blk.7.ffn_up.weight"}},
        {block + "1.DenseReluDense.wo.weight", {"blocks.7.ffn.fc2.weight", "enc.blk.7.ffn_down.weight"}},
    };
    for (const auto& [ours, spellings] : expected) {
        for (const std::string& name : {ours, spellings.first, spellings.second}) {
            CHECK_EQUAL(c, diffusersNames(NetworkKind::TextEncoder, {name}).at(name), ours);
        }
    }
    const auto both = diffusersNames(
        NetworkKind::TextEncoder, {"shared.weight", "encoder.embed_tokens.weight", "spiece_model", "lm_head.weight"});
    CHECK_EQUAL(c, both.at("encoder.embed_tokens.weight"), "");
    CHECK_EQUAL(c, both.at("spiece_model"), "");
    CHECK_EQUAL(c, both.at("lm_head.weight"), "lm_head.weight");
    CHECK_EQUAL(c, diffusersNames(NetworkKind::TextEncoder, {"encoder.embed_tokens.weight"}).begin()->second,
                "shared.weight");
}

} // namespace

void keyMapCases(Checks& checks) {
    checks.run("names of the autoencoders", checkAutoencoders);
    checks.run("names of the transformer", checkTransformer);
    checks.run("names of the text encoder", checkTextEncoder);
}
