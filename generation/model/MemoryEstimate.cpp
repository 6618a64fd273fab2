#include "generation/model/MemoryEstimate.h"

#include "generation/device/Compat.h"
#include "generation/model/MemoryLedger.h"
#include "generation/model/TransformerBlock.h"
#include "generation/nn/Attention.h"
#include "generation/weights/PackedTensor.h"

#include <c10/core/ScalarType.h>

#include <algorithm>

namespace generation {

namespace {

constexpr std::int64_t kFloat = 4;

/// Parameters that are kept in the compute type, and those that stay float32.
struct Parameters {
    std::int64_t narrow = 0;
    std::int64_t wide = 0;

    void addLinear(std::int64_t out, std::int64_t in) { narrow += out * (in + 1); }
    std::int64_t bytes(const MemoryTraits& traits) const { return narrow * traits.elementBytes + wide * kFloat; }
};

/// One block as TransformerBlock reads it, without what makes keys and values of the text.
Parameters blockParameters(const TransformerConfig& config) {
    const std::int64_t width = config.width();
    Parameters parameters;
    parameters.wide = (6 + 2 + 1) * width + (config.crossAttentionNorm ? 2 * width : 0);
    for (int i = 0; i < 6; ++i) {
        parameters.addLinear(width, width);
    }
    parameters.addLinear(config.ffnDim, width);
    parameters.addLinear(width, config.ffnDim);
    return parameters;
}

/// ContextKeys.
Parameters contextParameters(const TransformerConfig& config) {
    const std::int64_t width = config.width();
    const std::int64_t sources = config.imageDim > 0 ? 2 : 1;
    Parameters parameters;
    parameters.wide = sources * width;
    for (std::int64_t i = 0; i < 2 * sources; ++i) {
        parameters.addLinear(width, width);
    }
    return parameters;
}

/// What is outside the blocks.
Parameters ownParameters(const TransformerConfig& config) {
    const std::int64_t width = config.width();
    const std::int64_t cell = config.patch[0] * config.patch[1] * config.patch[2];
    Parameters parameters;
    parameters.addLinear(width, config.inChannels * cell);
    parameters.addLinear(width, config.textDim);
    parameters.addLinear(width, width);
    parameters.addLinear(cell * config.outChannels, width);
    parameters.wide = width * (config.freqDim + 1) + width * (width + 1) + 6 * width * (width + 1) + 2 * width;
    if (config.imageDim > 0) {
        parameters.addLinear(config.imageDim, config.imageDim);
        parameters.addLinear(width, config.imageDim);
        parameters.wide += 2 * config.imageDim + 2 * width + config.imagePositions * config.imageDim;
    }
    if (config.hasControl()) {
        parameters.addLinear(width, config.vaceInChannels * cell);
        parameters.addLinear(width, width);
    }
    return parameters;
}

/// The scores of attention over m keys and what one chunk of them gives, as nn/Attention.cpp chooses it.
std::int64_t scoreBytes(const MemoryTraits& traits, std::int64_t heads, std::int64_t rows, std::int64_t columns,
                        std::int64_t headDim) {
    if (traits.fusedAttention) {
        return 0;
    }
    const std::int64_t row = columns * traits.elementBytes;
    const std::int64_t chunked = std::min(heads * rows, std::max<std::int64_t>(1, kScoreBytes / row));
    return chunked * (row + headDim * traits.elementBytes);
}

/// A step's sizes in tokens.
struct Tokens {
    std::int64_t count;
    std::int64_t cell;

