#include "generation/pipeline/ShotGenerator.h"

#include "generation/device/OutOfMemory.h"
#include "generation/device/ProcessMemory.h"
#include "generation/pipeline/JobError.h"
#include "generation/pipeline/Pictures.h"
#include "generation/pipeline/PromptShare.h"
#include "generation/pipeline/ShotJob.h"
#include "generation/protocol/RequestKey.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

namespace generation {

namespace {

std::string keyOf(const GenerateRequest& request, const std::string& modelHash) {
    try {
        InputHashes hashes = hashInputs(request);
        hashes.weights = modelHash;
        return requestKey(request, hashes);
    } catch (const HashError& error) {
        throw JobError("bad-input", error.what());
    }
}

/// Strengths of the LoRAs at a step, for whichever transformer.
std::vector<double> strengthsAt(const GenerateRequest& request, int step, int steps) {
    std::vector<double> strengths;
    for (const LoraUse& lora : request.loras) {
        LoraStrength strength;
        for (const LoraUse::Point& point : lora.points) {
            strength.points.push_back({point.position, point.strength});
        }
        strengths.push_back(strength.atStep(step, steps));
    }
    return strengths;
}

std::string shownFile(const std::string& path) {
    return shownName(std::filesystem::path(path).filename().string());
}

NoticeFacts expertFacts(const std::string& file, NoiseLevel::Level level) {
    return {{"file", file}, {"level", std::string(levelName(level))}};
}

} // namespace

ShotGenerator::ShotGenerator(NetworkPool& networks, const Tokenizer& tokenizer, GeneratorSettings settings)
    : m_networks(networks), m_tokenizer(tokenizer), m_record(settings.cacheFolder, networks.device().recordName()),
      m_planner(networks.files(), networks.device(), m_record, std::move(settings.budget)),
      m_pictures(networks.card(), networks.configs().transformer),
      m_preview(networks.configs().vae, networks.files().tinyDecoder(), networks.device()),
      m_text(settings.cacheFolder, networks.textHash()) {}

/// Runs a part of the job; when memory runs out it is run again from its beginning, a rung lower.
template <class Stage>
auto ShotGenerator::inMemory(Job& job, const Stage& stage) {
    for (;;) {
        try {
            return stage();
        } catch (const std::exception& error) {
            if (!isOutOfMemory(error)) {
                throw;
            }
        }
        stepDown(job); // here, not in the handler: what the exception held is free now
    }
}

void ShotGenerator::stepDown(Job& job) {
    const auto next = moreFrugal(m_networks.residency(), onCard());
    if (!next) {
        throw JobError("needs-memory", "needs more than is free; " + needsText(job.forecast, onCard()));
    }
    m_networks.setResidency(*next);
    m_networks.clear();
    job.observer.notice("less-memory", {{"residency", std::string(residencyName(*next))}});
}

bool ShotGenerator::onCard() const {
    return !m_networks.device().isCpu();
}

void ShotGenerator::chooseResidency(Job& job) {
    job.forecast = m_planner.forecast(job.request, m_networks.loadedBytes());
    job.shot.plan = job.forecast.shot;
    if (!job.forecast.memory.fits && !job.request.tryAnyway) {
        throw JobError("needs-memory", needsText(job.forecast, onCard()));
    }
    m_networks.setResidency(job.forecast.memory.residency);
}

/// LoRAs for a model of two experts mostly come in pairs, and only their names say which is whose.
void ShotGenerator::openLoras(Job& job) {
    std::vector<std::string> paths;
    for (const LoraUse& use : job.request.loras) {
        paths.push_back(use.path);
        job.loras.push_back(Lora::open(use.path));
    }
    job.loraLevels = m_networks.files().experts().areTwo()
                         ? loraLevels(paths)
                         : std::vector<NoiseLevel::Level>(paths.size(), NoiseLevel::Level::Unsaid);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (job.loraLevels[i] != NoiseLevel::Level::Unsaid) {
            job.observer.notice("experts", expertFacts(shownFile(paths[i]), job.loraLevels[i]));
        }
    }
}

