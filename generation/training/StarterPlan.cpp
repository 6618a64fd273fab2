#include "generation/training/StarterPlan.h"

#include "generation/training/ControlTasks.h"

#include <stdexcept>

namespace generation {

namespace {

using nlohmann::json;

/// The sizes by which starters differ.
struct Sizes {
    int width, height, frames, fps;
    int heads, headDim, layers, ffn;
    int vaeBase, vaeLatent;
    int textWidth, vocabulary;
};

json indexOf(const std::string& size, const Sizes& s) {
    return {{"_class_name", "WanVACEPipeline"},
            {"transformer", {"diffusers", "WanVACETransformer3DModel"}},
            {"vae", {"diffusers", "AutoencoderKLWan"}},
            {"text_encoder", {"transformers", "UMT5EncoderModel"}},
            {"tokenizer", {"transformers", "T5Tokenizer"}},
            {"scheduler", {"diffusers", "FlowMatchEulerDiscreteScheduler"}},
            {"fantascope",
             {{"family", "wan-vace"},
              {"name", size == "small" ? "starter" : "starter-" + size},
              {"licence", "Apache-2.0"},
              {"size", {s.width, s.height}},
              {"frames", s.frames},
              {"fps", s.fps},
              {"max_text_tokens", 48},
              {"conditions", taughtConditions()},
              {"steps", 25},
              {"shift", 2.0},
              {"guidance", 2.5},
              {"sampler", "euler"},
              {"sigmas", "shift(linspace(1,0,N+1)), timestep = 1000*sigma"},
              {"text_only", "run without the control branch (all scales 0)"}}}};
}

json transformerOf(const Sizes& s) {
    json vaceLayers = json::array();
    for (int layer = 0; layer < s.layers; layer += 2) {
        vaceLayers.push_back(layer);
    }
    return {{"_class_name", "WanVACETransformer3DModel"},
            {"patch_size", {1, 2, 2}},
            {"num_attention_heads", s.heads},
            {"attention_head_dim", s.headDim},
            {"in_channels", s.vaeLatent},
            {"out_channels", s.vaeLatent},
            {"text_dim", s.textWidth},
            {"freq_dim", 256},
            {"ffn_dim", s.ffn},
            {"num_layers", s.layers},
            {"cross_attn_norm", true},
            {"qk_norm", "rms_norm_across_heads"},
            {"eps", 1e-6},
            {"rope_max_seq_len", 128},
            {"vace_layers", vaceLayers},
            {"vace_in_channels", 2 * s.vaeLatent + 256}};
}

json textEncoderOf(const Sizes& s) {
    return {{"architectures", {"UMT5EncoderModel"}},
            {"model_type", "umt5"},
            {"d_model", s.textWidth},
            {"d_kv", 32},
            {"num_heads", s.textWidth / 32},
            {"d_ff", 2 * s.textWidth},
            {"num_layers", 2},
            {"relative_attention_num_buckets", 32},
            {"relative_attention_max_distance", 128},
            {"vocab_size", s.vocabulary},
            {"feed_forward_proj", "gated-gelu"},
            {"layer_norm_epsilon", 1e-6},
            {"pad_token_id", 0},
            {"eos_token_id", 1}};
}

json vaeOf(const Sizes& s) {
    return {{"_class_name", "AutoencoderKLWan"},
            {"base_dim", s.vaeBase},
            {"decoder_base_dim", s.vaeBase},
            {"z_dim", s.vaeLatent},
            {"dim_mult", {1, 2, 4, 4}},
            {"num_res_blocks", 1},
            {"temperal_downsample", {false, true, true}},
            {"in_channels", 12},
            {"out_channels", 12},
            {"is_residual", true},
            {"patch_size", 2},
            {"scale_factor_spatial", 16},
            {"scale_factor_temporal", 4},
            {"latents_mean", std::vector<double>(static_cast<std::size_t>(s.vaeLatent), 0.0)},
            {"latents_std", std::vector<double>(static_cast<std::size_t>(s.vaeLatent), 1.0)}};
}

StarterPlan planOf(const std::string& size, const Sizes& s) {
    StarterPlan plan;
    plan.size = size;
    plan.index = indexOf(size, s);
    plan.transformer = transformerOf(s);
    plan.textEncoder = textEncoderOf(s);
    plan.vae = vaeOf(s);
    plan.vaeOptimiser.matrixRate = 0.002;
    plan.vaeOptimiser.rate = 0.001;
    return plan;
}

} // namespace

StarterPlan smallStarter() {
    StarterPlan plan = planOf("small", {.width = 224,
                                        .height = 128,
                                        .frames = 25,
                                        .fps = 12,
                                        .heads = 4,
                                        .headDim = 64,
                                        .layers = 10,
                                        .ffn = 1024,
                                        .vaeBase = 32,
                                        .vaeLatent = 48,
                                        .textWidth = 128,
                                        .vocabulary = 512});
    plan.training.firstExamples = 64;
    plan.training.examplesPerStep = 0.7;
    plan.vaeTraining.stages = {{1, 64, 24, 0.35}, {5, 64, 8, 0.75}, {13, 64, 3, 0.9}, {25, 64, 2, 1.0}};
    return plan;
}

StarterPlan largeStarter() {
    StarterPlan plan = planOf("large", {.width = 512,
                                        .height = 288,
                                        .frames = 33,
                                        .fps = 16,
                                        .heads = 6,
                                        .headDim = 64,
                                        .layers = 14,
                                        .ffn = 1536,
                                        .vaeBase = 48,
                                        .vaeLatent = 48,
                                        .textWidth = 256,
                                        .vocabulary = 1024});
    plan.vaeTraining.stages = {{1, 128, 64, 0.3}, {5, 128, 24, 0.7}, {13, 128, 12, 0.88}, {33, 128, 6, 1.0}};
    plan.vaeTraining.bank = 256;
    plan.vaeTraining.clipsPerStep = 1.0;
    plan.training.batch = 64;
    plan.training.microBatch = 32;
    plan.training.shift = 3.0;
    plan.training.firstExamples = 768;
    plan.training.examplesPerStep = 0.8;
    plan.training.together = 16;
    plan.training.mostExamples = 8000;
    plan.index["fantascope"]["shift"] = 3.0;
    return plan;
}

StarterPlan tinyStarter() {
    StarterPlan plan = planOf("tiny", {.width = 64,
                                       .height = 32,
                                       .frames = 5,
                                       .fps = 12,
                                       .heads = 2,
                                       .headDim = 16,
                                       .layers = 2,
                                       .ffn = 64,
                                       .vaeBase = 8,
                                       .vaeLatent = 16,
                                       .textWidth = 32,
                                       .vocabulary = 160});
    plan.vaeTraining.stages = {{1, 32, 4, 0.5}, {5, 32, 2, 1.0}};
    plan.vaeTraining.bank = 4;
    plan.training.batch = 4;
    plan.training.microBatch = 4;
    plan.training.firstExamples = 4;
    plan.training.examplesPerStep = 0.5;
    plan.training.mostExamples = 8;
    plan.index["fantascope"]["steps"] = 2;
    plan.validationClips = 2;
    return plan;
}

StarterPlan starterOfSize(const std::string& size) {
    if (size == "small") {
        return smallStarter();
    }
    if (size == "large") {
        return largeStarter();
    }
    if (size == "tiny") {
        return tinyStarter();
    }
    throw std::invalid_argument("size: small or large, not " + size);
}

StarterPlan onCard(StarterPlan plan) {
    VaeTraining& vae = plan.vaeTraining;
    TransformerTraining& transformer = plan.training;
    vae.lanes = transformer.lanes = 1;
    transformer.isAhead = true;
    if (plan.size == "large") {
        return plan;
    }
    constexpr std::int64_t kMore = 8;
    for (VaeStage& stage : vae.stages) {
        stage.batch *= kMore;
    }
    if (VaeStage& last = vae.stages.back(); 2 * last.crop <= plan.height()) {
        last.crop *= 2; // fewer pixels near an edge that no whole picture has
        last.batch /= 4;
    }
    vae.microBatch *= kMore;
    vae.bank *= 4;
    vae.clipsPerStep *= 2.0;
    transformer.batch *= 4;
    transformer.microBatch = transformer.batch;
    transformer.firstExamples *= 4;
    transformer.examplesPerStep *= 4.0;
    transformer.mostExamples *= 4;
    transformer.together *= 4;
    return plan;
}

StarterPlan continued(StarterPlan plan) {
    plan.vaeOptimiser.matrixRate *= 0.25;
    plan.vaeOptimiser.rate *= 0.25;
    plan.optimiser.matrixRate *= 0.4;
    plan.optimiser.rate *= 0.4;
    std::vector<VaeStage>& stages = plan.vaeTraining.stages;
    if (stages.size() > 2) {
        stages.erase(stages.begin());
        plan.vaeTraining.mixed = true; // nothing that was learnt is to be forgotten meanwhile
    }
    return plan;
}

} // namespace generation
