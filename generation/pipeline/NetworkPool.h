#pragma once

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/model/ModelFiles.h"
#include "generation/model/TextEncoder.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/VideoVae.h"
#include "generation/pipeline/MemoryPlan.h"

#include <functional>
#include <optional>
#include <string>

namespace generation {

/// A model's networks, loaded when a job asks for them. By the residency they stay for the next job, or leave when the
/// next network is asked for, or keep their blocks in the file.
/// Thread: one.
class NetworkPool {
public:
    /// Opens and checks the files; loads nothing yet. Throws WeightsError.
    NetworkPool(const std::string& place, Device device);

    const ModelCard& card() const { return m_files.card(); }
    const ModelConfigs& configs() const { return m_files.configs(); }
    const ModelFiles& files() const { return m_files; }
    const std::string& hash() const { return m_hash; }         ///< names the model by the contents of its files
    const std::string& textHash() const { return m_textHash; } ///< its text encoder and tokenizer alone
    const Device& device() const { return m_device; }

    Residency residency() const { return m_residency; }
    /// Networks that were loaded otherwise than the new residency wants are dropped.
    void setResidency(Residency residency);

    // References are good until another network is asked for, or the residency changes. The checkpoint is passed before
    // something is loaded.
    const TextEncoder& textEncoder(const Checkpoint& checkpoint = {});
    const ImageEncoder& imageEncoder(const Checkpoint& checkpoint = {});
    const VideoVae& vae(const Checkpoint& checkpoint = {});
    VideoTransformer& transformer(std::size_t expert, const Checkpoint& checkpoint = {});

    /// Drops all networks and gives their memory back.
    void clear();

    /// Bytes that clear() would free, as far as weights go.
    std::int64_t loadedBytes() const;

private:
    enum class Kind : std::uint8_t { Text, Image, Vae, Transformer };
    void makeRoomFor(Kind kind, std::size_t expert, const Checkpoint& checkpoint);
    WeightResidency residencyOfText() const;
    bool streams() const { return m_residency == Residency::Streamed || m_residency == Residency::Frugal; }

    ModelFiles m_files;
    std::string m_hash;
    std::string m_textHash;
    Device m_device;
    Residency m_residency = Residency::Resident;
    std::optional<TextEncoder> m_text;
    std::optional<ImageEncoder> m_image;
    std::optional<VideoVae> m_vae;
    std::vector<std::optional<VideoTransformer>> m_transformers; ///< by expert
};

} // namespace generation
