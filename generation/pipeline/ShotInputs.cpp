#include "generation/pipeline/ShotInputs.h"

#include "generation/pipeline/Conditions.h"
#include "generation/pipeline/ImageCondition.h"
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

void addLeadingLatents(DenoiseInputs& inputs, const KnownPixels& known, const ShotInputs::Means& means) {
    // The autoencoder is causal: the latents of the first frames do not depend on what follows.
    const std::int64_t leading = known.leading();
    if (leading == 0) {
        return;
    }
    const std::int64_t whole = (leading - 1) / 4 * 4 + 1;
    const at::Tensor latents = means.codec.encode(known.video.narrow(2, 0, whole).contiguous(), means.checkpoint);
    const std::int64_t frames = (known.video.size(2) - 1) / 4 + 1;
    inputs.known = at::constant_pad_nd(latents, {0, 0, 0, 0, 0, frames - latents.size(2)});
    inputs.knownMask = at::zeros({1, 1, frames, 1, 1}, latents.options());
    inputs.knownMask.narrow(2, 0, latents.size(2)).fill_(1.0);
}

void addBlended(DenoiseInputs& inputs, const KnownPixels& known, const ShotPlan& plan, const ShotInputs::Means& means) {
    inputs.known = means.codec.encode(heldVideo(known), means.checkpoint);
    inputs.knownMask = latentKnownMask(known, plan).to(inputs.known.device());
}

void addChannels(DenoiseInputs& inputs, const KnownPixels& known, const ShotInputs::Means& means) {
    const std::vector<bool> whole = known.wholeFrames();
    at::Tensor video =
        known.video.clone(); // grey where a frame is not known as a whole: nothing of it may show through
    for (std::size_t frame = 0; frame < whole.size(); ++frame) {
        if (!whole[frame]) {
            video.select(2, static_cast<std::int64_t>(frame)).zero_();
        }
    }
    const at::Tensor latents = means.codec.encode(video, means.checkpoint);
    const at::Tensor mask =
        knownFrameChannels(whole, means.codec.config().temporalFactor(), latents.size(3), latents.size(4))
            .to(latents.device());
    inputs.channels = at::cat({mask, latents}, 1);
}

} // namespace

at::Tensor ShotInputs::imagesToSee(std::int64_t most) const {
    if (!m_known) {
        return {};
    }
    const std::vector<bool> known = m_known->wholeFrames();
    std::vector<at::Tensor> images;
    if (known.front()) {
        images.push_back(m_known->video.select(2, 0));
        if (most > 1 && known.back() && known.size() > 1) {
            images.push_back(m_known->video.select(2, m_known->video.size(2) - 1));
        }
    }
    return images.empty() ? at::Tensor() : at::cat(images, 0);
}

bool ShotInputs::needsCodec(const GenerateRequest& request, const ShotPlan& plan) const {
    return plan.usesControl || plan.startsFromBase || hasKnownPixels(request) || readsChannels();
}

void ShotInputs::addControl(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan,
                            const Means& means) {
    const bool keeps = hasKnownPixels(request) && request.keeping == Keeping::Model;
    ControlSource source;
    source.mask = at::ones({1, 1, plan.legalFrames, plan.legalHeight, plan.legalWidth});
    source.video = request.control == Control::None
                       ? at::zeros({1, 3, plan.legalFrames, plan.legalHeight, plan.legalWidth})
                       : controlVideo(request, plan);
    if (keeps) {
        source.mask = m_known->mask;
        source.video = at::where(source.mask.gt(0.5), source.video, m_known->video);
        addLeadingLatents(inputs, *m_known, means); // so that the clip begins with the given frames themselves
    }
    const Fit fit = m_card.fillsReference ? Fit::Cover : Fit::Canvas;
    for (const Reference& reference : request.references) {
        if (reference.strength > 0.0) {
            source.references.push_back(planImage(readInput(reference.path, 1), plan, fit));
        }
    }
    inputs.control = m_controls.build(source, means.codec, means.checkpoint);
    inputs.references = static_cast<std::int64_t>(source.references.size());
    const bool onlyReferences = request.control == Control::None && !keeps;
    inputs.referenceStrength = referenceStrength(request) * (onlyReferences ? 1.0 : m_card.referenceGuidance);
    if (inputs.referenceStrength != 1.0 && !(onlyReferences && m_card.textOnlyWithoutControl)) {
        inputs.controlWithoutReferences = inputs.control.narrow(2, inputs.references, plan.latentFrames);
    }
}

void ShotInputs::add(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan, const Means& means) {
    m_known.reset();
    m_given.reset();
    if (hasKnownPixels(request) || readsChannels()) {
        m_known = gatherKnownPixels(request, plan, means.before);
    }
    if (m_known && mustComeBack(request)) {
        m_given = m_known;
    }
    if (plan.usesControl) {
        addControl(inputs, request, plan, means);
    } else if (readsChannels()) {
        addChannels(inputs, *m_known, means);
    } else if (m_known && request.keeping == Keeping::Model) {
        addLeadingLatents(inputs, *m_known, means);
        inputs.knownIsClean = m_card.perTokenTime;
    }
    if (m_known && request.keeping == Keeping::Blend) {
        addBlended(inputs, *m_known, plan, means);
    }
    if (plan.startsFromBase || plan.startsFromStill) {
        const at::Tensor video =
            plan.startsFromBase ? planVideo(readInput(request.basePath), plan) : heldVideo(*m_known);
        const at::Tensor base = means.codec.encode(video, means.checkpoint);
        // Reference frames have no counterpart in the base; they begin as noise like the rest.
        const at::Tensor ahead =
            at::zeros({1, base.size(1), inputs.references, base.size(3), base.size(4)}, base.options());
        inputs.base = at::cat({ahead, base}, 2);
    }
}

} // namespace generation
