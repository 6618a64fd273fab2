#include "generation/model/ModelFolder.h"

#include "generation/weights/ContentHash.h"
#include "generation/weights/JsonFile.h"
#include "generation/weights/WeightSource.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

namespace generation {

namespace {

/// A component's config and weights, opened and checked against each other.
template <class Config>
struct Component {
    Config config;
    nlohmann::json json;
    WeightSource source;

    template <class Network>
    Network build(const Device& device) const {
        WeightReader reader(source, device);
        Network network(config, reader);
        reader.finish();
        return network;
    }

    void addTo(ContentHash& hash) const {
        const std::string text = json.dump() + source.contentHash();
        hash.add(std::as_bytes(std::span(text)));
    }
};

/// Reads folder/config.json and the header of the weights, and builds the network without memory, so that a folder
/// that does not fit is refused before anything of it is loaded.
template <class Network, class Config>
Component<Config> openComponent(const std::string& folder, Config (*parse)(const nlohmann::json&, const std::string&)) {
    const std::string configFile = folder + "/config.json";
    nlohmann::json json = readJsonFile(configFile);
    Component<Config> component{parse(json, configFile), std::move(json), WeightSource::openFolder(folder)};
    Device nowhere = referenceDevice();
    nowhere.where = at::Device(at::kMeta);
    (void)component.template build<Network>(nowhere);
    return component;
}

void checkFit(const ModelCard& card, const TransformerConfig& transformer, const TextEncoderConfig& text,
              const VaeConfig& vae) {
    if (transformer.textDim != text.width) {
        throw WeightsError(card.folder, "the text encoder's width is not the transformer's text_dim");
    }
    if (transformer.outChannels != vae.latentChannels) {
        throw WeightsError(card.folder, "the transformer's out_channels is not the autoencoder's z_dim");
    }
    if (card.hasControl != transformer.hasControl()) {
        throw WeightsError(card.folder, "model_index.json and transformer/config.json disagree about a control branch");
    }
}

} // namespace

Model loadModel(const std::string& folder, const Device& device, const Checkpoint& checkpoint) {
    ModelCard card = readModelCard(folder);
    const auto text = openComponent<TextEncoder>(folder + "/text_encoder", parseTextEncoderConfig);
    const auto transformer = openComponent<VideoTransformer>(folder + "/transformer", parseTransformerConfig);
    const auto vae = openComponent<VideoVae>(folder + "/vae", parseVaeConfig);
    checkFit(card, transformer.config, text.config, vae.config);
    ContentHash hash;
    passCheckpoint(checkpoint);
    text.addTo(hash);
    auto textEncoder = text.build<TextEncoder>(device);
    passCheckpoint(checkpoint);
    transformer.addTo(hash);
    auto videoTransformer = transformer.build<VideoTransformer>(device);
    passCheckpoint(checkpoint);
    vae.addTo(hash);
    auto videoVae = vae.build<VideoVae>(device);
    return {.card = std::move(card),
            .hash = hash.hex(),
            .textEncoder = std::move(textEncoder),
            .transformer = std::move(videoTransformer),
            .vae = std::move(videoVae)};
}

} // namespace generation
