#include "generation/training/ControlTasks.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {

namespace {

/// A video of which nothing is known.
ControlSource nothingKnown(const at::Tensor& video) {
    return {.video = at::zeros_like(video),
            .mask = at::ones({1, 1, video.size(2), video.size(3), video.size(4)}, video.options()),
            .references = {}};
}

void know(ControlSource& source, const at::Tensor& video, std::int64_t first, std::int64_t count) {
    source.video.narrow(2, first, count).copy_(video.narrow(2, first, count));
    source.mask.narrow(2, first, count).zero_();
}

/// Stills here and there, or a run of frames at one end or at both: known frames, extending, bridging.
void knowSome(ControlSource& source, const at::Tensor& video, Lottery& lottery) {
    const std::int64_t frames = video.size(2);
    const std::int64_t kind = lottery.below(4);
    const std::int64_t run = std::min(frames, 1 + 4 * (1 + lottery.below(std::max<std::int64_t>(1, frames / 8))));
    if (kind == 0) {
        for (std::int64_t count = 1 + lottery.below(4); count > 0; --count) {
            know(source, video, lottery.below(frames), 1);
        }
        return;
    }
    if (kind != 2) {
        know(source, video, 0, run);
    }
    if (kind != 1) {
        know(source, video, frames - run, run);
    }
}

/// All is known but a rectangle, or nothing but one: inpainting and outpainting. It may be for some frames only.
void knowAround(ControlSource& source, const at::Tensor& video, Lottery& lottery) {
    const auto span = [&](std::int64_t size) {
        const std::int64_t extent = size / 4 + lottery.below(std::max<std::int64_t>(1, size / 2));
        return std::pair{lottery.below(std::max<std::int64_t>(1, size - extent)), extent};
    };
    const auto [top, height] = span(video.size(3));
    const auto [left, width] = span(video.size(4));
    const bool isInside = lottery.happens(0.7);
    const bool isRetake = lottery.happens(0.2);
    source.mask.fill_(isInside ? 0.0 : 1.0);
    source.mask.narrow(3, top, height).narrow(4, left, width).fill_(isInside ? 1.0 : 0.0);
    if (isRetake) {
        const std::int64_t first = lottery.below(video.size(2) / 2);
        source.mask.narrow(2, 0, first).zero_();
    }
    source.video.copy_(video * (1.0 - source.mask));
}

at::Tensor mirroredMiddle(const at::Tensor& video) {
    return video.narrow(2, video.size(2) / 2, 1).flip(4).contiguous();
}

} // namespace

ControlTask drawTask(Lottery& lottery) {
    // In the order of kControlTasks.
    static constexpr std::array<double, 9> kShares{0.16, 0.06, 0.10, 0.12, 0.10, 0.12, 0.11, 0.15, 0.08};
    double u = lottery.unit();
    for (std::size_t i = 0; i < kShares.size(); ++i) {
        u -= kShares[i];
        if (u < 0.0) {
            return kControlTasks[i];
        }
    }
    return ControlTask::FirstFrame;
}

LessonParts partsFor(ControlTask task) {
    const bool restyles = task == ControlTask::EdgesReference || task == ControlTask::LumaReference;
    return {.natural = restyles || task == ControlTask::Edges || task == ControlTask::Luma, .still = restyles};
}

ControlExample controlExample(ControlTask task, const Lesson& lesson, Lottery& lottery) {
    const at::Tensor& video = lesson.video;
    ControlExample example{nothingKnown(video), true};
    const auto addReference = [&](const at::Tensor& still) { example.source.references.push_back(still); };
    switch (task) {
    case ControlTask::FirstFrame:
        know(example.source, video, 0, 1);
        break;
    case ControlTask::FirstAndLast:
        know(example.source, video, 0, 1);
        know(example.source, video, video.size(2) - 1, 1);
        break;
    case ControlTask::KnownFrames:
        knowSome(example.source, video, lottery);
        break;
    case ControlTask::Edges:
        example.source.video = edgesControl(lesson.natural);
        break;
    case ControlTask::Luma:
        example.source.video = lumaControl(lesson.natural);
        break;
    case ControlTask::Reference:
        addReference(mirroredMiddle(video));
        break;
    case ControlTask::EdgesReference:
    case ControlTask::LumaReference:
        example.source.video =
            task == ControlTask::EdgesReference ? edgesControl(lesson.natural) : lumaControl(lesson.natural);
        addReference(lesson.still.defined() ? lesson.still : mirroredMiddle(video));
        example.namesStyle = lottery.happens(0.5);
        break;
    case ControlTask::Region:
        knowAround(example.source, video, lottery);
        break;
    }
    return example;
}

std::vector<std::vector<std::string>> taughtConditions() {
    return {{"first_frame"},
            {"first_frame", "last_frame"},
            {"last_frame"},
            {"known_frames"},
            {"first_frame", "known_frames"},
            {"last_frame", "known_frames"},
            {"first_frame", "known_frames", "last_frame"},
            {"extend_forward"},
            {"extend_backward"},
            {"bridge"},
            {"edges"},
            {"luma"},
            {"reference"},
            {"edges", "reference"},
            {"luma", "reference"},
            {"inpaint"},
            {"outpaint"},
            {"retake"}};
}

} // namespace generation
