#include "generation/model/VaeNetworks.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {

namespace {

/// The widths at the borders of the levels: base times 1 and then each multiplier.
std::vector<std::int64_t> levelWidths(std::int64_t base, std::vector<std::int64_t> multipliers, std::int64_t first) {
    multipliers.insert(multipliers.begin(), first);
    for (std::int64_t& multiplier : multipliers) {
        multiplier *= base;
    }
    return multipliers;
}

std::string number(std::size_t i) {
    return std::to_string(i);
}

} // namespace

VaeEncoder::VaeEncoder(const VaeConfig& config, WeightReader& weights) {
    const VaeReader reader{weights};
    const std::vector<std::int64_t> widths = levelWidths(config.baseDim, config.dimMultipliers, 1);
    convIn = reader.causal("encoder.conv_in", widths.front(), config.inChannels);
    // The plain type numbers all parts of all levels in one row, the residual type nests them.
    std::size_t flat = 0;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
        const bool isLast = i + 2 == widths.size();
        Level level;
        level.out = widths[i + 1];
        level.hasShortcut = config.isResidual;
        level.scale = {!isLast && config.temporalDownsample[i] ? 2 : 1, isLast ? 1 : 2};
        for (std::int64_t j = 0; j < config.residualBlocks; ++j) {
            const std::string name = config.isResidual ? number(i) + ".resnets." + std::to_string(j) : number(flat++);
            level.blocks.push_back(VaeResidualBlock::read(reader, "encoder.down_blocks." + name + ".",
                                                          widths[i + (j == 0 ? 0 : 1)], level.out));
        }
        if (!isLast) {
            const std::string name = config.isResidual ? number(i) + ".downsampler" : number(flat++);
            level.downsampler = VaeDownsampler::read(reader, "encoder.down_blocks." + name + ".", level.out,
                                                     config.temporalDownsample[i]);
        }
        levels.push_back(std::move(level));
    }
    middle = VaeMiddle::read(reader, "encoder.mid_block.", widths.back());
    outGain = reader.gain("encoder.norm_out", widths.back(), 4);
    convOut = reader.causal("encoder.conv_out", 2 * config.latentChannels, widths.back());
    quant = reader.pointwise("quant_conv", 2 * config.latentChannels, 2 * config.latentChannels);
}

at::Tensor VaeEncoder::operator()(const at::Tensor& frames, FeatureCache& cache) const {
    cache.rewind();
    at::Tensor x = convIn(frames, cache.next());
    for (const Level& level : levels) {
        const at::Tensor input = level.hasShortcut ? x : at::Tensor(); // else let go of it
        for (const VaeResidualBlock& block : level.blocks) {
            x = block(x, cache);
        }
        if (level.downsampler.space.defined()) {
            x = level.downsampler(x, cache);
        }
        if (level.hasShortcut) {
            addAverageDown(x, input, level.scale);
        }
    }
    x = middle(x, cache);
    return quant(convOut.normed(x, outGain, cache.next()));
}

VaeDecoder::VaeDecoder(const VaeConfig& config, WeightReader& weights) {
    const VaeReader reader{weights};
    std::vector<std::int64_t> multipliers = config.dimMultipliers;
    std::reverse(multipliers.begin(), multipliers.end());
    const std::vector<std::int64_t> widths = levelWidths(config.decoderBaseDim, multipliers, multipliers.front());
    postQuant = reader.pointwise("post_quant_conv", config.latentChannels, config.latentChannels);
    convIn = reader.causal("decoder.conv_in", widths.front(), config.latentChannels);
    middle = VaeMiddle::read(reader, "decoder.mid_block.", widths.front());
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
        const bool isLast = i + 2 == widths.size();
        const bool doublesTime = !isLast && config.temporalDownsample[config.temporalDownsample.size() - 1 - i];
        // The plain type halves the width in each upsampler, the residual type keeps it.
        const std::int64_t in = config.isResidual || i == 0 ? widths[i] : widths[i] / 2;
        const std::string prefix = "decoder.up_blocks." + number(i) + ".";
        Level level;
        level.out = widths[i + 1];
        level.hasShortcut = config.isResidual && !isLast;
        level.scale = {doublesTime ? 2 : 1, isLast ? 1 : 2};
        for (std::int64_t j = 0; j <= config.residualBlocks; ++j) {
            level.blocks.push_back(VaeResidualBlock::read(reader, prefix + "resnets." + std::to_string(j) + ".",
                                                          j == 0 ? in : level.out, level.out));
        }
        if (!isLast) {
            const std::string name = config.isResidual ? "upsampler." : "upsamplers.0.";
            level.upsampler = VaeUpsampler::read(reader, prefix + name, level.out,
                                                 config.isResidual ? level.out : level.out / 2, doublesTime);
        }
        levels.push_back(std::move(level));
    }
    outGain = reader.gain("decoder.norm_out", widths.back(), 4);
    convOut = reader.causal("decoder.conv_out", config.outChannels, widths.back());
}

at::Tensor VaeDecoder::operator()(const at::Tensor& latent, FeatureCache& cache, bool isFirst) const {
    cache.rewind();
    at::Tensor x = middle(convIn(postQuant(latent), cache.next()), cache);
    for (const Level& level : levels) {
        const at::Tensor input = level.hasShortcut ? x : at::Tensor(); // else let go of it
        for (const VaeResidualBlock& block : level.blocks) {
            x = block(x, cache);
        }
        if (level.upsampler.space.defined()) {
            x = level.upsampler(x, cache);
        }
        if (level.hasShortcut) {
            addDuplicateUp(x, input, level.scale, isFirst);
        }
    }
    return convOut.normed(x, outGain, cache.next());
}

} // namespace generation
