#include "generation/model/VideoTransformer.h"

#include "generation/nn/Recompute.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <stdexcept>

namespace generation {

/// What a step's timesteps do everywhere: rows of tokens share values in groups.
struct VideoTransformer::Modulation {
    at::Tensor embedding;  ///< float32 [1 or B, G, D]
    at::Tensor projection; ///< float32 [1 or B, G, 6, D]
};

/// What all blocks of a pass share.
struct VideoTransformer::BlockSurroundings {
    const TransformerInput& input;
    const at::Tensor& projection; ///< float32 [1 or B, G, 6, D]
    const RotaryTable& rotary;
};

namespace {

/// The time embedding stays in float32, whatever the rest computes in.
Linear readWideLinear(WeightReader& weights, const std::string& prefix, std::int64_t out, std::int64_t in) {
    return {weights.vector(prefix + ".weight", {out, in}), weights.vector(prefix + ".bias", {out})};
}

/// A convolution whose kernel is its stride, as a matrix: [out, in, pt, ph, pw] -> [out, in * pt * ph * pw].
Linear readPatchLinear(WeightReader& weights, const std::string& prefix, const TransformerConfig& config,
                       std::int64_t in) {
    const auto [pt, ph, pw] = config.patch;
    Linear linear{weights.matrix(prefix + ".weight", {config.width(), in, pt, ph, pw}),
                  weights.matrix(prefix + ".bias", {config.width()})};
    if (linear.weight.defined()) {
        linear.weight = linear.weight.flatten(1);
    }
    return linear;
}

/// t in 0 to 1000, any shape -> [..., size]: cosines, then sines, of t * 10000^(-i / half).
at::Tensor sinusoid(const at::Tensor& t, std::int64_t size) {
    const std::int64_t half = size / 2;
    const at::Tensor frequency =
        at::exp(at::arange(half, t.options().dtype(at::kFloat)) * (-std::log(10000.0) / static_cast<double>(half)));
    const at::Tensor angle = t.to(at::kFloat).unsqueeze(-1) * frequency;
    return at::cat({angle.cos(), angle.sin()}, -1);
}

/// Timesteps for each token [b, L] that are all equal, or equal within each of `frames` parts, become [b, 1] or
/// [b, frames]: the rest of the work is then done once for each value.
at::Tensor groupTimesteps(const at::Tensor& timestep, std::int64_t frames) {
    if (timestep.dim() == 1) {
        return timestep.unsqueeze(1);
    }
    const std::int64_t tokens = timestep.size(1);
    for (const std::int64_t groups : {std::int64_t{1}, frames}) {
        const at::Tensor parts = timestep.reshape({timestep.size(0), groups, tokens / groups});
        if (parts.eq(parts.slice(2, 0, 1)).all().item<bool>()) {
            return parts.select(2, 0);
        }
    }
    return timestep;
}

/// What the control branch begins with: its input on the first tokens, what the first projection makes of nothing on
/// those behind a shorter control (the published code fills up with zeros before it), the latents' patches on all.
at::Tensor controlTokens(const PreparedControl& control, const Linear& first, const at::Tensor& x) {
    const std::int64_t missing = x.size(1) - control.tokens.size(1);
    if (missing == 0) {
        return control.tokens + x;
    }
    const at::Tensor rest =
        first.bias.to(control.tokens.scalar_type()).view({1, 1, -1}).expand({control.tokens.size(0), missing, -1});
    return at::cat({control.tokens, rest}, 1).add_(x);
}

} // namespace

VideoTransformer::VideoTransformer(const TransformerConfig& config, WeightReader& weights, WeightResidency residency)
    : m_config(config), m_device(weights.device()), m_loras(weights.device()) {
    readEmbedders(weights);
    readBlocks(weights, residency);
    const auto [pt, ph, pw] = config.patch;
    m_headTable = weights.vector("scale_shift_table", {1, 2, config.width()});
    m_headProjection = readLinear(weights, "proj_out", pt * ph * pw * config.outChannels, config.width());
}

void VideoTransformer::readEmbedders(WeightReader& weights) {
    const std::int64_t width = m_config.width();
    const std::string prefix = "condition_embedder.";
    m_patchEmbedding = readPatchLinear(weights, "patch_embedding", m_config, m_config.inChannels);
    m_time1 = readWideLinear(weights, prefix + "time_embedder.linear_1", width, m_config.freqDim);
    m_time2 = readWideLinear(weights, prefix + "time_embedder.linear_2", width, width);
    m_timeProjection = readWideLinear(weights, prefix + "time_proj", 6 * width, width);
    m_text1 = readLinear(weights, prefix + "text_embedder.linear_1", width, m_config.textDim);
    m_text2 = readLinear(weights, prefix + "text_embedder.linear_2", width, width);
    if (m_config.imageDim > 0) {
        const std::string image = prefix + "image_embedder.";
        const std::int64_t in = m_config.imageDim;
        if (m_config.imagePositions > 0) {
            m_image.positions = weights.vector(image + "pos_embed", {1, m_config.imagePositions, in});
        }
        m_image.norm1 = {weights.vector(image + "norm1.weight", {in}), weights.vector(image + "norm1.bias", {in})};
        m_image.linear1 = readLinear(weights, image + "ff.net.0.proj", in, in);
        m_image.linear2 = readLinear(weights, image + "ff.net.2", width, in);
        m_image.norm2 = {weights.vector(image + "norm2.weight", {width}),
                         weights.vector(image + "norm2.bias", {width})};
    }
}

void VideoTransformer::readBlocks(WeightReader& weights, WeightResidency residency) {
    const auto count = static_cast<std::size_t>(m_config.layers);
    BlockPlace place{residency};
    if (residency == WeightResidency::Packed && !m_device.where.is_meta()) {
        place.packed = std::make_shared<const WeightSource>(
            weights.source().packedOn(m_device.where, {"blocks.", "vace_blocks."}));
    }
    m_blocks = {m_config, weights, "blocks.", count, place};
    m_contextKeys = {m_config, weights, "blocks.", count, place};
    if (m_config.hasControl()) {
        const std::int64_t width = m_config.width();
        m_controlEmbedding = readPatchLinear(weights, "vace_patch_embedding", m_config, m_config.vaceInChannels);
        m_controlIn = readLinear(weights, "vace_blocks.0.proj_in", width, width);
        m_controlBlocks = {m_config, weights, "vace_blocks.", m_config.vaceLayers.size(), place};
        m_controlKeys = {m_config, weights, "vace_blocks.", m_config.vaceLayers.size(), place};
    }
}

at::Tensor VideoTransformer::embedPatches(const at::Tensor& video, const Linear& embedding) const {
    const auto [pt, ph, pw] = m_config.patch;
    const std::int64_t b = video.size(0);
    const std::int64_t c = video.size(1);
    const std::int64_t t = video.size(2) / pt;
    const std::int64_t h = video.size(3) / ph;
    const std::int64_t w = video.size(4) / pw;
    const at::Tensor patches =
        video.to(m_device.where).reshape({b, c, t, pt, h, ph, w, pw}).permute({0, 2, 4, 6, 1, 3, 5, 7});
    return embedding(patches.reshape({b, t * h * w, c * pt * ph * pw})).to(m_device.wide());
}

VideoTransformer::Modulation VideoTransformer::modulation(const at::Tensor& timestep, std::int64_t frames) const {
    const at::Tensor t = groupTimesteps(timestep, frames).to(m_device.where);
    Modulation result;
    result.embedding = m_time2(at::silu(m_time1(sinusoid(t, m_config.freqDim))));
    result.projection = m_timeProjection(at::silu(result.embedding)).unflatten(-1, {6, m_config.width()});
    return result;
}

const RotaryTable& VideoTransformer::rotaryTable(std::int64_t frames, std::int64_t rows, std::int64_t columns) const {
    if (m_rotary.frames != frames || m_rotary.rows != rows || m_rotary.columns != columns) {
        if (std::max({frames, rows, columns}) > m_config.ropeMaxLength) {
            throw std::invalid_argument("the video has more positions than the model's rope_max_seq_len");
        }
        m_rotary = generation::rotaryTable(m_config.headDim, frames, rows, columns);
        m_rotary.cos = m_rotary.cos.to(m_device.where);
        m_rotary.sin = m_rotary.sin.to(m_device.where);
    }
    return m_rotary;
}

at::Tensor VideoTransformer::embedImage(const at::Tensor& image) const {
    constexpr double kImageEps = 1e-5; // not the config's: the published code takes LayerNorm's own
    at::Tensor x = image.to(m_device.where).to(at::kFloat).contiguous();
    if (m_image.positions.defined()) {
        x = x + m_image.positions;
    }
    x = m_image.linear2(at::gelu(m_image.linear1(layerNorm(x, m_image.norm1, kImageEps, m_device.compute))));
    return layerNorm(x.to(at::kFloat), m_image.norm2, kImageEps, m_device.compute);
}

PreparedText VideoTransformer::prepareText(const at::Tensor& text, const at::Tensor& image) const {
    PreparedText prepared;
    const at::Tensor context = m_text2(at::gelu(m_text1(text.to(m_device.where)), "tanh"));
    const at::Tensor imageContext = image.defined() && m_config.imageDim > 0 ? embedImage(image) : at::Tensor();
    prepared.context = context.to(m_device.wide());
    prepared.revision = m_revision;
    for (std::size_t i = 0; i < m_contextKeys.size(); ++i) {
        prepared.blocks.push_back(m_contextKeys.at(i, &m_loras)->prepare(context, imageContext));
    }
    for (std::size_t k = 0; k < m_controlKeys.size(); ++k) {
        prepared.vaceBlocks.push_back(m_controlKeys.at(k, &m_loras)->prepare(context, imageContext));
    }
    return prepared;
}

PreparedControl VideoTransformer::prepareControl(const at::Tensor& control, std::vector<double> scales) const {
    if (!m_config.hasControl() || control.size(1) != m_config.vaceInChannels) {
        throw std::invalid_argument("the control input does not fit the model");
    }
    if (scales.empty()) {
        scales.assign(m_config.vaceLayers.size(), 1.0);
    }
    if (scales.size() != m_config.vaceLayers.size()) {
        throw std::invalid_argument("one scale for each control layer is needed");
    }
    return {.tokens = m_controlIn(embedPatches(control, m_controlEmbedding)).to(m_device.wide()),
            .scales = std::move(scales),
            .revision = m_revision};
}

at::Tensor VideoTransformer::head(const at::Tensor& tokens, const Modulation& modulation,
                                  at::IntArrayRef latentShape) const {
    const auto [pt, ph, pw] = m_config.patch;
    const at::Tensor table = m_headTable.unsqueeze(1) + modulation.embedding.unsqueeze(2); // [1 or B, G, 2, D]
    const LayerNormWeights norm{(table.select(2, 1) + 1.0).contiguous(), table.select(2, 0).contiguous()};
    const at::Tensor patches =
        m_headProjection(layerNorm(tokens, norm, m_config.eps, m_device.compute)).to(m_device.wide());
    const std::int64_t b = tokens.size(0);
    const std::int64_t t = latentShape[2] / pt;
    const std::int64_t h = latentShape[3] / ph;
    const std::int64_t w = latentShape[4] / pw;
    return patches.reshape({b, t, h, w, pt, ph, pw, m_config.outChannels})
        .permute({0, 7, 1, 4, 2, 5, 3, 6})
        .reshape({b, m_config.outChannels, t * pt, h * ph, w * pw});
}

void VideoTransformer::checkInput(const TransformerInput& input) const {
    const at::Tensor& latents = input.latents;
    const auto [pt, ph, pw] = m_config.patch;
    if (latents.dim() != 5 || latents.size(1) != m_config.inChannels || latents.size(2) % pt || latents.size(3) % ph ||
        latents.size(4) % pw) {
        throw std::invalid_argument("latents of a shape the model does not take");
    }
    if (input.text->revision != m_revision || (input.control && input.control->revision != m_revision)) {
        throw std::invalid_argument("text or control from before the LoRAs changed");
    }
    if (input.control &&
        input.control->tokens.size(1) > latents.size(2) * latents.size(3) * latents.size(4) / (pt * ph * pw)) {
        throw std::invalid_argument("the control input is longer than the latents");
    }
}

at::Tensor VideoTransformer::forward(const TransformerInput& input) const {
    checkInput(input);
    const at::Tensor& latents = input.latents;
    const auto [pt, ph, pw] = m_config.patch;
    const std::int64_t frames = latents.size(2) / pt;
    const RotaryTable& rotary = rotaryTable(frames, latents.size(3) / ph, latents.size(4) / pw);
    const Modulation modulation = this->modulation(input.timestep, frames);
    at::Tensor x = embedPatches(latents, m_patchEmbedding);
    if (x.size(0) < input.timestep.size(0)) {
        x = x.expand({input.timestep.size(0), -1, -1}).contiguous();
    }
    if (input.trace) {
        input.trace->timeEmbedding = modulation.embedding.select(1, 0);
        input.trace->timeProjection = modulation.projection.select(1, 0).flatten(1);
        input.trace->patchTokens = x.clone();
    }
    return head(runBlocks(std::move(x), input, modulation, rotary), modulation, latents.sizes());
}

at::Tensor VideoTransformer::runBlock(const std::shared_ptr<const TransformerBlock>& block, at::Tensor x,
                                      const CrossAttentionContext& context, const BlockSurroundings& around) const {
    const TransformerInput& input = around.input;
    if (!input.recompute) {
        return block->forward(std::move(x), block->modulation(around.projection), context, around.rotary, input.layout);
    }
    // Run when the pass is over, so it holds what it needs; its input is not the block's to spend.
    const auto again = [block, rotary = around.rotary, layout = input.layout](const RecomputeInputs& inputs) {
        const auto& [tokens, projection, textKey, textValue, imageKey, imageValue] = inputs;
        return block->forward(tokens.clone(), block->modulation(projection), {textKey, textValue, imageKey, imageValue},
                              rotary, layout);
    };
    return recomputed(again,
                      {x, around.projection, context.textKey, context.textValue, context.imageKey, context.imageValue});
}

at::Tensor VideoTransformer::runBlocks(at::Tensor x, const TransformerInput& input, const Modulation& modulation,
                                       const RotaryTable& rotary) const {
    const BlockSurroundings around{input, modulation.projection, rotary};
    at::Tensor control = input.control ? controlTokens(*input.control, m_controlIn, x) : at::Tensor();
    // Each control block runs right before the block its hint is added after: it reads nothing of the main path.
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        passCheckpoint(input.checkpoint);
        at::Tensor hint;
        if (input.control && next < m_controlBlocks.size() &&
            m_config.vaceLayers[next] == static_cast<std::int64_t>(i)) {
            const auto branch = m_controlBlocks.at(next, &m_loras);
            control = runBlock({branch, &branch->block}, std::move(control), input.text->vaceBlocks[next], around);
            hint = branch->out(control);
        }
        const auto block = m_blocks.at(i, &m_loras);
        const at::Tensor before = input.reuse && i == 0 ? x.clone() : at::Tensor(); // blocks spend their input
        x = runBlock(block, std::move(x), input.text->blocks[i], around);
        if (hint.defined()) {
            x.add_(hint, input.control->scales[next]);
            ++next;
        }
        if (input.trace && i == 0) {
            input.trace->firstBlock = x.clone();
        }
        if (before.defined()) {
            if (const at::Tensor instead = input.reuse->instead(before, x); instead.defined()) {
                return instead;
            }
        }
    }
    if (input.reuse) {
        input.reuse->computed(x);
    }
    return x;
}

