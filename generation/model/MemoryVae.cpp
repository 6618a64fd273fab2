#include "generation/model/MemoryEstimate.h"
#include "generation/model/MemoryLedger.h"
#include "generation/nn/Attention.h"
#include "generation/nn/CausalConv3d.h"

#include <algorithm>
#include <vector>

namespace generation {

namespace {

constexpr std::int64_t kFloat = 4;

/// Walks through one half of the autoencoder as VaeParts.cpp does, with sizes instead of pictures: what the weights
/// take, what the caches hold from group to group, and the most that is live in a group when all caches are full.
/// Thread: one.
class VaeWalk {
public:
    VaeWalk(const MemoryTraits& traits, std::int64_t frames, std::int64_t height, std::int64_t width)
        : m_traits(traits), m_frames(frames), m_height(height), m_width(width) {}

    std::int64_t weights() const { return m_weights; }
    std::int64_t peak() const { return m_caches + m_ledger.peak(); }

    /// The picture comes in with so many channels.
    void enter(std::int64_t channels) {
        m_channels = channels;
        m_ledger.take(picture());
    }

    /// A causal convolution of the picture itself: cat, stack, result.
    void causal(std::int64_t out) {
        countCausal(m_channels, out, 3);
        const std::int64_t chunk = chunkOf(4 * frame());
        replace(out, (chunk + 2) * frame() + 3 * chunk * frame() + partOf(chunk, out));
    }

    /// The same behind a norm, whose result is stacked.
    void normedCausal(std::int64_t out) {
        countCausal(m_channels, out, 3);
        const std::int64_t chunk = chunkOf(3 * frame());
        replace(out, normedTemporary(m_channels, chunk) + partOf(chunk, out));
    }

    void pointwise(std::int64_t out) {
        count(m_channels, out, 1);
        replace(out, 0);
    }

    void residual(std::int64_t out) {
        const std::int64_t in = picture();
        const std::int64_t chunk = chunkOf(3 * std::max(frame(), frame(out)));
        const std::int64_t hidden = chunk * frame(out);
        const std::int64_t whole = m_frames * frame(out);
        const std::int64_t others = chunk < m_frames ? whole : 0; // the parts that are done
        m_ledger.pass(others + normedTemporary(m_channels, chunk) + hidden);
        m_ledger.pass(others + hidden + normedTemporary(out, chunk) + hidden);
        countCausal(m_channels, out, 3);
        countCausal(out, out, 3);
        if (m_channels != out) {
            count(m_channels, out, 1);
            m_ledger.pass(others + hidden + hidden); // the shortcut, where the first convolution's result was
        }
        m_ledger.take(whole);
        dropPicture(in);
        m_channels = out;
    }

    void middle() {
        residual(m_channels);
        const std::int64_t positions = m_height * m_width;
        count(m_channels, 3 * m_channels, 1);
        count(m_channels, m_channels, 1);
        m_weights += m_channels * kFloat;
        const std::int64_t x = picture();
        const std::int64_t row = positions * m_traits.elementBytes;
        const std::int64_t rows = std::min(m_frames * positions, std::max<std::int64_t>(1, kScoreBytes / row));
        const std::int64_t scores = m_traits.fusedAttention ? 0 : rows * (row + m_channels * m_traits.elementBytes);
        m_ledger.pass(3 * x + x);          // normed, and queries, keys and values in one
        m_ledger.pass(3 * x + x + scores); // the result beside them
        m_ledger.pass(3 * x + x + x);
        residual(m_channels);
    }

    void down(bool inTime) {
        count(m_channels, m_channels, 3);
        const std::int64_t x = picture();
        const std::int64_t chunk = chunkOf(frame());
        const std::int64_t padded = chunk * m_channels * (m_height + 1) * (m_width + 1) * m_traits.elementBytes;
        m_height /= 2;
        m_width /= 2;
        const std::int64_t half = picture();
        m_ledger.pass(padded + half + partOf(chunk, m_channels));
        m_ledger.take(half);
        if (inTime) {
            countCausal(m_channels, m_channels, 1);
            m_caches += frame();
            const std::int64_t stacked = 3 * (m_frames / 2) * frame();
            m_ledger.pass(half + frame() + stacked + half / 2); // with the cached frame, stacked, the result
            m_frames /= 2;
            m_ledger.take(picture());
            m_ledger.drop(half);
        }
        dropPicture(x);
    }

