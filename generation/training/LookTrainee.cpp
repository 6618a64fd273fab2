#include "generation/training/LookTrainee.h"

#include "generation/pipeline/JobError.h"
#include "generation/sampling/Noise.h"
#include "generation/training/WeightWriter.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace generation {

namespace {

constexpr const char* kDown = ".lora_A.weight";
constexpr const char* kUp = ".lora_B.weight";
constexpr std::array<std::string_view, 10> kUsualTargets{"attn1.to_q",     "attn1.to_k", "attn1.to_v", "attn1.to_out.0",
                                                         "attn2.to_q",     "attn2.to_k", "attn2.to_v", "attn2.to_out.0",
                                                         "ffn.net.0.proj", "ffn.net.2"};

bool isTarget(const std::string& name, const std::vector<std::string>& targets) {
    if (targets.empty()) {
        return std::any_of(kUsualTargets.begin(), kUsualTargets.end(),
                           [&](std::string_view end) { return name.ends_with(end); });
    }
    return std::any_of(targets.begin(), targets.end(), [&](const std::string& end) { return name.ends_with(end); });
}

/// Examples that fit in one batch.
bool matches(const LatentExample& a, const LatentExample& b) {
    return a.target.sizes() == b.target.sizes() && a.control.defined() == b.control.defined();
}

} // namespace

LookTrainee::LookTrainee(const LookTraining& training, const Given& given) : m_training(training), m_given(given) {
    std::uint64_t number = 0;
    m_given.network.visit([&](const AdaptablePart& part) {
        if (part.linear == nullptr || !isTarget(part.name, m_training.targets)) {
            return;
        }
        const at::TensorOptions options = at::TensorOptions(part.weight->device()).dtype(at::kFloat);
        const std::int64_t in = part.weight->size(1);
        // Up begins with zeros: the first step is made from the network as it is.
        const at::Tensor down = seededNoise(training.seed + ++number, {training.rank, in}).to(options.device()) /
                                std::sqrt(static_cast<double>(in));
        m_leaves[part.name + kDown] = down.set_requires_grad(true);
        m_leaves[part.name + kUp] = at::zeros({part.rows, training.rank}, options).set_requires_grad(true);
    });
    if (m_leaves.empty()) {
        throw JobError("bad-input", "targets: the model has no map of these names");
    }
}

LookTrainee::~LookTrainee() {
    m_given.network.visit([](const AdaptablePart& part) {
        if (part.linear != nullptr) {
            part.linear->terms.clear();
        }
    });
}

void LookTrainee::useFactors() {
    m_given.network.visit([](const AdaptablePart& part) {
        if (part.linear != nullptr) {
            part.linear->terms.clear(); // maps that share a matrix share the list
        }
    });
    m_given.network.visit([&](const AdaptablePart& part) {
        const auto down = m_leaves.find(part.name + kDown);
        if (part.linear != nullptr && down != m_leaves.end()) {
            const at::ScalarType type = part.weight->scalar_type();
            part.linear->terms.push_back({.down = down->second.to(type),
                                          .up = m_leaves.at(part.name + kUp).to(type),
                                          .begin = part.begin,
                                          .scale = 1.0});
        }
    });
}

double LookTrainee::addGroup(const std::vector<const LatentExample*>& group, Lottery& lottery) {
    useFactors();
    const at::Device where = m_given.network.device().where;
    std::vector<at::Tensor> clips;
    std::vector<at::Tensor> controls;
    std::vector<at::Tensor> texts;
    for (const LatentExample* example : group) {
        clips.push_back(example->target);
        if (example->control.defined()) {
            controls.push_back(wholeControl(*example, m_given.spatialFactor));
        }
        const bool isDropped = lottery.happens(m_training.promptDropout);
        texts.push_back(m_given.features.at(isDropped ? std::string() : example->captions.front()));
    }
    const auto count = static_cast<std::int64_t>(group.size());
    const at::Tensor sigmas = drawSigmas(count, m_training.shift, m_training.noise, lottery);
    const FlowBatch batch = flowBatch(at::stack(clips).to(where).to(at::kFloat), sigmas, lottery.next());
    const PreparedText text = m_given.network.prepareText(at::cat(texts, 0).to(where));
    PreparedControl control;
    if (!controls.empty()) {
        control = m_given.network.prepareControl(at::stack(controls).to(where).to(at::kFloat));
    }
    const at::Tensor velocity = m_given.network.forward({.latents = batch.noisy,
                                                         .timestep = batch.timestep,
                                                         .text = &text,
                                                         .control = controls.empty() ? nullptr : &control,
                                                         .recompute = m_training.recompute});
    const double share = static_cast<double>(count) / static_cast<double>(m_training.batch);
    const at::Tensor loss = flowLoss(velocity, batch) * share;
    loss.backward();
    return loss.item<double>();
}

double LookTrainee::addGradients(const TrainingPosition& position) {
    Lottery lottery(m_training.seed, static_cast<std::uint64_t>(position.step), 11);
    std::vector<std::vector<const LatentExample*>> groups;
    for (std::int64_t i = 0; i < m_training.batch; ++i) {
        const auto which = lottery.below(static_cast<std::int64_t>(m_given.examples.size()));
        const LatentExample* example = &m_given.examples[static_cast<std::size_t>(which)];
        const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
            return matches(*group.front(), *example) && static_cast<std::int64_t>(group.size()) < m_training.microBatch;
        });
        (found != groups.end() ? *found : groups.emplace_back()).push_back(example);
    }
    double loss = 0.0;
    for (const auto& group : groups) {
        loss += addGroup(group, lottery);
    }
    return loss;
}

void writeLook(const std::string& path, const TensorMap& factors, const std::map<std::string, std::string>& metadata) {
    TensorMap stored;
    for (const auto& [name, tensor] : factors) {
        stored["transformer." + name] = tensor.detach().to(at::kHalf);
    }
    writeWeights(path, stored, metadata);
}

} // namespace generation
