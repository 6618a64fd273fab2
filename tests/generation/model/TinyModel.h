#pragma once

#include "tests/generation/model/Spellings.h"
#include "tests/generation/model/TensorFile.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace generation::test {

/// A whole model of random weights, some hundred kilobytes: what it is made of.
/// Thread: a value.
struct TinyModel {
    std::string pipelineClass = "WanPipeline";
    nlohmann::json index = nlohmann::json::object();       ///< further members of model_index.json
    nlohmann::json transformer = nlohmann::json::object(); ///< what its config has else than the tiny one
    bool isNewer = false;                                  ///< the autoencoder of 2.2, with 48 channels
    bool hasImageEncoder = false;
    bool hasSecond = false;                  ///< a transformer_2 of the same build
    Spelling spelling = Spelling::Diffusers; ///< of the transformer
    Spelling secondSpelling = Spelling::Diffusers;
    std::uint64_t seed = 1;
};

/// The networks' configs as the files have them.
nlohmann::json tinyTransformerConfig(const TinyModel& model);
nlohmann::json tinyVaeConfig(const TinyModel& model);
nlohmann::json tinyTextConfig();
nlohmann::json tinyImageConfig();

/// Their weights; of the transformer by expert. The same model has the same ones.
FixtureNetwork tinyTransformer(const TinyModel& model, std::size_t expert);
FixtureNetwork tinyVae(const TinyModel& model);
FixtureNetwork tinyText(const TinyModel& model);
std::map<std::string, at::Tensor> tinyImageEncoder(const TinyModel& model);

/// Random values that keep a network's numbers moderate: matrices by their fan-in, gains near 1, small offsets.
std::map<std::string, at::Tensor> moderateTensors(const ShapeList& shapes, std::uint64_t seed);

/// The folder as diffusers lays it out, with the starter's vocabulary.
void writeTinyModel(const std::string& folder, const TinyModel& model);

/// The vocabulary's bytes.
std::string starterPieces();

} // namespace generation::test
