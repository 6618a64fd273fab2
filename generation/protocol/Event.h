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
    std::string device; ///< "cpu" or "cuda:0"
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

/// A frame file of the whole clip as it looks after `step`, at latent size or, where the model brings a tiny decoder,
/// at half the shot's; replaced by the next one.
struct PreviewEvent {
    std::string id;
    int step = 0;
    std::string path;

    bool operator==(const PreviewEvent&) const = default;
};

/// One of several takes.
struct FinishedTake {
    std::uint64_t seed = 0;
    std::string framesPath;

    bool operator==(const FinishedTake&) const = default;
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
    std::vector<FinishedTake> takes = {}; ///< where several were asked for: all, in the request's order
    std::string checkpointFolder = {};    ///< where all checkpoints were asked for; files step-0001.safetensors, ...

    bool operator==(const FinishedEvent&) const = default;
};

/// The job waits for a resume request; the memory is given back. After a restart of the worker the same generate
/// request goes on from here.
struct PausedEvent {
    std::string id;
    int step = 0;
    int steps = 0;

    bool operator==(const PausedEvent&) const = default;
};

/// What a job would take, by prediction. Bytes of the whole process, in memory and on the card.
struct PlannedEvent {
    std::string id;
    bool fits = false;
    std::int64_t memoryBytes = 0; ///< peak in main memory
    std::int64_t memoryFree = 0;
    std::int64_t cardBytes = 0; ///< peak on the card; 0 on a CPU
    std::int64_t cardFree = 0;
    std::int64_t needsBytes = 0; ///< the smallest memory (of the card, where there is one) it can be done with
    std::string residency;       ///< "resident", "sequential", "streamed", ...: how it would be done
    double seconds = -1.0;       ///< below 0: not known on this machine yet
    int width = 0;               ///< as the result will have it
    int height = 0;
    std::int64_t frames = 0;
    std::int64_t fpsNumerator = 0;
    std::int64_t fpsDenominator = 1;
    int legalWidth = 0; ///< as the model makes it before it is cropped
    int legalHeight = 0;
    std::int64_t legalFrames = 0;
    int windows = 1; ///< pieces that a long shot is made in

    bool operator==(const PlannedEvent&) const = default;
};

/// Something about a running job that its owner may want to know; it goes on. Codes: "resumed" (detail: the step),
/// "less-memory" (detail: how it goes on after memory ran out), "experts" (detail: which of two loose transformers,
/// or which LoRA, was taken for which noise, because their names alone tell).
struct NoticeEvent {
    std::string id;
    std::string code;
    std::string detail;

    bool operator==(const NoticeEvent&) const = default;
};

/// Codes: "bad-request", "model-not-found", "bad-model", "unsupported-condition", "bad-input", "needs-memory" (detail:
/// bytes needed and free), "out-of-memory", "not-finite" (NaN at a step), "write-failed", "internal". From the editor's
/// side of the pipe also "worker-died".
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

using Event = std::variant<HelloEvent, AcceptedEvent, ProgressEvent, PreviewEvent, FinishedEvent, FailedEvent,
                           CancelledEvent, PausedEvent, PlannedEvent, NoticeEvent>;

std::string toJsonLine(const Event& event);

/// Reads one line; throws ProtocolError as parseRequest() does.
Event parseEvent(const std::string& line);

} // namespace generation
