#include "app/generation/ShotRequest.h"

#include "app/media/RenderFrames.h"
#include "generation/protocol/RequestKey.h"
#include "timeline/media/Probe.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

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
constexpr std::uint16_t kWhite = std::numeric_limits<std::uint16_t>::max();

/// A shot with the choices made that its snapshot leaves open.
struct SettledShot {
    const ShotSnapshot& snapshot;
    timeline::ShotContext context;
    TakeFormat format;
    timeline::Recipe recipe;
};

/// What the steps of preparing a shot have in common.
struct Preparation : SettledShot {
    const MediaCache& cache;
    SequenceRenderer& renderer;
    std::stop_token stop;
};

SettledShot settled(const ShotSnapshot& snapshot, const timeline::ShotContext& context) {
    return {snapshot, context,
            snapshot.format.value_or(takeFormat(snapshot.timeline->format, takeRange(context), snapshot.model)),
            settledRecipe(context, snapshot.model)};
}

/// Frames of what lies below the shot, or of what its own track shows beside it.
Result<StoredInput> storeFrames(const Preparation& job, const std::vector<RationalTime>& times, bool isBeside = false) {
    const auto position = timeline::findItem(*job.snapshot.timeline, job.context.shot);
    timeline::PlanOptions options{.belowTrack = position->track + (isBeside ? 1 : 0),
                                  .liveShots = {},
                                  .width = job.format.width,
                                  .height = job.format.height};
    if (const auto& place = job.snapshot.extras.placement; place && !isBeside) {
        options.width = place->width;
        options.height = place->height;
    }
    auto frames = renderFrames(job.renderer, *job.snapshot.timeline, times, options, job.stop);
    if (!frames) {
        return frames.error();
    }
    frames->fpsNumerator = job.format.rate.numerator();
    frames->fpsDenominator = job.format.rate.denominator();
    return job.cache.storeInput(*frames);
}

std::vector<RationalTime> frameTimes(const Preparation& job, std::int64_t first, std::int64_t count) {
    const RationalTime start = takeRange(job.context).start;
    std::vector<RationalTime> times;
    for (std::int64_t i = first; i < first + count; ++i) {
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
    const auto frame = renderFrames(job.renderer, *alone, {RationalTime(0, alone->format.rate)}, options, job.stop);
    return frame ? job.cache.storeInput(*frame) : Result<StoredInput>(frame.error());
}

/// Whether the film below is asked for as a whole; what is known of it only in part comes with addKnown().
bool wantsBase(const SettledShot& job) {
    return job.context.base != BaseKind::None && job.recipe.control != timeline::RecipeControl::Keep &&
           (job.context.base != BaseKind::Still || job.recipe.control != timeline::RecipeControl::None ||
            job.snapshot.extras.placement || job.snapshot.extras.retake || timeline::isMasked(job.context));
}

Result<void> addBase(const Preparation& job, PreparedRequest& prepared, generation::InputHashes& hashes) {
    const bool isGuide =
        job.recipe.control == timeline::RecipeControl::Depth || job.recipe.control == timeline::RecipeControl::Guide;
    const auto add = [&](const std::vector<RationalTime>& times, const char* role, std::string& path,
                         std::string& hash) -> Result<void> {
        const auto stored = storeFrames(job, times);
        if (!stored) {
            return stored.error();
        }
        path = stored->path.toStdString();
        hash = stored->hash;
        prepared.record.inputs.push_back({role, job.context.name, stored->hash, job.recipe.strength});
        return {};
    };
    if (wantsBase(job)) {
        const auto times = frameTimes(job, 0, job.format.frames);
        return isGuide ? add(times, "guide", prepared.request.controlPath, hashes.control)
                       : add(times, "base", prepared.request.basePath, hashes.base);
    }
    return hasFirstFrame(job.context, job.recipe)
               ? add({job.context.baseTime}, "first-frame", prepared.request.firstFramePath, hashes.firstFrame)
               : Result<void>();
}

/// The frames that are given, from beside the shot and from below it.
Result<void> addKnown(const Preparation& job, PreparedRequest& prepared, generation::InputHashes& hashes) {
    for (const KnownSpan& span : knownSpans(job.context, job.recipe, job.format.rate)) {
        const auto times = span.stillAt ? std::vector{*span.stillAt} : frameTimes(job, span.first, span.count);
        const auto stored = storeFrames(job, times, span.isBeside);
        if (!stored) {
            return stored.error();
        }
        prepared.request.known.push_back(
            {.path = stored->path.toStdString(), .sourceFrame = 0, .frames = span.count, .frame = span.first});
        hashes.known.push_back(stored->hash);
        prepared.record.inputs.push_back({"known", job.context.name, stored->hash, 1.0});
    }
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
    case timeline::RecipeControl::Blur:
        return generation::Control::Blur;
    case timeline::RecipeControl::Depth:
        return generation::Control::Depth;
    case timeline::RecipeControl::Guide:
        return generation::Control::Clip;
    case timeline::RecipeControl::None:
    case timeline::RecipeControl::Keep:
    case timeline::RecipeControl::Auto: // settled before
        break;
    }
    return generation::Control::None;
}

