#pragma once

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/model/Configs.h"
#include "generation/model/TransformerBlock.h"
#include "generation/nn/RotaryEmbedding.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

namespace generation {

/// Text (and image) features made ready for one transformer: what every step needs of them, computed once a job.
struct PreparedText {
    at::Tensor context;                        ///< float32 [B, n, D], for parity
    std::vector<CrossAttentionContext> blocks; ///< keys and values of each block
    std::vector<CrossAttentionContext> vaceBlocks;
    std::int64_t batch() const { return context.size(0); }
};

/// Control input made ready: tokens after the control branch's first projections.
struct PreparedControl {
    at::Tensor tokens;          ///< float32 [1, L, D]
    std::vector<double> scales; ///< one per control layer
};

/// Intermediate values, for parity tests; a null pointer in forward() costs nothing.
struct TransformerTrace {
    at::Tensor timeEmbedding;  ///< [B, D]
    at::Tensor timeProjection; ///< [B, 6 D]
    at::Tensor patchTokens;    ///< [B, L, D]
    at::Tensor firstBlock;     ///< [B, L, D]
};

/// Lets a step take over what the blocks after the first added in another step. Tokens are float32 [B, L, D].
struct BlockReuse {
    /// The tokens before and after the first block; what to take for the last block's output, or an undefined tensor
    /// when the others must run.
    std::function<at::Tensor(const at::Tensor& before, const at::Tensor& after)> instead;
    std::function<void(const at::Tensor& tokens)> computed; ///< the last block's output, when they did
};

struct TransformerInput {
    at::Tensor latents;  ///< [n, C, T, H, W]; each sample serves B / n rows of the batch, which follow each other
    at::Tensor timestep; ///< [1 or B] in 0 to 1000, or [1 or B, L]: one for each token, all equal within a latent frame
    const PreparedText* text = nullptr;
    TextLayout layout = {}; ///< what of the text each of B samples reads; empty: B is the text's batch, row by row
    const PreparedControl* control = nullptr; ///< null: the control branch is off
    Checkpoint checkpoint = {};               ///< passed between blocks
    const BlockReuse* reuse = nullptr;
    TransformerTrace* trace = nullptr;
};

/// The Wan video transformer with its optional VACE control branch and image branch (engine spec section 3).
/// Guidance is a batch of prompts over one latent: forward() with a PreparedText of batch 2 and latents of batch 1.
/// Thread: immutable but for a cache of rotary tables; one call at a time.
class VideoTransformer {
public:
    VideoTransformer(const TransformerConfig& config, WeightReader& weights);

    const TransformerConfig& config() const { return m_config; }
    const Device& device() const { return m_device; }

    /// text [B, n, textDim]; image [B, m, imageDim] or undefined.
    PreparedText prepareText(const at::Tensor& text, const at::Tensor& image = {}) const;

    /// control [1, vaceInChannels, T, H, W]; scales: one per control layer, or empty for all 1.
    PreparedControl prepareControl(const at::Tensor& control, std::vector<double> scales = {}) const;

    /// Velocity, float32 [B, outChannels, T, H, W].
    at::Tensor forward(const TransformerInput& input) const;

private:
    struct Modulation;

    at::Tensor embedPatches(const at::Tensor& video, const Linear& embedding) const;
    Modulation modulation(const at::Tensor& timestep, std::int64_t frames) const;
    at::Tensor head(const at::Tensor& tokens, const Modulation& modulation, at::IntArrayRef latentShape) const;
    const RotaryTable& rotaryTable(std::int64_t frames, std::int64_t rows, std::int64_t columns) const;

    TransformerConfig m_config;
    Device m_device;
    Linear m_patchEmbedding, m_controlEmbedding;
    Linear m_time1, m_time2, m_timeProjection;
    Linear m_text1, m_text2;
    struct ImageEmbedder {
        at::Tensor positions;
        LayerNormWeights norm1, norm2;
        Linear linear1, linear2;
    };
    ImageEmbedder m_image;
    std::vector<TransformerBlock> m_blocks;
    std::vector<TransformerBlock> m_vaceBlocks;
    Linear m_controlIn;
    std::vector<Linear> m_controlOut;
    at::Tensor m_headTable; ///< scale_shift_table [1, 2, D]
    Linear m_headProjection;
    mutable RotaryTable m_rotary; ///< of the last size
};

} // namespace generation
