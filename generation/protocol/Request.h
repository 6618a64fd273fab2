#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace generation {

/// What of the base clip steers the structure of the result.
enum class Control : std::uint8_t { None, Edges, Luma };

/// A prompt for a part of the shot, in frames of the shot: [firstFrame, endFrame); endFrame 0: to the end of the shot.
struct PromptSpan {
    std::string text;
    std::int64_t firstFrame = 0;
    std::int64_t endFrame = 0;

    bool operator==(const PromptSpan&) const = default;
};

/// A reference image: a frame file of one frame, and how strongly it counts (0 to 1).
struct Reference {
    std::string path;
    double strength = 1.0;

    bool operator==(const Reference&) const = default;
};

/// One shot to generate. Sizes and counts are what the user asked for, and what comes back has exactly these: the
/// worker plans legal sizes itself, pads, and crops back. Frame files (FrameFile.h) may have any size and count.
struct GenerateRequest {
    std::string id;                    ///< of the job; echoed by every event
    std::string model;                 ///< folder of the model
    std::vector<PromptSpan> prompts;   ///< at least one; text may be empty
    std::string negativePrompt;        ///< empty: the model's own
    std::string basePath;              ///< frame file of the base clip; empty: none
    std::string firstFramePath;        ///< frame file of the still to animate; empty: none
    std::vector<Reference> references; ///< style images
    Control control = Control::None;   ///< taken from the base clip
    double strength = 1.0;             ///< of a video-to-video job without control: 0 keeps the base, 1 ignores it
    int width = 0;                     ///< 0: the model's own
    int height = 0;
    std::int64_t frames = 0;       ///< 0: the model's own
    std::int64_t fpsNumerator = 0; ///< 0: the model's own
    std::int64_t fpsDenominator = 1;
    std::uint64_t seed = 0;
    int steps = 0;                  ///< 0: the model's own
    std::optional<double> guidance; ///< absent: the model's own
    std::optional<double> shift;
    std::string sampler;    ///< "euler", "unipc" or empty: the model's own
    std::string outputPath; ///< folder for the result; made by rename when the job has finished
    bool wantsPreviews = true;

    bool operator==(const GenerateRequest&) const = default;
};

struct CancelRequest {
    std::string id;

    bool operator==(const CancelRequest&) const = default;
};

struct QuitRequest {
    bool operator==(const QuitRequest&) const = default;
};

using Request = std::variant<GenerateRequest, CancelRequest, QuitRequest>;

/// One line of JSON without the line end. Throws ProtocolError when a text or path is not UTF-8.
std::string toJsonLine(const Request& request);

/// Reads one line. Throws ProtocolError for what is not a request: not JSON, unknown type, a missing or misshapen
/// field, a line over kMaxLineBytes (Protocol.h). Unknown fields are ignored.
Request parseRequest(const std::string& line);

} // namespace generation
