#include "app/generation/ShotRequest.h"

#include "app/media/FrameSets.h"
#include "generation/protocol/RequestKey.h"
#include "timeline/media/Probe.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"
#include "timeline/render/OutputTransform.h"

#include <algorithm>
#include <limits>

namespace app {

using timeline::BaseKind;
using timeline::Error;
using timeline::ErrorCode;
using timeline::RationalTime;
using timeline::Result;
using timeline::SequenceRenderer;

namespace {

constexpr int kMostStylePixels = 1024;

/// What the steps of preparing a shot have in common.
struct Preparation {
    const ShotSnapshot& snapshot;
    const MediaCache& cache;
    SequenceRenderer& renderer;
    timeline::ShotContext context;
    TakeFormat format;
    timeline::Recipe recipe;
    std::stop_token stop;
};

Error cancelled() {
    return {ErrorCode::Cancelled, {}, {}};
}

Result<generation::FrameSet> render(SequenceRenderer& renderer, const timeline::Timeline& source,
                                    const std::vector<RationalTime>& times, const timeline::PlanOptions& options,
                                    const std::stop_token& stop) {
    generation::FrameSet set{.width = options.width, .height = options.height, .samples = {}};
    for (const RationalTime& time : times) {
        if (stop.stop_requested()) {
            return cancelled();
        }
        const auto frame = renderer.render(source, time, options);
        if (!frame) {
            return frame.error();
        }
        if (frame->hasSlate) {
            return frame->problems.front(); // a slate is nothing to generate from
        }
        appendFrame(set, timeline::codedFrame(*frame->image));
    }
    return set;
}

/// Frames of what lies below the shot.
Result<StoredInput> storeBase(const Preparation& job, const std::vector<RationalTime>& times) {
    const auto position = timeline::findItem(*job.snapshot.timeline, job.context.shot);
    const timeline::PlanOptions options{
        .belowTrack = position->track, .liveShots = {}, .width = job.format.width, .height = job.format.height};
    auto frames = render(job.renderer, *job.snapshot.timeline, times, options, job.stop);
    if (!frames) {
        return frames.error();
    }
    frames->fpsNumerator = job.format.rate.numerator();
    frames->fpsDenominator = job.format.rate.denominator();
    return job.cache.storeInput(*frames);
}

std::vector<RationalTime> frameTimes(const Preparation& job) {
    const RationalTime start = takeRange(job.context).start;
    std::vector<RationalTime> times;
    for (std::int64_t i = 0; i < job.format.frames; ++i) {
        times.push_back(std::max(start + RationalTime(i, job.format.rate), RationalTime(0, start.rate())));
    }
    return times;
}

Result<StoredInput> storeStyle(const Preparation& job, const timeline::Clip& clip) {
    const auto alone = timelineOf(clip, job.snapshot.renderer.resolveUrl, kMostStylePixels);
    if (!alone) {
        return alone.error();
    }
    const timeline::PlanOptions options{
        .belowTrack = {}, .liveShots = {}, .width = alone->format.width, .height = alone->format.height};
    const auto frame = render(job.renderer, *alone, {RationalTime(0, alone->format.rate)}, options, job.stop);
    return frame ? job.cache.storeInput(*frame) : Result<StoredInput>(frame.error());
}

Result<void> addBase(const Preparation& job, PreparedRequest& prepared, generation::InputHashes& hashes) {
    if (job.context.base == BaseKind::None) {
        return {};
    }
    const bool isFirstFrame =
        job.context.base == BaseKind::Still && job.recipe.control == timeline::RecipeControl::None;
    const auto stored = storeBase(job, isFirstFrame ? std::vector{job.context.baseTime} : frameTimes(job));
    if (!stored) {
        return stored.error();
    }
    (isFirstFrame ? prepared.request.firstFramePath : prepared.request.basePath) = stored->path.toStdString();
    (isFirstFrame ? hashes.firstFrame : hashes.base) = stored->hash;
    prepared.record.inputs.push_back(
        {isFirstFrame ? "first-frame" : "base", job.context.name, stored->hash, job.recipe.strength});
    return {};
}

Result<void> addStyles(const Preparation& job, PreparedRequest& prepared, generation::InputHashes& hashes) {
    for (const timeline::ContextStyle& style : job.context.styles) {
        const timeline::Clip* clip = timeline::findClip(*job.snapshot.timeline, style.clip);
        const auto stored = storeStyle(job, *clip);
        if (!stored) {
            return stored.error();
        }
        prepared.request.references.push_back({stored->path.toStdString(), style.strength});
        hashes.references.push_back(stored->hash);
        prepared.record.inputs.push_back({"style", clip->name, stored->hash, style.strength});
    }
    return {};
}

generation::Control controlOf(timeline::RecipeControl control) {
    switch (control) {
    case timeline::RecipeControl::Edges:
        return generation::Control::Edges;
    case timeline::RecipeControl::Luma:
        return generation::Control::Luma;
    case timeline::RecipeControl::None:
    case timeline::RecipeControl::Auto: // settled before
        break;
    }
    return generation::Control::None;
}

generation::GenerateRequest requestFor(const Preparation& job) {
    generation::GenerateRequest request;
    request.model = job.snapshot.model.folder.toStdString();
    request.prompts = promptSpans(job.context, job.format);
    request.negativePrompt = negativePrompt(job.context);
    request.control = controlOf(job.recipe.control);
    request.strength = job.recipe.strength;
    request.width = job.format.width;
    request.height = job.format.height;
    request.frames = job.format.frames;
    request.fpsNumerator = job.format.rate.numerator();
    request.fpsDenominator = job.format.rate.denominator();
    request.seed = job.recipe.seed.value_or(job.snapshot.seed);
    request.steps = job.recipe.steps;
    request.guidance = job.recipe.guidance;
    request.shift = job.recipe.shift;
    request.sampler = job.recipe.sampler;
    return request;
}

/// Makes the key and completes the record with it. HashError becomes an Error.
Result<PreparedRequest> sealed(PreparedRequest prepared, generation::InputHashes hashes) {
    try {
        hashes.weights = generation::hashModelFolder(prepared.request.model);
        prepared.key = generation::requestKey(prepared.request, hashes);
    } catch (const std::exception& error) {
        return Error{ErrorCode::ReadFailed, prepared.request.model, error.what()};
    }
    prepared.record.modelHash = hashes.weights;
    prepared.record.requestKey = prepared.key;
    for (const generation::PromptSpan& span : prepared.request.prompts) {
        prepared.record.prompts.push_back({span.text, span.firstFrame, span.endFrame});
    }
    return prepared;
}

} // namespace

Result<timeline::Timeline> timelineOf(const timeline::Clip& clip, const timeline::UrlResolver& resolve,
                                      int mostPixels) {
    const timeline::MediaReference* reference = timeline::activeReference(clip);
    const auto* file = reference ? std::get_if<timeline::ExternalReference>(reference) : nullptr;
    if (!file) {
        return Error{ErrorCode::InvalidArgument, clip.name, "no file"};
    }
    const auto info = timeline::probe(resolve(file->url));
    if (!info) {
        return info.error();
    }
    if (!info->hasVideo()) {
        return Error{ErrorCode::NoVideoStream, file->url, {}};
    }
    const timeline::VideoStreamInfo& video = info->video.front();
    const double scale =
        std::min(1.0, mostPixels / static_cast<double>(std::max(video.displayWidth, video.displayHeight)));
    timeline::Timeline alone;
    alone.format.rate = clip.sourceRange.duration.rate();
    alone.format.width = std::max(16, static_cast<int>(video.displayWidth * scale));
    alone.format.height = std::max(16, static_cast<int>(video.displayHeight * scale));
    timeline::Track track = timeline::makeTrack(timeline::TrackKind::Video, {});
    timeline::Clip whole = clip;
    whole.properties = {}; // opacity is the style's strength, not its look
    track.items.push_back(timeline::makeItem(std::move(whole)));
    alone.tracks.push_back(std::move(track));
    return alone;
}

Result<PreparedRequest> prepareShot(const ShotSnapshot& snapshot, const MediaCache& cache, std::stop_token stop) {
    auto context = timeline::shotContext(*snapshot.timeline, snapshot.shot);
    if (!context) {
        return context.error();
    }
    auto renderer = SequenceRenderer::create(snapshot.renderer);
    if (!renderer) {
        return renderer.error();
    }
    const TakeFormat format =
        snapshot.format.value_or(takeFormat(snapshot.timeline->format, takeRange(*context), snapshot.model));
    timeline::Recipe recipe = settledRecipe(*context, snapshot.model);
    const Preparation job{snapshot, cache, **renderer, *context, format, recipe, std::move(stop)};
    PreparedRequest prepared{.request = requestFor(job), .key = {}, .record = {}};
    recipe.seed = prepared.request.seed;
    recipe.negativePrompt = prepared.request.negativePrompt;
    prepared.record.recipe = recipe;
    generation::InputHashes hashes;
    if (auto added = addBase(job, prepared, hashes); !added) {
        return added.error();
    }
    if (auto added = addStyles(job, prepared, hashes); !added) {
        return added.error();
    }
    return sealed(std::move(prepared), std::move(hashes));
}

} // namespace app