/// Once a job: tensors of a LoRA that change nothing here may be half of what it is for.
void ShotGenerator::tellOfUnmatched(Job& job, std::size_t lora, const LoraReport& report) {
    if (report.unmatched.empty() || !job.lorasToldOf.insert(lora).second) {
        return;
    }
    constexpr std::size_t kShown = 3;
    std::string first;
    for (std::size_t i = 0; i < std::min(kShown, report.unmatched.size()); ++i) {
        first += (i == 0 ? "" : ", ") + shownName(report.unmatched[i]);
    }
    job.observer.notice("lora-keys", {{"file", shownFile(job.request.loras[lora].path)},
                                      {"keys", static_cast<std::int64_t>(report.unmatched.size())},
                                      {"first", first},
                                      {"parts", static_cast<std::int64_t>(report.parts)}});
}

PixelCodec ShotGenerator::codec(const Checkpoint& checkpoint) {
    const bool inTiles = m_networks.residency() == Residency::Frugal;
    return {m_networks.vae(checkpoint), inTiles ? PixelCodec::Extent::Tiles : PixelCodec::Extent::Whole};
}

at::Tensor ShotGenerator::textFeatures(const std::string& prompt, const Checkpoint& checkpoint) {
    const auto length = static_cast<std::int64_t>(m_networks.card().maxTextTokens);
    return m_text.get(prompt, length, [&](const std::string& text) {
        return m_networks.textEncoder(checkpoint)
            .encode(m_tokenizer.encode(text, static_cast<std::size_t>(length)), length, checkpoint);
    });
}

/// The model reads so many tokens of a prompt and no more.
void ShotGenerator::tellIfCut(Job& job, const std::string& prompt) {
    constexpr std::size_t kAll = std::size_t{1} << 20U;
    const auto most = static_cast<std::int64_t>(m_networks.card().maxTextTokens);
    const auto tokens = static_cast<std::int64_t>(m_tokenizer.encode(prompt, kAll).size());
    if (tokens > most && job.promptsToldOf.insert(prompt).second) {
        job.observer.notice("prompt-cut", {{"tokens", tokens}, {"most", most}});
    }
}

void ShotGenerator::addText(Part& part) {
    const Checkpoint checkpoint = part.job.checkpoint();
    std::vector<at::Tensor> rows;
    for (const std::string& text : distinctTexts(part.request.prompts)) {
        passCheckpoint(checkpoint);
        tellIfCut(part.job, text);
        rows.push_back(textFeatures(text, checkpoint));
    }
    part.inputs.prompts = at::cat(rows, 0);
    if (part.plan.guidance.scale > 1.0 || part.inputs.secondGuidance.value_or(1.0) > 1.0) {
        const std::string& negative = part.request.negativePrompt;
        part.inputs.negative = textFeatures(negative.empty() ? m_networks.card().negativePrompt : negative, checkpoint);
    }
    part.inputs.promptShare = promptShare(part.request.prompts, {.frames = part.plan.frames,
                                                                 .latentFrames = part.plan.latentFrames,
                                                                 .references = part.inputs.references,
                                                                 .blend = part.request.promptBlend});
}

/// Image features of the first (and last) frame, for models that attend to them beside the text.
void ShotGenerator::addImages(Part& part) {
    const TransformerConfig& config = m_networks.configs().transformer;
    if (config.imageDim == 0) {
        return;
    }
    const std::int64_t tokens = m_networks.configs().imageEncoder->tokens();
    const at::Tensor images = m_pictures.imagesToSee(std::max<std::int64_t>(1, config.imagePositions / tokens));
    if (!images.defined()) {
        return;
    }
    const ImageEncoder& encoder = m_networks.imageEncoder(part.job.checkpoint());
    const at::Tensor features = encoder.encode(encoder.prepare(images)); // [n, tokens, d]
    part.inputs.image = features.reshape({1, -1, features.size(2)});
}

