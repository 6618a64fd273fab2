#include "generation/training/FastRun.h"

#include "generation/model/ModelParts.h"
#include "generation/model/VideoVae.h"
#include "generation/tokenizer/Tokenizer.h"
#include "generation/training/ModelPacker.h"
#include "generation/training/ModelWeights.h"
#include "generation/training/Parameters.h"
#include "generation/training/TrainingLoop.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace generation {

namespace {

/// The card of the model that needs few steps.
nlohmann::json fastIndex(nlohmann::json index, int steps) {
    nlohmann::json& card = index.at("fantascope");
    card["name"] = card.value("name", "starter") + "-fast";
    card["steps"] = steps;
    card["guidance"] = 1.0;
    return index;
}

std::string readme(const std::string& teacher, const DistillationSettings& settings, std::int64_t steps) {
    return "# " + teacher + ", fast\n\nMade by `fantascope-worker train fast` of " + teacher + ": " +
           std::to_string(settings.steps) +
           " steps without guidance instead of many with it (progressive distillation, " + std::to_string(steps) +
           " training steps on the film set). Vocabulary, text encoder and autoencoder are those of its teacher. "
           "Licence: Apache-2.0.\n";
}

} // namespace

void makeFast(const FastSettings& settings, const Device& device, const ClipSource& source,
              TrainingObserver& observer) {
    std::filesystem::create_directories(settings.folder);
    const ModelWeights model = readModelWeights(settings.from);
    const VaeConfig vaeConfig = parseVaeConfig(model.vae, settings.from);
    const auto vae = networkOver<VideoVae>(model.autoencoder, vaeConfig, device);
    const GeneratorNetworks networks{parseTransformerConfig(model.transformer, settings.from),
                                     parseTextEncoderConfig(model.textEncoder, settings.from),
                                     model.index.at("fantascope").at("max_text_tokens").get<std::int64_t>()};
    const Tokenizer tokenizer(parsePieceModel(model.pieces, settings.from));
    LatentCache latents({source, vae, hashOf(model.autoencoder) + model.vae.dump(), networks.transformer.hasControl()},
                        settings.folder + "/latents", settings.distillation.seed);
    DistillationTrainee trainee(networks, model.generator, settings.distillation,
                                {device, tokenizer, latents, vaeConfig.spatialFactor()});
    LoopSettings loopSettings{
        .part = "fast", .budget = settings.budget, .averageDecay = 0.99, .folder = settings.folder};
    loopSettings.optimiser.matrixRate = 0.001;
    loopSettings.optimiser.rate = 0.0003;
    loopSettings.optimiser.iterationType = device.compute == at::kBFloat16 ? at::kBFloat16 : at::kFloat;
    TrainingLoop loop(trainee, loopSettings, observer);
    TensorMap generator = model.generator;
    for (const auto& [name, tensor] : loop.run()) {
        generator[name] = tensor;
    }
    const std::string name = model.index.at("fantascope").value("name", "starter");
    packModel({fastIndex(model.index, settings.distillation.steps), model.transformer, model.textEncoder, model.vae,
               generator, model.autoencoder, model.pieces,
               readme(name, settings.distillation, loop.curve().values().size(0))},
              settings.folder + "/model");
    observer.notice("model", settings.folder + "/model");
}

} // namespace generation
