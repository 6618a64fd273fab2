#include "generation/model/ModelFolder.h"

#include "generation/weights/ContentHash.h"
#include "generation/weights/JsonFile.h"
#include "generation/weights/WeightSource.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

namespace generation {

namespace {

/// Reads component/config.json and the component's weights, builds the network and checks that it is complete.
template <class Network, class Parse>
Network loadComponent(const std::string& folder, const Device& device, const Parse& parse, ContentHash& hash) {
    const std::string configFile = folder + "/config.json";
    const nlohmann::json json = readJsonFile(configFile);
    const auto config = parse(json, configFile);
    const WeightSource source = WeightSource::openFolder(folder);
    WeightReader reader(source, device);
    Network network(config, reader);
    reader.finish();
    const std::string text = json.dump() + source.contentHash();
    hash.add(std::as_bytes(std::span(text)));
    return network;
}

void checkFit(const Model& model) {
    const TransformerConfig& transformer = model.transformer.config();
    const std::string& folder = model.card.folder;
    if (transformer.textDim != model.textEncoder.config().width) {
        throw WeightsError(folder, "the text encoder's width is not the transformer's text_dim");
    }
    if (transformer.outChannels != model.vae.config().latentChannels) {
        throw WeightsError(folder, "the transformer's out_channels is not the autoencoder's z_dim");
    }
    if (model.card.hasControl != transformer.hasControl()) {
        throw WeightsError(folder, "model_index.json and transformer/config.json disagree about a control branch");
    }
}

} // namespace

Model loadModel(const std::string& folder, const Device& device, const Checkpoint& checkpoint) {
    ModelCard card = readModelCard(folder);
    ContentHash hash;
    passCheckpoint(checkpoint);
    auto textEncoder = loadComponent<TextEncoder>(folder + "/text_encoder", device, parseTextEncoderConfig, hash);
    passCheckpoint(checkpoint);
    auto transformer = loadComponent<VideoTransformer>(folder + "/transformer", device, parseTransformerConfig, hash);
    passCheckpoint(checkpoint);
    auto vae = loadComponent<VideoVae>(folder + "/vae", device, parseVaeConfig, hash);
    Model model{.card = std::move(card),
                .hash = hash.hex(),
                .textEncoder = std::move(textEncoder),
                .transformer = std::move(transformer),
                .vae = std::move(vae)};
    checkFit(model);
    return model;
}

} // namespace generation
