// The image encoder against the formulas of the published one (transformers' CLIPVisionModel), written down plainly in
// float64, and Wan's own use of it: the output of all blocks but the last.

#include "generation/model/ImageEncoder.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/Networks.h"

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;

namespace {

using Tensors = std::map<std::string, at::Tensor>;

struct Size {
    std::int64_t width, ffn, layers, heads, image, patch;
};

ShapeList imageShapes(const Size& size) {
    const std::int64_t w = size.width;
    const std::int64_t cells = size.image / size.patch;
    ShapeList shapes;
    const auto map = [&](const std::string& name, std::int64_t out, std::int64_t in) {
        shapes[name + ".weight"] = {out, in};
        shapes[name + ".bias"] = {out};
    };
    const auto norm = [&](const std::string& name) { shapes[name + ".weight"] = shapes[name + ".bias"] = {w}; };
    shapes["vision_model.embeddings.class_embedding"] = {w};
    shapes["vision_model.embeddings.patch_embedding.weight"] = {w, 3, size.patch, size.patch};
    shapes["vision_model.embeddings.position_embedding.weight"] = {cells * cells + 1, w};
    norm("vision_model.pre_layrnorm");
    norm("vision_model.post_layernorm");
    for (std::int64_t i = 0; i < size.layers; ++i) {
        const std::string layer = "vision_model.encoder.layers." + std::to_string(i) + ".";
        norm(layer + "layer_norm1");
        norm(layer + "layer_norm2");
        for (const char* part : {"q_proj", "k_proj", "v_proj", "out_proj"}) {
            map(layer + "self_attn." + part, w, w);
        }
        map(layer + "mlp.fc1", size.ffn, w);
        map(layer + "mlp.fc2", w, size.ffn);
    }
    return shapes;
}

/// One picture [3, S, S] -> [tokens, width] in float64; convolution, heads and softmax spelled out.
at::Tensor plainFeatures(const Tensors& weights, const Size& size, const at::Tensor& picture) {
    const auto weight = [&](const std::string& name) { return weights.at("vision_model." + name).to(at::kDouble); };
    const auto map = [&](const std::string& name, const at::Tensor& x) {
        return at::matmul(x, weight(name + ".weight").t()) + weight(name + ".bias");
    };
    const auto norm = [&](const std::string& name, const at::Tensor& x) {
        const at::Tensor mean = x.mean(-1, true);
        const at::Tensor variance = (x - mean).square().mean(-1, true);
        return (x - mean) / (variance + 1e-5).sqrt() * weight(name + ".weight") + weight(name + ".bias");
    };
    const at::Tensor conv =
        at::conv2d(picture.to(at::kDouble).unsqueeze(0), weight("embeddings.patch_embedding.weight"), {}, size.patch);
    at::Tensor x = at::cat({weight("embeddings.class_embedding").unsqueeze(0), conv[0].flatten(1).t()}, 0);
    x = norm("pre_layrnorm", x + weight("embeddings.position_embedding.weight"));
    const std::int64_t headDim = size.width / size.heads;
    for (std::int64_t i = 0; i + 1 < size.layers; ++i) {
        const std::string layer = "encoder.layers." + std::to_string(i) + ".";
        const at::Tensor normed = norm(layer + "layer_norm1", x);
        const at::Tensor q = map(layer + "self_attn.q_proj", normed);
        const at::Tensor k = map(layer + "self_attn.k_proj", normed);
        const at::Tensor v = map(layer + "self_attn.v_proj", normed);
        std::vector<at::Tensor> heads;
        for (std::int64_t h = 0; h < size.heads; ++h) {
            const auto head = [&](const at::Tensor& all) { return all.narrow(1, h * headDim, headDim); };
            const at::Tensor scores = at::matmul(head(q), head(k).t()) / std::sqrt(static_cast<double>(headDim));
            heads.push_back(at::matmul(at::softmax(scores, -1), head(v)));
        }
        x = x + map(layer + "self_attn.out_proj", at::cat(heads, 1));
        const at::Tensor hidden = map(layer + "mlp.fc1", norm(layer + "layer_norm2", x));
        const at::Tensor gelu = hidden * 0.5 * (1.0 + (hidden / std::sqrt(2.0)).erf());
        x = x + map(layer + "mlp.fc2", gelu);
    }
    return x;
}

void checkFeatures(Checks& c) {
    for (const Size& size : {Size{12, 20, 4, 3, 16, 4}, Size{32, 48, 2, 2, 30, 10}}) {
        const ImageEncoderConfig config{.width = size.width,
                                        .ffnDim = size.ffn,
                                        .layers = size.layers,
                                        .heads = size.heads,
                                        .imageSize = size.image,
                                        .patch = size.patch};
        const Tensors tensors = randomTensors(imageShapes(size), 41);
        const auto encoder = RandomWeights(tensors).build<ImageEncoder>(config, referenceDevice());
        const at::Tensor pictures = at::randn({2, 3, size.image, size.image});
        const at::Tensor features = encoder.encode(pictures);
        CHECK(c, features.size(1) == config.tokens());
        for (std::int64_t b = 0; b < 2; ++b) {
            CHECK(c, distance(features[b], plainFeatures(tensors, size, pictures[b])) <= 2e-5);
        }
        CHECK_THROWS(c, encoder.encode(at::zeros({1, 3, 8, 16})), std::invalid_argument);
    }
}

void checkPreparing(Checks& c) {
    const Size size{12, 20, 2, 3, 16, 4};
    const ImageEncoderConfig config{.width = 12, .ffnDim = 20, .layers = 2, .heads = 3, .imageSize = 16, .patch = 4};
    const auto encoder = RandomWeights(imageShapes(size), 42).build<ImageEncoder>(config, referenceDevice());
    // Of one colour: nothing but the mean and the deviation.
    const at::Tensor white = encoder.prepare(at::ones({1, 3, 40, 70}));
    CHECK(c, white.sizes() == (std::vector<std::int64_t>{1, 3, 16, 16}));
    CHECK(c, distance(white[0].select(0, 0), at::full({16, 16}, (1.0 - 0.48145466) / 0.26862954)) <= 1e-5);
    CHECK(c, distance(white[0].select(0, 2), at::full({16, 16}, (1.0 - 0.40821073) / 0.27577711)) <= 1e-5);
    // The right size is not scaled; a wide one loses its sides, a high one its ends.
    const at::Tensor exact = at::rand({1, 3, 16, 16}) * 2.0 - 1.0;
    const at::Tensor mean = at::tensor({0.48145466, 0.4578275, 0.40821073}).view({1, 3, 1, 1});
    const at::Tensor deviation = at::tensor({0.26862954, 0.26130258, 0.27577711}).view({1, 3, 1, 1});
    CHECK(c, distance(encoder.prepare(exact), ((exact + 1.0) * 0.5 - mean) / deviation) <= 1e-5);
    const at::Tensor wide = at::cat({at::full({1, 3, 16, 8}, -1.0), exact, at::full({1, 3, 16, 8}, -1.0)}, 3);
    CHECK(c, distance(encoder.prepare(wide), encoder.prepare(exact)) <= 1e-5);
    CHECK(c, distance(encoder.prepare(wide.transpose(2, 3)), encoder.prepare(exact).transpose(2, 3)) <= 1e-5);
}

void checkConfig(Checks& c) {
    const auto parse = [](const char* text) {
        return parseImageEncoderConfig(nlohmann::json::parse(text), "config.json");
    };
    const ImageEncoderConfig published = parse(
        R"({"architectures":["CLIPVisionModelWithProjection"],"hidden_act":"gelu","hidden_size":1280,"image_size":224,
                 "intermediate_size":5120,"layer_norm_eps":1e-05,"num_attention_heads":16,"num_hidden_layers":32,
                 "patch_size":14,"projection_dim":1024})");
    CHECK(c, published.tokens() == 257 && published.width == 1280 && published.layers == 32);
    CHECK_EQUAL(c,
                parse(R"({"vision_config":{"hidden_size":8,"intermediate_size":8,"num_hidden_layers":2,
                             "num_attention_heads":2}})")
                    .heads,
                2);
    CHECK_THROWS(c, parse(R"({"hidden_size":8,"intermediate_size":8,"num_hidden_layers":2,"num_attention_heads":3})"),
                 WeightsError);
    CHECK_THROWS(c, parse(R"({"hidden_size":8,"intermediate_size":8,"num_hidden_layers":2,"num_attention_heads":2,
                              "hidden_act":"quick_gelu"})"),
                 WeightsError);
    CHECK_THROWS(c, parse(R"({"hidden_size":8,"intermediate_size":8,"num_hidden_layers":2,"num_attention_heads":2,
                              "patch_size":15})"),
                 WeightsError);
}

} // namespace

void imageEncoderCases(Checks& checks) {
    checks.run("image encoder: features as written down plainly", checkFeatures);
    checks.run("image encoder: pictures of any size", checkPreparing);
    checks.run("image encoder: its config", checkConfig);
}
