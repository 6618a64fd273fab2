#include "generation/training/Distillation.h"

#include "generation/sampling/Guidance.h"
#include "generation/sampling/Noise.h"
#include "generation/sampling/Schedule.h"
#include "generation/training/CaptionFeatures.h"
#include "generation/training/Lanes.h"
#include "generation/training/Parameters.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>

namespace generation {

namespace {

constexpr const char* kTransformer = "transformer.";

TensorMap transformerAlone(const TensorMap& all) {
    TensorMap some;
    for (const auto& [name, tensor] : all) {
        if (name.starts_with(kTransformer)) {
            some[name] = tensor;
        }
    }
    return some;
}

/// A network with what it is told about one batch.
/// Thread: one.
struct Told {
    const VideoTransformer& network;
    const PreparedText& text;
    const PreparedControl* control;

    at::Tensor velocity(const at::Tensor& x, double sigma) const {
        const at::Tensor timestep = at::full({text.batch()}, 1000.0 * sigma, at::kFloat);
        const std::int64_t times = text.batch() / x.size(0);
        return network.forward(
            {.latents = times == 1 ? x : at::cat({x, x}, 0), .timestep = timestep, .text = &text, .control = control});
    }
};

PreparedControl twice(const PreparedControl& control) {
    return {at::cat({control.tokens, control.tokens}, 0), control.scales, control.revision};
}

} // namespace

DistillationTrainee::DistillationTrainee(const GeneratorNetworks& networks, const TensorMap& weights,
                                         const DistillationSettings& settings, const TransformerTrainee::Given& given)
    : m_networks(networks), m_settings(settings), m_given(given),
      m_leaves(leavesOf(transformerAlone(weights), given.device.where)),
      m_levels(eulerSchedule(settings.steps, settings.shift).sigmas) {
    for (const auto& [name, tensor] : weights) {
        m_teacher[name] = tensor.detach().to(given.device.where, at::kFloat, false, true);
    }
    constexpr std::uint64_t kTogether = 8; // drawn clips are large
    for (std::uint64_t begin = 0; begin < m_settings.examples; begin += kTogether) {
        m_given.latents.prepare(begin, std::min(m_settings.examples, begin + kTogether), m_settings.lanes);
    }
}

DistillationTrainee::Part DistillationTrainee::drawPart(std::size_t lane, Lottery& lottery) {
    Part part;
    part.usesControl = m_networks.transformer.hasControl() && lottery.happens(m_settings.controlShare);
    part.level = static_cast<std::size_t>(lottery.below(m_settings.steps));
    part.seed = lottery.next() + lane;
    const std::int64_t wanted =
        std::max<std::int64_t>(1, m_settings.batch / static_cast<std::int64_t>(m_settings.lanes));
    while (static_cast<std::int64_t>(part.examples.size()) < wanted) {
        const auto index = static_cast<std::uint64_t>(lottery.below(static_cast<std::int64_t>(m_settings.examples)));
        const LatentExample* example = &m_given.latents.at(index);
        if (!part.usesControl || part.examples.empty() || part.examples.front()->references == example->references) {
            part.examples.push_back(example);
        }
    }
    part.leaves = laneLeaves(m_leaves);
    return part;
}

DistillationTrainee::Batch DistillationTrainee::gather(const Part& part) const {
    Lottery lottery(part.seed);
    Batch batch;
    std::vector<at::Tensor> clips;
    std::vector<at::Tensor> controls;
    for (const LatentExample* example : part.examples) {
        const at::Tensor target = example->target;
        clips.push_back(part.usesControl ? target : target.slice(1, example->references));
        if (part.usesControl) {
            controls.push_back(wholeControl(*example, m_given.spatialFactor));
        }
        const std::vector<std::string>& said = part.usesControl ? example->controlCaptions : example->captions;
        const auto which = static_cast<std::size_t>(lottery.below(static_cast<std::int64_t>(said.size())));
        batch.captions.push_back(said[which]);
    }
    const at::Device where = m_given.device.where;
    const double sigma = m_levels[part.level];
    const at::Tensor clip = at::stack(clips).to(where).to(at::kFloat);
    batch.start = clip * (1.0 - sigma) + quickNoise(lottery.next(), clip.sizes(), where) * sigma;
    batch.control = part.usesControl ? at::stack(controls).to(where).to(at::kFloat) : at::Tensor();
    return batch;
}

DistillationTrainee::Target DistillationTrainee::walk(const Part& part, const Batch& batch) const {
    const c10::NoGradGuard quiet;
    const auto encoder =
        networkOver<TextEncoder>(weightsUnder(m_teacher, "text_encoder."), m_networks.textEncoder, m_given.device);
    const auto teacher =
        networkOver<VideoTransformer>(weightsUnder(m_teacher, kTransformer), m_networks.transformer, m_given.device);
    const auto featuresOf = [&](const std::vector<std::string>& captions) {
        return captionFeatures(encoder, m_given.tokenizer, captions, m_networks.textLength);
    };
    const auto count = static_cast<std::int64_t>(part.examples.size());
    Target target{batch.start, featuresOf(batch.captions)};
    const at::Tensor empty = featuresOf({std::string()});
    const PreparedText both = teacher.prepareText(at::cat({target.features, empty.expand({count, -1, -1})}, 0));
    const PreparedControl control =
        batch.control.defined() ? twice(teacher.prepareControl(batch.control)) : PreparedControl();
    const Told told{teacher, both, batch.control.defined() ? &control : nullptr};
    const double from = m_levels[part.level];
    const double length = (m_levels[part.level + 1] - from) / m_settings.teacherSteps;
    for (int step = 0; step < m_settings.teacherSteps; ++step) {
        const at::Tensor velocity = told.velocity(target.end, from + length * step);
        const at::Tensor way = guided(velocity.slice(0, 0, count), velocity.slice(0, count), m_settings.guidance);
        target.end = target.end + way * length;
    }
    return target;
}

void DistillationTrainee::addPart(Part& part) const {
    const Batch batch = gather(part);
    const Target target = walk(part, batch);
    const auto student =
        networkOver<VideoTransformer>(weightsUnder(part.leaves, kTransformer), m_networks.transformer, m_given.device);
    const PreparedText text = student.prepareText(target.features);
    const PreparedControl control = batch.control.defined() ? student.prepareControl(batch.control) : PreparedControl();
    const double from = m_levels[part.level];
    const at::Tensor made =
        Told{student, text, batch.control.defined() ? &control : nullptr}.velocity(batch.start, from);
    const at::Tensor wanted = (target.end - batch.start) / (m_levels[part.level + 1] - from);
    const at::Tensor loss = (made - wanted).square().mean() / static_cast<double>(m_settings.lanes);
    loss.backward();
    part.loss = loss.item<double>();
}

double DistillationTrainee::addGradients(const TrainingPosition& position) {
    Lottery lottery(m_settings.seed, static_cast<std::uint64_t>(position.step), 13);
    std::vector<Part> parts;
    for (std::size_t lane = 0; lane < m_settings.lanes; ++lane) {
        parts.push_back(drawPart(lane, lottery));
    }
    inLanes(parts.size(), [&](std::size_t lane) { addPart(parts[lane]); });
    std::vector<TensorMap> lanes;
    double loss = 0.0;
    for (Part& part : parts) {
        lanes.push_back(std::move(part.leaves));
        loss += part.loss;
    }
    addLaneGradients(m_leaves, lanes);
    return loss;
}

} // namespace generation