    void up(std::int64_t out, bool inTime) {
        const std::int64_t x = picture();
        std::int64_t frames = 0;
        if (inTime) {
            countCausal(m_channels, 2 * m_channels, 1);
            m_caches += 2 * frame();
            m_ledger.pass((m_frames + 2) * frame() + 3 * picture() + 2 * picture());
            m_frames *= 2;
            frames = picture();
            m_ledger.pass(2 * frames); // as they come, and in the order of time
            m_ledger.take(frames);
        }
        count(m_channels, out, 3);
        const std::int64_t kernel = 16 * m_channels * out * m_traits.elementBytes; // its sums, kept with the caches
        m_ledger.pass(3 * kernel / m_traits.elementBytes * kFloat);
        m_caches += kernel;
        const std::int64_t corners =
            chunkOf(4 * frame(out)) * 4 * out * (m_height + 1) * (m_width + 1) * m_traits.elementBytes;
        m_height *= 2;
        m_width *= 2;
        m_channels = out;
        m_ledger.pass(corners + picture());
        m_ledger.take(picture());
        dropPicture(x);
        m_ledger.drop(frames);
    }

    /// The shortcut around a level of the residual type: the picture is held all the way, then rearranged.
    void hold() {
        m_held = picture();
        m_isShared = true;
    }
    void release(bool isUp) {
        if (!m_traits.ownLoops) {
            m_ledger.pass(isUp ? 2 * picture() : m_held + picture());
        }
        m_ledger.drop(m_held);
        m_held = 0;
    }

    /// The picture goes out as float32, channels first: in two more orders.
    void leave() { m_ledger.pass(2 * m_frames * m_channels * m_height * m_width * kFloat); }

private:
    std::int64_t frame(std::int64_t channels) const { return channels * m_height * m_width * m_traits.elementBytes; }
    std::int64_t frame() const { return frame(m_channels); }
    std::int64_t picture() const { return m_frames * frame(); }

    std::int64_t chunkOf(std::int64_t bytesPerFrame) const {
        const std::int64_t most = m_traits.ownLoops ? kCachedFrameBytes : kFrameBytes;
        return std::clamp<std::int64_t>(most / std::max<std::int64_t>(1, bytesPerFrame), 1, m_frames);
    }
    /// A picture is let go of, unless it is the one that is held.
    void dropPicture(std::int64_t bytes) {
        m_ledger.drop(m_isShared ? 0 : bytes);
        m_isShared = false;
    }
    /// A part beside the whole it is copied to.
    std::int64_t partOf(std::int64_t chunk, std::int64_t out) const {
        return chunk < m_frames ? chunk * frame(out) : 0;
    }

    /// A norm with its convolution, `chunk` frames at a time: what is live beside input and result. The cache's old
    /// frames are in m_caches.
    std::int64_t normedTemporary(std::int64_t in, std::int64_t chunk) {
        m_weights += in * kFloat;
        m_caches += 2 * frame(in);
        const std::int64_t norm = m_traits.ownLoops ? 0 : 2 * chunk * frame(in) / m_traits.elementBytes * kFloat;
        return 3 * chunk * frame(in) + 2 * frame(in) + norm;
    }

    void replace(std::int64_t out, std::int64_t temporary) {
        const std::int64_t x = picture();
        m_channels = out;
        m_ledger.pass(temporary + picture());
        m_ledger.take(picture());
        dropPicture(x);
    }

    void count(std::int64_t in, std::int64_t out, std::int64_t kernel) {
        m_weights += out * (in * kernel * kernel + 1) * m_traits.elementBytes;
    }
    void countCausal(std::int64_t in, std::int64_t out, std::int64_t kernel) { count(3 * in, out, kernel); }

