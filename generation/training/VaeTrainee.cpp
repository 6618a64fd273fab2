#include "generation/training/VaeTrainee.h"

#include "generation/model/VideoVae.h"
#include "generation/sampling/Noise.h"
#include "generation/training/Lanes.h"
#include "generation/training/Parameters.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

namespace generation {

namespace {

constexpr double kAbsolute = 0.2;
constexpr double kSlope = 0.2;
constexpr double kMotion = 0.2;
/// Places that are looked at for a crop with much to see.
constexpr int kCandidates = 4;
/// Clips that are drawn at a time, on all threads.
constexpr std::uint64_t kTogether = 16;

/// Mean over n x n neighbours of [N, C, H, W].
at::Tensor blurred(const at::Tensor& pictures, std::int64_t n) {
    return at::avg_pool2d(pictures, {n, n}, {1, 1}, {n / 2, n / 2}, false, false);
}

/// How much a pixel counts, 1 or more: [B, 1, F, H, W].
at::Tensor detailWeights(const at::Tensor& target, double most) {
    const c10::NoGradGuard quiet;
    const at::Tensor pictures = target.transpose(1, 2).flatten(0, 1);
    const at::Tensor detail = blurred((pictures - blurred(pictures, 5)).abs().mean(1, true), 5);
    const at::Tensor share = (detail / (detail.mean() + 0.02)).clamp_max(2.0) * 0.5;
    return (share * most + 1.0).unflatten(0, {target.size(0), target.size(2)}).transpose(1, 2);
}

at::Tensor along(const at::Tensor& x, std::int64_t dimension) {
    return x.slice(dimension, 1) - x.slice(dimension, 0, -1);
}

at::Tensor bytesOf(const at::Tensor& video) {
    return video.squeeze(0).add(1.0).mul(127.5).round().clamp(0.0, 255.0).to(at::kByte);
}

} // namespace

at::Tensor vaeLoss(const at::Tensor& target, const VaeOutput& output, const VaeTraining& training) {
    const at::Tensor difference = output.made - target;
    const at::Tensor weights = detailWeights(target, training.detail);
    at::Tensor loss = (weights * difference.square()).mean() + (weights * difference.abs()).mean() * kAbsolute;
    loss = loss + (along(difference, 3).abs().mean() + along(difference, 4).abs().mean()) * kSlope;
    if (target.size(2) > 1) {
        loss = loss + along(difference, 2).abs().mean() * kMotion;
    }
    const at::Tensor divergence =
        (output.mean.square() + output.logVariance.exp() - 1.0 - output.logVariance).mean() * 0.5;
    return loss + divergence * training.divergence;
}

double peakSignalToNoise(const at::Tensor& target, const at::Tensor& made) {
    return 10.0 * std::log10(4.0 / std::max(1e-12, (target - made).square().mean().item<double>()));
}

VaeTrainee::VaeTrainee(const VaeConfig& config, const TensorMap& weights, const VaeTraining& training,
                       const Device& device, const ClipSource& source)
    : m_config(config), m_training(training), m_device(device), m_source(source),
      m_leaves(leavesOf(weights, device.where)) {}

const VaeStage& VaeTrainee::stageAt(double fraction, Lottery& lottery) const {
    const std::vector<VaeStage>& stages = m_training.stages;
    if (m_training.mixed) {
        // Each as likely as all longer ones together, and a little more.
        std::size_t i = 0;
        while (i + 1 < stages.size() && !lottery.happens(0.6)) {
            ++i;
        }
        return stages[i];
    }
    const auto found =
        std::find_if(stages.begin(), stages.end(), [&](const VaeStage& stage) { return fraction < stage.until; });
    return found == stages.end() ? stages.back() : *found;
}

void VaeTrainee::fillBank(std::int64_t step) {
    // The bank before a step holds the same clips however it came to be.
    const auto more = static_cast<std::uint64_t>(m_training.clipsPerStep * static_cast<double>(step));
    const auto wanted = more / kTogether * kTogether + static_cast<std::uint64_t>(m_training.bank);
    m_next = std::max(m_next, wanted - static_cast<std::uint64_t>(m_training.bank));
    std::vector<at::Tensor> clips(static_cast<std::size_t>(wanted - m_next));
    at::parallel_for(0, static_cast<std::int64_t>(clips.size()), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const std::uint64_t index = (m_next + static_cast<std::uint64_t>(i)) % m_source.count();
            clips[static_cast<std::size_t>(i)] = bytesOf(m_source.video(index));
        }
    });
    m_next = wanted;
    m_bank.insert(m_bank.end(), clips.begin(), clips.end());
    while (static_cast<std::int64_t>(m_bank.size()) > m_training.bank) {
        m_bank.pop_front();
    }
}