    Tokens(const TransformerConfig& config, const StepSize& size)
        : count(size.frames * size.height * size.width / (config.patch[0] * config.patch[1] * config.patch[2])),
          cell(config.patch[0] * config.patch[1] * config.patch[2]) {}
};

/// The peak of one block over `rows` tokens of all prompts together, beside the float32 x it works in.
std::int64_t blockBytes(const TransformerConfig& config, const MemoryTraits& traits, std::int64_t batch,
                        std::int64_t tokens, std::int64_t contextTokens) {
    const std::int64_t unit = batch * tokens * config.width() * traits.elementBytes; // one activation
    const std::int64_t wide = traits.ownLoops ? 0 : batch * tokens * config.width() * kFloat * 3;
    const std::int64_t heads = batch * config.heads;
    MemoryLedger ledger;
    ledger.pass(unit + 3 * unit);            // normed, and queries, keys and values in one
    ledger.pass(3 * unit + 3 * unit + wide); // taken apart
    ledger.pass(3 * unit + unit + scoreBytes(traits, heads, tokens, tokens, config.headDim));
    ledger.pass(2 * unit + wide);
    ledger.pass(2 * unit + scoreBytes(traits, heads, tokens, contextTokens, config.headDim)); // cross-attention
    const std::int64_t hiddenRow = batch * config.ffnDim * traits.elementBytes;
    const std::int64_t chunk = std::clamp<std::int64_t>(kFfnChunkBytes / hiddenRow, 1, tokens);
    const std::int64_t part = chunk < tokens ? unit / tokens * chunk : 0;
    ledger.pass(2 * unit + chunk * hiddenRow + part); // normed, result, hidden
    return ledger.peak();
}

} // namespace

MemoryTraits memoryTraits(const Device& device) {
    return {.elementBytes = static_cast<std::int64_t>(c10::elementSize(device.compute)),
            .fusedAttention = compat::hasFusedAttention(),
            .ownLoops = device.isCpu() && device.compute != at::kHalf};
}

std::int64_t transformerWeightBytes(const TransformerConfig& config, const MemoryTraits& traits,
                                    WeightResidency residency) {
    const std::int64_t block = blockParameters(config).bytes(traits);
    const std::int64_t context = contextParameters(config).bytes(traits);
    Parameters hint;
    hint.addLinear(config.width(), config.width());
    const std::int64_t controlBlock = config.hasControl() ? block + hint.bytes(traits) : 0;
    const std::int64_t own = ownParameters(config).bytes(traits);
    if (residency != WeightResidency::Resident) {
        // The control block is let go of before the main block that follows it is read.
        const std::int64_t making = residency == WeightResidency::Packed ? kUnpackBytes : 0;
        return own + std::max({block, context, controlBlock}) + making;
    }
    const auto controls = static_cast<std::int64_t>(config.vaceLayers.size());
    return own + config.layers * (block + context) + controls * (controlBlock + context);
}

std::int64_t preparedBytes(const TransformerConfig& config, const MemoryTraits& traits, const StepSize& size) {
    const std::int64_t width = config.width();
    const std::int64_t text = size.prompts * size.textTokens;
    const std::int64_t image = config.imageDim > 0 ? size.prompts * size.imageTokens : 0;
    const auto blocks = config.layers + static_cast<std::int64_t>(config.vaceLayers.size());
    std::int64_t bytes = 2 * (text + image) * width * traits.elementBytes * blocks + text * width * kFloat;
    if (size.hasControl) {
        bytes += Tokens(config, size).count * width * kFloat;
    }
    return bytes;
}

std::int64_t stepBytes(const TransformerConfig& config, const MemoryTraits& traits, const StepSize& size) {
    const Tokens tokens(config, size);
    const std::int64_t width = config.width();
    const std::int64_t batch = size.samples * size.prompts;
    const std::int64_t residual = size.samples * tokens.count * width * kFloat; // x before the prompts part ways
    const std::int64_t rotary = tokens.count * config.headDim * kFloat;
    const std::int64_t context = std::max(size.textTokens, size.imageTokens);
    const std::int64_t latents = size.samples * tokens.count * tokens.cell * kFloat;
    MemoryLedger ledger;
    ledger.take(rotary + 16 * width * kFloat);
    // Patches in float32 and in the compute type, tokens in both.
    ledger.pass(latents * config.inChannels / kFloat * (kFloat + (traits.elementBytes < kFloat ? 2 : 0)) + residual +
                (traits.elementBytes < kFloat ? residual / 2 : 0));
    ledger.take(residual * (size.hasControl ? 2 : 1));
    ledger.pass(blockBytes(config, traits, size.samples, tokens.count, context));
    ledger.take(residual * (size.prompts - 1) * (size.hasControl ? 2 : 1)); // prompts part ways
    ledger.pass(residual);                                                  // as the one is spread over them
    const std::int64_t hint = size.hasControl ? batch * tokens.count * width * traits.elementBytes : 0;
    ledger.pass(hint + blockBytes(config, traits, batch, tokens.count, context));
    // The head: normed tokens, patches of what comes out, in both types and orders.
    const std::int64_t out = size.prompts * latents * config.outChannels;
    ledger.pass(batch * tokens.count * width * traits.elementBytes + out / kFloat * traits.elementBytes);
    ledger.pass(2 * out);
    return ledger.peak();
}

std::int64_t textWeightBytes(const TextEncoderConfig& config, const MemoryTraits& traits, WeightResidency residency) {
    const std::int64_t inner = config.heads * config.headDim;
    const Parameters attention{4 * inner * config.width, config.width + config.buckets * config.heads};
    const Parameters gate{2 * config.width * config.ffnDim, config.width};
    const Parameters down{config.width * config.ffnDim, 0};
    const std::int64_t ends = config.width * kFloat;
    if (residency == WeightResidency::Streamed) {
        return ends + std::max({attention.bytes(traits), gate.bytes(traits), down.bytes(traits)});
    }
    return ends + config.vocabulary * config.width * traits.elementBytes +
           config.layers * (attention.bytes(traits) + gate.bytes(traits) + down.bytes(traits));
}

WeightResidency textResidency(const TextEncoderConfig& config, const MemoryTraits& traits) {
    constexpr std::int64_t kSmall = std::int64_t{1} << 30U;
    return textWeightBytes(config, traits, WeightResidency::Resident) > kSmall ? WeightResidency::Streamed
                                                                               : WeightResidency::Resident;
}

std::int64_t textBytes(const TextEncoderConfig& config, const MemoryTraits& traits, std::int64_t tokens) {
    const std::int64_t e = traits.elementBytes;
    const std::int64_t hidden = tokens * config.width * kFloat;
    const std::int64_t inner = tokens * config.heads * config.headDim * e;
    const std::int64_t normed = tokens * config.width * e;
    const std::int64_t square = config.heads * tokens * tokens;
    MemoryLedger ledger;
    ledger.take(hidden + tokens * tokens * 8); // and the buckets
    const std::int64_t mask = square * kFloat;
    ledger.pass(2 * hidden + normed); // a norm's steps
    // Attention: the bias of each head in two orders, queries, keys, values, the result as it is made and in its place,
    // scores in float32 and in the compute type.
    const std::int64_t chunked = std::min(square, std::max<std::int64_t>(kScoreBytes / e, config.heads * tokens));
    ledger.pass(normed + 2 * mask + 3 * inner + 2 * inner + chunked * (e < kFloat ? kFloat + e : e));
    ledger.take(hidden); // attended
    ledger.pass(normed + 2 * tokens * config.ffnDim * e + normed);
    return ledger.peak();
}

} // namespace generation
