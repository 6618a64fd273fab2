#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace generation {

/// What steers the structure of the result: a rendering of the base clip (or of the control clip, where one is given;
/// it is then taken as it is). Depth and Clip (any other rendering, a pose for example) need a control clip.
enum class Control : std::uint8_t { None, Edges, Luma, Blur, Depth, Clip };

/// What may be taken over from one step to the next. Auto: EasyCache where there are many steps, else nothing.
enum class StepCache : std::uint8_t { None, Auto, Easy, FirstBlock };

/// Who keeps what is known. Model: the model was trained for it, else the job is refused. Blend: the known part is put
/// back after every step, which any model bears and none was trained for.
enum class Keeping : std::uint8_t { Model, Blend };

/// Which latent checkpoints stay. Last: the newest, while the job runs. All: one for each step, also with the result.
enum class Checkpoints : std::uint8_t { Last, All };

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

/// Frames of a clip whose place in the shot is given: frames [sourceFrame, sourceFrame + frames) of the frame file are
/// the shot's frames from `frame` on. One at the beginning is a first frame, a run of them there is extended forwards,
/// one at each end is a bridge.
struct KnownFrames {
    std::string path;
    std::int64_t sourceFrame = 0;
    std::int64_t frames = 1;
    std::int64_t frame = 0;

    bool operator==(const KnownFrames&) const = default;
};

/// Where the base clip lies in a larger frame, in pixels of the shot; around it is generated.
struct Placement {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    bool operator==(const Placement&) const = default;
};

/// Frames [first, end) of the shot.
struct FrameRange {
    std::int64_t first = 0;
    std::int64_t end = 0;

    bool operator==(const FrameRange&) const = default;
};

/// How guidance changes over a run; see generation/sampling/Guidance.h.
struct GuidanceOptions {
    bool zeroStar = false;
    double zeroInit = 0.0;
    double from = 0.0;
    double to = 1.0;

    bool operator==(const GuidanceOptions&) const = default;
};

/// A LoRA file, and how strongly it counts over the run: straight lines between points, constant outside them.
struct LoraUse {
    /// position 0: before the first step, 1: at the last.
    struct Point {
        double position = 0.0;
        double strength = 1.0;

        bool operator==(const Point&) const = default;
    };

    std::string path;
    std::vector<Point> points = {{0.0, 1.0}}; ///< by rising position, at least one

    bool operator==(const LoraUse&) const = default;
};

/// Shots longer than the model's length are made in windows that overlap.
struct Windows {
    std::optional<std::int64_t> frames; ///< of a window; absent: the model's length; 0: the whole shot at once
    std::int64_t overlap = 16;          ///< frames that neighbours share

    bool operator==(const Windows&) const = default;
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
    std::vector<Reference> references; ///< style images; those above strength 0 all count by the mean of theirs
    std::vector<KnownFrames> known;    ///< frames that are given beside the first one
    Control control = Control::None;
    std::string controlPath;            ///< frame file of the control clip; empty: the base's own rendering
    std::string maskPath;               ///< frame file, white where the base is generated anew; empty: none
    std::optional<Placement> placement; ///< outpainting
    std::optional<FrameRange> retake;   ///< generated anew; the base's other frames are kept
    Keeping keeping = Keeping::Model;
    double strength = 1.0; ///< of a video-to-video job without control: 0 keeps the base, 1 ignores it
    int width = 0;         ///< 0: the model's own
    int height = 0;
    std::int64_t frames = 0;       ///< 0: the model's own
    std::int64_t fpsNumerator = 0; ///< 0: the model's own
    std::int64_t fpsDenominator = 1;
    std::uint64_t seed = 0;
    std::vector<std::uint64_t>
        seeds;     ///< several takes in one run, each as its seed alone, but for rounding; empty: `seed`
    int steps = 0; ///< 0: the model's own
    std::optional<double> guidance; ///< absent: the model's own
    std::optional<double> shift;
    std::string sampler;           ///< "euler", "unipc", "unipc-official", "distilled" or empty: the model's own
    std::string preset;            ///< a name of samplingPresets(), "size" (shift by picture size), or empty
    std::vector<double> timesteps; ///< of "distilled", in place of steps; 1000 to 0, falling
    GuidanceOptions guidanceOptions;
    StepCache stepCache = StepCache::None;
    std::optional<double> stepCacheThreshold; ///< absent: the published one
    Windows windows;
    std::vector<LoraUse> loras;
    std::int64_t promptBlend = 4; ///< frames over which one prompt gives way to the next
    std::string branchPath;       ///< latent checkpoint to go on from with this request's prompts; empty: from noise
    Checkpoints checkpoints = Checkpoints::Last;
    bool tryAnyway = false; ///< although the memory plan says that it does not fit
    std::string outputPath; ///< folder for the result; made by rename when the job has finished
    bool wantsPreviews = true;

    bool operator==(const GenerateRequest&) const = default;
};

struct CancelRequest {
    std::string id;

    bool operator==(const CancelRequest&) const = default;
};

/// Stops the job after its step; it keeps its checkpoint and gives back the memory. A waiting job is held.
struct PauseRequest {
    std::string id;

    bool operator==(const PauseRequest&) const = default;
};

/// Goes on with a paused job, before those that wait.
struct ResumeRequest {
    std::string id;

    bool operator==(const ResumeRequest&) const = default;
};

/// Asks what a job would take, without doing it; answered by a planned event, or failed.
struct PlanRequest {
    GenerateRequest job; ///< outputPath does not matter

    bool operator==(const PlanRequest&) const = default;
};

struct QuitRequest {
    bool operator==(const QuitRequest&) const = default;
};

using Request = std::variant<GenerateRequest, CancelRequest, QuitRequest, PauseRequest, ResumeRequest, PlanRequest>;

/// One line of JSON without the line end. Throws ProtocolError when a text or path is not UTF-8.
std::string toJsonLine(const Request& request);

/// Reads one line. Throws ProtocolError for what is not a request: not JSON, unknown type, a missing or misshapen
/// field, a line over kMaxLineBytes (Protocol.h). Unknown fields are ignored.
Request parseRequest(const std::string& line);

/// Whose job or plan a line is that parseRequest() refuses; empty where that cannot be told, or for other requests: one
/// that was not understood does nothing to the job it speaks of.
std::string jobIdIn(const std::string& line);

} // namespace generation
