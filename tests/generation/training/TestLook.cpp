// Looks from the user's clips: the job, the factors, the file that comes out.
#include "generation/model/Lora.h"
#include "generation/model/ModelFiles.h"
#include "generation/pipeline/JobError.h"
#include "generation/protocol/FrameFile.h"
#include "generation/sampling/Noise.h"
#include "generation/training/LookCopies.h"
#include "generation/training/LookRun.h"
#include "generation/training/ModelPacker.h"
#include "generation/training/Parameters.h"
#include "generation/training/PieceTraining.h"
#include "generation/training/StarterPlan.h"
#include "tests/generation/model/Networks.h"
#include "tests/generation/training/Cases.h"
#include "tests/generation/training/Observers.h"

#include <ATen/ATen.h>

#include <filesystem>

using namespace generation;
using namespace generation::test;

namespace {

/// A tiny model with random weights on the disk.
std::string tinyModel(const TemporaryFolder& folder) {
    const StarterPlan plan = tinyStarter();
    TensorMap generator;
    const auto add = [&](const std::string& prefix, const TensorMap& weights) {
        for (const auto& [name, tensor] : weights) {
            // Nothing is to be zero: a map after zeros would have no gradient.
            generator[prefix + name] = tensor + seededNoise(tensor.numel(), tensor.sizes()) * 0.2;
        }
    };
    add("transformer.", firstWeights(shapesOf<VideoTransformer>(parseTransformerConfig(plan.transformer, "plan")), 1));
    add("text_encoder.", firstWeights(shapesOf<TextEncoder>(parseTextEncoderConfig(plan.textEncoder, "plan")), 1));
    const TensorMap vae = firstWeights(shapesOf<VideoVae>(parseVaeConfig(plan.vae, "plan")), 1);
    const std::string pieces = pieceModelBytes(trainPieces({"in the style of ink"}, 160));
    packModel({plan.index, plan.transformer, plan.textEncoder, plan.vae, generator, vae, pieces, "test"},
              folder.file("model"));
    return folder.file("model");
}

std::string clip(const TemporaryFolder& folder, const std::string& name, std::int64_t frames) {
    FrameSet set;
    set.frames = frames;
    set.width = 80;
    set.height = 48;
    set.fpsNumerator = 24;
    set.samples.resize(static_cast<std::size_t>(3 * 80 * 48 * frames));
    for (std::size_t i = 0; i < set.samples.size(); ++i) {
        set.samples[i] = static_cast<std::uint16_t>((i * 2654435761U) >> 16U);
    }
    writeFrameFile(folder.file(name), set);
    return folder.file(name);
}

void jobsAreChecked(Checks& checks) {
    const LookJob job = parseLookJob(
        R"({"model": "m", "name": "ink", "output": "o", "clips": [{"frames": "a", "caption": "a hill"}], "rank": 4})");
    CHECK_EQUAL(checks, job.caption, "in the style of ink");
    CHECK_EQUAL(checks, job.rank, 4);
    for (const char* bad :
         {"", "[]", "{}", R"({"model": "m", "name": "n", "output": "o"})",
          R"({"model": "m", "name": "n", "output": "o", "clips": [{"frames": 3}]})",
          R"({"model": "m", "name": "n", "output": "o", "clips": [{"frames": "a"}], "rank": 0})",
          R"({"model": "m", "name": "n", "output": "o", "clips": [{"frames": "a"}], "minutes": -1})"}) {
        CHECK_THROWS(checks, parseLookJob(bad), JobError);
    }
}

void lookLoadsBack(Checks& checks) {
    const TemporaryFolder folder;
    LookJob job;
    job.model = tinyModel(folder);
    job.name = "ink";
    job.caption = "in the style of ink";
    job.clips = {{clip(folder, "long", 40), "hills"}, {clip(folder, "still", 1), ""}};
    job.rank = 4;
    job.budget = {30, 0.0};
    job.output = folder.file("look.safetensors");
    SilentObserver observer;
    LookRun run(job, referenceDevice(), observer);
    CHECK(checks, run.forecast().bytes() > 0 && run.forecast().microBatch > 0);
    run.run();
    CHECK(checks, observer.notices.contains("look-plan") && observer.notices.contains("look"));
    CHECK(checks, !std::filesystem::exists(job.output + ".training"));

    const ModelFiles files(job.model);
    VideoTransformer network = files.loadTransformer(0, referenceDevice(), WeightResidency::Resident);
    const Lora lora = Lora::open(job.output);
    CHECK(checks, lora.unknown().empty());
    const at::Tensor latents = seededNoise(1, {1, 16, 2, 2, 4});
    const at::Tensor text = seededNoise(2, {1, 4, 32});
    const auto velocity = [&] {
        const PreparedText prepared = network.prepareText(text);
        return network.forward({.latents = latents, .timestep = at::tensor({500.0F}), .text = &prepared}).clone();
    };
    const at::Tensor before = velocity();
    const LoraReport report = network.addLora(lora);
    CHECK(checks, report.unmatched.empty());
    CHECK_EQUAL(checks, report.parts, 3 * 10U); // two blocks, one of the control branch
    CHECK(checks, distance(before, velocity()) > 1e-4);
    network.removeLoras();
    CHECK(checks, before.equal(velocity()));
}

void copiesAreFound(Checks& checks) {
    const at::Tensor slope = at::linspace(-1.0, 1.0, 64).view({1, 1, 1, 1, 64}).expand({1, 3, 1, 64, 64});
    const auto picture = [&](std::uint64_t seed) {
        // Large soft spots: what a hash of low frequencies sees.
        const at::Tensor spots =
            at::upsample_bicubic2d(seededNoise(seed, {1, 3, 6, 6}), {64, 64}, false, c10::nullopt, c10::nullopt);
        return (slope * 0.2 + spots.unsqueeze(2) * 0.6).clamp(-1.0, 1.0).contiguous();
    };
    const std::vector<LookWindow> windows{{picture(1), "a"}, {picture(2), "b"}, {at::zeros({1, 3, 1, 64, 64}), "flat"}};
    const std::vector<at::Tensor> generated{(picture(2) * 0.9 + 0.05).clamp(-1.0, 1.0), picture(5),
                                            at::zeros({1, 3, 5, 64, 64})};
    const std::vector<LookCopy> copies = findCopies(generated, windows);
    CHECK_EQUAL(checks, copies.size(), 1U);
    CHECK(checks, !copies.empty() && copies.front().window == 1);
}

void lookLearns(Checks& checks) {
    const TemporaryFolder folder;
    const ModelFiles files(tinyModel(folder));
    VideoTransformer network = files.loadTransformer(0, referenceDevice(), WeightResidency::Resident);
    std::vector<LatentExample> examples(2);
    for (LatentExample& example : examples) {
        example.target = seededNoise(3, {16, 2, 2, 4}).to(at::kHalf);
        example.captions = {"ink"};
    }
    const std::map<std::string, at::Tensor> features{{"", at::zeros({1, 4, 32})}, {"ink", seededNoise(5, {1, 4, 32})}};
    LookTrainee trainee({.rank = 4, .targets = {}, .batch = 4, .microBatch = 2}, {network, examples, features, 16});
    LoopSettings settings{.part = "look", .budget = {60, 0.0}, .warmup = 5};
    settings.optimiser.kind = OptimiserSettings::Kind::AdamW;
    settings.optimiser.rate = 0.02;
    // The loss of the same noise before and after.
    const double before = trainee.addGradients({0, 0.0});
    SilentObserver observer;
    TrainingLoop(trainee, settings, observer).run();
    CHECK(checks, trainee.addGradients({0, 0.0}) < 0.95 * before);
}

void targetsMustExist(Checks& checks) {
    const TemporaryFolder folder;
    const ModelFiles files(tinyModel(folder));
    VideoTransformer network = files.loadTransformer(0, referenceDevice(), WeightResidency::Resident);
    const std::vector<LatentExample> examples;
    const std::map<std::string, at::Tensor> features;
    const LookTrainee::Given given{network, examples, features, 16};
    CHECK_THROWS(checks, LookTrainee({.rank = 4, .targets = {"attn9.to_q"}}, given), JobError);
    const LookTrainee some({.rank = 4, .targets = {"attn1.to_q"}}, given);
    CHECK_EQUAL(checks, some.leaves().size(), 3 * 2U);
}

} // namespace

void lookCases(Checks& checks) {
    checks.run("look jobs are checked", jobsAreChecked);
    checks.run("a look loads back", lookLoadsBack);
    checks.run("copies are found", copiesAreFound);
    checks.run("a look learns", lookLearns);
    checks.run("targets must exist", targetsMustExist);
}
