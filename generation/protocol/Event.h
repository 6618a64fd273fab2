#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace generation {

/// First line of a worker: who it is.
struct HelloEvent {
    int protocol = 1;
    std::string version;
    std::string device; ///< "cpu" or the card's name
    std::string dtype;  ///< "fp32", "bf16"
    int threads = 0;

    bool operator==(const HelloEvent&) const = default;
};

struct AcceptedEvent {
    std::string id;

    bool operator==(const AcceptedEvent&) const = default;
};

enum class Stage : std::uint8_t { Load, EncodeText, EncodeVideo, Denoise, Decode, Save };

/// `step` of `steps` denoising steps are done. Seconds left of the whole job, or below 0 while unknown.
struct ProgressEvent {
    std::string id;
    Stage stage = Stage::Load;
    int step = 0;
    int steps = 0;
    double secondsLeft = -1.0;

    bool operator==(const ProgressEvent&) const = default;
};

/// A frame file of the whole clip as it looks after `step`, at latent size; replaced by the next one.
struct PreviewEvent {
    std::string id;
    int step = 0;
    std::string path;

    bool operator==(const PreviewEvent&) const = default;
};

/// The result: a frame file inside the request's outputPath, and what was used where the request left it open.
struct FinishedEvent {
    std::string id;
    std::string framesPath;
    int width = 0;
    int height = 0;
    std::int64_t frames = 0;
    std::int64_t fpsNumerator = 0;
    std::int64_t fpsDenominator = 1;
    std::uint64_t seed = 0;
    int steps = 0;
    double guidance = 0.0;
    double shift = 0.0;
    std::string sampler;
    std::string modelHash; ///< of the weights
    double seconds = 0.0;

    bool operator==(const FinishedEvent&) const = default;
};

/// Codes: "bad-request", "model-not-found", "bad-model", "unsupported-condition", "bad-input", "out-of-memory",
/// "not-finite" (NaN at a step), "write-failed", "internal". From the editor's side of the pipe also "worker-died".
struct FailedEvent {
    std::string id; ///< empty when the line could not be read
    std::string code;
    std::string detail;

    bool operator==(const FailedEvent&) const = default;
};

struct CancelledEvent {
    std::string id;

    bool operator==(const CancelledEvent&) const = default;
};

using Event =
    std::variant<HelloEvent, AcceptedEvent, ProgressEvent, PreviewEvent, FinishedEvent, FailedEvent, CancelledEvent>;

std::string toJsonLine(const Event& event);

/// Reads one line; throws ProtocolError as parseRequest() does.
Event parseEvent(const std::string& line);

} // namespace generation
