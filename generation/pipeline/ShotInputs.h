#pragma once

#include "generation/device/Cancelled.h"
#include "generation/model/ModelCard.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/VideoVae.h"
#include "generation/pipeline/Control.h"
#include "generation/pipeline/Denoiser.h"
#include "generation/pipeline/KnownPixels.h"
#include "generation/pipeline/ShotPlan.h"
#include "generation/protocol/Request.h"

#include <optional>
#include <vector>

namespace generation {

/// Turns the pictures of a request into what the network reads: control tensors, known latents, channels behind the
/// latents, the base. Which of them depends on what the model was trained with.
/// Thread: one job at a time.
class ShotInputs {
public:
    /// All of them outlive the object.
    ShotInputs(const ModelCard& card, const TransformerConfig& transformer, const VideoVae& vae);

    /// Fills in everything but text and noise. Throws JobError "bad-input", "bad-request".
    /// `before`: what known frames without a path are (gatherKnownPixels()).
    void add(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan, const Checkpoint& checkpoint,
             const at::Tensor& before = {});

    /// The pixels that the last add() found to be given, or nothing where none have to be put back into the result.
    const std::optional<KnownPixels>& given() const { return m_given; }

private:
    void addControl(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan,
                    const Checkpoint& checkpoint);
    void addLeadingLatents(DenoiseInputs& inputs, const KnownPixels& known, const Checkpoint& checkpoint) const;
    void addBlended(DenoiseInputs& inputs, const KnownPixels& known, const ShotPlan& plan,
                    const Checkpoint& checkpoint) const;
    void addChannels(DenoiseInputs& inputs, const KnownPixels& known, const Checkpoint& checkpoint) const;

    const ModelCard& m_card;
    const TransformerConfig& m_transformer;
    const VideoVae& m_vae;
    ControlBuilder m_controls;
    std::optional<KnownPixels> m_known;
    std::optional<KnownPixels> m_given;
};

/// The four mask channels of Wan's image-to-video models: [1, 4, T, h, w] from [1, 1, F, H, W] (1 = to be generated): 1
/// where a whole frame is known, the first frame counting four times (engine spec 3.9).
at::Tensor imageToVideoMask(const at::Tensor& mask, std::int64_t rows, std::int64_t columns);

} // namespace generation
