#include "generation/pipeline/ShotGenerator.h"

#include "generation/pipeline/JobError.h"
#include "generation/pipeline/Pictures.h"
#include "generation/pipeline/PromptShare.h"
#include "generation/protocol/RequestKey.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

namespace generation {

struct ShotGenerator::Job {
    const GenerateRequest& request;
    PipelineObserver& observer;
    CheckpointFolder* checkpoints = nullptr;
    std::string key = {}; ///< of the request; empty without a checkpoint folder
    GeneratedShot shot = {};
    int parts = 1;       ///< runs of the denoiser in all
    int partsBegun = 0;  ///< before the one in hand
    int groupsBegun = 0; ///< latent frames decoded by the parts before
    int groups = 0;      ///< in all

    Checkpoint checkpoint() const {
        return [this] { observer.checkpoint(); };
    }
};

struct ShotGenerator::Part {
    Job& job;
    const GenerateRequest& request;
    ShotPlan plan;
    std::optional<CheckpointFolder> checkpoints = {};
    at::Tensor before = {}; ///< [1, 3, n, H, W]: the last frames of the part before
    DenoiseInputs inputs = {};
    at::Tensor lastFrames = {}; ///< [1, 3, keeps, H, W], when it is done
    std::int64_t keeps = 0;     ///< frames for the part after this one
};

namespace {

/// What a branch must have in common with the run it leaves.
std::string scheduleText(const ShotPlan& plan, std::int64_t references) {
    std::ostringstream text;
    text << plan.sampler << ' ' << plan.steps << ' ' << plan.shift << ' ' << plan.seeds.size();
    for (const double timestep : plan.timesteps) {
        text << ' ' << timestep;
    }
    for (const std::int64_t size : plan.latentShape(references)) {
        text << ' ' << size;
    }
    return text.str();
}

/// What caches remember belongs to the conditions that a branch leaves.
void forgetCaches(RunState& state) {
    const auto isCache = [](const auto& entry) { return entry.first.starts_with("window"); };
    std::erase_if(state.tensors, isCache);
    std::erase_if(state.numbers, isCache);
    std::erase_if(state.integers, isCache);
}

std::string keyOf(const GenerateRequest& request, const std::string& modelHash) {
    try {
        InputHashes hashes = hashInputs(request);
        hashes.weights = modelHash;
        return requestKey(request, hashes);
    } catch (const HashError& error) {
        throw JobError("bad-input", error.what());
    }
}

} // namespace

ShotGenerator::ShotGenerator(const Model& model, const Tokenizer& tokenizer, std::string cacheFolder)
    : m_model(model), m_tokenizer(tokenizer), m_pictures(model.card, model.transformer.config(), model.vae),
      m_preview(model.vae.config()), m_text(std::move(cacheFolder), model.hash) {}

at::Tensor ShotGenerator::textFeatures(const std::string& prompt) {
    const auto length = static_cast<std::int64_t>(m_model.card.maxTextTokens);
    return m_text.get(prompt, length, [&](const std::string& text) {
        return m_model.textEncoder.encode(m_tokenizer.encode(text, static_cast<std::size_t>(length)), length);
    });
}

void ShotGenerator::addText(Part& part) {
    std::vector<at::Tensor> rows;
    for (const PromptSpan& span : part.request.prompts) {
        part.job.observer.checkpoint();
        rows.push_back(textFeatures(span.text));
    }
    part.inputs.prompts = at::cat(rows, 0);
    if (part.plan.guidance.scale > 1.0) {
        const std::string& negative = part.request.negativePrompt;
        part.inputs.negative = textFeatures(negative.empty() ? m_model.card.negativePrompt : negative);
    }
    part.inputs.promptShare = promptShare(part.request.prompts, {.frames = part.plan.frames,
                                                                 .latentFrames = part.plan.latentFrames,
                                                                 .references = part.inputs.references,
                                                                 .blend = part.request.promptBlend});
}

std::optional<LatentCheckpoint> ShotGenerator::startingPoint(const Part& part) const {
    if (part.checkpoints) {
        if (auto saved = part.checkpoints->newest(part.job.key)) {
            part.job.observer.notice("resumed", std::to_string(saved->step));
            return saved;
        }
    }
    if (part.request.branchPath.empty()) {
        return std::nullopt;
    }
    try {
        LatentCheckpoint branch = readCheckpoint(part.request.branchPath);
        const std::string wanted = scheduleText(part.plan, part.inputs.references);
        if (branch.schedule != wanted) {
            throw JobError("bad-request", "the checkpoint is of another schedule or size (" + branch.schedule +
                                              ") than the request (" + wanted + ")");
        }
        forgetCaches(branch.state);
        return branch;
    } catch (const WeightsError& error) {
        throw JobError("bad-input", error.what());
    }
}

at::Tensor ShotGenerator::denoise(Part& part) {
    const ShotPlan& plan = part.plan;
    PipelineObserver& observer = part.job.observer;
    const std::int64_t references = part.inputs.references;
    const auto shape = plan.latentShape(references);
    const at::Device where = part.inputs.noise.device();
    const auto freshNoise = [&](int step) { return stepNoiseBatch(plan.seeds, step, shape).to(where); };
    const auto sampler = makeSampler({.name = plan.sampler,
                                      .steps = plan.steps,
                                      .shift = plan.shift,
                                      .timesteps = plan.timesteps,
                                      .noise = freshNoise},
                                     plan.firstStep);
    auto from = startingPoint(part);
    if (from) {
        for (auto& [name, tensor] : from->state.tensors) {
            tensor = tensor.to(where);
        }
    }
    const auto progress = [&, first = part.job.partsBegun * plan.steps](int step) {
        observer.progress(Stage::Denoise, first + step, part.job.parts * plan.steps);
    };
    Denoiser denoiser(m_model.transformer, std::move(part.inputs));
    progress(from ? from->step : plan.firstStep);
    DenoiseHooks hooks;
    hooks.checkpoint = part.job.checkpoint();
    hooks.lessMemory = [&, oneByOne = false]() mutable {
        if (std::exchange(oneByOne, true)) {
            return false;
        }
        denoiser.runOneByOne();
        observer.notice("less-memory", "one-by-one");
        return true;
    };
    if (part.checkpoints) {
        hooks.state = [&](int step, const RunState& state) {
            part.checkpoints->add({part.job.key, scheduleText(plan, references), step, state});
        };
    }
    hooks.step = [&](int step, const at::Tensor&, const at::Tensor& clip) {
        progress(step);
        if (observer.wantsPreviews() && m_preview.available()) {
            observer.preview(step, m_preview.picture(clip.narrow(0, 0, 1).slice(2, references), plan));
        }
    };
    at::Tensor latents = denoiser.run(*sampler, hooks, from ? &from->state : nullptr);
    part.job.shot.skippedSteps += denoiser.skippedSteps();
    return latents;
}

void ShotGenerator::decode(const at::Tensor& latents, Part& part, FrameSet& frames) const {
    Job& job = part.job;
    const auto& given = m_pictures.given();
    const std::int64_t already = part.before.defined() ? part.before.size(2) : 0;
    std::int64_t first = 0;
    std::vector<at::Tensor> last;
    job.observer.progress(Stage::Decode, job.groupsBegun, job.groups);
    m_model.vae.decode(
        latents,
        [&](const at::Tensor& group) {
            if (!std::isfinite(group.abs().max().item<double>())) {
                throw JobError("not-finite", "while decoding frame " + std::to_string(first));
            }
            const at::Tensor whole = given ? withGivenPixels(group, *given, first) : group;
            const std::int64_t skipped = std::clamp<std::int64_t>(already - first, 0, group.size(2));
            const std::int64_t wanted = std::clamp<std::int64_t>(part.plan.frames - first, 0, group.size(2));
            if (wanted > skipped) {
                appendFrames(frames, whole.slice(2, skipped, wanted), job.shot.plan.frames);
            }
            if (first + group.size(2) > part.plan.frames - part.keeps) {
                last.push_back(whole.narrow(2, 0, wanted));
            }
            first += group.size(2);
            job.observer.progress(Stage::Decode, ++job.groupsBegun, job.groups);
        },
        job.checkpoint());
    if (part.keeps > 0) {
        const at::Tensor tail = at::cat(last, 2);
        part.lastFrames = tail.slice(2, tail.size(2) - part.keeps).to(at::kCPU, at::kFloat).clone();
    }
}

at::Tensor ShotGenerator::latentsOf(Part& part) {
    PipelineObserver& observer = part.job.observer;
    observer.progress(Stage::EncodeVideo, 0, 1);
    m_pictures.add(part.inputs, part.request, part.plan, part.job.checkpoint(), part.before);
    observer.progress(Stage::EncodeText, 0, 1);
    addText(part);
    part.inputs.guidance = part.plan.guidance;
    part.inputs.windows = part.plan.windows;
    part.inputs.reuse = part.plan.reuse;
    part.inputs.noise = seededBatch(part.plan.seeds, part.plan.latentShape(part.inputs.references))
                            .to(m_model.transformer.device().where);
    return denoise(part);
}

FrameSet ShotGenerator::chainedTake(Job& job, const std::vector<ChainLink>& chain, std::uint64_t seed) {
    FrameSet frames = emptyResult(job.shot.plan);
    at::Tensor before;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        Part part{.job = job,
                  .request = chain[i].request,
                  .plan = planShot(chain[i].request, m_model.card, m_model.transformer.config(), m_model.vae.config())};
        part.plan.firstFrame = chain[i].begin;
        part.plan.seeds = {partSeed(seed, static_cast<int>(i))};
        part.before = before;
        part.keeps = i + 1 < chain.size() ? chain[i + 1].known : 0;
        if (job.checkpoints) {
            part.checkpoints = job.checkpoints->part(job.partsBegun);
        }
        const at::Tensor latents = latentsOf(part);
        decode(latents, part, frames);
        before = part.lastFrames;
        ++job.partsBegun;
    }
    return frames;
}

