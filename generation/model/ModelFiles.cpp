#include "generation/model/ModelFiles.h"

#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightsError.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

namespace generation {

namespace {

/// A text encoder's file has, for example, the decoder of a whole T5 beside what is needed; a transformer with more
/// tensors than ours computes something else.
enum class Surplus : std::uint8_t { Ignored, Refused };

template <class Network, class Config, class... Residency>
Network build(const ModelPart& part, const Config& config, const Device& device, Surplus surplus,
              const Residency... residency) {
    WeightReader reader(part.source, device);
    Network network(config, reader, residency...);
    surplus == Surplus::Refused ? reader.finishExactly() : reader.finish();
    return network;
}

Device nowhere() {
    Device device = referenceDevice();
    device.where = at::Device(at::kMeta);
    return device;
}

void checkFit(const std::string& place, const ModelCard& card, const ModelConfigs& configs) {
    const TextEncoderConfig& text = configs.textEncoder;
    const TransformerConfig& transformer = configs.transformer;
    const VaeConfig& vae = configs.vae;
    const auto require = [&](bool fits, const char* what) {
        if (!fits) {
            throw WeightsError(place, what);
        }
    };
    require(transformer.textDim == text.width, "the text encoder's width is not the transformer's text_dim");
    require(transformer.outChannels == vae.latentChannels,
            "the transformer's out_channels is not the autoencoder's z_dim");
    require(transformer.imageDim == 0 || (configs.imageEncoder && configs.imageEncoder->width == transformer.imageDim),
            "the transformer reads images, and no image encoder of its width is there");
    require(transformer.imagePositions == 0 ||
                (configs.imageEncoder && transformer.imagePositions % configs.imageEncoder->tokens() == 0),
            "the transformer's image positions are not whole pictures of the image encoder");
    require(card.hasControl == transformer.hasControl(),
            "the pipeline's class and the transformer's config disagree about a control branch");
    require(transformer.patch[0] == 1 && vae.temporalFactor() == 4,
            "patches of several frames, or an autoencoder of another factor in time than 4");
    const std::int64_t cell = vae.spatialFactor() * vae.spatialFactor();
    require(!transformer.hasControl() || transformer.vaceInChannels == 2 * vae.latentChannels + cell,
            "the control branch's channels are not two clips and a mask");
    require(transformer.inChannels == transformer.outChannels ||
                transformer.inChannels == 2 * vae.latentChannels + vae.temporalFactor(),
            "the transformer's in_channels is neither the autoencoder's z_dim nor that with a known clip and its mask");
}

std::int64_t bytesOfBlocks(const WeightSource& source) {
    std::uint64_t bytes = 0;
    for (const std::string& name : source.names()) {
        if (name.starts_with("blocks.") || name.starts_with("vace_blocks.")) {
            bytes += source.entry(name).end - source.entry(name).begin;
        }
    }
    return static_cast<std::int64_t>(bytes);
}

void addFiles(const ModelPart& part, std::set<std::string>& paths) {
    for (const auto& file : part.source.files()) {
        paths.insert(file->path());
    }
}

} // namespace

ModelFiles::ModelFiles(const std::string& place) : m_parts(openModelParts(place)) {
    const ModelPart& first = m_parts.transformers.front();
    m_configs.textEncoder = parseTextEncoderConfig(m_parts.textEncoder.config, m_parts.textEncoder.configPlace);
    m_configs.vae = parseVaeConfig(m_parts.vae.config, m_parts.vae.configPlace);
    m_configs.transformer = parseTransformerConfig(first.config, first.configPlace);
    m_configs.transformers = m_parts.transformers.size();
    if (m_configs.transformer.imageDim == 0) {
        m_parts.imageEncoder.reset(); // nobody reads it
    }
    if (m_parts.imageEncoder) {
        m_configs.imageEncoder =
            parseImageEncoderConfig(m_parts.imageEncoder->config, m_parts.imageEncoder->configPlace);
    }
    checkFit(place, m_parts.card, m_configs);
    if (m_configs.imageEncoder && m_configs.transformer.imagePositions > m_configs.imageEncoder->tokens()) {
        // Taught with places for both ends: it cannot do without the second picture.
        std::erase(m_parts.card.conditions, std::vector<std::string>{"first_frame"});
    }
    // Built without memory, so that files that do not fit are refused before anything of them is loaded.
    (void)build<TextEncoder>(m_parts.textEncoder, m_configs.textEncoder, nowhere(), Surplus::Ignored);
    (void)build<VideoVae>(m_parts.vae, m_configs.vae, nowhere(), Surplus::Ignored);
    for (const ModelPart& part : m_parts.transformers) {
        if (parseTransformerConfig(part.config, part.configPlace) != m_configs.transformer) {
            throw WeightsError(part.configPlace, "is not made as the first transformer is");
        }
        (void)build<VideoTransformer>(part, m_configs.transformer, nowhere(), Surplus::Refused);
        m_configs.blockBytes = std::max(m_configs.blockBytes, bytesOfBlocks(part.source));
    }
    if (m_parts.imageEncoder) {
        (void)build<ImageEncoder>(*m_parts.imageEncoder, *m_configs.imageEncoder, nowhere(), Surplus::Ignored);
    }
}

std::vector<std::string> ModelFiles::textPaths() const {
    std::set<std::string> paths;
    addFiles(m_parts.textEncoder, paths);
    if (const auto* vocabulary = std::get_if<std::string>(&m_parts.tokenizer)) {
        paths.insert(*vocabulary);
    }
    return {paths.begin(), paths.end()};
}

std::vector<std::string> ModelFiles::transformerPaths() const {
    std::set<std::string> paths;
    for (const ModelPart& transformer : m_parts.transformers) {
        addFiles(transformer, paths);
    }
    return {paths.begin(), paths.end()};
}

std::vector<std::string> ModelFiles::paths() const {
    const std::vector<std::string> text = textPaths();
    const std::vector<std::string> transformers = transformerPaths();
    std::set<std::string> paths(text.begin(), text.end());
    paths.insert(transformers.begin(), transformers.end());
    addFiles(m_parts.vae, paths);
    if (m_parts.imageEncoder) {
        addFiles(*m_parts.imageEncoder, paths);
    }
    return {paths.begin(), paths.end()};
}

std::vector<std::string> ModelFiles::allPaths() const {
    namespace fs = std::filesystem;
    std::set<std::string> paths;
    const auto add = [&](const fs::path& path) {
        std::error_code error;
        if (fs::is_regular_file(path, error)) {
            paths.insert(fs::absolute(path).lexically_normal().string());
        }
    };
    for (const std::string& path : this->paths()) {
        add(path);
        add(fs::path(path).parent_path() / "config.json"); // loose files are asked for hints there too
    }
    const fs::path index = fs::path(m_parts.card.folder) / "model_index.json";
    add(index);
    if (paths.contains(fs::absolute(index).lexically_normal().string())) {
        add(fs::path(m_parts.card.folder) / "scheduler" / "scheduler_config.json");
    }
    return {paths.begin(), paths.end()};
}

TextEncoder ModelFiles::loadTextEncoder(const Device& device, WeightResidency residency) const {
    return build<TextEncoder>(m_parts.textEncoder, m_configs.textEncoder, device, Surplus::Ignored, residency);
}

VideoTransformer ModelFiles::loadTransformer(std::size_t expert, const Device& device,
                                             WeightResidency residency) const {
    return build<VideoTransformer>(m_parts.transformers.at(expert), m_configs.transformer, device, Surplus::Refused,
                                   residency);
}

ImageEncoder ModelFiles::loadImageEncoder(const Device& device, WeightResidency residency) const {
    return build<ImageEncoder>(m_parts.imageEncoder.value(), m_configs.imageEncoder.value(), device, Surplus::Ignored,
                               residency);
}

VideoVae ModelFiles::loadVae(const Device& device) const {
    return build<VideoVae>(m_parts.vae, m_configs.vae, device, Surplus::Ignored);
}

} // namespace generation
