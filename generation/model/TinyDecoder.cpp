#include "generation/model/TinyDecoder.h"

#include "generation/nn/Pixels.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <array>
#include <filesystem>
#include <stdexcept>

namespace generation {

namespace fs = std::filesystem;

namespace {

constexpr int kLevels = 3;
constexpr int kBlocks = 3;
constexpr std::int64_t kMostChannels = 4096;

std::string numbered(const char* half, int index) {
    return std::string(half) + "." + std::to_string(index);
}

/// The stored shape of a convolution, whose numbers the file is the only source of.
std::vector<std::int64_t> storedShape(const WeightReader& weights, const std::string& name) {
    const WeightSource& source = weights.source();
    if (!source.contains(name)) {
        throw WeightsError(source.where(), "not a tiny autoencoder of a kind that is known: no tensor '" + name + "'");
    }
    const std::vector<std::int64_t>& shape = source.entry(name).shape;
    if (shape.size() != 4 || shape[0] < 1 || shape[1] < 1 || shape[0] > kMostChannels || shape[1] > kMostChannels) {
        throw WeightsError(source.where(), "'" + name + "' is not a convolution of a tiny autoencoder");
    }
    return shape;
}

/// How many frames `map` holds of `channels` each.
std::int64_t wholeFrames(const WeightReader& weights, const std::string& name, std::int64_t map,
                         std::int64_t channels) {
    constexpr std::int64_t kMostFrames = 8;
    if (map % channels != 0 || map / channels > kMostFrames) {
        throw WeightsError(weights.source().where(), "'" + name + "' does not hold whole frames");
    }
    return map / channels;
}

std::vector<TinyMemoryBlock> readBlocks(WeightReader& weights, const char* half, int first, std::int64_t channels) {
    std::vector<TinyMemoryBlock> blocks;
    for (int i = 0; i < kBlocks; ++i) {
        blocks.push_back(TinyMemoryBlock::read(weights, numbered(half, first + i), channels));
    }
    return blocks;
}

/// [C, T, H, W] -> [T, H, W, C] in the type the networks compute in.
at::Tensor channelsLast(const at::Tensor& sample, const Device& device) {
    return sample.permute({1, 2, 3, 0}).to(at::TensorOptions(device.where).dtype(device.compute)).contiguous();
}

/// [T, H, W, C] -> float32 [1, C, T, H, W].
at::Tensor channelsFirst(const at::Tensor& pictures) {
    return pictures.to(at::kFloat).permute({3, 0, 1, 2}).contiguous().unsqueeze(0);
}

} // namespace

// Indices are those of the two published nn.Sequential: what has no weights has a number too.

void TinyDecoder::readDecoder(WeightReader& weights) {
    const auto in = storedShape(weights, "decoder.1.weight");
    m_latentChannels = in[1];
    m_decoderIn = readTinyConv(weights, "decoder.1", {in[0], in[1], 3, 3}, TinyBias::Has);
    std::int64_t channels = in[0];
    for (int i = 0; i < kLevels; ++i) {
        const int first = 3 + 6 * i;
        TinyDecoderLevel level;
        level.blocks = readBlocks(weights, "decoder", first, channels);
        const std::string grow = numbered("decoder", first + 4) + ".conv";
        const std::int64_t rows = storedShape(weights, grow + ".weight")[0];
        (void)wholeFrames(weights, grow, rows, channels);
        level.grow = readTinyConv(weights, grow, {rows, channels, 1, 1}, TinyBias::None);
        const std::string next = numbered("decoder", first + 5);
        const std::int64_t wide = storedShape(weights, next + ".weight")[0];
        level.next = readTinyConv(weights, next, {wide, channels, 3, 3}, TinyBias::None);
        channels = wide;
        m_decoder.push_back(std::move(level));
    }
    const std::int64_t out = storedShape(weights, "decoder.22.weight")[0];
    while (3 * m_patch * m_patch < out) {
        ++m_patch;
    }
    m_decoderOut = readTinyConv(weights, "decoder.22", {3 * m_patch * m_patch, channels, 3, 3}, TinyBias::Has);
}

void TinyDecoder::readEncoder(WeightReader& weights) {
    if (!weights.contains("encoder.0.weight")) {
        return;
    }
    std::int64_t channels = storedShape(weights, "encoder.0.weight")[0];
    m_encoderIn = readTinyConv(weights, "encoder.0", {channels, 3 * m_patch * m_patch, 3, 3}, TinyBias::Has);
    for (int i = 0; i < kLevels; ++i) {
        const int first = 2 + 5 * i;
        TinyEncoderLevel level;
        const std::string pool = numbered("encoder", first) + ".conv";
        const std::int64_t columns = storedShape(weights, pool + ".weight")[1];
        (void)wholeFrames(weights, pool, columns, channels);
        level.pool = readTinyConv(weights, pool, {channels, columns, 1, 1}, TinyBias::None);
        const std::string half = numbered("encoder", first + 1);
        const std::int64_t wide = storedShape(weights, half + ".weight")[0];
        level.half = readTinyConv(weights, half, {wide, channels, 3, 3}, TinyBias::None);
        channels = wide;
        level.blocks = readBlocks(weights, "encoder", first + 2, channels);
        m_encoder.push_back(std::move(level));
    }
    m_encoderOut = readTinyConv(weights, "encoder.17", {m_latentChannels, channels, 3, 3}, TinyBias::Has);
}

TinyDecoder::TinyDecoder(WeightReader& weights) : m_device(weights.device()) {
    readDecoder(weights);
    readEncoder(weights);
}

std::optional<std::string> TinyDecoder::findFile(const std::string& modelFolder) {
    std::error_code error;
    for (const char* name : {"taew2_1.safetensors", "taew2_2.safetensors"}) {
        const fs::path path = fs::path(modelFolder) / name;
        if (fs::is_regular_file(path, error)) {
            return path.string();
        }
    }
    for (const auto& item : fs::directory_iterator(fs::path(modelFolder) / "taehv", error)) {
        if (item.path().extension() == ".safetensors") {
            return item.path().string();
        }
    }
    return std::nullopt;
}

std::int64_t TinyDecoder::framesPerLatent() const {
    std::int64_t frames = 1;
    for (const TinyDecoderLevel& level : m_decoder) {
        frames *= level.frames();
    }
    return frames;
}

at::Tensor TinyDecoder::decodeFrames(const at::Tensor& latent, Detail detail, FeatureCache& cache) const {
    cache.rewind();
    at::Tensor x = m_decoderIn((latent / 3.0).tanh_().mul_(3.0), 1, 1).relu_();
    for (const TinyDecoderLevel& level : m_decoder) {
        x = level(x, cache, detail == Detail::Whole);
    }
    return m_decoderOut(x.relu_(), 1, 1);
}

void TinyDecoder::decode(const at::Tensor& latents, Detail detail, const TinyFrameSink& sink,
                         const Checkpoint& checkpoint) const {
    const c10::NoGradGuard noGradients;
    if (latents.dim() != 5 || latents.size(1) != m_latentChannels || latents.size(2) == 0) {
        throw std::invalid_argument("latents of a shape the tiny decoder does not take");
    }
    // A latent frame stands for four frames; of the first, the VAE knows only the last.
    const std::int64_t dropped = detail == Detail::Whole ? framesPerLatent() - 1 : 0;
    std::vector<FeatureCache> caches(static_cast<std::size_t>(latents.size(0)));
    for (std::int64_t t = 0; t < latents.size(2); ++t) {
        std::vector<at::Tensor> samples;
        for (std::int64_t b = 0; b < latents.size(0); ++b) {
            passCheckpoint(checkpoint);
            const at::Tensor latent = channelsLast(latents[b].slice(1, t, t + 1), m_device);
            const at::Tensor frames = decodeFrames(latent, detail, caches[static_cast<std::size_t>(b)]);
            samples.push_back(
                channelsFirst(channelsToPixels(frames.slice(0, t == 0 ? dropped : 0), m_patch)).clamp_(0.0, 1.0));
        }
        sink(samples.size() == 1 ? samples.front() : at::cat(samples, 0));
    }
}

at::Tensor TinyDecoder::decode(const at::Tensor& latents, Detail detail) const {
    std::vector<at::Tensor> groups;
    decode(latents, detail, [&](const at::Tensor& frames) { groups.push_back(frames); });
    return at::cat(groups, 2);
}

at::Tensor TinyDecoder::decodeRaw(const at::Tensor& latents) const {
    const c10::NoGradGuard noGradients;
    std::vector<at::Tensor> samples;
    for (std::int64_t b = 0; b < latents.size(0); ++b) {
        FeatureCache cache;
        samples.push_back(channelsFirst(decodeFrames(channelsLast(latents[b], m_device), Detail::Whole, cache)));
    }
    return at::cat(samples, 0);
}

at::Tensor TinyDecoder::encodeFrames(const at::Tensor& frames, FeatureCache& cache) const {
    cache.rewind();
    at::Tensor x = m_encoderIn(pixelsToChannels(frames, m_patch), 1, 1).relu_();
    for (const TinyEncoderLevel& level : m_encoder) {
        x = level(x, cache);
    }
    return m_encoderOut(x, 1, 1);
}

at::Tensor TinyDecoder::encode(const at::Tensor& video) const {
    const c10::NoGradGuard noGradients;
    if (!m_encoderIn.defined()) {
        throw std::invalid_argument("the tiny autoencoder's file has no encoder");
    }
    if (video.dim() != 5 || video.size(1) != 3 || video.size(2) == 0 || video.size(3) % spatialFactor() ||
        video.size(4) % spatialFactor()) {
        throw std::invalid_argument("a video of a shape the tiny encoder does not take");
    }
    std::int64_t group = 1;
    for (const TinyEncoderLevel& level : m_encoder) {
        group *= level.frames();
    }
    std::vector<at::Tensor> samples;
    for (std::int64_t b = 0; b < video.size(0); ++b) {
        FeatureCache cache;
        std::vector<at::Tensor> parts;
        for (std::int64_t begin = 0; begin < video.size(2); begin += group) {
            at::Tensor frames = channelsLast(video[b].slice(1, begin, begin + group), m_device);
            if (frames.size(0) < group) {
                const std::int64_t missing = group - frames.size(0);
                frames = at::cat({frames, frames.slice(0, frames.size(0) - 1).expand({missing, -1, -1, -1})}, 0);
            }
            parts.push_back(encodeFrames(frames, cache));
        }
        samples.push_back(channelsFirst(at::cat(parts, 0)));
    }
    return at::cat(samples, 0);
}

} // namespace generation