GeneratedShot ShotGenerator::generate(const GenerateRequest& request, PipelineObserver& observer,
                                      CheckpointFolder* checkpoints) {
    const c10::InferenceMode inference;
    Job job{.request = request, .observer = observer, .checkpoints = checkpoints};
    ShotPlan& plan = job.shot.plan;
    plan = planShot(request, m_model.card, m_model.transformer.config(), m_model.vae.config());
    observer.checkpoint();
    if (checkpoints) {
        job.key = keyOf(request, m_model.hash);
    }
    const auto takes = static_cast<int>(plan.seeds.size());
    if (const auto chain = windowChain(request, plan, m_model.card); !chain.empty()) {
        job.parts = takes * static_cast<int>(chain.size());
        for (const ChainLink& link : chain) {
            job.groups += takes * static_cast<int>((link.request.frames + 2) / 4 + 1);
        }
        for (const std::uint64_t seed : plan.seeds) {
            job.shot.takes.push_back(chainedTake(job, chain, seed));
        }
    } else {
        Part part{.job = job, .request = request, .plan = plan};
        if (checkpoints) {
            part.checkpoints = *checkpoints;
        }
        job.groups = takes * static_cast<int>(plan.latentFrames);
        const at::Tensor latents = latentsOf(part);
        for (std::int64_t take = 0; take < takes; ++take) {
            decode(latents.narrow(0, take, 1), part, job.shot.takes.emplace_back(emptyResult(plan)));
        }
    }
    observer.progress(Stage::Save, 0, 1);
    return std::move(job.shot);
}

} // namespace generation
