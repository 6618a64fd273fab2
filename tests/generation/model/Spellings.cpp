#include "tests/generation/model/Spellings.h"

#include "generation/weights/Safetensors.h"

#include <regex>
#include <stdexcept>
#include <utility>
#include <vector>

namespace generation::test {

namespace {

using Rules = std::vector<std::pair<std::regex, std::string>>;

Rules rules(const std::vector<std::pair<const char*, const char*>>& list) {
    Rules compiled;
    for (const auto& [from, to] : list) {
        compiled.emplace_back(std::regex(from), to);
    }
    return compiled;
}

const Rules& transformerRules() {
    static const Rules all = rules({
        {R"(^condition_embedder\.time_embedder\.linear_1\.)", "time_embedding.0."},
        {R"(^condition_embedder\.time_embedder\.linear_2\.)", "time_embedding.2."},
        {R"(^condition_embedder\.time_proj\.)", "time_projection.1."},
        {R"(^condition_embedder\.text_embedder\.linear_1\.)", "text_embedding.0."},
        {R"(^condition_embedder\.text_embedder\.linear_2\.)", "text_embedding.2."},
        {R"(^condition_embedder\.image_embedder\.norm1\.)", "img_emb.proj.0."},
        {R"(^condition_embedder\.image_embedder\.ff\.net\.0\.proj\.)", "img_emb.proj.1."},
        {R"(^condition_embedder\.image_embedder\.ff\.net\.2\.)", "img_emb.proj.3."},
        {R"(^condition_embedder\.image_embedder\.norm2\.)", "img_emb.proj.4."},
        {R"(^scale_shift_table$)", "head.modulation"},
        {R"(^proj_out\.)", "head.head."},
        {R"(\.scale_shift_table$)", ".modulation"},
        {R"(\.attn1\.to_out\.0\.)", ".self_attn.o."},
        {R"(\.attn1\.to_([qkv])\.)", ".self_attn.$1."},
        {R"(\.attn1\.(norm_.)\.)", ".self_attn.$1."},
        {R"(\.attn2\.to_out\.0\.)", ".cross_attn.o."},
        {R"(\.attn2\.to_([qkv])\.)", ".cross_attn.$1."},
        {R"(\.attn2\.(norm_[qk])\.)", ".cross_attn.$1."},
        {R"(\.attn2\.add_([kv])_proj\.)", ".cross_attn.$1_img."},
        {R"(\.attn2\.norm_added_k\.)", ".cross_attn.norm_k_img."},
        {R"(\.norm2\.)", ".norm3."},
        {R"(\.ffn\.net\.0\.proj\.)", ".ffn.0."},
        {R"(\.ffn\.net\.2\.)", ".ffn.2."},
        {R"(\.proj_in\.)", ".before_proj."},
        {R"(\.proj_out\.)", ".after_proj."},
    });
    return all;
}

const Rules& textRules(Spelling spelling) {
    static const Rules authors = rules({
        {R"(^shared\.)", "token_embedding."},
        {R"(^encoder\.final_layer_norm\.)", "norm."},
        {R"(^encoder\.block\.(\d+)\.layer\.0\.layer_norm\.)", "blocks.$1.norm1."},
        {R"(^encoder\.block\.(\d+)\.layer\.0\.SelfAttention\.relative_attention_bias\.)",
         "blocks.$1.pos_embedding.embedding."},
        {R"(^encoder\.block\.(\d+)\.layer\.0\.SelfAttention\.)", "blocks.$1.attn."},
        {R"(^encoder\.block\.(\d+)\.layer\.1\.layer_norm\.)", "blocks.$1.norm2."},
        {R"(^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wi_0\.)", "blocks.$1.ffn.gate.0."},
        {R"(^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wi_1\.)", "blocks.$1.ffn.fc1."},
        {R"(^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wo\.)", "blocks.$1.ffn.fc2."},
    });
    static const Rules gguf = rules({
        {R"(^shared\.)", "token_embd."},
        {R"(^encoder\.final_layer_norm\.)", "enc.output_norm."},
        {R"(^encoder\.block\.(\d+)\.layer\.0\.layer_norm\.)", "enc.blk.$1.attn_norm."},
        {R"(^encoder\.block\.(\d+)\.layer\.0\.SelfAttention\.relative_attention_bias\.)", "enc.blk.$1.attn_rel_b."},
        {R"(^encoder\.block\.(\d+)\.layer\.0\.SelfAttention\.)", "enc.blk.$1.attn_"},
        {R"(^encoder\.block\.(\d+)\.layer\.1\.layer_norm\.)", "enc.blk.$1.ffn_norm."},
        {R"(^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wi_0\.)", "enc.blk.$1.ffn_gate."},
        {R"(^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wi_1\.)", "enc.blk.$1.ffn_up."},
        {R"(^encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wo\.)", "enc.blk.$1.ffn_down."},
    });
    return spelling == Spelling::Gguf ? gguf : authors;
}

const Rules& vaeOuterRules() {
    static const Rules all = rules({
        {R"(^quant_conv\.)", "conv1."},
        {R"(^post_quant_conv\.)", "conv2."},
        {R"(^(encoder|decoder)\.conv_in\.)", "$1.conv1."},
        {R"(^(encoder|decoder)\.norm_out\.)", "$1.head.0."},
        {R"(^(encoder|decoder)\.conv_out\.)", "$1.head.2."},
        {R"(\.mid_block\.resnets\.0\.)", ".middle.0."},
        {R"(\.mid_block\.attentions\.0\.)", ".middle.1."},
        {R"(\.mid_block\.resnets\.1\.)", ".middle.2."},
    });
    return all;
}

/// Within a residual block.
const Rules& vaeInnerRules() {
    static const Rules all = rules({
        {R"(\.norm1\.gamma$)", ".residual.0.gamma"},
        {R"(\.conv1\.(weight|bias)$)", ".residual.2.$1"},
        {R"(\.norm2\.gamma$)", ".residual.3.gamma"},
        {R"(\.conv2\.(weight|bias)$)", ".residual.6.$1"},
        {R"(\.conv_shortcut\.)", ".shortcut."},
    });
    return all;
}

std::string applied(const Rules& rules, std::string name) {
    for (const auto& [from, to] : rules) {
        name = std::regex_replace(name, from, to);
    }
    return name;
}

std::string vaeName(const std::string& name, int blocks) {
    std::smatch part;
    // 2.2: nested, with the sampler behind the residual blocks of its level.
    static const std::regex nested(R"(^encoder\.down_blocks\.(\d+)\.resnets\.(\d+)\.(.*)$)");
    static const std::regex nestedDown(R"(^encoder\.down_blocks\.(\d+)\.downsampler\.(.*)$)");
    static const std::regex nestedUp(R"(^decoder\.up_blocks\.(\d+)\.upsampler\.(.*)$)");
    // 2.1: counted through.
    static const std::regex flat(R"(^encoder\.down_blocks\.(\d+)\.(.*)$)");
    static const std::regex up(R"(^decoder\.up_blocks\.(\d+)\.resnets\.(\d+)\.(.*)$)");
    static const std::regex flatUp(R"(^decoder\.up_blocks\.(\d+)\.upsamplers\.0\.(.*)$)");
    const auto inner = [&](const std::string& rest) { return applied(vaeInnerRules(), "." + rest).substr(1); };
    if (std::regex_match(name, part, nested)) {
        return "encoder.downsamples." + part[1].str() + ".downsamples." + part[2].str() + "." + inner(part[3]);
    }
    if (std::regex_match(name, part, nestedDown)) {
        return "encoder.downsamples." + part[1].str() + ".downsamples." + std::to_string(blocks) + "." + part[2].str();
    }
    if (std::regex_match(name, part, nestedUp)) {
        return "decoder.upsamples." + part[1].str() + ".upsamples." + std::to_string(blocks + 1) + "." + part[2].str();
    }
    if (std::regex_match(name, part, flat)) {
        return "encoder.downsamples." + part[1].str() + "." + inner(part[2]);
    }
    if (std::regex_match(name, part, flatUp)) {
        const int index = std::stoi(part[1]) * (blocks + 2) + blocks + 1;
        return "decoder.upsamples." + std::to_string(index) + "." + part[2].str();
    }
    if (std::regex_match(name, part, up)) {
        return "up:" + part[1].str() + ":" + part[2].str() + ":" + inner(part[3]); // which type, the caller knows
    }
    if (name.find("mid_block.resnets") != std::string::npos) {
        const std::size_t end = name.find("resnets.") + 10;
        return applied(vaeOuterRules(), name.substr(0, end)) + inner(name.substr(end));
    }
    return applied(vaeOuterRules(), name);
}

FileTensors spelledVae(const FixtureNetwork& network) {
    int blocks = 0;
    while (network.tensors.contains("decoder.up_blocks.0.resnets." + std::to_string(blocks) + ".conv1.weight")) {
        ++blocks;
    }
    --blocks;
    const bool isNested = network.tensors.contains("encoder.down_blocks.0.resnets.0.conv1.weight");
    FileTensors tensors;
    for (const auto& [name, tensor] : network.tensors) {
        std::string other = vaeName(name, blocks);
        std::smatch part;
        static const std::regex up(R"(^up:(\d+):(\d+):(.*)$)");
        if (std::regex_match(other, part, up)) {
            const int level = std::stoi(part[1]);
            const int block = std::stoi(part[2]);
            const std::string rest = part[3];
            other = isNested
                        ? "decoder.upsamples." + std::to_string(level) + ".upsamples." + std::to_string(block) + "."
                        : "decoder.upsamples." + std::to_string(level * (blocks + 2) + block) + ".";
            other += rest;
        }
        tensors[other] = fileTensor(tensor);
    }
    return tensors;
}

} // namespace

FixtureNetwork fixtureNetwork(const std::string& fixture, NetworkKind kind) {
    const Safetensors file = Safetensors::open(std::string(FIXTURES_DIR) + "/engine/" + fixture + ".safetensors");
    FixtureNetwork network{kind, {}, file.metadata("config")};
    for (const auto& [name, entry] : file.header().tensors) {
        if (name.starts_with("w.")) {
            network.tensors[name.substr(2)] = file.tensor(name).clone();
        }
    }
    return network;
}

FileTensors spelled(const FixtureNetwork& network, Spelling spelling) {
    const bool comfyText = spelling == Spelling::Comfy && network.kind == NetworkKind::TextEncoder;
    if (spelling != Spelling::Diffusers && network.kind == NetworkKind::Autoencoder) {
        return spelledVae(network);
    }
    FileTensors tensors;
    for (const auto& [name, tensor] : network.tensors) {
        std::string other = name;
        if (spelling != Spelling::Diffusers && !comfyText) {
            other = applied(network.kind == NetworkKind::Transformer ? transformerRules() : textRules(spelling), name);
        }
        if (spelling == Spelling::Comfy && network.kind == NetworkKind::Transformer) {
            other = "model.diffusion_model." + other;
        }
        tensors[other] = fileTensor(tensor);
    }
    if (comfyText) {
        tensors["encoder.embed_tokens.weight"] = tensors.at("shared.weight");
    }
    return tensors;
}

std::string fileOf(const FixtureNetwork& network, Spelling spelling) {
    const FileTensors tensors = spelled(network, spelling);
    if (spelling != Spelling::Gguf) {
        return safetensorsOf(tensors);
    }
    GgufWriter writer;
    writer.add("general.architecture", std::string(network.kind == NetworkKind::TextEncoder ? "t5encoder" : "wan"));
    for (const auto& [name, tensor] : tensors) {
        if (tensor.shape.size() > 4) {
            std::vector<std::int32_t> shape(tensor.shape.begin(), tensor.shape.end());
            writer.addList("comfy.gguf.orig_shape." + name, 5, shape);
        }
    }
    for (const auto& [name, tensor] : tensors) {
        FileTensor stored = tensor;
        if (stored.shape.size() > 4) {
            stored.shape = {static_cast<std::int64_t>(stored.bytes.size() / sizeof(float))};
        }
        writer.addTensor(name, stored, true);
    }
    return writer.bytes();
}

} // namespace generation::test
