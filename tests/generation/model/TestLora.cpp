// LoRAs beside what the fixture shows: against weights that were merged by hand, spellings, several at once, strengths,
// what does not match.

#include "generation/model/Lora.h"
#include "generation/model/LoraStrength.h"
#include "generation/model/VideoTransformer.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/Networks.h"
#include "tests/generation/model/Shapes.h"

#include <algorithm>
#include <functional>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;

namespace {

constexpr double kTolerance = 2e-5;

/// A transformer with a control branch and an image branch, small.
TransformerConfig everything() {
    TransformerConfig config;
    config.heads = 2;
    config.headDim = 12;
    config.inChannels = 6;
    config.outChannels = 4;
    config.textDim = 10;
    config.freqDim = 16;
    config.ffnDim = 20;
    config.layers = 3;
    config.ropeMaxLength = 32;
    config.vaceLayers = {0, 2};
    config.vaceInChannels = 5;
    config.imageDim = 8;
    return config;
}

using Tensors = std::map<std::string, at::Tensor>;

const Tensors& baseWeights() {
    static const Tensors tensors = randomTensors(transformerShapes(everything()), 11);
    return tensors;
}

/// What the network gives for some fixed input, with everything switched on.
at::Tensor velocity(const VideoTransformer& transformer) {
    const auto fixed = [](at::IntArrayRef shape, double phase) {
        return (at::arange(c10::multiply_integers(shape), at::kFloat) * 0.37 + phase).sin().view(shape);
    };
    const PreparedText text = transformer.prepareText(fixed({1, 7, 10}, 0.1), fixed({1, 3, 8}, 0.2));
    const PreparedControl control = transformer.prepareControl(fixed({1, 5, 2, 4, 4}, 0.3), {1.0, 0.5});
    return transformer.forward(
        {.latents = fixed({1, 6, 2, 4, 4}, 0.4), .timestep = at::full({1}, 600.0), .text = &text, .control = &control});
}

at::Tensor velocityOf(const Tensors& tensors) {
    return velocity(RandomWeights(tensors).build<VideoTransformer>(everything(), referenceDevice()));
}

Lora loraOf(const Tensors& tensors, const std::string& metadata = {}) {
    const TemporaryFolder folder;
    writeTensors(folder.file("lora.safetensors"), tensors);
    return Lora::read(WeightSource::openFile(folder.file("lora.safetensors")), metadata);
}

/// One map: its name in the model's file, and in the LoRA.
struct Place {
    const char* ours;
    const char* theirs;
};

/// Factors for every place, and the base weights with them merged.
struct Merged {
    Tensors lora;
    Tensors weights = baseWeights();

