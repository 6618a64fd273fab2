#include "generation/training/TransformerTrainee.h"

#include "generation/training/CaptionFeatures.h"
#include "generation/training/FlowMatching.h"
#include "generation/training/Lanes.h"
#include "generation/training/Parameters.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace generation {

namespace {

constexpr const char* kTransformer = "transformer.";
constexpr const char* kTextEncoder = "text_encoder.";

} // namespace

TensorMap weightsUnder(const TensorMap& all, const std::string& prefix) {
    TensorMap part;
    for (const auto& [name, tensor] : all) {
        if (name.starts_with(prefix)) {
            part[name.substr(prefix.size())] = tensor;
        }
    }
    return part;
}

TransformerTrainee::TransformerTrainee(const GeneratorNetworks& networks, const TensorMap& weights,
                                       const TransformerTraining& training, const Given& given)
    : m_networks(networks), m_training(training), m_given(given), m_leaves(leavesOf(weights, given.device.where)) {}

std::uint64_t TransformerTrainee::examplesAt(std::int64_t step) const {
    const auto more = static_cast<std::uint64_t>(m_training.examplesPerStep * static_cast<double>(step));
    return std::min(m_training.mostExamples,
                    m_training.firstExamples + more / m_training.together * m_training.together);
}

void TransformerTrainee::learnExamples(std::int64_t step) {
    const std::uint64_t wanted = examplesAt(step);
    while (m_examples < wanted) {
        const std::uint64_t end = std::min(wanted, m_examples + m_training.together);
        if (onExample) {
            onExample(m_examples, wanted);
        }
        if (m_ahead.valid()) {
            m_ahead.get();
        }
        m_given.latents.prepare(m_examples, end, m_training.lanes);
        for (; m_examples < end; ++m_examples) {
            const auto references = static_cast<std::size_t>(m_given.latents.at(m_examples).references);
            m_byReferences.resize(std::max(m_byReferences.size(), references + 1));
            m_byReferences[references].push_back(m_examples);
        }
    }
}

void TransformerTrainee::makeAhead() {
    if (!m_training.isAhead || m_ahead.valid() || m_examples >= m_training.mostExamples) {
        return;
    }
    m_ahead = std::async(std::launch::async, [this, begin = m_examples] {
        m_given.latents.prepare(begin, begin + m_training.together, m_training.lanes);
    });
}

std::vector<TransformerTrainee::Group> TransformerTrainee::drawGroups(Lottery& lottery) {
    std::vector<Group> groups;
    const bool hasControl = m_networks.transformer.hasControl();
    const std::int64_t controlled =
        hasControl ? std::llround(m_training.controlShare * static_cast<double>(m_training.batch)) : 0;
    const auto draw = [&](const std::vector<std::uint64_t>& from) {
        return &m_given.latents.at(
            from[static_cast<std::size_t>(lottery.below(static_cast<std::int64_t>(from.size())))]);
    };
    const auto add = [&](const LatentExample* example, bool usesControl) {
        const auto fits = [&](const Group& group) {
            return group.usesControl == usesControl &&
                   static_cast<std::int64_t>(group.examples.size()) < m_training.microBatch &&
                   (!usesControl || group.examples.front()->references == example->references);
        };
        const auto found = std::find_if(groups.begin(), groups.end(), fits);
        (found != groups.end() ? *found : groups.emplace_back(Group{{}, usesControl, lottery.next()}))
            .examples.push_back(example);
    };
    for (std::int64_t i = 0; i < m_training.batch; ++i) {
        const bool usesControl = i < controlled;
        // Every kind of example in proportion to how many there are.
        std::int64_t at = lottery.below(static_cast<std::int64_t>(m_examples));
        for (const std::vector<std::uint64_t>& some : m_byReferences) {
            const auto size = static_cast<std::int64_t>(some.size());
            if (at < size) {
                add(draw(some), usesControl);
                break;
            }
            at -= size;
        }
    }
    return groups;
}

TransformerTrainee::Networks TransformerTrainee::networksOver(const TensorMap& leaves) const {
    return {networkOver<TextEncoder>(weightsUnder(leaves, kTextEncoder), m_networks.textEncoder, m_given.device),
            networkOver<VideoTransformer>(weightsUnder(leaves, kTransformer), m_networks.transformer, m_given.device)};
}

double TransformerTrainee::addGroup(const Group& group, const Networks& networks) const {
    Lottery lottery(group.seed);
    std::vector<at::Tensor> clips;
    std::vector<at::Tensor> controls;
    std::vector<std::string> captions;
    for (const LatentExample* example : group.examples) {
        const at::Tensor target = example->target;
        clips.push_back(group.usesControl ? target : target.slice(1, example->references));
        if (group.usesControl) {
            controls.push_back(wholeControl(*example, m_given.spatialFactor));
        }
        const bool isDropped = lottery.happens(m_training.promptDropout);
        const std::vector<std::string>& said = group.usesControl ? example->controlCaptions : example->captions;
        const auto which = static_cast<std::size_t>(lottery.below(static_cast<std::int64_t>(said.size())));
        captions.push_back(isDropped ? std::string() : said[which]);
    }
    const auto count = static_cast<std::int64_t>(clips.size());
    const at::Tensor sigmas = drawSigmas(count, m_training.shift, lottery);
    const FlowBatch batch = flowBatch(at::stack(clips).to(m_given.device.where).to(at::kFloat), sigmas, lottery.next());

    const VideoTransformer& transformer = networks.transformer;
    const PreparedText text =
        transformer.prepareText(captionFeatures(networks.encoder, m_given.tokenizer, captions, m_networks.textLength));
    PreparedControl control;
    if (group.usesControl) {
        control = transformer.prepareControl(at::stack(controls).to(m_given.device.where).to(at::kFloat));
    }
    const at::Tensor velocity = transformer.forward({.latents = batch.noisy,
                                                     .timestep = batch.timestep,
                                                     .text = &text,
                                                     .control = group.usesControl ? &control : nullptr,
                                                     .recompute = m_training.recompute});
    const double share = static_cast<double>(count) / static_cast<double>(m_training.batch);
    const at::Tensor loss = flowLoss(velocity, batch) * share;
    loss.backward();
    return loss.item<double>();
}

double TransformerTrainee::addGradients(const TrainingPosition& position) {
    learnExamples(position.step);
    makeAhead();
    Lottery lottery(m_training.seed, static_cast<std::uint64_t>(position.step), 7);
    std::vector<Group> groups = drawGroups(lottery);
    std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.cost() > b.cost(); });
    std::vector<Part> parts(std::min(m_training.lanes, groups.size()));
    for (Group& group : groups) {
        Part& part =
            *std::min_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.cost < b.cost; });
        part.cost += group.cost();
        part.groups.push_back(std::move(group));
    }
    for (Part& part : parts) {
        part.leaves = laneLeaves(m_leaves);
    }
    inLanes(parts.size(), [&](std::size_t lane) {
        const Networks networks = networksOver(parts[lane].leaves);
        for (const Group& group : parts[lane].groups) {
            parts[lane].loss += addGroup(group, networks);
        }
    });
    std::vector<TensorMap> lanes;
    double loss = 0.0;
    for (Part& part : parts) {
        lanes.push_back(std::move(part.leaves));
        loss += part.loss;
    }
    addLaneGradients(m_leaves, lanes);
    return loss;
}

void TransformerTrainee::stepped(const TrainingPosition& position, const TensorMap& average) {
    if (onStep) {
        onStep(position, average);
    }
}

} // namespace generation