void VideoTransformer::visitOwn(const PartVisitor& visitor) {
    const std::string prefix = "condition_embedder.";
    visitLinear(m_patchEmbedding, {"patch_embedding"}, visitor);
    visitLinear(m_controlEmbedding, {"vace_patch_embedding"}, visitor);
    visitLinear(m_controlIn, {"vace_blocks.0.proj_in"}, visitor);
    visitLinear(m_time1, {prefix + "time_embedder.linear_1"}, visitor);
    visitLinear(m_time2, {prefix + "time_embedder.linear_2"}, visitor);
    visitLinear(m_timeProjection, {prefix + "time_proj"}, visitor);
    visitLinear(m_text1, {prefix + "text_embedder.linear_1"}, visitor);
    visitLinear(m_text2, {prefix + "text_embedder.linear_2"}, visitor);
    visitVector(m_image.norm1.gain, &m_image.norm1.offset, prefix + "image_embedder.norm1", visitor);
    visitLinear(m_image.linear1, {prefix + "image_embedder.ff.net.0.proj"}, visitor);
    visitLinear(m_image.linear2, {prefix + "image_embedder.ff.net.2"}, visitor);
    visitVector(m_image.norm2.gain, &m_image.norm2.offset, prefix + "image_embedder.norm2", visitor);
    visitVector(m_headTable, nullptr, "scale_shift_table", visitor);
    visitLinear(m_headProjection, {"proj_out"}, visitor);
}

