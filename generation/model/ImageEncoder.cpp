#include "generation/model/ImageEncoder.h"

#include "generation/model/TransformerBlock.h"
#include "generation/nn/Attention.h"
#include "generation/nn/Elementwise.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace generation {

namespace {

constexpr std::array<float, 3> kMean{0.48145466F, 0.4578275F, 0.40821073F};
constexpr std::array<float, 3> kDeviation{0.26862954F, 0.26130258F, 0.27577711F};

LayerNormWeights readNorm(WeightReader& weights, const std::string& prefix, std::int64_t width) {
    return {weights.vector(prefix + ".weight", {width}), weights.vector(prefix + ".bias", {width})};
}

at::Tensor perChannel(const std::array<float, 3>& values, const at::TensorOptions& options) {
    return at::tensor(at::ArrayRef<float>(values), options).view({1, 3, 1, 1});
}

} // namespace

ImageLayer::ImageLayer(const ImageEncoderConfig& config, WeightReader& weights, const std::string& prefix)
    : m_heads(config.heads), m_eps(config.eps), m_compute(weights.device().compute) {
    const std::int64_t width = config.width;
    const auto square = [&](const char* name) { return readLinear(weights, prefix + name, width, width); };
    m_attentionNorm = readNorm(weights, prefix + "layer_norm1", width);
    m_queryKeyValue = readFused(
        weights, {prefix + "self_attn.q_proj", prefix + "self_attn.k_proj", prefix + "self_attn.v_proj"}, width, width);
    m_out = square("self_attn.out_proj");
    m_ffnNorm = readNorm(weights, prefix + "layer_norm2", width);
    m_up = readLinear(weights, prefix + "mlp.fc1", config.ffnDim, width);
    m_down = readLinear(weights, prefix + "mlp.fc2", width, config.ffnDim);
}

at::Tensor ImageLayer::forward(at::Tensor x) const {
    const std::int64_t headDim = x.size(2) / m_heads;
    const at::Tensor all = m_queryKeyValue(layerNorm(x, m_attentionNorm, m_eps, m_compute))
                               .unflatten(2, {3, m_heads, headDim})
                               .permute({2, 0, 3, 1, 4})
                               .contiguous(); // [3, B, heads, n, d]
    addGated(x, m_out(attention(all[0], all[1], all[2], 1.0 / std::sqrt(static_cast<double>(headDim)))), {});
    addGated(x, m_down(at::gelu(m_up(layerNorm(x, m_ffnNorm, m_eps, m_compute)))), {});
    return x;
}

void ImageLayer::visit(const std::string&, const PartVisitor&) const {}

ImageEncoder::ImageEncoder(const ImageEncoderConfig& config, WeightReader& weights, WeightResidency residency)
    : m_config(config), m_device(weights.device()) {
    const std::string embeddings = "vision_model.embeddings.";
    const std::int64_t width = config.width;
    m_classToken = weights.vector(embeddings + "class_embedding", {width});
    m_patchEmbedding.weight =
        weights.matrix(embeddings + "patch_embedding.weight", {width, 3, config.patch, config.patch});
    if (m_patchEmbedding.defined()) {
        m_patchEmbedding.weight = m_patchEmbedding.weight.flatten(1);
    }
    m_positions = weights.vector(embeddings + "position_embedding.weight", {config.tokens(), width});
    m_firstNorm = readNorm(weights, "vision_model.pre_layrnorm", width); // published with this spelling
    m_layers = {
        config, weights, "vision_model.encoder.layers.", static_cast<std::size_t>(config.layers - 1), {residency}};
}

at::Tensor ImageEncoder::prepare(const at::Tensor& image) const {
    const c10::NoGradGuard noGradients;
    if (image.dim() != 4 || image.size(1) != 3 || image.size(2) == 0 || image.size(3) == 0) {
        throw std::invalid_argument("an image of a shape the image encoder does not take");
    }
    const std::int64_t size = m_config.imageSize;
    const std::int64_t shorter = std::min(image.size(2), image.size(3));
    const std::int64_t height = size * image.size(2) / shorter;
    const std::int64_t width = size * image.size(3) / shorter;
    const at::Tensor whole =
        at::_upsample_bicubic2d_aa(image.to(at::kFloat).contiguous(), {height, width}, false).clamp(-1.0, 1.0);
    const at::Tensor centre =
        whole.narrow(2, (height - size) / 2, size).narrow(3, (width - size) / 2, size).add(1.0).mul(0.5);
    return (centre - perChannel(kMean, centre.options())) / perChannel(kDeviation, centre.options());
}

at::Tensor ImageEncoder::encode(const at::Tensor& prepared) const {
    const c10::NoGradGuard noGradients;
    const std::int64_t size = m_config.imageSize;
    if (prepared.dim() != 4 || prepared.size(1) != 3 || prepared.size(2) != size || prepared.size(3) != size) {
        throw std::invalid_argument("an image of a shape the image encoder does not take");
    }
    const std::int64_t batch = prepared.size(0);
    const std::int64_t cells = size / m_config.patch;
    const at::Tensor patches = prepared.to(m_device.where)
                                   .reshape({batch, 3, cells, m_config.patch, cells, m_config.patch})
                                   .permute({0, 2, 4, 1, 3, 5})
                                   .reshape({batch, cells * cells, 3 * m_config.patch * m_config.patch});
    const at::Tensor first = m_classToken.view({1, 1, -1}).expand({batch, 1, -1});
    at::Tensor x = at::cat({first, m_patchEmbedding(patches).to(at::kFloat)}, 1) + m_positions;
    x = layerNorm(x, m_firstNorm, m_config.eps, at::kFloat);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        x = m_layers.at(i)->forward(std::move(x));
    }
    return x;
}

} // namespace generation