    MemoryTraits m_traits;
    std::int64_t m_frames, m_height, m_width;
    std::int64_t m_channels = 0;
    std::int64_t m_held = 0;
    bool m_isShared = false;
    std::int64_t m_weights = 0;
    std::int64_t m_caches = 0;
    MemoryLedger m_ledger;
};

/// One group of frames through the encoder. height and width: of patchified pixels.
VaeWalk walkEncoder(const VaeConfig& config, const MemoryTraits& traits, std::int64_t frames, std::int64_t height,
                    std::int64_t width) {
    VaeWalk walk(traits, frames, height, width);
    walk.enter(config.inChannels);
    walk.causal(config.baseDim);
    for (std::size_t i = 0; i < config.dimMultipliers.size(); ++i) {
        const bool isLast = i + 1 == config.dimMultipliers.size();
        if (config.isResidual) {
            walk.hold();
        }
        for (std::int64_t j = 0; j < config.residualBlocks; ++j) {
            walk.residual(config.baseDim * config.dimMultipliers[i]);
        }
        if (!isLast) {
            walk.down(config.temporalDownsample[i]);
        }
        if (config.isResidual) {
            walk.release(false);
        }
    }
    walk.middle();
    walk.normedCausal(2 * config.latentChannels);
    walk.pointwise(2 * config.latentChannels);
    walk.leave();
    return walk;
}

/// One latent frame through the decoder.
VaeWalk walkDecoder(const VaeConfig& config, const MemoryTraits& traits, std::int64_t height, std::int64_t width) {
    VaeWalk walk(traits, 1, height, width);
    const std::vector<std::int64_t> multipliers(config.dimMultipliers.rbegin(), config.dimMultipliers.rend());
    walk.enter(config.latentChannels);
    walk.pointwise(config.latentChannels);
    walk.causal(config.decoderBaseDim * multipliers.front());
    walk.middle();
    for (std::size_t i = 0; i < multipliers.size(); ++i) {
        const bool isLast = i + 1 == multipliers.size();
        const std::int64_t out = config.decoderBaseDim * multipliers[i];
        const bool isHeld = config.isResidual && !isLast;
        if (isHeld) {
            walk.hold();
        }
        for (std::int64_t j = 0; j <= config.residualBlocks; ++j) {
            walk.residual(out);
        }
        if (!isLast) {
            walk.up(config.isResidual ? out : out / 2,
                    config.temporalDownsample[config.temporalDownsample.size() - 1 - i]);
        }
        if (isHeld) {
            walk.release(true);
        }
    }
    walk.normedCausal(config.outChannels);
    walk.leave();
    return walk;
}

std::int64_t tileOf(std::int64_t size, std::int64_t tile) {
    return std::min(size, tile);
}

} // namespace

std::int64_t vaeWeightBytes(const VaeConfig& config, const MemoryTraits& traits) {
    return walkEncoder(config, traits, 1, 16, 16).weights() + walkDecoder(config, traits, 1, 1).weights();
}

std::int64_t vaeDecodeBytes(const VaeConfig& config, const MemoryTraits& traits, const ClipSize& size) {
    const std::int64_t latents = 2 * size.frames * size.height * size.width * config.latentChannels * kFloat;
    return latents + walkDecoder(config, traits, size.height, size.width).peak();
}

std::int64_t vaeEncodeBytes(const VaeConfig& config, const MemoryTraits& traits, const ClipSize& size) {
    const std::int64_t factor = config.spatialFactor() / config.patch;
    const std::int64_t frames = size.frames > 1 ? config.temporalFactor() : 1;
    const std::int64_t pixels = (1 + (size.frames - 1) * config.temporalFactor()) * size.height * size.width * factor *
                                factor * config.inChannels * kFloat;
    const std::int64_t latents = 2 * size.frames * size.height * size.width * 2 * config.latentChannels * kFloat;
    return (config.patch > 1 ? pixels : 0) + latents +
           walkEncoder(config, traits, frames, size.height * factor, size.width * factor).peak();
}

std::int64_t vaeDecodeTiledBytes(const VaeConfig& config, const MemoryTraits& traits, const ClipSize& size,
                                 Tiling tiling) {
    const std::int64_t factor = config.spatialFactor();
    if (size.height * factor <= tiling.tile && size.width * factor <= tiling.tile) {
        return vaeDecodeBytes(config, traits, size);
    }
    const std::int64_t cell = factor / config.patch;
    const std::int64_t frames = 1 + (size.frames - 1) * config.temporalFactor();
    const std::int64_t perCell = frames * cell * cell * config.outChannels * kFloat; // of a clip, for each latent
    const std::int64_t height = tileOf(size.height, tiling.tile / factor);
    const std::int64_t width = tileOf(size.width, tiling.tile / factor);
    const std::int64_t edge = (tiling.tile - tiling.stride) / factor;
    const std::int64_t whole = size.height * size.width * perCell;
    const std::int64_t edges = 2 * edge * (size.width + height) * perCell;
    const std::int64_t latents = size.frames * size.height * size.width * config.latentChannels * kFloat;
    return latents + whole + edges + height * width * perCell + walkDecoder(config, traits, height, width).peak();
}

std::int64_t vaeEncodeTiledBytes(const VaeConfig& config, const MemoryTraits& traits, const ClipSize& size,
                                 Tiling tiling) {
    const std::int64_t factor = config.spatialFactor();
    if (size.height * factor <= tiling.tile && size.width * factor <= tiling.tile) {
        return vaeEncodeBytes(config, traits, size);
    }
    const std::int64_t cell = factor / config.patch;
    const ClipSize tile{size.frames, tileOf(size.height, tiling.tile / cell), tileOf(size.width, tiling.tile / cell)};
    const std::int64_t pixels =
        (1 + (size.frames - 1) * config.temporalFactor()) * cell * cell * config.inChannels * kFloat;
    const std::int64_t latents = 2 * size.frames * size.height * size.width * 2 * config.latentChannels * kFloat;
    // Of the residual type the whole clip is patchified, not the tile.
    const std::int64_t patched = config.patch > 1 ? pixels * (size.height * size.width - tile.height * tile.width) : 0;
    return patched + latents + vaeEncodeBytes(config, traits, tile);
}

} // namespace generation
