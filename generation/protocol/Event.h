#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace generation {

/// First line of a worker: who it is.
struct HelloEvent {
    int protocol = 1;
    std::string version;
    std::string device; ///< "cpu" or "cuda:0"
    std::string dtype;  ///< "fp32", "bf16", "fp16"
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

/// What a notice is about, by name.
using NoticeFacts = std::map<std::string, std::variant<std::int64_t, std::string>>;

/// Something about a running job that its owner may want to know; it goes on. Codes and their facts:
/// "resumed": "step". "less-memory", after it ran out: "residency" as in PlannedEvent. "experts", where names alone
/// tell for which of two experts a transformer or a LoRA is: its "file", and "level", "high" or "low". "lora-keys",
/// where a LoRA has tensors that change nothing of this model: its "file", how many "keys" these are, their "first"
/// names, and how many "parts" the others change. "wider-type", after numbers overflowed in fp16: "dtype" as in
/// HelloEvent.
struct NoticeEvent {
    std::string id;
    std::string code;
    std::string detail; ///< the facts as one line, for logs
    NoticeFacts facts = {};

    bool operator==(const NoticeEvent&) const = default;
};

/// Codes: "bad-request", "model-not-found", "bad-model", "unsupported-condition", "bad-input", "needs-memory" (detail:
/// bytes needed and free), "out-of-memory", "not-finite" (NaN at a step), "write-failed", "internal". From the editor's
/// side of the pipe also "worker-died".
struct FailedEvent {
    std::string id; ///< empty when the line does not even tell that
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
