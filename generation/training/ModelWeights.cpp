#include "generation/training/ModelWeights.h"

#include "generation/model/ModelParts.h"
#include "generation/training/Parameters.h"
#include "generation/weights/ContentHash.h"
#include "generation/weights/JsonFile.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>

namespace generation {

ModelWeights readModelWeights(const std::string& place) {
    const ModelParts parts = openModelParts(place);
    if (parts.transformers.size() != 1) {
        throw WeightsError(place, "has two transformers; training takes one at a time");
    }
    const ModelPart& transformer = parts.transformers.front();
    ModelWeights model;
    const std::string index = modelRoot(place) + "/model_index.json";
    if (std::filesystem::exists(index)) {
        model.index = readJsonFile(index);
    }
    model.transformer = transformer.config;
    model.textEncoder = parts.textEncoder.config;
    model.vae = parts.vae.config;
    addUnder("transformer.", weightsOf(transformer.source), model.generator);
    addUnder("text_encoder.", weightsOf(parts.textEncoder.source), model.generator);
    model.autoencoder = weightsOf(parts.vae.source);
    const auto* path = std::get_if<std::string>(&parts.tokenizer);
    if (path == nullptr) {
        throw WeightsError(place, "has its vocabulary in another file");
    }
    model.pieces = bytesOfFile(*path);
    return model;
}

void addUnder(const std::string& prefix, const TensorMap& tensors, TensorMap& all) {
    for (const auto& [name, tensor] : tensors) {
        all[prefix + name] = tensor;
    }
}

std::string hashOf(const TensorMap& weights) {
    ContentHash hash;
    for (const auto& [name, tensor] : weights) {
        const at::Tensor plain = tensor.detach().to(at::kCPU).contiguous();
        hash.add({static_cast<const std::byte*>(plain.data_ptr()), static_cast<std::size_t>(plain.nbytes())});
    }
    return hash.hex();
}

std::string bytesOfFile(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

} // namespace generation
