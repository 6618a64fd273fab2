#include "generation/pipeline/NetworkPool.h"

#include "generation/device/ProcessMemory.h"
#include "generation/protocol/RequestKey.h"

#include <filesystem>
#include <utility>

namespace generation {
namespace {

/// As the editor names it: of a folder its files by name, of loose files the ones that are used.
std::string hashModel(const std::string& place, const ModelFiles& files) {
    std::error_code error;
    return std::filesystem::exists(std::filesystem::path(place) / "model_index.json", error)
               ? hashModelFolder(place)
               : hashFiles(files.allPaths());
}

} // namespace

NetworkPool::NetworkPool(const std::string& place, Device device)
    : m_files(place), m_hash(hashModel(place, m_files)),
      m_textHash(hashFiles(m_files.textPaths()) + " " + std::to_string(m_files.card().maxTextTokens) + " " +
                 device.dtypeName()),
      m_device(std::move(device)), m_transformers(static_cast<std::size_t>(m_files.configs().transformers)) {}

void NetworkPool::setResidency(Residency residency) {
    const bool isOther = blocksOn(residency) != blocksOn(m_residency);
    m_residency = residency;
    if (isOther) {
        clear();
    }
}

WeightResidency NetworkPool::residencyOfText() const {
    return streams() ? WeightResidency::Streamed : textResidency(configs().textEncoder, memoryTraits(m_device));
}

void NetworkPool::clear() {
    m_text.reset();
    m_image.reset();
    m_vae.reset();
    for (auto& transformer : m_transformers) {
        transformer.reset();
    }
    giveBackMemory();
}

void NetworkPool::makeRoomFor(Kind kind, std::size_t expert, const Checkpoint& checkpoint) {
    passCheckpoint(checkpoint);
    if (m_residency == Residency::Resident) {
        return;
    }
    bool freed = false;
    const auto drop = [&](auto& network, bool keeps) {
        if (network && !keeps) {
            network.reset();
            freed = true;
        }
    };
    drop(m_text, kind == Kind::Text);
    drop(m_image, kind == Kind::Image);
    drop(m_vae, kind == Kind::Vae);
    for (std::size_t i = 0; i < m_transformers.size(); ++i) {
        drop(m_transformers[i], kind == Kind::Transformer && i == expert);
    }
    if (freed) {
        giveBackMemory();
    }
}

const TextEncoder& NetworkPool::textEncoder(const Checkpoint& checkpoint) {
    makeRoomFor(Kind::Text, 0, checkpoint);
    if (!m_text) {
        m_text.emplace(m_files.loadTextEncoder(m_device, residencyOfText()));
    }
    return *m_text;
}

const ImageEncoder& NetworkPool::imageEncoder(const Checkpoint& checkpoint) {
    makeRoomFor(Kind::Image, 0, checkpoint);
    if (!m_image) {
        // Runs once a job, like the text encoder; its 1.3 GB are not worth keeping.
        m_image.emplace(m_files.loadImageEncoder(m_device, WeightResidency::Streamed));
    }
    return *m_image;
}

const VideoVae& NetworkPool::vae(const Checkpoint& checkpoint) {
    makeRoomFor(Kind::Vae, 0, checkpoint);
    if (!m_vae) {
        m_vae.emplace(m_files.loadVae(m_device));
    }
    return *m_vae;
}

VideoTransformer& NetworkPool::transformer(std::size_t expert, const Checkpoint& checkpoint) {
    makeRoomFor(Kind::Transformer, expert, checkpoint);
    auto& transformer = m_transformers.at(expert);
    if (!transformer) {
        transformer.emplace(m_files.loadTransformer(expert, m_device, blocksOn(m_residency)));
    }
    return *transformer;
}

std::int64_t NetworkPool::loadedBytes() const {
    const MemoryTraits traits = memoryTraits(m_device);
    const WeightResidency blocks = blocksOn(m_residency);
    const std::int64_t stored = blocks == WeightResidency::Packed ? configs().blockBytes : 0;
    std::int64_t bytes = 0;
    if (m_text) {
        bytes += textWeightBytes(configs().textEncoder, traits, residencyOfText());
    }
    if (m_vae) {
        bytes += vaeWeightBytes(configs().vae, traits);
    }
    for (const auto& transformer : m_transformers) {
        bytes += transformer ? transformerWeightBytes(configs().transformer, traits, blocks) + stored : 0;
    }
    return bytes;
}

} // namespace generation
