#include "generation/training/StarterRun.h"

#include "generation/model/VideoVae.h"
#include "generation/training/CaptionFeatures.h"
#include "generation/training/LatentCache.h"
#include "generation/training/LatentFit.h"
#include "generation/training/ModelPacker.h"
#include "generation/training/ModelWeights.h"
#include "generation/training/Parameters.h"
#include "generation/training/PieceTraining.h"
#include "generation/training/Png.h"
#include "generation/training/SampleClips.h"
#include "generation/training/WeightWriter.h"
#include "generation/weights/JsonFile.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

namespace generation {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kCorpusClips = 4000;
/// Validation clips lie far from those that are trained on.
constexpr std::uint64_t kHeldOut = std::uint64_t{1} << 40U;
constexpr double kSecondsToLayOut = 420.0;
constexpr std::uint64_t kSheetClips = 6;

std::string number(const char* format, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

} // namespace

StarterRun::StarterRun(StarterPlan plan, StarterSettings settings, const Device& device, const ClipSource& source,
                       TrainingObserver& observer)
    : m_plan(std::move(plan)), m_settings(std::move(settings)), m_device(device), m_source(source),
      m_observer(observer) {
    m_plan.vaeTraining.seed = m_plan.training.seed = m_settings.seed;
    if (!device.isCpu()) {
        m_plan = onCard(std::move(m_plan));
    }
    const at::ScalarType iteration = device.compute == at::kBFloat16 ? at::kBFloat16 : at::kFloat;
    m_plan.optimiser.iterationType = m_plan.vaeOptimiser.iterationType = iteration;
}

void StarterRun::run() {
    fs::create_directories(m_settings.folder);
    begin();
    trainAutoencoder();
    trainGenerator();
}

void StarterRun::begin() {
    if (!m_settings.from.empty()) {
        ModelWeights model = readModelWeights(m_settings.from);
        m_plan.transformer = std::move(model.transformer);
        m_plan.textEncoder = std::move(model.textEncoder);
        m_plan.vae = std::move(model.vae);
        m_generator = std::move(model.generator);
        m_vae = std::move(model.autoencoder);
        m_pieces = std::move(model.pieces);
    } else {
        if (fs::exists(file("spiece.model"))) {
            m_pieces = bytesOfFile(file("spiece.model"));
        } else {
            std::vector<std::string> corpus;
            for (std::uint64_t i = 0; i < std::min(kCorpusClips, m_source.count()); ++i) {
                const std::vector<std::string> captions = m_source.captions(i);
                corpus.insert(corpus.end(), captions.begin(), captions.end());
            }
            m_pieces = pieceModelBytes(trainPieces(corpus, m_plan.textEncoder.at("vocab_size").get<std::size_t>()));
            replaceFile(file("spiece.model"), m_pieces);
        }
        m_vae = firstWeights(shapesOf<VideoVae>(parseVaeConfig(m_plan.vae, "plan")), m_settings.seed);
        addUnder("transformer.",
                 firstWeights(shapesOf<VideoTransformer>(parseTransformerConfig(m_plan.transformer, "plan")),
                              m_settings.seed),
                 m_generator);
        addUnder(
            "text_encoder.",
            firstWeights(shapesOf<TextEncoder>(parseTextEncoderConfig(m_plan.textEncoder, "plan")), m_settings.seed),
            m_generator);
    }
    m_tokenizer = std::make_unique<Tokenizer>(parsePieceModel(m_pieces, "vocabulary"));
}

void StarterRun::validateAutoencoder(const TensorMap& weights) {
    const c10::NoGradGuard quiet;
    const auto network = networkOver<VideoVae>(weights, parseVaeConfig(m_plan.vae, "plan"), m_device);
    double sum = 0.0;
    double worst = 1e9;
    for (std::uint64_t i = 0; i < m_plan.validationClips; ++i) {
        m_observer.checkpoint();
        const at::Tensor video = m_source.video((kHeldOut + i) % m_source.count());
        const at::Tensor made = network.decode(network.encode(video)).to(at::kCPU);
        const double quality = peakSignalToNoise(video, made);
        sum += quality;
        worst = std::min(worst, quality);
    }
    const double mean = sum / static_cast<double>(m_plan.validationClips);
    m_vaeFacts = "PSNR on " + std::to_string(m_plan.validationClips) + " unseen clips " + number("%.1f", mean) +
                 " dB on average, worst " + number("%.1f", worst) + " dB";
    m_observer.notice("vae-quality", m_vaeFacts);
}

void StarterRun::trainAutoencoder() {
    const std::string weights = file("vae.safetensors");
    const std::string config = file("vae.json");
    if (fs::exists(weights) && fs::exists(config)) {
        m_plan.vae = readJsonFile(config);
        m_vae = weightsOf(WeightSource::openFile(weights));
        validateAutoencoder(m_vae);
        return;
    }
    if (m_plan.vaeShare > 0.0) {
        VaeTrainee trainee(parseVaeConfig(m_plan.vae, "plan"), m_vae, m_plan.vaeTraining, m_device, m_source);
        LoopSettings settings{.part = "vae",
                              .budget = {m_settings.vaeSteps, m_settings.seconds * m_plan.vaeShare},
                              .optimiser = m_plan.vaeOptimiser,
                              .folder = m_settings.folder,
                              .secondsToCheckpoint = m_settings.secondsToCheckpoint};
        m_vae = TrainingLoop(trainee, settings, m_observer).run();
    }
    if (m_settings.from.empty() || m_plan.vaeShare > 0.0) {
        const auto network = networkOver<VideoVae>(m_vae, parseVaeConfig(m_plan.vae, "plan"), m_device);
        fitLatents(m_plan.vae, network, m_source, 2 * m_plan.validationClips);
    }
    validateAutoencoder(m_vae);
    replaceFile(config, m_plan.vae.dump(2));
    writeWeights(weights, m_vae);
}

void StarterRun::trainGenerator() {
    // As it will be laid out: the transformer learns the latents of the float16 weights.
    TensorMap half;
    for (const auto& [name, tensor] : m_vae) {
        half[name] = tensor.to(at::kHalf).to(at::kFloat);
    }
    const auto vae = networkOver<VideoVae>(half, parseVaeConfig(m_plan.vae, "plan"), m_device);
    GeneratorNetworks networks{parseTransformerConfig(m_plan.transformer, "plan"),
                               parseTextEncoderConfig(m_plan.textEncoder, "plan"),
                               m_plan.index.at("fantascope").at("max_text_tokens").get<std::int64_t>()};
    LatentCache latents({m_source, vae, hashOf(half) + m_plan.vae.dump(), networks.transformer.hasControl()},
                        file("latents"), m_settings.seed);
    TransformerTrainee trainee(networks, m_generator, m_plan.training,
                               {m_device, *m_tokenizer, latents, vae.config().spatialFactor()});
    Clock::time_point laidOut = Clock::now();
    trainee.onStep = [&](const TrainingPosition& position, const TensorMap& average) {
        if (std::chrono::duration<double>(Clock::now() - laidOut).count() > kSecondsToLayOut) {
            layOut(average, position);
            laidOut = Clock::now();
        }
    };
    trainee.onExample = [&](std::uint64_t done, std::uint64_t wanted) {
        m_observer.checkpoint();
        m_observer.progress({.part = "latents",
                             .step = static_cast<std::int64_t>(done),
                             .steps = static_cast<std::int64_t>(wanted),
                             .fraction = static_cast<double>(done) / static_cast<double>(wanted)});
    };
    LoopSettings settings{.part = "transformer",
                          .budget = {m_settings.steps, m_settings.seconds * (1.0 - m_plan.vaeShare)},
                          .optimiser = m_plan.optimiser,
                          .folder = m_settings.folder,
                          .secondsToCheckpoint = m_settings.secondsToCheckpoint};
    TrainingLoop loop(trainee, settings, m_observer);
    const TensorMap average = loop.run();
    layOut(average, {loop.curve().values().size(0), 1.0});
}

void StarterRun::layOut(const TensorMap& generator, const TrainingPosition& position) {
    packModel({m_plan.index, m_plan.transformer, m_plan.textEncoder, m_plan.vae, generator, m_vae, m_pieces,
               readme(position)},
              file("model"));
    writeSheet(generator);
    m_observer.notice("model", file("model") + " after " + std::to_string(position.step) + " steps");
}

void StarterRun::writeSheet(const TensorMap& generator) {
    const c10::NoGradGuard quiet;
    const auto transformer = networkOver<VideoTransformer>(
        weightsUnder(generator, "transformer."), parseTransformerConfig(m_plan.transformer, "plan"), m_device);
    const auto encoder = networkOver<TextEncoder>(weightsUnder(generator, "text_encoder."),
                                                  parseTextEncoderConfig(m_plan.textEncoder, "plan"), m_device);
    const auto vae = networkOver<VideoVae>(m_vae, parseVaeConfig(m_plan.vae, "plan"), m_device);
    const nlohmann::json& card = m_plan.index.at("fantascope");
    std::vector<std::string> prompts;
    for (std::uint64_t i = 0; i < std::min(kSheetClips, m_source.count()); ++i) {
        prompts.push_back(m_source.captions((kHeldOut + i) % m_source.count()).front());
    }
    const std::int64_t factor = vae.config().spatialFactor();
    const std::vector<std::int64_t> shape{vae.config().latentChannels,
                                          (m_plan.frames() - 1) / vae.config().temporalFactor() + 1,
                                          m_plan.height() / factor, m_plan.width() / factor};
    const std::int64_t length = card.at("max_text_tokens").get<std::int64_t>();
    const at::Tensor latents = sampleLatents(transformer, captionFeatures(encoder, *m_tokenizer, prompts, length),
                                             captionFeatures(encoder, *m_tokenizer, {std::string()}, length),
                                             {.steps = card.at("steps").get<int>(),
                                              .shift = card.at("shift").get<double>(),
                                              .guidance = card.at("guidance").get<double>(),
                                              .seed = m_settings.seed,
                                              .latentShape = shape});
    std::vector<at::Tensor> videos;
    for (std::int64_t i = 0; i < latents.size(0); ++i) {
        videos.push_back(vae.decode(latents.narrow(0, i, 1)));
    }
    writeContactSheet(file("validation.png"), videos);
    std::string list;
    for (const std::string& prompt : prompts) {
        list += prompt + "\n";
    }
    replaceFile(file("validation.txt"), list);
}

std::string StarterRun::readme(const TrainingPosition& position) const {
    const double seconds = m_settings.seconds;
    return "# Starter model (" + m_plan.size +
           ")\n\nA text-to-video model in the published Wan/VACE layout (VAE of the 2.2 type, UMT5-type text encoder, "
           "VACE branch), trained by `fantascope-worker train starter` on Fantascope's own procedural film set: no one "
           "else's pictures. Licence: Apache-2.0.\n\n- Clips: " +
           std::to_string(m_plan.width()) + "x" + std::to_string(m_plan.height()) + ", " +
           std::to_string(m_plan.frames()) + " frames, " + std::to_string(m_plan.fps()) +
           " per second.\n- Data: " + m_source.key() + ", drawn while training.\n- Autoencoder: " + m_vaeFacts +
           ".\n- Transformer and text encoder: " + std::to_string(position.step) + " steps of " +
           std::to_string(m_plan.training.batch) + " clips, flow matching; half of them with control tasks.\n" +
           (m_settings.steps > 0
                ? std::string()
                : "- Time: " + number("%.0f", seconds / 60.0) + " minutes on " + m_device.name + ".\n") +
           (m_settings.from.empty() ? std::string() : "- Went on from the weights of an earlier starter.\n") +
           "- Weights are moving averages of the training's, in float16.\n";
}

} // namespace generation
