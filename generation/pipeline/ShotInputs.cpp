#include "generation/pipeline/ShotInputs.h"

#include "generation/pipeline/Conditions.h"
#include "generation/pipeline/JobError.h"
#include "generation/pipeline/Pictures.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {
namespace {

/// Mean strength of the references that count.
double referenceStrength(const GenerateRequest& request) {
    double sum = 0.0;
    int count = 0;
    for (const Reference& reference : request.references) {
        sum += reference.strength;
        count += reference.strength > 0.0 ? 1 : 0;
    }
    return count > 0 ? sum / count : 1.0;
}

/// The control clip as it is, or the base's rendering.
at::Tensor controlVideo(const GenerateRequest& request, const ShotPlan& plan) {
    if (!request.controlPath.empty()) {
        return planVideo(readInput(request.controlPath), plan);
    }
    const at::Tensor base = planVideo(readInput(request.basePath), plan);
    switch (request.control) {
    case Control::Edges:
        return edgesControl(base);
    case Control::Blur:
        return blurControl(base);
    case Control::Luma:
    case Control::Depth:
    case Control::Clip:
    case Control::None:
        break;
    }
    return lumaControl(base);
}

/// Whether something beside single stills is given, which the result must then hold unchanged.
bool mustComeBack(const GenerateRequest& request) {
    return !request.maskPath.empty() || request.placement || request.retake ||
           std::any_of(request.known.begin(), request.known.end(), [](const KnownFrames& s) { return s.frames > 1; });
}

} // namespace

at::Tensor imageToVideoMask(const at::Tensor& mask, std::int64_t rows, std::int64_t columns) {
    const at::Tensor known = mask.flatten(3).amax({0, 1, 3}).eq(0.0).to(at::kFloat); // [F]
    const at::Tensor grouped = at::cat({known.narrow(0, 0, 1).expand({4}), known.slice(0, 1)});
    return grouped.view({-1, 4})
        .transpose(0, 1)
        .view({1, 4, -1, 1, 1})
        .expand({1, 4, grouped.size(0) / 4, rows, columns})
        .contiguous();
}

ShotInputs::ShotInputs(const ModelCard& card, const TransformerConfig& transformer, const VideoVae& vae)
    : m_card(card), m_transformer(transformer), m_vae(vae), m_controls(vae) {}

void ShotInputs::addLeadingLatents(DenoiseInputs& inputs, const KnownPixels& known,
                                   const Checkpoint& checkpoint) const {
    // The autoencoder is causal: the latents of the first frames do not depend on what follows.
    const std::int64_t leading = known.leading();
    if (leading == 0) {
        return;
    }
    const std::int64_t whole = (leading - 1) / 4 * 4 + 1;
    const at::Tensor latents = m_vae.encode(known.video.narrow(2, 0, whole).contiguous(), checkpoint);
    const std::int64_t frames = (known.video.size(2) - 1) / 4 + 1;
    inputs.known = at::constant_pad_nd(latents, {0, 0, 0, 0, 0, frames - latents.size(2)});
    inputs.knownMask = at::zeros({1, 1, frames, 1, 1}, latents.options());
    inputs.knownMask.narrow(2, 0, latents.size(2)).fill_(1.0);
}

void ShotInputs::addBlended(DenoiseInputs& inputs, const KnownPixels& known, const ShotPlan& plan,
                            const Checkpoint& checkpoint) const {
    inputs.known = m_vae.encode(heldVideo(known), checkpoint);
    inputs.knownMask = latentKnownMask(known, plan).to(inputs.known.device());
}

void ShotInputs::addChannels(DenoiseInputs& inputs, const KnownPixels& known, const Checkpoint& checkpoint) const {
    const at::Tensor latents = m_vae.encode(known.video, checkpoint);
    const at::Tensor mask = imageToVideoMask(known.mask, latents.size(3), latents.size(4)).to(latents.device());
    inputs.channels = at::cat({mask, latents}, 1);
}

void ShotInputs::addControl(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan,
                            const Checkpoint& checkpoint) {
    const bool keeps = hasKnownPixels(request) && request.keeping == Keeping::Model;
    ControlSource source;
    source.mask = at::ones({1, 1, plan.legalFrames, plan.legalHeight, plan.legalWidth});
    source.video = request.control == Control::None
                       ? at::zeros({1, 3, plan.legalFrames, plan.legalHeight, plan.legalWidth})
                       : controlVideo(request, plan);
    if (keeps) {
        source.mask = m_known->mask;
        source.video = at::where(source.mask.gt(0.5), source.video, m_known->video);
        addLeadingLatents(inputs, *m_known, checkpoint); // so that the clip begins with the given frames themselves
    }
    const Fit fit = m_card.fillsReference ? Fit::Cover : Fit::Canvas;
    for (const Reference& reference : request.references) {
        if (reference.strength > 0.0) {
            source.references.push_back(planImage(readInput(reference.path, 1), plan, fit));
        }
    }
    inputs.control = m_controls.build(source, checkpoint);
    inputs.references = static_cast<std::int64_t>(source.references.size());
    const bool onlyReferences = request.control == Control::None && !keeps;
    inputs.referenceStrength = referenceStrength(request) * (onlyReferences ? 1.0 : m_card.referenceGuidance);
    if (inputs.referenceStrength != 1.0 && !(onlyReferences && m_card.textOnlyWithoutControl)) {
        inputs.controlWithoutReferences = inputs.control.narrow(2, inputs.references, plan.latentFrames);
    }
}

void ShotInputs::add(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan,
                     const Checkpoint& checkpoint, const at::Tensor& before) {
    if (m_transformer.imageDim > 0) {
        throw JobError("unsupported-condition",
                       m_card.name + " reads features of an image encoder, which its folder does not hold");
    }
    m_known.reset();
    m_given.reset();
    const bool readsChannels = m_transformer.inChannels > m_transformer.outChannels;
    if (hasKnownPixels(request) || readsChannels) {
        m_known = gatherKnownPixels(request, plan, before);
    }
    if (m_known && mustComeBack(request)) {
        m_given = m_known;
    }
    if (plan.usesControl) {
        addControl(inputs, request, plan, checkpoint);
    } else if (readsChannels) {
        addChannels(inputs, *m_known, checkpoint);
    } else if (m_known && request.keeping == Keeping::Model) {
        addLeadingLatents(inputs, *m_known, checkpoint);
        inputs.knownIsClean = m_card.perTokenTime;
    }
    if (m_known && request.keeping == Keeping::Blend) {
        addBlended(inputs, *m_known, plan, checkpoint);
    }
    if (plan.startsFromBase) {
        const at::Tensor base = m_vae.encode(planVideo(readInput(request.basePath), plan), checkpoint);
        // Reference frames have no counterpart in the base; they begin as noise like the rest.
        const at::Tensor ahead =
            at::zeros({1, base.size(1), inputs.references, base.size(3), base.size(4)}, base.options());
        inputs.base = at::cat({ahead, base}, 2);
    }
}

} // namespace generation