at::Tensor VaeTrainee::drawCrop(const VaeStage& stage, Lottery& lottery) const {
    const at::Tensor& clip = m_bank[static_cast<std::size_t>(lottery.below(static_cast<std::int64_t>(m_bank.size())))];
    const std::int64_t first = lottery.below(clip.size(1) - stage.frames + 1);
    const int candidates = lottery.happens(0.5) ? kCandidates : 1;
    at::Tensor best;
    double most = -1.0;
    for (int i = 0; i < candidates; ++i) {
        const std::int64_t top = lottery.below(clip.size(2) - stage.crop + 1);
        const std::int64_t left = lottery.below(clip.size(3) - stage.crop + 1);
        const at::Tensor crop =
            clip.narrow(1, first, stage.frames).narrow(2, top, stage.crop).narrow(3, left, stage.crop);
        const double detail =
            candidates == 1 ? 0.0 : along(crop.select(1, 0).to(at::kFloat), 2).abs().mean().item<double>();
        if (detail > most) {
            most = detail;
            best = crop;
        }
    }
    return lottery.happens(0.5) ? best.flip(3) : best;
}

void VaeTrainee::addPart(Part& part, std::int64_t batch) const {
    const auto all = static_cast<std::int64_t>(part.crops.size());
    for (std::int64_t done = 0; done < all; done += m_training.microBatch) {
        const std::int64_t end = std::min(all, done + m_training.microBatch);
        const at::Tensor bytes =
            at::stack(std::vector<at::Tensor>(part.crops.begin() + done, part.crops.begin() + end));
        const at::Tensor video = bytes.to(m_device.where).to(at::kFloat).div(127.5).sub(1.0);
        const auto network = networkOver<VideoVae>(part.leaves, m_config, m_device);
        const LatentDistribution latent = network.encodeWhole(video);
        const at::Tensor noise =
            quickNoise(part.noises[static_cast<std::size_t>(done)], latent.mean.sizes(), m_device.where);
        const at::Tensor sample = latent.mean + (latent.logVariance * 0.5).exp() * noise;
        const VaeOutput output{network.decodeWhole(network.normalise(sample)), latent.mean, latent.logVariance};
        const at::Tensor loss =
            vaeLoss(video, output, m_training) * (static_cast<double>(end - done) / static_cast<double>(batch));
        loss.backward();
        part.loss += loss.item<double>();
    }
}

double VaeTrainee::addGradients(const TrainingPosition& position) {
    fillBank(position.step);
    Lottery lottery(m_training.seed, static_cast<std::uint64_t>(position.step), 3);
    const VaeStage& stage = stageAt(position.fraction, lottery);
    std::vector<Part> parts(std::min(m_training.lanes, static_cast<std::size_t>(stage.batch)));
    for (std::int64_t i = 0; i < stage.batch; ++i) {
        Part& part = parts[static_cast<std::size_t>(i) % parts.size()];
        part.crops.push_back(drawCrop(stage, lottery));
        part.noises.push_back(lottery.next());
    }
    for (Part& part : parts) {
        part.leaves = laneLeaves(m_leaves);
    }
    inLanes(parts.size(), [&](std::size_t lane) { addPart(parts[lane], stage.batch); });
    std::vector<TensorMap> lanes;
    double loss = 0.0;
    for (Part& part : parts) {
        lanes.push_back(std::move(part.leaves));
        loss += part.loss;
    }
    addLaneGradients(m_leaves, lanes);
    return loss;
}

void VaeTrainee::stepped(const TrainingPosition& position, const TensorMap& average) {
    if (onStep) {
        onStep(position, average);
    }
}

} // namespace generation
