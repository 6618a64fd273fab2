// Optimisers, interruptions and the order of things.
#include "generation/device/Cancelled.h"
#include "generation/model/TextEncoder.h"
#include "generation/model/VideoTransformer.h"
#include "generation/training/FlowMatching.h"
#include "generation/training/Lanes.h"
#include "generation/training/Orthogonalise.h"
#include "generation/training/Parameters.h"
#include "generation/training/TrainingLoop.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/Networks.h"
#include "tests/generation/training/Cases.h"
#include "tests/generation/training/Observers.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <filesystem>

using namespace generation;
using namespace generation::test;

namespace {

/// Finds a matrix and a vector that map given inputs to given outputs.
class Regression : public Trainee {
public:
    Regression() {
        at::manual_seed(21);
        m_leaves =
            leavesOf({{"blocks.0.weight", at::randn({16, 12}) * 0.1}, {"blocks.0.bias", at::zeros({16})}}, at::kCPU);
        m_wanted = at::randn({16, 12});
    }

    const TensorMap& leaves() const override { return m_leaves; }
    double addGradients(const TrainingPosition& position) override {
        at::manual_seed(static_cast<std::uint64_t>(position.step));
        const at::Tensor x = at::randn({64, 12});
        const at::Tensor y = at::linear(x, m_leaves.at("blocks.0.weight"), m_leaves.at("blocks.0.bias"));
        const at::Tensor loss = (y - at::linear(x, m_wanted) - 0.5).square().mean();
        loss.backward();
        return loss.item<double>();
    }
    void stepped(const TrainingPosition&, const TensorMap&) override {}

private:
    TensorMap m_leaves;
    at::Tensor m_wanted;
};

LoopSettings loopOf(const std::string& folder, std::int64_t steps, OptimiserSettings::Kind kind) {
    LoopSettings settings{.part = "regression", .budget = {steps, 0.0}, .folder = folder};
    settings.optimiser.kind = kind;
    settings.optimiser.iterationType = at::kFloat;
    settings.optimiser.matrixRate = 0.3;
    settings.optimiser.rate = 0.05;
    settings.warmup = 5;
    settings.averageDecay = 0.9;
    return settings;
}

bool same(const TensorMap& a, const TensorMap& b) {
    bool equal = a.size() == b.size();
    for (const auto& [name, tensor] : a) {
        equal = equal && tensor.equal(b.at(name));
    }
    return equal;
}

void optimisersLearn(Checks& checks) {
    for (const auto kind : {OptimiserSettings::Kind::Muon, OptimiserSettings::Kind::AdamW}) {
        Regression regression;
        SilentObserver observer;
        TrainingLoop loop(regression, loopOf({}, 200, kind), observer);
        loop.run();
        const at::Tensor losses = loop.curve().values().select(1, 2);
        CHECK(checks, losses[199].item<double>() < 0.05 * losses[0].item<double>());
    }
}

void resumeIsExact(Checks& checks) {
    for (const auto kind : {OptimiserSettings::Kind::Muon, OptimiserSettings::Kind::AdamW}) {
        SilentObserver observer;
        Regression whole;
        const TensorMap once = TrainingLoop(whole, loopOf({}, 50, kind), observer).run();
        const TemporaryFolder folder;
        {
            Regression first;
            TrainingLoop(first, loopOf(folder.path(), 50, kind), observer).run(25);
        }
        Regression second;
        const TensorMap twice = TrainingLoop(second, loopOf(folder.path(), 50, kind), observer).run();
        CHECK(checks, same(whole.leaves(), second.leaves()));
        CHECK(checks, same(once, twice));
        CHECK(checks, std::filesystem::exists(folder.file("regression-loss.csv")));
        CHECK(checks, std::filesystem::exists(folder.file("regression-loss.png")));
    }
}

void cancelKeepsTheCheckpoint(Checks& checks) {
    const TemporaryFolder folder;
    LoopSettings settings = loopOf(folder.path(), 50, OptimiserSettings::Kind::Muon);
    CancellingObserver observer(20); // long before the first checkpoint is due
    Regression first;
    CHECK_THROWS(checks, TrainingLoop(first, settings, observer).run(), Cancelled);
    Regression second;
    SilentObserver silent;
    TrainingLoop loop(second, settings, silent);
    loop.run(1);
    CHECK_EQUAL(checks, loop.curve().values().size(0), 21); // twenty were kept
}

void orthogonalisedIsNearOrthogonal(Checks& checks) {
    at::manual_seed(4);
    for (const auto& [rows, columns] : {std::pair{24, 40}, std::pair{40, 24}, std::pair{16, 16}}) {
        const at::Tensor made = orthogonalised(at::randn({3, rows, columns}), at::kFloat);
        const at::Tensor values = at::linalg_svdvals(made);
        CHECK(checks, values.min().item<double>() > 0.5 && values.max().item<double>() < 1.3);
    }
}

void clippingLimitsTheNorm(Checks& checks) {
    TensorMap leaves = leavesOf({{"x", at::zeros({4})}}, at::kCPU);
    OptimiserSettings settings;
    settings.kind = OptimiserSettings::Kind::AdamW;
    Optimiser optimiser(leaves, settings);
    (leaves.at("x") * 100.0).sum().backward();
    CHECK(checks, std::abs(optimiser.step(1.0) - 200.0) < 1e-3);
    CHECK(checks, std::abs(optimiser.state().at("first.x").square().sum().sqrt().item<double>() - 0.1) < 1e-4);
}

void flowIsStraight(Checks& checks) {
    Lottery lottery(1);
    const at::Tensor sigmas = drawSigmas(64, 3.0, lottery);
    CHECK(checks, sigmas.min().item<double>() > 0.0 && sigmas.max().item<double>() <= 1.0);
    CHECK(checks, sigmas.mean().item<double>() > 0.6); // moved towards noise
    const at::Tensor clips = at::randn({64, 2, 1, 2, 2});
    const FlowBatch batch = flowBatch(clips, sigmas, 5);
    const at::Tensor levels = sigmas.view({-1, 1, 1, 1, 1});
    CHECK(checks, (batch.noisy - levels * batch.velocity - clips).abs().max().item<double>() < 1e-5);
    CHECK(checks, flowLoss(batch.velocity, batch).item<double>() == 0.0);
}

void weightsInMemoryAreRead(Checks& checks) {
    const at::Tensor leaf = at::randn({4, 2}).set_requires_grad(true);
    const WeightSource source = WeightSource::ofTensors({{"a.weight", leaf}}, "memory").under("a.");
    CHECK(checks, source.contains("weight") && source.entry("weight").shape == leaf.sizes().vec());
    CHECK_THROWS(checks, source.stored("weight"), WeightsError);
    CHECK(checks, source.files().empty());
    WeightReader reader(source, referenceDevice());
    reader.matrix("weight", {4, 2}).sum().backward();
    CHECK(checks, leaf.grad().eq(1.0).all().item<bool>());
    reader.vector("bias", {4});
    CHECK_THROWS(checks, reader.finish(), WeightsError);
}

/// The sum of the lanes' gradients is that of one lane with everything, and a lane's error is heard.
void lanesAddUp(Checks& checks) {
    const TensorMap leaves = leavesOf({{"x", at::ones({3})}}, at::kCPU);
    std::vector<TensorMap> lanes{laneLeaves(leaves), laneLeaves(leaves), laneLeaves(leaves)};
    inLanes(lanes.size(), [&](std::size_t i) { (lanes[i].at("x") * static_cast<double>(i + 1)).sum().backward(); });
    addLaneGradients(leaves, lanes);
    CHECK(checks, leaves.at("x").grad().eq(6.0).all().item<bool>());
    CHECK_THROWS(checks,
                 inLanes(2,
                         [](std::size_t i) {
                             if (i == 1) {
                                 throw Cancelled();
                             }
                         }),
                 Cancelled);
}

/// Blocks that are run again on the way back give the gradients of blocks that are remembered.
void recomputingChangesNothing(Checks& checks) {
    const Safetensors file = openFixture("wan_vace_tiny");
    const TransformerConfig config =
        parseTransformerConfig(nlohmann::json::parse(file.metadata("config")), file.path());
    const TensorMap weights = weightsOf(WeightSource::openFile(file.path()).under("w."));
    const auto gradients = [&](bool recompute) {
        const TensorMap leaves = leavesOf(weights, at::kCPU);
        const auto network = networkOver<VideoTransformer>(leaves, config, referenceDevice());
        at::manual_seed(9);
        const PreparedText text = network.prepareText(at::randn({2, 5, config.textDim}));
        const PreparedControl control = network.prepareControl(at::randn({2, config.vaceInChannels, 2, 4, 4}));
        network
            .forward({.latents = at::randn({2, config.inChannels, 2, 4, 4}),
                      .timestep = at::tensor({100.0F, 900.0F}),
                      .text = &text,
                      .control = &control,
                      .recompute = recompute})
            .square()
            .sum()
            .backward();
        TensorMap all;
        for (const auto& [name, leaf] : leaves) {
            all[name] = leaf.grad();
        }
        return all;
    };
    const TensorMap kept = gradients(false);
    const TensorMap again = gradients(true);
    for (const auto& [name, gradient] : kept) {
        if (!gradient.defined() || !again.at(name).defined() || distance(gradient, again.at(name)) > 1e-4) {
            checks.failed(name.c_str(), 0, "another gradient");
        }
    }
}

} // namespace

void loopCases(Checks& checks) {
    checks.run("optimisers learn", optimisersLearn);
    checks.run("resume is exact", resumeIsExact);
    checks.run("cancel keeps the checkpoint", cancelKeepsTheCheckpoint);
    checks.run("orthogonalised is near orthogonal", orthogonalisedIsNearOrthogonal);
    checks.run("clipping limits the norm", clippingLimitsTheNorm);
    checks.run("flow is straight", flowIsStraight);
    checks.run("weights in memory are read", weightsInMemoryAreRead);
    checks.run("lanes add up", lanesAddUp);
    checks.run("recomputing changes nothing", recomputingChangesNothing);
}
