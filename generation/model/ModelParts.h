#pragma once

#include "generation/model/ModelCard.h"
#include "generation/model/NoiseLevel.h"
#include "generation/model/TokenizerPlace.h"
#include "generation/weights/KeyMap.h"
#include "generation/weights/WeightSource.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace generation {

/// One network of a model, opened but not loaded: its config in diffusers' words and its tensors under diffusers'
/// names, whatever the files call them.
struct ModelPart {
    NetworkKind kind = NetworkKind::Transformer;
    std::string configPlace; ///< what config errors name
    nlohmann::json config;
    WeightSource source;
};

/// Which of two loose transformers was taken for which noise, by its name alone.
/// Thread: a value.
struct ExpertChoice {
    std::string file; ///< its name, fit to be shown
    NoiseLevel::Level level = NoiseLevel::Level::Unsaid;

    bool operator==(const ExpertChoice&) const = default;
};

/// What a model is made of.
struct ModelParts {
    ModelCard card;
    ModelPart textEncoder;
    std::vector<ModelPart> transformers; ///< by expert; one, or two where the card has a boundary
    ModelPart vae;
    std::optional<ModelPart> imageEncoder; ///< of models that look at pictures beside the text
    std::string tinyDecoder;               ///< file for previews; empty: none
    TokenizerPlace tokenizer;
    std::vector<ExpertChoice> decisions; ///< where tensors could not tell
};

/// Opens a model: a folder as diffusers lays it out (model_index.json), a folder of loose single files as people keep
/// them (the authors', ComfyUI's, GGUF), or the file of a transformer, whose neighbours are then looked through. Reads
/// headers only. Throws WeightsError: what is missing, what is there twice, what cannot be read and why.
ModelParts openModelParts(const std::string& place);

/// Whether there is something that may be a model: a file, or a folder with an index or with files of weights. Opens
/// nothing.
bool mayBeModel(const std::string& place);

/// The folder whose files decide what openModelParts(place) gives.
std::string modelRoot(const std::string& place);

/// The loose kind alone; `place` is a folder without model_index.json or a transformer's file. What a file is, its
/// tensors say, never its name; but which of two experts takes the high noise is in their names alone.
ModelParts openLooseParts(const std::string& place);

} // namespace generation