VideoTransformer& ShotGenerator::transformerFor(Job& job, std::size_t expert) {
    VideoTransformer& transformer = m_networks.transformer(expert, job.checkpoint());
    transformer.removeLoras(); // of the job before
    for (std::size_t i = 0; i < job.loras.size(); ++i) {
        tellOfUnmatched(job, i, transformer.addLora(job.loras[i], 0.0));
    }
    job.expert = expert;
    transformer.setLoraStrengths(job.strengthsOfExpert());
    return transformer;
}

DenoiseHooks ShotGenerator::hooksFor(Part& part, Denoiser& denoiser) {
    Job& job = part.job;
    const std::int64_t references = part.references;
    DenoiseHooks hooks;
    hooks.checkpoint = job.checkpoint();
    hooks.change = [this, &job](int step, int steps) {
        job.loraStrengths = strengthsAt(job.request, step, steps);
        return job.transformer != nullptr && job.transformer->setLoraStrengths(job.strengthsOfExpert());
    };
    hooks.lessMemory = [this, &job, &denoiser] {
        denoiser.leaveNetwork();
        job.transformer = nullptr;
        stepDown(job);
        if (m_networks.residency() == Residency::Frugal) {
            denoiser.runOneByOne();
        }
        return true;
    };
    if (part.checkpoints) {
        hooks.state = [&part, references](int step, const RunState& state) {
            part.checkpoints->add({part.job.key, scheduleText(part.plan, references), step, state});
        };
    }
    hooks.step = [this, &part, references](int step, const at::Tensor&, const at::Tensor& clip) {
        part.progress(step);
        PipelineObserver& observer = part.job.observer;
        if (observer.wantsPreviews() && m_preview.available()) {
            observer.preview(step, m_preview.picture(clip.narrow(0, 0, 1).slice(2, references), part.plan));
        }
    };
    return hooks;
}

at::Tensor ShotGenerator::denoise(Part& part) {
    const ShotPlan& plan = part.plan;
    Job& job = part.job;
    const auto shape = plan.latentShape(part.references);
    const at::Device where = m_networks.device().where;
    const auto sampler =
        makeSampler({.name = plan.sampler,
                     .steps = plan.steps,
                     .shift = plan.shift,
                     .timesteps = plan.timesteps,
                     .noise = [&](int step) { return stepNoiseBatch(plan.seeds, step, shape).to(where); }},
                    plan.firstStep);
    const auto from = startingPoint(part, where);
    const int begun = from ? from->step : plan.firstStep;
    job.transformer = nullptr;
    // As the step before left them, so that a change at this one is noticed as it was without the interruption.
    job.loraStrengths = strengthsAt(job.request, std::max(0, begun - 1), plan.steps);
    const Experts& experts = m_networks.files().experts();
    Denoiser denoiser({.expertAt = [&](double timestep) { return experts.at(timestep); },
                       .load = [&](std::size_t expert) -> const VideoTransformer& {
                           job.transformer = nullptr;
                           job.transformer = &transformerFor(job, expert);
                           return *job.transformer;
                       }},
                      std::move(part.inputs));
    if (m_networks.residency() == Residency::Frugal) {
        denoiser.runOneByOne();
    }
    part.progress(begun);
    const JobStopwatch stopwatch;
    at::Tensor latents = denoiser.run(*sampler, hooksFor(part, denoiser), from ? &from->state : nullptr);
    job.denoiseSeconds += stopwatch.seconds();
    job.stepsMade += plan.steps - begun;
    job.shot.skippedSteps += denoiser.skippedSteps();
    job.transformer = nullptr;
    return latents;
}

