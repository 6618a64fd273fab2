#pragma once

#include "generation/device/Cancelled.h"
#include "generation/model/ModelCard.h"
#include "generation/model/VideoTransformer.h"
#include "generation/pipeline/Control.h"
#include "generation/pipeline/Denoiser.h"
#include "generation/pipeline/KnownPixels.h"
#include "generation/pipeline/PixelCodec.h"
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
    /// Both outlive the object.
    ShotInputs(const ModelCard& card, const TransformerConfig& transformer)
        : m_card(card), m_transformer(transformer) {}

    /// What the pictures are encoded with, and the known frames without a path (gatherKnownPixels()).
    struct Means {
        const PixelCodec& codec;
        Checkpoint checkpoint = {};
        at::Tensor before = {};
    };

    /// Fills in everything but text and noise. Throws JobError "bad-input", "bad-request".
    void add(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan, const Means& means);

    /// Instead of add() for a request without pictures.
    void clear() {
        m_known.reset();
        m_given.reset();
    }

    /// Whether add() needs a codec at all: text alone does not.
    bool needsCodec(const GenerateRequest& request, const ShotPlan& plan) const;

    /// What an image encoder is to see of the last add(): the first frame, and the last one where the model reads two;
    /// [n, 3, H, W], undefined where no first frame is known.
    at::Tensor imagesToSee(std::int64_t most) const;

    /// The pixels that the last add() found to be given, or nothing where none have to be put back into the result.
    const std::optional<KnownPixels>& given() const { return m_given; }

private:
    void addControl(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan, const Means& means);
    bool readsChannels() const { return m_transformer.inChannels > m_transformer.outChannels; }

    const ModelCard& m_card;
    const TransformerConfig& m_transformer;
    ControlBuilder m_controls;
    std::optional<KnownPixels> m_known;
    std::optional<KnownPixels> m_given;
};

} // namespace generation