void VideoTransformer::visit(const PartVisitor& visitor) {
    visitOwn(visitor);
    m_blocks.visit(visitor);
    m_contextKeys.visit(visitor);
    m_controlBlocks.visit(visitor);
    m_controlKeys.visit(visitor);
}

LoraReport VideoTransformer::addLora(const Lora& lora, double strength) {
    const LoraReport report = m_loras.add(lora, [&](const PartVisitor& visitor) { visit(visitor); }, strength);
    adaptAll();
    return report;
}

void VideoTransformer::adaptAll() {
    const c10::NoGradGuard noGradients;
    ++m_revision;
    visitOwn([&](const AdaptablePart& part) { m_loras.adapt(part); });
    m_blocks.adapt(m_loras);
    m_contextKeys.adapt(m_loras);
    m_controlBlocks.adapt(m_loras);
    m_controlKeys.adapt(m_loras);
}

bool VideoTransformer::setLoraStrengths(const std::vector<double>& strengths) {
    if (strengths == m_loras.strengths()) {
        return false;
    }
    m_loras.setStrengths(strengths);
    adaptAll();
    return true;
}

void VideoTransformer::removeLoras() {
    if (m_loras.size() > 0) {
        m_loras.clear();
        adaptAll();
        m_loras = LoraSet(m_device);
    }
}

} // namespace generation
