#include "generation/training/LookRun.h"

#include "generation/pipeline/JobError.h"
#include "generation/tokenizer/Tokenizer.h"
#include "generation/training/Png.h"
#include "generation/training/SampleClips.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace generation {

namespace {

namespace fs = std::filesystem;

constexpr const char* kKeyFile = "/job.key";
/// Captions that are tried for near-copies, and steps for each.
constexpr std::size_t kCheckedCaptions = 3;
constexpr int kCheckedSteps = 12;

std::string partOf(std::size_t expert, bool isTwo) {
    return !isTwo ? "look" : expert == 0 ? "look-high" : "look-low";
}

/// Looks are learnt from latents alone.
void refuseStrangers(const ModelFiles& files) {
    const TransformerConfig& config = files.configs().transformer;
    if (config.inChannels != files.configs().vae.latentChannels || config.imageDim > 0) {
        throw JobError("unsupported-model", files.card().name + ": is told a picture beside the noise");
    }
}

} // namespace

LookRun::LookRun(LookJob job, const Device& device, TrainingObserver& observer)
    : m_job(std::move(job)), m_device(device), m_observer(observer), m_files(m_job.model),
      m_outputs(lookOutputs(m_job.output, isTwo() ? 2 : 1)), m_forecast(forecastLook(m_files, m_job, m_device)) {
    refuseStrangers(m_files);
}

void LookRun::tellPlan() {
    const nlohmann::json plan{{"weight_bytes", m_forecast.weightBytes},
                              {"activation_bytes", m_forecast.activationBytes},
                              {"factor_bytes", m_forecast.factorBytes},
                              {"bytes", m_forecast.bytes()},
                              {"available_bytes", m_forecast.availableBytes},
                              {"fits", m_forecast.fits()},
                              {"micro_batch", m_forecast.microBatch},
                              {"recompute", m_forecast.recompute},
                              {"seconds", m_forecast.seconds},
                              {"steps", m_job.budget.steps},
                              {"outputs", m_outputs},
                              {"folder", folder()},
                              {"resumes", hasCheckpoint()}};
    m_observer.notice("look-plan", plan.dump());
    if (!m_forecast.fits() && !m_job.planOnly && !m_job.tryAnyway) {
        throw JobError("needs-memory", std::to_string(m_forecast.bytes()));
    }
}

bool LookRun::hasCheckpoint() const {
    return fs::exists(checkpointPath(loopSettings(0))); // the first file's stays until the last one is written
}

void LookRun::refuseOtherJob() const {
    std::ifstream stream(folder() + kKeyFile, std::ios::binary);
    if (hasCheckpoint() && std::string(std::istreambuf_iterator<char>(stream), {}) != lookKey(m_job)) {
        throw JobError("other-job", folder());
    }
}

void LookRun::makeFolder() const {
    std::error_code error;
    fs::create_directories(folder(), error);
    if (error) {
        throw JobError("write-failed", folder() + ": " + error.message());
    }
    replaceFile(folder() + kKeyFile, lookKey(m_job));
}

LookRun::Stretches LookRun::encode() {
    const VideoVae vae = m_files.loadVae(m_device);
    const PixelCodec codec(vae, PixelCodec::Extent::Whole);
    const std::int64_t token = vae.config().spatialFactor() * m_files.configs().transformer.patch[1];
    Stretches stretches;
    const auto count = static_cast<std::int64_t>(m_job.clips.size());
    for (std::size_t clip = 0; clip < m_job.clips.size(); ++clip) {
        for (const LookWindow& window : lookWindows(m_job, m_job.clips[clip], m_files.card(), token)) {
            m_observer.checkpoint();
            for (LatentExample& example : lookExamples(window, m_files.card(), codec)) {
                stretches.examples.push_back(std::move(example));
            }
            stretches.prints.push_back(printOf(window.video));
            stretches.clips.push_back(clip);
            auto& captions = stretches.captions;
            if (std::find(captions.begin(), captions.end(), window.caption) == captions.end()) {
                captions.push_back(window.caption);
            }
        }
        const auto done = static_cast<std::int64_t>(clip) + 1;
        m_observer.progress({"clips", done, count, static_cast<double>(done) / static_cast<double>(count), 0.0, -1.0});
    }
    m_observer.notice("look-clips", std::to_string(stretches.prints.size()));
    return stretches;
}

