#pragma once

#include "generation/device/Device.h"
#include "generation/model/Configs.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/VideoVae.h"
#include "generation/pipeline/Denoiser.h"
#include "generation/sampling/Noise.h"
#include "generation/weights/Safetensors.h"
#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightSource.h"

#include <nlohmann/json.hpp>

#include <string>

/// The transformer of a whole-run fixture, with fewer layers if asked for. Its weights are random.
inline generation::VideoTransformer tinyTransformer(const std::string& fixture, int layers = 0) {
    using namespace generation;
    const std::string path = std::string(FIXTURES_DIR "/engine/") + fixture + ".safetensors";
    nlohmann::json config = nlohmann::json::parse(Safetensors::open(path).metadata("transformer"));
    if (layers > 0) {
        config["num_layers"] = layers;
    }
    const WeightSource source = WeightSource::openFile(path).under("transformer.");
    WeightReader reader(source, referenceDevice());
    return VideoTransformer(parseTransformerConfig(config, path), reader);
}

/// Inputs of a run without pictures: `frames` latent frames of 4 x 8, prompts that differ.
inline generation::DenoiseInputs tinyInputs(std::int64_t frames, std::vector<std::uint64_t> seeds = {7}) {
    using namespace generation;
    DenoiseInputs inputs;
    inputs.prompts = seededNoise(100, {1, 16, 32});
    inputs.negative = seededNoise(101, {1, 16, 32});
    inputs.noise = seededBatch(seeds, {1, 16, frames, 4, 8});
    return inputs;
}
