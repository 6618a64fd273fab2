#include "generation/training/LookRun.h"

#include "generation/device/Compat.h"
#include "generation/device/ProcessMemory.h"
#include "generation/model/MemoryEstimate.h"
#include "generation/pipeline/JobError.h"
#include "generation/tokenizer/Tokenizer.h"
#include "generation/training/LookCopies.h"
#include "generation/training/SampleClips.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

namespace generation {

namespace {

constexpr std::int64_t kBatch = 8;
/// Captions that are tried for near-copies, and steps for each.
constexpr std::size_t kCheckedCaptions = 3;
constexpr int kCheckedSteps = 12;

/// Bytes that one sample's pass keeps for the way back, about: the tensors of a block are 12 rows of the model's width
/// in the compute type and 8 in float32, two of the feed-forward's, and the attention's weights where libtorch has no
/// fused form.
std::int64_t activationBytes(const TransformerConfig& config, const MemoryTraits& traits, std::int64_t tokens,
                             bool recompute) {
    const std::int64_t width = config.width();
    const std::int64_t element = traits.elementBytes;
    const std::int64_t scores = traits.fusedAttention ? 0 : config.heads * tokens * tokens * element * 2;
    const std::int64_t block = tokens * (width * (12 * element + 8 * 4) + config.ffnDim * 2 * element) + scores;
    const auto blocks = config.layers + static_cast<std::int64_t>(config.vaceLayers.size());
    const std::int64_t kept = recompute ? tokens * width * 4 * blocks + block : block * blocks;
    return kept + block; // the gradients of one block at a time
}

std::int64_t freeBytes(const Device& device) {
    if (device.isCpu()) {
        return availableBytes();
    }
    const auto card = compat::cardMemory();
    return card ? card->free : availableBytes();
}

} // namespace

LookRun::LookRun(LookJob job, const Device& device, TrainingObserver& observer)
    : m_job(std::move(job)), m_device(device), m_observer(observer), m_files(m_job.model) {
    choosePlan();
}

LookForecast LookRun::plan(std::int64_t microBatch, bool recompute) const {
    const TransformerConfig& config = m_files.configs().transformer;
    const VaeConfig& vae = m_files.configs().vae;
    const ModelCard& card = m_files.card();
    const MemoryTraits traits = memoryTraits(m_device);
    const std::int64_t side = vae.spatialFactor() * config.patch[1];
    const std::int64_t latentFrames = (card.frames - 1) / vae.temporalFactor() + 1;
    const std::int64_t tokens = latentFrames * (card.width / side) * (card.height / side);
    const auto blocks = config.layers + static_cast<std::int64_t>(config.vaceLayers.size());
    LookForecast forecast;
    forecast.microBatch = microBatch;
    forecast.recompute = recompute;
    forecast.weightBytes = transformerWeightBytes(config, traits, WeightResidency::Resident);
    forecast.activationBytes = microBatch * activationBytes(config, traits, tokens, recompute);
    // Factors, averages, momentum or both moments, gradients: five times float32, of ten maps a block.
    forecast.factorBytes = blocks * m_job.rank * (16 * config.width() + 2 * (config.width() + config.ffnDim)) * 4 * 5;
    forecast.availableBytes = freeBytes(m_device);
    forecast.seconds = m_job.budget.steps > 0 ? 0.0 : m_job.budget.seconds;
    return forecast;
}

void LookRun::choosePlan() {
    for (const std::int64_t microBatch : {kBatch, std::int64_t{4}, std::int64_t{2}, std::int64_t{1}}) {
        for (const bool recompute : {false, true}) {
            m_forecast = plan(microBatch, recompute);
            if (m_forecast.bytes() <= m_forecast.availableBytes * 8 / 10) {
                return;
            }
        }
    }
}

void LookRun::tellPlan() {
    const nlohmann::json plan{
        {"weight_bytes", m_forecast.weightBytes}, {"activation_bytes", m_forecast.activationBytes},
        {"factor_bytes", m_forecast.factorBytes}, {"available_bytes", m_forecast.availableBytes},
        {"micro_batch", m_forecast.microBatch},   {"recompute", m_forecast.recompute},
        {"seconds", m_forecast.seconds},          {"steps", m_job.budget.steps}};
    m_observer.notice("look-plan", plan.dump());
    if (m_forecast.bytes() > m_forecast.availableBytes * 9 / 10) {
        throw JobError("needs-memory", std::to_string(m_forecast.bytes()));
    }
}

std::map<std::string, at::Tensor> LookRun::textFeatures(const std::vector<LatentExample>& examples) {
    const c10::NoGradGuard quiet;
    const Tokenizer tokenizer(readPieces(m_files.tokenizer()));
    const TextEncoder encoder = m_files.loadTextEncoder(m_device, WeightResidency::Streamed);
    const auto length = static_cast<std::int64_t>(m_files.card().maxTextTokens);
    std::set<std::string> captions{""};
    for (const LatentExample& example : examples) {
        captions.insert(example.captions.begin(), example.captions.end());
    }
    std::map<std::string, at::Tensor> features;
    for (const std::string& caption : captions) {
        m_observer.checkpoint();
        features[caption] =
            encoder.encode(tokenizer.encode(caption, static_cast<std::size_t>(length)), length).to(at::kCPU);
    }
    return features;
}

void LookRun::train(VideoTransformer& network, const std::vector<LatentExample>& examples,
                    const std::map<std::string, at::Tensor>& features) {
    const ModelCard& card = m_files.card();
    const LookTraining training{.rank = m_job.rank,
                                .targets = m_job.targets,
                                .batch = kBatch,
                                .microBatch = m_forecast.microBatch,
                                .shift = card.shift,
                                .recompute = m_forecast.recompute,
                                .seed = m_job.seed};
    LookTrainee trainee(training, {network, examples, features, m_files.configs().vae.spatialFactor()});
    const std::filesystem::path folder = m_job.output + ".training";
    std::filesystem::create_directories(folder);
    LoopSettings settings{
        .part = "look", .budget = m_job.budget, .warmup = 20, .averageDecay = 0.99, .folder = folder.string()};
    settings.optimiser.kind = OptimiserSettings::Kind::AdamW;
    settings.optimiser.rate = 1e-3;
    settings.optimiser.weightDecay = 0.0;
    const TensorMap factors = TrainingLoop(trainee, settings, m_observer).run();
    writeLook(m_job.output, factors,
              {{"name", m_job.name},
               {"caption", m_job.caption},
               {"base_model", card.name},
               {"rank", std::to_string(m_job.rank)}});
    std::filesystem::remove_all(folder);
    m_observer.notice("look", m_job.output);
}

void LookRun::warnOfCopies(VideoTransformer& network, const std::vector<LookWindow>& windows,
                           const std::map<std::string, at::Tensor>& features) {
    const ModelCard& card = m_files.card();
    if (card.hasControl && !card.textOnlyWithoutControl) {
        return; // text alone is not all that the model wants to be given
    }
    const c10::NoGradGuard quiet;
    (void)network.addLora(Lora::open(m_job.output)); // made for this network: nothing of it is unmatched
    const VideoVae vae = m_files.loadVae(m_device);
    const std::int64_t token = vae.config().spatialFactor() * m_files.configs().transformer.patch[1];
    const std::int64_t perToken = m_files.configs().transformer.patch[1];
    const std::vector<std::int64_t> shape{vae.config().latentChannels,
                                          (card.frames - 1) / vae.config().temporalFactor() + 1,
                                          card.height / token * perToken, card.width / token * perToken};
    std::vector<at::Tensor> generated;
    std::set<std::string> seen;
    for (const LookWindow& window : windows) {
        if (seen.size() < kCheckedCaptions && seen.insert(window.caption).second) {
            m_observer.checkpoint();
            const at::Tensor latents = sampleLatents(network, features.at(window.caption), features.at(std::string()),
                                                     {.steps = std::min(card.steps, kCheckedSteps),
                                                      .shift = card.shift,
                                                      .guidance = card.guidance,
                                                      .seed = m_job.seed,
                                                      .latentShape = shape});
            generated.push_back(vae.decode(latents).to(at::kCPU));
        }
    }
    for (const LookCopy& copy : findCopies(generated, windows)) {
        m_observer.notice("near-copy", windows[copy.window].caption + ": " + std::to_string(copy.distance));
    }
}

void LookRun::run() {
    tellPlan();
    if (m_job.planOnly) {
        return;
    }
    std::vector<LookWindow> windows;
    std::vector<LatentExample> examples;
    {
        const VideoVae vae = m_files.loadVae(m_device);
        const std::int64_t token = vae.config().spatialFactor() * m_files.configs().transformer.patch[1];
        windows = lookWindows(m_job, m_files.card(), token);
        examples = lookExamples(windows, m_files.card(), PixelCodec(vae, PixelCodec::Extent::Whole));
        m_observer.notice("look-clips", std::to_string(windows.size()));
    }
    const std::map<std::string, at::Tensor> features = textFeatures(examples);
    VideoTransformer network = m_files.loadTransformer(0, m_device, WeightResidency::Resident);
    train(network, examples, features);
    warnOfCopies(network, windows, features);
}

} // namespace generation
