#include "generation/pipeline/KnownPixels.h"

#include "generation/pipeline/Pictures.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {
namespace {

constexpr std::int64_t kGroup = 4; // frames of a latent frame after the first

/// Brightness of a mask clip: [1, 1, F, H, W] in 0 to 1.
at::Tensor maskOf(const at::Tensor& video) {
    return video.mean(1, true).add(1.0).mul(0.5).clamp(0.0, 1.0);
}

/// The base inside its place, grey and unknown around it.
void placeBase(KnownPixels& known, const FrameSet& base, const ShotPlan& plan, const Placement& place) {
    ShotPlan inside = plan;
    inside.width = inside.legalWidth = place.width;
    inside.height = inside.legalHeight = place.height;
    const at::Tensor clip = planVideo(base, inside);
    // What sticks out of the frame is cut off.
    const std::int64_t rows = std::min<std::int64_t>(place.height, plan.legalHeight - place.y);
    const std::int64_t columns = std::min<std::int64_t>(place.width, plan.legalWidth - place.x);
    if (rows <= 0 || columns <= 0) {
        return;
    }
    known.video.narrow(3, place.y, rows)
        .narrow(4, place.x, columns)
        .copy_(clip.narrow(3, 0, rows).narrow(4, 0, columns));
    known.mask.narrow(3, place.y, rows).narrow(4, place.x, columns).zero_();
}

void addBase(KnownPixels& known, const GenerateRequest& request, const ShotPlan& plan) {
    if (request.maskPath.empty() && !request.placement && !request.retake) {
        return;
    }
    const FrameSet base = readInput(request.basePath);
    if (request.placement) {
        placeBase(known, base, plan, *request.placement);
    } else {
        known.video = planVideo(base, plan);
        known.mask.zero_();
    }
    if (!request.maskPath.empty()) {
        const at::Tensor mask = maskOf(planVideo(readInput(request.maskPath), plan));
        known.mask = request.placement ? at::maximum(known.mask, mask) : mask;
    }
    if (request.retake) {
        // Outside the range everything is kept; inside it the mask decides, or all of it is made anew.
        const auto [first, end] = *request.retake;
        const std::int64_t last = end == plan.frames ? plan.legalFrames : end;
        if (request.maskPath.empty()) {
            known.mask.slice(2, first, last).fill_(1.0);
        }
        known.mask.slice(2, 0, first).zero_();
        known.mask.slice(2, last).zero_();
    }
}

void addSpan(KnownPixels& known, const FrameSet& set, const KnownFrames& span, const ShotPlan& plan) {
    for (std::int64_t i = 0; i < span.frames; ++i) {
        const std::int64_t source = std::min(span.sourceFrame + i, set.frames - 1);
        known.video.narrow(2, span.frame + i, 1).copy_(planFrame(set, source, plan));
    }
    known.mask.narrow(2, span.frame, span.frames).zero_();
    if (span.frame + span.frames == plan.frames && plan.legalFrames > plan.frames) {
        // The frames that only the model needs go on with what the shot ends with.
        const std::int64_t more = plan.legalFrames - plan.frames;
        known.video.narrow(2, plan.frames, more).copy_(known.video.narrow(2, plan.frames - 1, 1));
        known.mask.narrow(2, plan.frames, more).zero_();
    }
    if (span.frames == 1) {
        known.stills.push_back(span.frame);
    }
}

} // namespace

std::vector<bool> KnownPixels::wholeFrames() const {
    const at::Tensor most = mask.flatten(3).amax({0, 1, 3}).to(at::kCPU, at::kFloat); // [F]
    std::vector<bool> whole;
    for (std::int64_t frame = 0; frame < most.size(0); ++frame) {
        whole.push_back(most[frame].item<float>() == 0.0F);
    }
    return whole;
}

std::int64_t KnownPixels::leading() const {
    const std::vector<bool> whole = wholeFrames();
    return std::find(whole.begin(), whole.end(), false) - whole.begin();
}

KnownPixels gatherKnownPixels(const GenerateRequest& request, const ShotPlan& plan, const at::Tensor& before) {
    KnownPixels known;
    known.video = at::zeros({1, 3, plan.legalFrames, plan.legalHeight, plan.legalWidth});
    known.mask = at::ones({1, 1, plan.legalFrames, plan.legalHeight, plan.legalWidth});
    addBase(known, request, plan);
    if (!request.firstFramePath.empty()) {
        addSpan(known, readInput(request.firstFramePath, 1), {.path = {}, .sourceFrame = 0, .frames = 1, .frame = 0},
                plan);
    }
    for (const KnownFrames& span : request.known) {
        if (span.path.empty()) {
            known.video.narrow(2, span.frame, span.frames).copy_(before);
            known.mask.narrow(2, span.frame, span.frames).zero_();
            continue;
        }
        addSpan(known, readInput(span.path, span.sourceFrame + span.frames), span, plan);
    }
    return known;
}

at::Tensor heldVideo(const KnownPixels& known) {
    const at::Tensor there = known.mask.flatten(3).amin({0, 1, 3}).lt(0.5); // frames of which something is known
    std::vector<std::int64_t> source;
    std::int64_t last = -1;
    for (std::int64_t frame = 0; frame < there.size(0); ++frame) {
        last = there[frame].item<bool>() ? frame : last;
        source.push_back(last);
    }
    std::int64_t next = -1;
    for (std::int64_t frame = there.size(0) - 1; frame >= 0; --frame) {
        next = there[frame].item<bool>() ? frame : next;
        auto& from = source[static_cast<std::size_t>(frame)];
        const bool nextIsNearer = next >= 0 && (from < 0 || next - frame < frame - from);
        from = nextIsNearer ? next : from < 0 ? frame : from;
    }
    return known.video.index_select(2, at::tensor(source, at::kLong));
}

at::Tensor latentKnownMask(const KnownPixels& known, const ShotPlan& plan) {
    at::Tensor mask = known.mask.clone();
    for (const std::int64_t still : known.stills) {
        const std::int64_t begin = still == 0 ? 0 : (still - 1) / kGroup * kGroup + 1;
        mask.slice(2, begin, still == 0 ? 1 : begin + kGroup).copy_(known.mask.narrow(2, still, 1));
    }
    const std::int64_t cell = plan.spatialFactor;
    const at::Tensor cells = at::max_pool2d(mask.squeeze(0).squeeze(0).unsqueeze(1), {cell, cell}); // [F, 1, h, w]
    std::vector<at::Tensor> latents{cells.narrow(0, 0, 1)};
    for (std::int64_t begin = 1; begin < cells.size(0); begin += kGroup) {
        latents.push_back(std::get<0>(cells.slice(0, begin, begin + kGroup).max(0, true)));
    }
    return at::cat(latents, 0).lt(0.5).to(at::kFloat).transpose(0, 1).unsqueeze(0);
}

at::Tensor withGivenPixels(const at::Tensor& frames, const KnownPixels& known, std::int64_t first) {
    const std::int64_t count = std::min(frames.size(2), known.mask.size(2) - first);
    at::Tensor mask = known.mask.narrow(2, first, count).clone();
    for (const std::int64_t still : known.stills) {
        if (still >= first && still < first + count) {
            mask.narrow(2, still - first, 1).fill_(1.0);
        }
    }
    const at::Tensor generated = frames.narrow(2, 0, count).to(at::kCPU, at::kFloat);
    return at::where(mask.eq(0.0), known.video.narrow(2, first, count),
                     mask * generated + (1.0 - mask) * known.video.narrow(2, first, count));
}

} // namespace generation
