#include "generation/model/ModelParts.h"

#include "generation/model/LooseFiles.h"
#include "generation/model/TinyDecoder.h"
#include "generation/weights/JsonFile.h"
#include "generation/weights/NetworkFinder.h"
#include "generation/weights/WeightsError.h"

#include <filesystem>

namespace generation {

namespace fs = std::filesystem;

namespace {

/// The network's tensors without whatever prefix, under diffusers' names.
WeightSource networkIn(const WeightSource& source, NetworkKind kind) {
    for (const FoundNetwork& network : findNetworks(source)) {
        if (network.kind == kind) {
            return network.source;
        }
    }
    return withDiffusersNames(source, kind); // the report will say what is not there
}

/// A component folder: config.json and the weights beside it.
ModelPart openComponent(NetworkKind kind, const std::string& folder) {
    const std::string configFile = folder + "/config.json";
    nlohmann::json config = readJsonFile(configFile);
    return {kind, configFile, std::move(config), networkIn(WeightSource::openFolder(folder), kind)};
}

bool isDiffusersFolder(const std::string& place) {
    std::error_code error;
    return fs::exists(fs::path(place) / "model_index.json", error);
}

} // namespace

bool mayBeModel(const std::string& place) {
    std::error_code error;
    return fs::exists(place, error) &&
           (!fs::is_directory(place, error) || isDiffusersFolder(place) || hasLooseFiles(looseRoot(place)));
}

std::string modelRoot(const std::string& place) {
    std::error_code error;
    if (isDiffusersFolder(place)) {
        return place;
    }
    return looseRoot(fs::is_directory(place, error) ? place : fs::absolute(place).parent_path().string());
}

ModelParts openModelParts(const std::string& place) {
    std::error_code error;
    if (!fs::exists(place, error)) {
        throw WeightsError(place, "not found");
    }
    if (!isDiffusersFolder(place)) {
        return openLooseParts(place);
    }
    ModelParts parts;
    parts.card = readModelCard(place);
    parts.tokenizer = parts.card.tokenizerFolder() + "/spiece.model";
    parts.textEncoder = openComponent(NetworkKind::TextEncoder, place + "/text_encoder");
    parts.transformers.push_back(openComponent(NetworkKind::Transformer, place + "/transformer"));
    if (parts.card.experts.areTwo()) {
        parts.transformers.push_back(openComponent(NetworkKind::Transformer, place + "/transformer_2"));
    }
    parts.vae = openComponent(NetworkKind::Autoencoder, place + "/vae");
    if (fs::exists(place + "/image_encoder/config.json", error)) {
        parts.imageEncoder = openComponent(NetworkKind::ImageEncoder, place + "/image_encoder");
    }
    parts.tinyDecoder = TinyDecoder::findFile(place).value_or("");
    return parts;
}

} // namespace generation