generation::StepCache cacheOf(timeline::RecipeCache cache) {
    switch (cache) {
    case timeline::RecipeCache::Auto:
        return generation::StepCache::Auto;
    case timeline::RecipeCache::Easy:
        return generation::StepCache::Easy;
    case timeline::RecipeCache::FirstBlock:
        return generation::StepCache::FirstBlock;
    case timeline::RecipeCache::None:
        break;
    }
    return generation::StepCache::None;
}

void tune(generation::GenerateRequest& request, const timeline::RecipeTuning& tuning) {
    request.preset = tuning.preset;
    request.guidanceOptions = {
        .zeroStar = tuning.zeroStar, .zeroInit = tuning.zeroInit, .from = tuning.guidanceFrom, .to = tuning.guidanceTo};
    request.stepCache = cacheOf(tuning.cache);
    if (tuning.windowFrames >= 0) {
        request.windows.frames = tuning.windowFrames;
    }
    request.windows.overlap = tuning.windowOverlap;
    request.promptBlend = tuning.promptBlend;
}

generation::GenerateRequest requestFor(const SettledShot& job) {
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
    request.seed = job.snapshot.seed;
    request.steps = job.recipe.steps;
    request.guidance = job.recipe.guidance;
    request.shift = job.recipe.shift;
    request.sampler = job.recipe.sampler;
    const bool isBlended = keepingOf(job.context, job.recipe, job.snapshot.model, partsKept(job.snapshot.extras)) ==
                           timeline::RecipeKeeping::Blend;
    request.keeping = isBlended ? generation::Keeping::Blend : generation::Keeping::Model;
    tune(request, job.recipe.tuning);
    const ShotExtras& extras = job.snapshot.extras;
    request.placement = extras.placement;
    request.retake = extras.retake;
    request.tryAnyway = extras.triesAnyway;
    request.checkpoints = extras.keepsCheckpoints ? generation::Checkpoints::All : generation::Checkpoints::Last;
    return request;
}

Result<void> addLoras(const Preparation& job, PreparedRequest& prepared, generation::InputHashes& hashes) {
    for (const timeline::RecipeLora& lora : job.recipe.loras) {
        const std::string path = job.snapshot.loras.find(lora.file).toStdString();
        if (path.empty()) {
            return Error{ErrorCode::FileNotFound, lora.file, {}};
        }
        generation::LoraUse use{.path = path, .points = {}};
        for (const timeline::RecipeLora::Point& point : lora.points) {
            use.points.push_back({point.position, point.strength});
        }
        prepared.request.loras.push_back(std::move(use));
        try {
            hashes.loras.push_back(generation::hashFiles({path}));
        } catch (const generation::HashError& error) {
            return Error{ErrorCode::ReadFailed, path, error.what()};
        }
        prepared.record.inputs.push_back({"lora", lora.file, hashes.loras.back(), 1.0});
    }
    return {};
}

/// White in the frames below which nothing lies: black there would be kept.
void whitenFramesOverNothing(const Preparation& job, generation::FrameSet& mask) {
    timeline::PlanOptions below;
    below.belowTrack = timeline::findItem(*job.snapshot.timeline, job.context.shot)->track;
    const auto times = frameTimes(job, 0, job.format.frames);
    const auto size = static_cast<std::ptrdiff_t>(mask.samples.size() / times.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (timeline::planFrame(*job.snapshot.timeline, times[i], below).layers.empty()) {
            std::fill_n(mask.samples.begin() + static_cast<std::ptrdiff_t>(i) * size, size, kWhite);
        }
    }
}

std::string maskNames(const Preparation& job) {
    std::string names;
    for (const timeline::ItemId mask : job.context.masks) {
        names += (names.empty() ? "" : ", ") + timeline::findClip(*job.snapshot.timeline, mask)->name;
    }
    return names;
}

