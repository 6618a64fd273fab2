#pragma once

#include "generation/model/VideoVae.h"
#include "generation/pipeline/Control.h"
#include "generation/pipeline/PixelCodec.h"
#include "generation/training/ClipSource.h"
#include "generation/training/ControlTasks.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace generation {

/// A clip as the transformer learns it: latents, normalised, float16, reference frames in front.
/// Thread: a value.
struct LatentExample {
    at::Tensor target;  ///< [C, n + T, h, w]
    at::Tensor control; ///< [2 C + s s, n + T, h, w], or 2 C where the mask is plain, or undefined
    std::int64_t references = 0;
    std::vector<std::string> captions;
    std::vector<std::string>
        controlCaptions; ///< for use with the control: a style that a reference shows may be unsaid
};

/// An example's control with all its channels, float16; a plain mask (1 on the clip, 0 on references) is added.
at::Tensor wholeControl(const LatentExample& example, std::int64_t spatialFactor);

/// Latents of a source's clips with one control task each, on disk and in memory: a clip is encoded once, whatever
/// reads it how often. What is on the disk is found again by the autoencoder's weights, the source and the seed.
/// Thread: one calls prepare(), another may call at() for what is prepared.
class LatentCache {
public:
    struct Origin {
        const ClipSource& source;
        const VideoVae& vae;
        std::string vaeHash;     ///< names its weights
        bool hasControl = false; ///< of the transformer
    };

    /// `origin`'s references outlive the cache. An empty folder: memory only.
    LatentCache(const Origin& origin, std::string folder, std::uint64_t seed);

    /// Example `index`, on the autoencoder's device; encoded if it is not known yet.
    const LatentExample& at(std::uint64_t index);
    /// Whether at() would be quick.
    bool has(std::uint64_t index) const;
    /// Makes at() quick for examples [begin, end): clips are drawn on all threads, encoded `lanes` at a time (Lanes.h).
    void prepare(std::uint64_t begin, std::uint64_t end, std::size_t lanes);

private:
    std::string fileFor(std::uint64_t index) const;
    const LatentExample* known(std::uint64_t index) const;
    void know(std::uint64_t index, LatentExample example);
    Lesson draw(std::uint64_t index) const;
    LatentExample encode(std::uint64_t index, Lesson lesson, ControlBuilder& controls) const;
    std::optional<LatentExample> read(std::uint64_t index) const;
    void write(std::uint64_t index, const LatentExample& example) const;

    Origin m_origin;
    at::Device m_where;
    PixelCodec m_codec;
    std::vector<ControlBuilder> m_controls; ///< of each lane, at least one
    std::string m_folder;
    std::uint64_t m_seed;
    mutable std::mutex m_mutex; ///< of m_known, whose examples stay where they are
    std::map<std::uint64_t, LatentExample> m_known;
};

} // namespace generation
