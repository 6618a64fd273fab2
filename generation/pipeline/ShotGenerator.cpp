#include "generation/pipeline/ShotGenerator.h"

#include "generation/pipeline/JobError.h"
#include "generation/pipeline/Pictures.h"
#include "generation/pipeline/PromptShare.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <utility>

namespace generation {
namespace {

/// Text features kept between jobs: 100 KB each for the largest published encoder times 512 tokens is 8 MB.
constexpr std::size_t kMaxKeptTexts = 64;

FrameSet readInput(const std::string& path) {
    try {
        return readFrameFile(path);
    } catch (const FrameFileError& error) {
        throw JobError("bad-input", error.what());
    }
}

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

} // namespace

ShotGenerator::ShotGenerator(const Model& model, const Tokenizer& tokenizer)
    : m_model(model), m_tokenizer(tokenizer), m_controls(model.vae), m_preview(model.vae.config()) {}

at::Tensor seededNoise(std::uint64_t seed, at::IntArrayRef shape) {
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions().dtype(at::kFloat));
}

at::Tensor ShotGenerator::textFeatures(const std::string& prompt) {
    const auto known = m_text.find(prompt);
    if (known != m_text.end()) {
        return known->second;
    }
    if (m_text.size() >= kMaxKeptTexts) {
        m_text.clear();
    }
    const auto length = static_cast<std::int64_t>(m_model.card.maxTextTokens);
    const at::Tensor features =
        m_model.textEncoder.encode(m_tokenizer.encode(prompt, static_cast<std::size_t>(length)), length);
    m_text.emplace(prompt, features);
    return features;
}

void ShotGenerator::addText(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan) {
    std::vector<at::Tensor> rows;
    for (const PromptSpan& span : request.prompts) {
        rows.push_back(textFeatures(span.text));
    }
    inputs.prompts = at::cat(rows, 0);
    inputs.negative =
        textFeatures(request.negativePrompt.empty() ? m_model.card.negativePrompt : request.negativePrompt);
    inputs.promptShare =
        promptShare(request.prompts, plan.frames, plan.latentFrames, inputs.references).to(inputs.prompts.device());
    inputs.guidance = plan.guidance;
}

void ShotGenerator::addControl(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan,
                               const Checkpoint& checkpoint) {
    ControlSource source;
    source.mask = at::ones({1, 1, plan.legalFrames, plan.legalHeight, plan.legalWidth});
    source.video = at::zeros({1, 3, plan.legalFrames, plan.legalHeight, plan.legalWidth});
    if (request.control != Control::None) {
        const at::Tensor base = planVideo(readInput(request.basePath), plan);
        source.video = request.control == Control::Edges ? edgesControl(base) : lumaControl(base);
    }
    if (!request.firstFramePath.empty()) {
        const at::Tensor still = planImage(readInput(request.firstFramePath), plan, Fit::Cover);
        source.video.narrow(2, 0, 1).copy_(still);
        source.mask.narrow(2, 0, 1).zero_();
        inputs.firstFrame = m_model.vae.encode(still, checkpoint); // so that the clip begins with the still itself
    }
    const Fit fit = m_model.card.fillsReference ? Fit::Cover : Fit::Canvas;
    for (const Reference& reference : request.references) {
        if (reference.strength > 0.0) {
            source.references.push_back(planImage(readInput(reference.path), plan, fit));
        }
    }
    inputs.control = m_controls.build(source, checkpoint);
    inputs.references = static_cast<std::int64_t>(source.references.size());
    const bool onlyReferences = request.control == Control::None && request.firstFramePath.empty();
    inputs.referenceStrength = referenceStrength(request) * (onlyReferences ? 1.0 : m_model.card.referenceGuidance);
    if (inputs.referenceStrength != 1.0 && !(onlyReferences && m_model.card.textOnlyWithoutControl)) {
        inputs.controlWithoutReferences = inputs.control.narrow(2, inputs.references, plan.latentFrames);
    }
}

void ShotGenerator::addPictures(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan,
                                const Checkpoint& checkpoint) {
    if (plan.usesControl) {
        addControl(inputs, request, plan, checkpoint);
    } else if (!request.firstFramePath.empty()) {
        inputs.firstFrame =
            m_model.vae.encode(planImage(readInput(request.firstFramePath), plan, Fit::Cover), checkpoint);
    }
    inputs.perTokenTime = m_model.card.perTokenTime;
    if (plan.startsFromBase) {
        const at::Tensor base = m_model.vae.encode(planVideo(readInput(request.basePath), plan), checkpoint);
        // Reference frames have no counterpart in the base; they begin as noise like the rest.
        const at::Tensor ahead =
            at::zeros({1, base.size(1), inputs.references, base.size(3), base.size(4)}, base.options());
        inputs.base = at::cat({ahead, base}, 2);
    }
}

at::Tensor ShotGenerator::denoise(DenoiseInputs inputs, const ShotPlan& plan, PipelineObserver& observer) const {
    const std::int64_t references = inputs.references;
    const auto sampler = makeSampler(plan.sampler, plan.steps, plan.shift, plan.firstStep);
    const Denoiser denoiser(m_model.transformer, std::move(inputs));
    observer.progress(Stage::Denoise, plan.firstStep, plan.steps);
    const auto afterStep = [&](int step, const at::Tensor&, const at::Tensor& clip) {
        observer.progress(Stage::Denoise, step, plan.steps);
        if (observer.wantsPreviews() && m_preview.available()) {
            observer.preview(step, m_preview.picture(clip.narrow(2, references, plan.latentFrames), plan));
        }
    };
    return denoiser.run(*sampler, afterStep, [&] { observer.checkpoint(); });
}

FrameSet ShotGenerator::decode(const at::Tensor& latents, const ShotPlan& plan, PipelineObserver& observer) const {
    FrameSet frames = emptyResult(plan);
    int done = 0;
    const int parts = static_cast<int>(plan.latentFrames);
    observer.progress(Stage::Decode, 0, parts);
    m_model.vae.decode(
        latents,
        [&](const at::Tensor& group) {
            if (!at::isfinite(group).all().item<bool>()) {
                throw JobError("not-finite", "while decoding, at frame " + std::to_string(frames.frames));
            }
            appendFrames(frames, group, plan.frames);
            observer.progress(Stage::Decode, ++done, parts);
        },
        [&] { observer.checkpoint(); });
    return frames;
}

GeneratedShot ShotGenerator::generate(const GenerateRequest& request, PipelineObserver& observer) {
    const c10::InferenceMode inference;
    GeneratedShot shot;
    shot.plan = planShot(request, m_model.card, m_model.transformer.config(), m_model.vae.config());
    observer.checkpoint();

    DenoiseInputs inputs;
    observer.progress(Stage::EncodeVideo, 0, 1);
    addPictures(inputs, request, shot.plan, [&] { observer.checkpoint(); });
    observer.progress(Stage::EncodeText, 0, 1);
    addText(inputs, request, shot.plan);
    inputs.noise = seededNoise(request.seed, shot.plan.latentShape(inputs.references)).to(inputs.prompts.device());

    const at::Tensor latents = denoise(std::move(inputs), shot.plan, observer);
    shot.frames = decode(latents, shot.plan, observer);
    observer.progress(Stage::Save, 0, 1);
    return shot;
}

} // namespace generation