LookRun::Features LookRun::textFeatures(const Stretches& stretches) {
    const c10::NoGradGuard quiet;
    const Tokenizer tokenizer(readPieces(m_files.tokenizer()));
    const TextEncoder encoder = m_files.loadTextEncoder(m_device, WeightResidency::Streamed);
    const auto length = static_cast<std::int64_t>(m_files.card().maxTextTokens);
    std::vector<std::string> captions = stretches.captions;
    captions.emplace_back();
    Features features;
    for (const std::string& caption : captions) {
        m_observer.checkpoint();
        features[caption] =
            encoder.encode(tokenizer.encode(caption, static_cast<std::size_t>(length)), length).to(at::kCPU);
    }
    return features;
}

LookTraining LookRun::trainingOf(std::size_t expert) const {
    const double boundary = m_files.experts().boundary;
    return {.rank = m_job.rank,
            .targets = m_job.targets,
            .batch = kLookBatch,
            .microBatch = m_forecast.microBatch,
            .shift = m_files.card().shift,
            .noise = !isTwo()      ? NoiseRange{}
                     : expert == 0 ? NoiseRange{boundary, 1.0}
                                   : NoiseRange{0.0, boundary},
            .recompute = m_forecast.recompute,
            .seed = m_job.seed};
}

LoopSettings LookRun::loopSettings(std::size_t expert) const {
    const auto experts = static_cast<std::int64_t>(m_outputs.size());
    const TrainingBudget share{.steps = (m_job.budget.steps + experts - 1) / experts,
                               .seconds = m_job.budget.seconds / static_cast<double>(experts)};
    LoopSettings settings{
        .part = partOf(expert, isTwo()), .budget = share, .warmup = 20, .averageDecay = 0.95, .folder = folder()};
    settings.optimiser.kind = OptimiserSettings::Kind::AdamW;
    settings.optimiser.rate = 3e-3;
    settings.optimiser.weightDecay = 0.0;
    return settings;
}

void LookRun::train(VideoTransformer& network, std::size_t expert, const Stretches& stretches,
                    const Features& features) {
    LookTrainee trainee(trainingOf(expert),
                        {network, stretches.examples, features, m_files.configs().vae.spatialFactor()});
    const TensorMap factors = TrainingLoop(trainee, loopSettings(expert), m_observer).run();
    writeLook(m_outputs[expert], factors,
              {{"name", m_job.name},
               {"caption", m_job.caption},
               {"base_model", m_files.card().name},
               {"rank", std::to_string(m_job.rank)}});
    m_observer.notice("look", m_outputs[expert]);
}

void LookRun::warnOfCopies(VideoTransformer& network, const Stretches& stretches, const Features& features) {
    const ModelCard& card = m_files.card();
    const c10::NoGradGuard quiet;
    (void)network.addLora(Lora::open(m_job.output)); // made for this network: nothing of it is unmatched
    const VideoVae vae = m_files.loadVae(m_device);
    const std::int64_t token = vae.config().spatialFactor() * m_files.configs().transformer.patch[1];
    const std::int64_t perToken = m_files.configs().transformer.patch[1];
    const std::vector<std::int64_t> shape{vae.config().latentChannels,
                                          (card.frames - 1) / vae.config().temporalFactor() + 1,
                                          card.height / token * perToken, card.width / token * perToken};
    std::vector<LookPrint> generated;
    for (std::size_t i = 0; i < std::min(kCheckedCaptions, stretches.captions.size()); ++i) {
        m_observer.checkpoint();
        const at::Tensor latents =
            sampleLatents(network, features.at(stretches.captions[i]), features.at(std::string()),
                          {.steps = std::min(card.steps, kCheckedSteps),
                           .shift = card.shift,
                           .guidance = card.guidance,
                           .seed = m_job.seed,
                           .latentShape = shape});
        generated.push_back(printOf(vae.decode(latents).to(at::kCPU)));
    }
    for (const LookCopy& copy : findCopies(generated, stretches.prints)) {
        m_observer.notice("near-copy",
                          nlohmann::json{{"clip", stretches.clips[copy.stretch]}, {"distance", copy.distance}}.dump());
    }
}

void LookRun::run() {
    tellPlan();
    if (m_job.planOnly) {
        return;
    }
    refuseOtherJob();
    const Stretches stretches = encode();
    const Features features = textFeatures(stretches);
    makeFolder();
    // The check is by text alone, with one network.
    const bool canCheck = !isTwo() && (!m_files.card().hasControl || m_files.card().textOnlyWithoutControl);
    for (std::size_t expert = 0; expert < m_outputs.size(); ++expert) {
        VideoTransformer network = m_files.loadTransformer(expert, m_device, WeightResidency::Resident);
        train(network, expert, stretches, features);
        if (expert + 1 == m_outputs.size()) {
            fs::remove_all(folder());
        }
        if (canCheck) {
            warnOfCopies(network, stretches, features);
        }
    }
    if (!canCheck) {
        m_observer.notice("copies-unchecked", m_files.card().name);
    }
}

} // namespace generation
