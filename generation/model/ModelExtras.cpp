#include "generation/model/ModelExtras.h"

#include "generation/weights/ContentHash.h"
#include "generation/weights/JsonFile.h"
#include "generation/weights/NetworkFinder.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace generation {

namespace fs = std::filesystem;

namespace {

bool isFolder(const std::string& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

/// A component folder, with its config understood.
template <class Config>
struct Opened {
    Config config;
    WeightSource source;
};

template <class Config>
Opened<Config> open(const std::string& folder, Config (*parse)(const nlohmann::json&, const std::string&),
                    ContentHash& hash) {
    const std::string configFile = folder + "/config.json";
    const nlohmann::json json = readJsonFile(configFile);
    Opened<Config> opened{parse(json, configFile), WeightSource::openFolder(folder)};
    const std::string text = json.dump() + opened.source.contentHash();
    hash.add(std::as_bytes(std::span(text)));
    return opened;
}

VideoTransformer loadSecond(const ExtrasPlace& place, ContentHash& hash) {
    const std::string folder = place.card.folder + "/transformer_2";
    if (!isFolder(folder)) {
        throw WeightsError(place.card.folder, "no transformer_2, although the model has a boundary between two");
    }
    auto opened = open(folder, parseTransformerConfig, hash);
    if (opened.config.inChannels != place.transformer.inChannels ||
        opened.config.outChannels != place.transformer.outChannels ||
        opened.config.textDim != place.transformer.textDim) {
        throw WeightsError(folder, "does not take what the first transformer takes");
    }
    for (const FoundNetwork& network : findNetworks(opened.source)) {
        if (network.kind == NetworkKind::Transformer) {
            opened.source = network.source;
            break;
        }
    }
    WeightReader reader(opened.source, place.device);
    VideoTransformer transformer(opened.config, reader, place.residency);
    reader.finishExactly();
    return transformer;
}

ImageEncoder loadImageEncoder(const ExtrasPlace& place, ContentHash& hash) {
    const std::string folder = place.card.folder + "/image_encoder";
    if (!isFolder(folder)) {
        throw WeightsError(place.card.folder, "no image_encoder, which the transformer's image branch needs");
    }
    const auto opened = open(folder, parseImageEncoderConfig, hash);
    if (opened.config.width != place.transformer.imageDim) {
        throw WeightsError(folder, "its width is not the transformer's image_dim");
    }
    WeightReader reader(opened.source, place.device);
    ImageEncoder encoder(opened.config, reader, place.residency);
    reader.finish(); // there is more: the last block, and a projection for other uses
    return encoder;
}

void loadTiny(const ExtrasPlace& place, ModelExtras& extras) {
    const auto file = TinyDecoder::findFile(place.card.folder);
    if (!file) {
        return;
    }
    try {
        const WeightSource source = WeightSource::openFile(*file);
        WeightReader reader(source, place.device);
        TinyDecoder tiny(reader);
        reader.finish();
        if (tiny.latentChannels() != place.vae.latentChannels || tiny.spatialFactor() != place.vae.spatialFactor()) {
            throw WeightsError(*file, "made for other latents than this model's");
        }
        extras.tinyDecoder.emplace(std::move(tiny));
    } catch (const WeightsError& error) {
        extras.problems.emplace_back(error.what());
    }
}

} // namespace

ModelExtras loadExtras(const ExtrasPlace& place, ContentHash& hash, const Checkpoint& checkpoint) {
    ModelExtras extras;
    passCheckpoint(checkpoint);
    if (place.card.experts.areTwo()) {
        extras.secondTransformer.emplace(loadSecond(place, hash));
    }
    passCheckpoint(checkpoint);
    if (place.transformer.imageDim > 0) {
        extras.imageEncoder.emplace(loadImageEncoder(place, hash));
    }
    loadTiny(place, extras);
    return extras;
}

} // namespace generation