    void add(const Place& place, double scale, const std::string& down, const std::string& up) {
        at::Tensor& weight = weights.at(std::string(place.ours) + ".weight");
        const std::int64_t in = weight[0].numel();
        const at::Tensor a = at::randn({3, in}) / std::sqrt(static_cast<double>(in));
        const at::Tensor b = at::randn({weight.size(0), 3});
        const bool isKernel = weight.dim() == 5;
        lora[place.theirs + down] = isKernel ? a.view({3, weight.size(1), 1, 2, 2}) : a;
        lora[place.theirs + up] = isKernel ? b.view({-1, 3, 1, 1, 1}) : b;
        weight = weight + at::matmul(b, a).view_as(weight) * scale;
    }
};

constexpr Place kEverywhere[] = {
    {"blocks.0.attn1.to_q", "blocks.0.self_attn.q"},
    {"blocks.0.attn1.to_v", "blocks.0.self_attn.v"},
    {"blocks.1.attn1.to_out.0", "blocks.1.self_attn.o"},
    {"blocks.1.attn2.to_q", "blocks.1.cross_attn.q"},
    {"blocks.1.attn2.to_v", "blocks.1.cross_attn.v"},
    {"blocks.2.attn2.add_k_proj", "blocks.2.cross_attn.k_img"},
    {"blocks.2.ffn.net.0.proj", "blocks.2.ffn.0"},
    {"blocks.2.ffn.net.2", "blocks.2.ffn.2"},
    {"vace_blocks.0.proj_in", "vace_blocks.0.before_proj"},
    {"vace_blocks.1.proj_out", "vace_blocks.1.after_proj"},
    {"vace_blocks.1.attn1.to_k", "vace_blocks.1.self_attn.k"},
    {"vace_blocks.1.attn2.to_k", "vace_blocks.1.cross_attn.k"},
    {"patch_embedding", "patch_embedding"},
    {"vace_patch_embedding", "vace_patch_embedding"},
    {"proj_out", "head.head"},
    {"condition_embedder.time_embedder.linear_1", "time_embedding.0"},
    {"condition_embedder.time_proj", "time_projection.1"},
    {"condition_embedder.text_embedder.linear_2", "text_embedding.2"},
    {"condition_embedder.image_embedder.ff.net.0.proj", "img_emb.proj.1"},
};

void checkEveryPart(Checks& c) {
    at::manual_seed(21);
    auto transformer = RandomWeights(baseWeights()).build<VideoTransformer>(everything(), referenceDevice());
    const at::Tensor base = velocity(transformer);
    for (const Place& place : kEverywhere) {
        Merged merged;
        merged.add(place, 0.5, ".lora_down.weight", ".lora_up.weight");
        const LoraReport report = transformer.addLora(loraOf(merged.lora), 0.5);
        CHECK(c, report.parts == 1 && report.unmatched.empty());
        const at::Tensor changed = velocity(transformer);
        if (distance(changed, velocityOf(merged.weights)) > kTolerance || distance(changed, base) < 1e-3) {
            c.failed(place.ours, 0, "not as merged, or nothing changed");
        }
        transformer.removeLoras();
        CHECK_EQUAL(c, distance(velocity(transformer), base), 0.0);
    }
}

/// Some maps are float32 whatever the rest is: factors go with the map that they change.
void checkEveryPartInBfloat16(Checks& c) {
    Device device = referenceDevice();
    device.compute = at::kBFloat16;
    at::manual_seed(21);
    auto transformer = RandomWeights(baseWeights()).build<VideoTransformer>(everything(), device);
    const at::Tensor base = velocity(transformer);
    for (const Place& place : kEverywhere) {
        Merged merged;
        merged.add(place, 0.5, ".lora_down.weight", ".lora_up.weight");
        (void)transformer.addLora(loraOf(merged.lora), 0.5);
        if (distance(velocity(transformer), base) < 1e-3) {
            c.failed(place.ours, 0, "nothing changed");
        }
        transformer.removeLoras();
    }
    CHECK_EQUAL(c, distance(velocity(transformer), base), 0.0);
}

void checkSpellings(Checks& c) {
    const std::string down = ".lora_down.weight";
    const std::string up = ".lora_up.weight";
    const std::vector<std::vector<std::string>> forms{
        {"lora_unet_blocks_1_cross_attn_norm_q", "blocks.1.attn2.norm_q"},
        {"lora_unet__blocks_0_self_attn_q", "blocks.0.attn1.to_q"},
        {"diffusion_model.blocks.0.self_attn.q", "blocks.0.attn1.to_q"},
        {"transformer.blocks.0.attn1.to_q", "blocks.0.attn1.to_q"},
        {"base_model.model.blocks.0.attn1.to_q", "blocks.0.attn1.to_q"},
        {"blocks.0.attn1.to_q", "blocks.0.attn1.to_q"},
        {"lora_unet_blocks_2_ffn_net_0_proj", "blocks.2.ffn.net.0.proj"},
        {"lora_unet_head_head", "proj_out"},
        {"lora_unet_img_emb_proj_1", "condition_embedder.image_embedder.ff.net.0.proj"},
        {"model.diffusion_model.blocks.1.modulation", "blocks.1.scale_shift_table"},
        {"diffusion_model.head.modulation", "scale_shift_table"},
        {"diffusion_model.blocks.1.norm3", "blocks.1.norm2"},
    };
    at::manual_seed(22);
    for (const auto& form : forms) {
        // A whole difference fits maps, gains and tables alike.
        Tensors weights = baseWeights();
        const bool isTable = form[1].ends_with("scale_shift_table");
        at::Tensor& weight = weights.at(form[1] + (isTable ? "" : ".weight"));
        const at::Tensor difference = at::randn(weight.sizes());
        weight = weight + difference * 0.25;
        auto transformer = RandomWeights(baseWeights()).build<VideoTransformer>(everything(), referenceDevice());
        const LoraReport report = transformer.addLora(loraOf({{form[0] + ".diff", difference}}), 0.25);
        CHECK(c, report.parts == 1 && report.unmatched.empty());
        if (distance(velocity(transformer), velocityOf(weights)) > kTolerance) {
            c.failed(form[0].c_str(), 0, "not as merged");
        }
    }
    CHECK(c,
          loraOf({{"diffusion_model.blocks.1.diff_m", at::ones({1, 6, 24})}}).deltas().contains("blocks.1.modulation"));
}

void checkScales(Checks& c) {
    const Place place{"blocks.0.attn1.to_q", "transformer.blocks.0.attn1.to_q"};
    const auto differenceWith = [&](double scale, const std::string& metadata, const Tensors& more) {
        at::manual_seed(23);
        Merged merged;
        merged.add(place, scale, ".lora_A.weight", ".lora_B.weight");
        merged.lora.insert(more.begin(), more.end());
        auto transformer = RandomWeights(baseWeights()).build<VideoTransformer>(everything(), referenceDevice());
        (void)transformer.addLora(loraOf(merged.lora, metadata), 1.0);
        return distance(velocity(transformer), velocityOf(merged.weights));
    };
    CHECK(c, differenceWith(1.0, "", {}) <= kTolerance);
    CHECK(c, differenceWith(2.0, "", {{"transformer.blocks.0.attn1.to_q.alpha", at::full({}, 6.0)}}) <= kTolerance);
    CHECK(c, differenceWith(0.5, R"({"transformer.r":3,"transformer.lora_alpha":1.5})", {}) <= kTolerance);
    CHECK(c, differenceWith(4.0 / std::sqrt(3.0), R"({"lora_alpha":4,"use_rslora":true})", {}) <= kTolerance);
    CHECK(c, differenceWith(2.0, R"({"lora_alpha":1,"alpha_pattern":{"attn1.to_q":6}})", {}) <= kTolerance);
    CHECK(c, differenceWith(1.0, "", {{"transformer.blocks.0.attn1.to_q.alpha", at::full({}, 6.0)}}) > 1e-3);
    CHECK_THROWS(c, differenceWith(1.0, "[", {}), WeightsError);
    // The second factor's own offset counts as the factor does; a whole difference counts once.
    const std::string map = "blocks.0.attn1.to_q";
    const auto biasWith = [&](const std::string& suffix) {
        return loraOf({{map + ".lora_A.weight", at::ones({3, 24})},
                       {map + ".lora_B.weight", at::ones({24, 3})},
                       {map + suffix, at::ones({24})},
                       {map + ".alpha", at::full({}, 6.0)}})
            .deltas()
            .at(map)
            .bias[0]
            .item<double>();
    };
    CHECK_EQUAL(c, biasWith(".lora_B.bias"), 2.0);
    CHECK_EQUAL(c, biasWith(".diff_b"), 1.0);
}

/// Several at once, strengths between steps: as merged each time, and no trace of what was before.
void checkStrengths(Checks& c) {
    at::manual_seed(24);
    const Tensors difference{{"blocks.0.ffn.0.diff_b", at::randn({20})},
                             {"blocks.0.self_attn.k.diff", at::randn({24, 24})}};
    const auto merge = [&](double a, double b) {
        at::manual_seed(25);
        Merged merged;
        merged.add({"blocks.0.attn1.to_q", "blocks.0.self_attn.q"}, a, ".lora_A.weight", ".lora_B.weight");
        merged.add({"blocks.1.attn2.to_k", "blocks.1.cross_attn.k"}, a, ".lora_A.weight", ".lora_B.weight");
        Tensors& weights = merged.weights;
        weights["blocks.0.ffn.net.0.proj.bias"] =
            weights["blocks.0.ffn.net.0.proj.bias"] + difference.at("blocks.0.ffn.0.diff_b") * b;
        weights["blocks.0.attn1.to_k.weight"] =
            weights["blocks.0.attn1.to_k.weight"] + difference.at("blocks.0.self_attn.k.diff") * b;
        return merged;
    };
    auto transformer = RandomWeights(baseWeights()).build<VideoTransformer>(everything(), referenceDevice());
    const at::Tensor base = velocity(transformer);
    (void)transformer.addLora(loraOf(merge(1.0, 0.0).lora), 1.0);
    (void)transformer.addLora(loraOf(difference), 0.0);
    for (const auto& [a, b] : std::vector<std::pair<double, double>>{{1.0, 0.0}, {0.3, -0.7}, {-2.0, 1.0}}) {
        transformer.setLoraStrengths({a, b});
        CHECK(c, distance(velocity(transformer), velocityOf(merge(a, b).weights)) <= kTolerance);
    }
    const at::Tensor last = velocity(transformer);
    CHECK(c, transformer.setLoraStrengths({0.0, 0.0}));
    CHECK_EQUAL(c, distance(velocity(transformer), base), 0.0);
    CHECK(c, !transformer.setLoraStrengths({0.0, 0.0}));
    const PreparedText old = transformer.prepareText(at::zeros({1, 7, 10}));
    CHECK(c, transformer.setLoraStrengths({-2.0, 1.0}));
    CHECK_EQUAL(c, distance(velocity(transformer), last), 0.0);
    CHECK_THROWS(c,
                 transformer.forward({.latents = at::zeros({1, 6, 1, 2, 2}), .timestep = at::zeros({1}), .text = &old}),
                 std::invalid_argument);
    CHECK_THROWS(c, transformer.setLoraStrengths({1.0}), std::invalid_argument);
}

std::string refusal(const std::function<void()>& action) {
    try {
        action();
    } catch (const WeightsError& error) {
        return error.what();
    }
    return "accepted";
}

void checkMismatches(Checks& c) {
    auto transformer = RandomWeights(baseWeights()).build<VideoTransformer>(everything(), referenceDevice());
    const at::Tensor base = velocity(transformer);
    const auto verdict = [&](const Tensors& tensors) {
        return refusal([&] { (void)transformer.addLora(loraOf(tensors)); });
    };
    const auto expect = [&](const Tensors& tensors, const char* part) {
        const std::string reason = verdict(tensors);
        if (reason.find(part) == std::string::npos) {
            c.failed(part, 0, "unexpected verdict: " + reason);
        }
    };
    const std::string query = "blocks.0.self_attn.q";
    expect({{query + ".lora_A.weight", at::ones({2, 48})}, {query + ".lora_B.weight", at::ones({48, 2})}},
           "'blocks.0.attn1.to_q' gives 48 from 48 there and 24 from 24 here");
    expect({{query + ".lora_A.weight", at::ones({2, 24})}}, "has no other half");
    expect({{query + ".lora_A.weight", at::ones({2, 24})}, {query + ".lora_B.weight", at::ones({24, 3})}},
           "do not fit each other");
    expect({{query + ".lora_A.weight", at::ones({2, 24})},
            {query + ".lora_B.weight", at::ones({24, 2})},
            {query + ".dora_scale", at::ones({24})}},
           "not supported");
    expect({{query + ".hada_w1_a", at::ones({2, 24})}}, "not supported");
    expect({{query + ".diff", at::ones({3})}}, "3 values");
    expect({{"blocks.0.self_attn.norm_q.diff_b", at::ones({24})}}, "24 offsets");
    expect({{"blocks.0.modulation.lora_A.weight", at::ones({2, 24})},
            {"blocks.0.modulation.lora_B.weight", at::ones({6, 2})}},
           "another network");
    expect({{"lora_te_text_model_q.alpha", at::ones({})}}, "changes nothing of this network");
    expect({{"just.weight", at::ones({2})}}, "not a LoRA");
    CHECK_EQUAL(c, distance(velocity(transformer), base), 0.0); // a refusal leaves nothing behind

    // What matches is applied, the rest is named.
    const LoraReport report = transformer.addLora(loraOf({{query + ".diff", at::ones({24, 24})},
                                                          {"blocks.7.self_attn.q.diff", at::ones({24, 24})},
                                                          {"lora_te_layers_0_q.diff", at::ones({4})},
                                                          {"odd.key", at::ones({1})}}));
    CHECK_EQUAL(c, report.parts, 1U);
    std::vector<std::string> names = report.unmatched;
    std::sort(names.begin(), names.end());
    CHECK(c, names == (std::vector<std::string>{"blocks.7.self_attn.q.diff", "lora_te_layers_0_q.diff", "odd.key"}));
}

/// First and last frame: both pictures' tokens with positions of their own (pos_embed of FLF2V).
void checkImagePositions(Checks& c) {
    TransformerConfig config = everything();
    Tensors tensors = baseWeights();
    const at::Tensor positions = at::randn({1, 6, 8});
    const at::Tensor image = at::randn({1, 6, 8});
    const auto plain = RandomWeights(tensors).build<VideoTransformer>(config, referenceDevice());
    tensors["condition_embedder.image_embedder.pos_embed"] = positions;
    config.imagePositions = 6;
    const auto placed = RandomWeights(tensors).build<VideoTransformer>(config, referenceDevice());
    const at::Tensor text = at::randn({1, 7, 10});
    const auto run = [&](const VideoTransformer& transformer, const at::Tensor& pictures) {
        const PreparedText prepared = transformer.prepareText(text, pictures);
        return transformer.forward(
            {.latents = at::ones({1, 6, 1, 4, 4}), .timestep = at::full({1}, 9.0), .text = &prepared});
    };
    CHECK(c, distance(run(placed, image), run(plain, image + positions)) <= kTolerance);
    CHECK(c, distance(run(placed, image), run(plain, image)) > 1e-3);
}

void checkCurve(Checks& c) {
    const LoraStrength curve{{{0.0, 1.0}, {0.5, 0.0}, {0.5, 0.4}, {1.0, 0.8}}};
    CHECK_EQUAL(c, curve.at(-1.0), 1.0);
    CHECK_EQUAL(c, curve.at(0.25), 0.5);
    CHECK_EQUAL(c, curve.at(0.5), 0.4); // a jump belongs to what follows
    CHECK(c, std::abs(curve.at(0.75) - 0.6) < 1e-12);
    CHECK_EQUAL(c, curve.at(2.0), 0.8);
    CHECK_EQUAL(c, curve.atStep(0, 5), 1.0);
    CHECK_EQUAL(c, curve.atStep(4, 5), 0.8);
    CHECK_EQUAL(c, curve.atStep(0, 1), 1.0);
    CHECK_EQUAL(c, LoraStrength::constant(0.7).at(0.3), 0.7);
    CHECK_EQUAL(c, LoraStrength{}.at(0.3), 0.0);
}

} // namespace

void loraCases(Checks& checks) {
    checks.run("LoRA: every part as merged by hand", checkEveryPart);
    checks.run("LoRA: every part in bfloat16", checkEveryPartInBfloat16);
    checks.run("LoRA: spellings", checkSpellings);
    checks.run("LoRA: alpha and rank", checkScales);
    checks.run("LoRA: several, with strengths that change", checkStrengths);
    checks.run("LoRA: what does not match", checkMismatches);
    checks.run("LoRA: a strength over the steps", checkCurve);
    checks.run("image tokens have positions", checkImagePositions);
}
