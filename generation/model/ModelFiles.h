#pragma once

#include "generation/device/Device.h"
#include "generation/model/Configs.h"
#include "generation/model/Experts.h"
#include "generation/model/ImageEncoder.h"
#include "generation/model/ModelCard.h"
#include "generation/model/ModelParts.h"
#include "generation/model/TextEncoder.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/VideoVae.h"
#include "generation/model/WeightResidency.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace generation {

/// The configs of a model's networks: what sizes, times and memory are planned from.
/// Thread: a value.
struct ModelConfigs {
    TextEncoderConfig textEncoder;
    TransformerConfig transformer; ///< of each expert
    VaeConfig vae;
    std::size_t transformers = 1;
    std::int64_t blockBytes = 0; ///< that the files of one transformer hold of its blocks
    std::optional<ImageEncoderConfig> imageEncoder;
};

/// A model opened and checked: configs and headers are read, no weights. Its networks are loaded one by one, by whoever
/// needs them, as often as wanted.
/// Thread: immutable.
class ModelFiles {
public:
    /// A place that openModelParts() takes. Throws WeightsError for files that are missing, do not fit their config, or
    /// do not fit each other.
    explicit ModelFiles(const std::string& place);

    const ModelCard& card() const { return m_parts.card; }
    const ModelConfigs& configs() const { return m_configs; }
    const Experts& experts() const { return m_parts.card.experts; }
    const TokenizerPlace& tokenizer() const { return m_parts.tokenizer; }
    const std::string& tinyDecoder() const { return m_parts.tinyDecoder; } ///< its file; empty: none
    /// What was decided by files' names because tensors cannot tell.
    const std::vector<ExpertChoice>& decisions() const { return m_parts.decisions; }

    /// Paths of all weight files, and those of the text encoder with its vocabulary.
    std::vector<std::string> paths() const;
    std::vector<std::string> textPaths() const;
    std::vector<std::string> transformerPaths() const; ///< of all experts
    /// Absolute paths of all files that decide what the model makes: those of paths() and the configs.
    std::vector<std::string> allPaths() const;

    TextEncoder loadTextEncoder(const Device& device, WeightResidency residency) const;
    VideoTransformer loadTransformer(std::size_t expert, const Device& device, WeightResidency residency) const;
    VideoVae loadVae(const Device& device) const;
    ImageEncoder loadImageEncoder(const Device& device, WeightResidency residency) const; ///< where there is one

private:
    ModelParts m_parts;
    ModelConfigs m_configs;
};

} // namespace generation
