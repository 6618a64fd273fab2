#include "generation/model/ModelFolder.h"

#include "generation/model/ModelParts.h"
#include "generation/weights/ContentHash.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

#include <type_traits>

namespace generation {

namespace {

/// A part with its config understood.
template <class Network, class Config>
struct Component {
    Config config;
    ModelPart part;

    template <class... Residency>
    Network build(const Device& device, std::vector<std::string>& unused, Residency... residency) const {
        WeightReader reader(part.source, device);
        Network network(config, reader, residency...);
        // A transformer with more tensors than ours computes something else; the other networks' files have, for
        // example, the decoder of a whole T5 beside what is needed.
        const LoadReport report = std::is_same_v<Network, VideoTransformer> ? reader.finishExactly() : reader.finish();
        unused.insert(unused.end(), report.extra.begin(), report.extra.end());
        return network;
    }

    void addTo(ContentHash& hash) const {
        const std::string text = part.config.dump() + part.source.contentHash();
        hash.add(std::as_bytes(std::span(text)));
    }
};

/// Understands the config and builds the network without memory, so that files that do not fit are refused before
/// anything of them is loaded.
template <class Network, class Config>
Component<Network, Config> check(ModelPart part, Config (*parse)(const nlohmann::json&, const std::string&)) {
    Config config = parse(part.config, part.configPlace);
    Component<Network, Config> component{std::move(config), std::move(part)};
    Device nowhere = referenceDevice();
    nowhere.where = at::Device(at::kMeta);
    std::vector<std::string> unused;
    (void)component.build(nowhere, unused);
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
}

/// Before anything is compared with the weights, which would only show the consequence.
void checkControl(const ModelParts& parts) {
    const ModelPart& part = parts.transformer;
    if (parts.card.hasControl != parseTransformerConfig(part.config, part.configPlace).hasControl()) {
        throw WeightsError(parts.card.folder,
                           "model_index.json and transformer/config.json disagree about a control branch");
    }
}

} // namespace

Model loadModel(const std::string& place, const Device& device, const Checkpoint& checkpoint,
                const LoadOptions& options) {
    ModelParts parts = openModelParts(place);
    checkControl(parts);
    const auto text = check<TextEncoder>(std::move(parts.textEncoder), parseTextEncoderConfig);
    const auto transformer = check<VideoTransformer>(std::move(parts.transformer), parseTransformerConfig);
    const auto vae = check<VideoVae>(std::move(parts.vae), parseVaeConfig);
    checkFit(parts.card, transformer.config, text.config, vae.config);
    std::vector<std::string> unused;
    ContentHash hash;
    passCheckpoint(checkpoint);
    text.addTo(hash);
    auto textEncoder = text.build(device, unused, options.text);
    passCheckpoint(checkpoint);
    transformer.addTo(hash);
    auto videoTransformer = transformer.build(device, unused, options.transformer);
    passCheckpoint(checkpoint);
    vae.addTo(hash);
    auto videoVae = vae.build(device, unused);
    const ExtrasPlace extrasPlace{parts.card, transformer.config, vae.config, device, options.transformer};
    ModelExtras extras = loadExtras(extrasPlace, hash, checkpoint);
    return {.card = std::move(parts.card),
            .hash = hash.hex(),
            .tokenizer = std::move(parts.tokenizer),
            .unused = std::move(unused),
            .textEncoder = std::move(textEncoder),
            .transformer = std::move(videoTransformer),
            .vae = std::move(videoVae),
            .extras = std::move(extras)};
}

} // namespace generation