/// What the mask tracks show over the shot; where all its frames are the same, one stands for them.
Result<void> addMask(const Preparation& job, PreparedRequest& prepared, generation::InputHashes& hashes) {
    if (!timeline::isMasked(job.context)) {
        return {};
    }
    const timeline::PlanOptions options{
        .belowTrack = {}, .liveShots = {}, .width = job.format.width, .height = job.format.height};
    auto frames = renderFrames(job.renderer, timeline::maskFilm(*job.snapshot.timeline),
                               maskTimes(job.context, job.format), options, job.stop);
    if (!frames) {
        return frames.error();
    }
    frames->fpsNumerator = job.format.rate.numerator();
    frames->fpsDenominator = job.format.rate.denominator();
    whitenFramesOverNothing(job, *frames);
    auto& samples = frames->samples;
    const auto frame = static_cast<std::ptrdiff_t>(samples.size()) / static_cast<std::ptrdiff_t>(frames->frames);
    if (std::equal(samples.begin() + frame, samples.end(), samples.begin())) { // each like the one before it
        samples.resize(static_cast<std::size_t>(frame));
        frames->frames = 1;
    }
    const auto stored = job.cache.storeInput(*frames);
    if (!stored) {
        return stored.error();
    }
    prepared.request.maskPath = stored->path.toStdString();
    hashes.mask = stored->hash;
    prepared.record.inputs.push_back({"mask", maskNames(job), stored->hash, 1.0});
    return {};
}

Result<void> addBranch(const Preparation& job, PreparedRequest& prepared, generation::InputHashes& hashes) {
    if (!job.snapshot.extras.branch.empty()) {
        prepared.request.branchPath = job.snapshot.extras.branch;
        try {
            hashes.branch = generation::hashFile(prepared.request.branchPath);
        } catch (const generation::HashError& error) {
            return Error{ErrorCode::ReadFailed, prepared.request.branchPath, error.what()};
        }
    }
    return {};
}

/// Makes the key and completes the record with it; `files` are the model's, where they are not simply all of its
/// folder. HashError becomes an Error.
Result<PreparedRequest> sealed(PreparedRequest prepared, generation::InputHashes hashes,
                               const std::vector<std::string>& files) {
    try {
        hashes.weights =
            files.empty() ? generation::hashModelFolder(prepared.request.model) : generation::hashFiles(files);
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

Conditions partsKept(const ShotExtras& extras) {
    Conditions names;
    const auto add = [&](bool isThere, const char* name) {
        if (isThere) {
            names.insert(name);
        }
    };
    add(extras.placement.has_value(), "outpaint");
    add(extras.retake.has_value(), "retake");
    return names;
}

Result<generation::GenerateRequest> outlinedRequest(const ShotSnapshot& snapshot) {
    const auto context = timeline::shotContext(*snapshot.timeline, snapshot.shot);
    if (!context) {
        return context.error();
    }
    const SettledShot job = settled(snapshot, *context);
    constexpr const char* kSomething = "-";
    generation::GenerateRequest request = requestFor(job);
    const bool isGuide =
        job.recipe.control == timeline::RecipeControl::Depth || job.recipe.control == timeline::RecipeControl::Guide;
    if (wantsBase(job)) {
        (isGuide ? request.controlPath : request.basePath) = kSomething;
    } else if (hasFirstFrame(job.context, job.recipe)) {
        request.firstFramePath = kSomething;
    }
    for (const KnownSpan& span : knownSpans(job.context, job.recipe, job.format.rate)) {
        request.known.push_back({.path = kSomething, .sourceFrame = 0, .frames = span.count, .frame = span.first});
    }
    for (const timeline::ContextStyle& style : job.context.styles) {
        request.references.push_back({kSomething, style.strength});
    }
    if (timeline::isMasked(job.context)) {
        request.maskPath = kSomething;
    }
    for (const timeline::RecipeLora& lora : job.recipe.loras) {
        // Its size counts; one that is not there is told of when the job is prepared.
        const QString path = snapshot.loras.find(lora.file);
        request.loras.push_back({.path = path.isEmpty() ? kSomething : path.toStdString(), .points = {{0.0, 1.0}}});
    }
    return request;
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
    const Preparation job{settled(snapshot, *context), cache, **renderer, std::move(stop)};
    PreparedRequest prepared{.request = requestFor(job), .key = {}, .record = {}};
    timeline::Recipe recipe = job.recipe;
    recipe.seed = prepared.request.seed;
    recipe.negativePrompt = prepared.request.negativePrompt;
    prepared.record.recipe = recipe;
    generation::InputHashes hashes;
    for (const auto& add : {addBase, addKnown, addStyles, addLoras, addMask, addBranch}) {
        if (auto added = add(job, prepared, hashes); !added) {
            return added.error();
        }
    }
    return sealed(std::move(prepared), std::move(hashes), snapshot.model.files);
}

} // namespace app
