#pragma once

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/model/BlockStack.h"
#include "generation/model/Configs.h"
#include "generation/model/Lora.h"
#include "generation/model/LoraSet.h"
#include "generation/model/TransformerBlock.h"
#include "generation/model/WeightResidency.h"
#include "generation/nn/RotaryEmbedding.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace generation {

/// Text (and image) features made ready for one transformer: what every step needs of them, computed once a job, and
/// again when a LoRA's strength changes.
struct PreparedText {
    at::Tensor context;                        ///< float32 [B, n, D], for parity
    std::vector<CrossAttentionContext> blocks; ///< keys and values of each block
    std::vector<CrossAttentionContext> vaceBlocks;
    std::uint64_t revision = 0; ///< of the network that made it
    std::int64_t batch() const { return context.size(0); }
};

/// Control input made ready: tokens after the control branch's first projections.
struct PreparedControl {
    at::Tensor tokens;          ///< float32 [1, L, D]
    std::vector<double> scales; ///< one per control layer
    std::uint64_t revision = 0; ///< of the network that made it
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
    bool recompute = false; ///< blocks are not remembered for gradients but run again on the way back
    TransformerTrace* trace = nullptr;
};

/// The Wan video transformer with its optional VACE control branch and image branch (engine spec section 3).
/// Guidance is a batch of prompts over one latent: forward() with a PreparedText of batch 2 and latents of batch 1.
/// Gradients reach the weights, or the factors of LoRAs, that ask for them; nothing else changes for that.
/// Thread: one call at a time; forward() changes nothing but a cache of rotary tables.
class VideoTransformer {
public:
    VideoTransformer(const TransformerConfig& config, WeightReader& weights,
                     WeightResidency residency = WeightResidency::Resident);

    const TransformerConfig& config() const { return m_config; }
    const Device& device() const { return m_device; }

    /// text [B, n, textDim]; image [B, m, imageDim] or undefined.
    PreparedText prepareText(const at::Tensor& text, const at::Tensor& image = {}) const;

    /// control [1, vaceInChannels, T, H, W]; scales: one per control layer, or empty for all 1.
    PreparedControl prepareControl(const at::Tensor& control, std::vector<double> scales = {}) const;

    /// Velocity, float32 [B, outChannels, T, H, W]. Text or control that was made ready before the LoRAs changed is an
    /// std::invalid_argument.
    at::Tensor forward(const TransformerInput& input) const;

    /// Applies a LoRA beside those that are there. Throws WeightsError, and is then as before.
    [[nodiscard]] LoraReport addLora(const Lora& lora, double strength = 1.0);
    /// One for each LoRA, in the order they were added; between two steps if need be. True if anything changed: text
    /// and control must then be made ready again.
    bool setLoraStrengths(const std::vector<double>& strengths);
    void removeLoras();

    /// Every part that a LoRA may change; what is trained of a network that stays as it is.
    void visit(const PartVisitor& visitor);

private:
    struct Modulation;
    struct BlockSurroundings;
    struct ImageEmbedder {
        at::Tensor positions;
        LayerNormWeights norm1, norm2;
        Linear linear1, linear2;
    };

    void readEmbedders(WeightReader& weights);
    void readBlocks(WeightReader& weights, WeightResidency residency);
    at::Tensor embedPatches(const at::Tensor& video, const Linear& embedding) const;
    at::Tensor embedImage(const at::Tensor& image) const;
    Modulation modulation(const at::Tensor& timestep, std::int64_t frames) const;
    at::Tensor runBlocks(at::Tensor x, const TransformerInput& input, const Modulation& modulation,
                         const RotaryTable& rotary) const;
    at::Tensor runBlock(const std::shared_ptr<const TransformerBlock>& block, at::Tensor x,
                        const CrossAttentionContext& context, const BlockSurroundings& around) const;
    at::Tensor head(const at::Tensor& tokens, const Modulation& modulation, at::IntArrayRef latentShape) const;
    const RotaryTable& rotaryTable(std::int64_t frames, std::int64_t rows, std::int64_t columns) const;
    void checkInput(const TransformerInput& input) const;
    void visitOwn(const PartVisitor& visitor);
    void adaptAll();

    TransformerConfig m_config;
    Device m_device;
    Linear m_patchEmbedding, m_controlEmbedding;
    Linear m_time1, m_time2, m_timeProjection;
    Linear m_text1, m_text2;
    ImageEmbedder m_image;
    BlockStack<TransformerBlock, TransformerConfig> m_blocks;
    BlockStack<ContextKeys, TransformerConfig> m_contextKeys;
    BlockStack<ControlBlock, TransformerConfig> m_controlBlocks;
    BlockStack<ContextKeys, TransformerConfig> m_controlKeys;
    Linear m_controlIn;
    at::Tensor m_headTable; ///< scale_shift_table [1, 2, D]
    Linear m_headProjection;
    LoraSet m_loras;
    std::uint64_t m_revision = 0; ///< rises whenever the LoRAs change what the network computes
    mutable RotaryTable m_rotary; ///< of the last size
};

} // namespace generation
