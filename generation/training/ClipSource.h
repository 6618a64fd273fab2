#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// A clip to learn from. Videos are [1, 3, F, H, W], float32, -1 to 1.
/// Thread: a value.
struct Lesson {
    at::Tensor video;
    at::Tensor natural; ///< the same clip without its style: where structure is taken from
    at::Tensor still;   ///< [1, 3, 1, H, W]: a frame of another clip of the same style; undefined: there is none
    std::vector<std::string> captions;      ///< all true; one is taken at each use
    std::vector<std::string> plainCaptions; ///< the same without naming the style
};

/// What of a lesson is drawn beside the video and its captions.
struct LessonParts {
    bool natural = true;
    bool still = true;
};

/// Where clips come from: the film set, or the user's files. All clips of a source have one size and length.
/// Thread: const functions from any thread.
class ClipSource {
public:
    virtual ~ClipSource() = default;

    /// Names the source and everything that decides its pixels, for caches.
    virtual std::string key() const = 0;
    /// Different for each index, the same for equal ones; any index of an endless source, else below count().
    virtual Lesson lesson(std::uint64_t index, LessonParts parts) const = 0;
    /// The video of a lesson alone.
    virtual at::Tensor video(std::uint64_t index) const { return lesson(index, {false, false}).video; }
    virtual std::vector<std::string> captions(std::uint64_t index) const {
        return lesson(index, {false, false}).captions;
    }
    virtual std::uint64_t count() const = 0;
};

} // namespace generation