void ShotGenerator::decode(const at::Tensor& latents, Part& part, FrameSet& frames) {
    Job& job = part.job;
    const auto& given = m_pictures.given();
    const std::int64_t already = part.before.defined() ? part.before.size(2) : 0;
    const JobStopwatch stopwatch;
    const int groupsBegun = job.groupsDone;
    const std::int64_t framesBegun = frames.frames;
    inMemory(job, [&] {
        job.groupsDone = groupsBegun;
        truncate(frames, framesBegun); // of a try that ran out of memory
        std::int64_t first = 0;
        std::vector<at::Tensor> last;
        job.observer.progress(Stage::Decode, job.groupsDone, job.groups);
        const PixelCodec pixels = codec(job.checkpoint());
        pixels.decode(
            latents,
            [&](const at::Tensor& group) {
                if (!at::isfinite(group).all().item<bool>()) {
                    throw JobError("not-finite", "while decoding, at frame " + std::to_string(first));
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
                job.observer.progress(Stage::Decode, ++job.groupsDone, job.groups);
            },
            job.checkpoint());
        if (part.keeps > 0) {
            const at::Tensor tail = at::cat(last, 2);
            part.lastFrames = tail.slice(2, tail.size(2) - part.keeps).to(at::kCPU, at::kFloat).clone();
        }
    });
    job.decodeSeconds += stopwatch.seconds();
}

at::Tensor ShotGenerator::latentsOf(Part& part) {
    Job& job = part.job;
    inMemory(job, [&] {
        part.inputs = {};
        part.inputs.secondGuidance = part.plan.secondGuidance;
        job.observer.progress(Stage::EncodeVideo, 0, 1);
        if (m_pictures.needsCodec(part.request, part.plan)) {
            const PixelCodec pixels = codec(job.checkpoint());
            m_pictures.add(part.inputs, part.request, part.plan, {pixels, job.checkpoint(), part.before});
        } else {
            m_pictures.clear();
        }
        job.observer.progress(Stage::EncodeText, 0, 1);
        addText(part);
        addImages(part);
    });
    part.references = part.inputs.references;
    part.inputs.guidance = part.plan.guidance;
    part.inputs.windows = part.plan.windows;
    part.inputs.reuse = part.plan.reuse;
    part.inputs.noise =
        seededBatch(part.plan.seeds, part.plan.latentShape(part.references)).to(m_networks.device().where);
    return denoise(part);
}

FrameSet ShotGenerator::chainedTake(Job& job, const std::vector<ChainLink>& chain, std::uint64_t seed) {
    const ModelConfigs& configs = m_networks.configs();
    FrameSet frames = emptyResult(job.shot.plan);
    at::Tensor before;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        Part part{.job = job,
                  .request = chain[i].request,
                  .plan = planShot(chain[i].request, m_networks.card(), configs.transformer, configs.vae)};
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
    const ShotPlan& plan = job.shot.plan;
    MemoryWatch memory(m_networks.loadedBytes());
    chooseResidency(job);
    observer.checkpoint();
    for (const ExpertChoice& choice : m_networks.files().decisions()) {
        observer.notice("experts", expertFacts(choice.file, choice.level));
    }
    openLoras(job);
    if (checkpoints) {
        // Steps in another type have other bits: they are not gone on from.
        job.key = keyOf(request, m_networks.hash()) + " " + m_networks.device().dtypeName();
    }
    const auto takes = static_cast<int>(plan.seeds.size());
    if (const auto chain = windowChain(request, plan, m_networks.card()); !chain.empty()) {
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
    job.shot.residency = m_networks.residency();
    learn(job, memory);
    observer.progress(Stage::Save, 0, 1);
    return std::move(job.shot);
}

void ShotGenerator::learn(const Job& job, const MemoryWatch& memory) {
    const ShotPlan& plan = job.shot.plan;
    const std::string name = recordName(m_networks.files());
    const double operations = denoiseOperations(m_networks.configs().transformer, plan, job.forecast.traits) *
                              job.stepsMade / std::max(1, (plan.steps - plan.firstStep) * job.parts);
    if (job.stepsMade > 1 && job.shot.skippedSteps == 0 && job.parts == 1) {
        m_record.sawDenoising(operations, job.denoiseSeconds);
    }
    m_record.sawDecoding(name, decodedPixels(plan), job.decodeSeconds);
    if (!onCard() && memory.isTelling() && job.shot.residency == job.forecast.memory.residency) {
        m_record.sawPeak(name, static_cast<double>(job.forecast.estimated.host), static_cast<double>(memory.peak()));
    }
    m_record.save();
}

} // namespace generation
