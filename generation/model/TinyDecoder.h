#pragma once

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/model/TinyParts.h"
#include "generation/nn/CausalConv3d.h"
#include "generation/weights/WeightReader.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace generation {

/// Receives frames [B, 3, n, H, W], float32 in 0 to 1, in order.
using TinyFrameSink = std::function<void(const at::Tensor& frames)>;

/// TAEHV, the tiny autoencoder of previews (engine spec 8.2): a hundredth of the work of the VAE it stands in for, and
/// frames one after the other in constant memory. Latents are normalised, as the transformer has them. The numbers of
/// channels are those of the file, so one class serves taew2_1 and taew2_2.
/// Thread: immutable after construction; one call at a time is best.
class TinyDecoder {
public:
    /// What may be left out of a preview. Without time each latent frame gives one frame, the last of its four.
    enum class Detail : std::uint8_t { Whole, FrameOfEachLatent };

    explicit TinyDecoder(WeightReader& weights);

    /// The file a model folder brings for its latents: taew2_1.safetensors, taew2_2.safetensors, or the lone file in
    /// taehv/. Nothing if it has none.
    static std::optional<std::string> findFile(const std::string& modelFolder);

    std::int64_t latentChannels() const { return m_latentChannels; }
    std::int64_t patch() const { return m_patch; }
    std::int64_t spatialFactor() const { return 8 * m_patch; }

    /// [B, z, T, h, w] -> float32 [B, 3, 4 T - 3, H, W] (or T frames) in 0 to 1.
    at::Tensor decode(const at::Tensor& latents, Detail detail = Detail::Whole) const;

    /// The same, frame group by frame group: one frame for the first latent frame, four for each later one. The
    /// checkpoint is passed between latent frames.
    void decode(const at::Tensor& latents, Detail detail, const TinyFrameSink& sink,
                const Checkpoint& checkpoint = {}) const;

    /// [B, 3, F, H, W] in 0 to 1 -> [B, z, ceil(F / 4), h, w]; the last frame is repeated to fill a group of four,
    /// so groups lie otherwise than those of the VAE.
    at::Tensor encode(const at::Tensor& video) const;

    /// Everything of a decode but the clamp and the frames that are dropped, for parity.
    at::Tensor decodeRaw(const at::Tensor& latents) const; ///< [B, 3 p p, 4 T, H / p, W / p]

private:
    at::Tensor decodeFrames(const at::Tensor& latent, Detail detail, FeatureCache& cache) const;
    at::Tensor encodeFrames(const at::Tensor& frames, FeatureCache& cache) const;
    std::int64_t framesPerLatent() const;
    void readDecoder(WeightReader& weights);
    void readEncoder(WeightReader& weights);

    Device m_device;
    std::int64_t m_latentChannels = 0;
    std::int64_t m_patch = 1;
    Conv2d m_decoderIn, m_decoderOut;
    std::vector<TinyDecoderLevel> m_decoder;
    Conv2d m_encoderIn, m_encoderOut; ///< undefined if the file holds only a decoder
    std::vector<TinyEncoderLevel> m_encoder;
};

} // namespace generation
