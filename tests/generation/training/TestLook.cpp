// Looks from the user's clips: the job, the factors, the file that comes out.
#include "generation/model/Lora.h"
#include "generation/model/ModelFiles.h"
#include "generation/model/NoiseLevel.h"
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
#include "tests/generation/model/TinyModel.h"
#include "tests/generation/training/Cases.h"
#include "tests/generation/training/Observers.h"

#include <ATen/ATen.h>

#include <filesystem>
#include <fstream>
#include <iterator>

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
          R"({"model": "m", "name": "n", "output": "o", "clips": [{"frames": "a"}], "minutes": -1})",
          R"({"model": "m", "name": "n", "output": "o", "clips": [{"frames": "a"}], "plan_only": 1})"}) {
        CHECK_THROWS(checks, parseLookJob(bad), JobError);
    }
    CHECK_EQUAL(checks, lookOutputs("a/ink.safetensors", 1), std::vector<std::string>{"a/ink.safetensors"});
    const std::vector<std::string> pair = lookOutputs("a/ink.safetensors", 2);
    CHECK_EQUAL(checks, pair,
                (std::vector<std::string>{"a/ink_high_noise.safetensors", "a/ink_low_noise.safetensors"}));
    CHECK_EQUAL(checks, loraLevels(pair), (std::vector{NoiseLevel::Level::High, NoiseLevel::Level::Low}));
}

LookJob jobOf(const TemporaryFolder& folder, const std::string& model) {
    LookJob job;
    job.model = model;
    job.name = "ink";
    job.caption = "in the style of ink";
    job.clips = {{clip(folder, "long", 40), "hills"}, {clip(folder, "still", 1), ""}};
    job.rank = 4;
    job.budget = {30, 0.0};
    job.output = folder.file("look.safetensors");
    return job;
}

void lookLoadsBack(Checks& checks) {
    const TemporaryFolder folder;
    const LookJob job = jobOf(folder, tinyModel(folder));
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

std::string bytesOf(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// What was learnt before a cancel is kept between two steps, only the same job goes on from it, and gives the bits of
/// one that was not disturbed.
void lookGoesOn(Checks& checks) {
    const TemporaryFolder folder;
    LookJob job = jobOf(folder, tinyModel(folder));
    SilentObserver silent;
    LookRun(job, referenceDevice(), silent).run();
    const std::string whole = bytesOf(job.output);
    job.output = folder.file("again.safetensors");
    CancellingObserver observer(12);
    CHECK_THROWS(checks, LookRun(job, referenceDevice(), observer).run(), Cancelled);
    CHECK(checks, std::filesystem::exists(job.output + ".training/look.checkpoint.safetensors"));
    LookJob other = job;
    other.clips.front().caption = "seas";
    try {
        LookRun(other, referenceDevice(), silent).run();
        checks.failed(__FILE__, __LINE__, "another job went on");
    } catch (const JobError& error) {
        CHECK_EQUAL(checks, error.code(), "other-job");
    }
    job.planOnly = true;
    LookRun(job, referenceDevice(), silent).run();
    CHECK(checks, silent.notices.at("look-plan").find("\"resumes\":true") != std::string::npos);
    job.planOnly = false;
    LookRun(job, referenceDevice(), silent).run();
    CHECK(checks, bytesOf(job.output) == whole);
    CHECK(checks, !std::filesystem::exists(job.output + ".training"));
}

/// Each expert learns in its own part of the noise and gets a file of its own.
void expertsHaveTheirOwn(Checks& checks) {
    const TemporaryFolder folder;
    TinyModel model;
    model.hasSecond = true;
    model.index = {{"boundary_ratio", 0.8},
                   {"fantascope", {{"size", {64, 32}}, {"frames", 5}, {"fps", 12}}}}; // small enough to be trained
    writeTinyModel(folder.file("model"), model);
    LookJob job = jobOf(folder, folder.file("model"));
    job.clips = {{clip(folder, "still", 1), ""}};
    job.budget.steps = 4;
    SilentObserver observer;
    LookRun(job, referenceDevice(), observer).run();
    CHECK(checks, observer.notices.contains("copies-unchecked"));
    const ModelFiles files(job.model);
    const std::vector<std::string> outputs = lookOutputs(job.output, 2);
    CHECK(checks, !std::filesystem::exists(job.output) && bytesOf(outputs[0]) != bytesOf(outputs[1]));
    for (std::size_t expert = 0; expert < 2; ++expert) {
        VideoTransformer network = files.loadTransformer(expert, referenceDevice(), WeightResidency::Resident);
        CHECK(checks, network.addLora(Lora::open(outputs[expert])).unmatched.empty());
    }
    Lottery lottery(3);
    const at::Tensor high = drawSigmas(64, 5.0, {0.8, 1.0}, lottery);
    const at::Tensor low = drawSigmas(64, 5.0, {0.0, 0.8}, lottery);
    CHECK(checks, high.min().item<double>() > 0.799 && high.max().item<double>() <= 1.0);
    CHECK(checks, low.max().item<double>() < 0.801 && low.min().item<double>() > 0.0);
}

void strangersAreRefused(Checks& checks) {
    const TemporaryFolder folder;
    TinyModel model;
    model.pipelineClass = "WanImageToVideoPipeline";
    model.transformer = {{"in_channels", 36}, {"image_dim", 20}, {"added_kv_proj_dim", 24}};
    model.hasImageEncoder = true;
    writeTinyModel(folder.file("model"), model);
    SilentObserver observer;
    try {
        const LookRun run(jobOf(folder, folder.file("model")), referenceDevice(), observer);
        checks.failed(__FILE__, __LINE__, "a model that is told pictures was taken");
    } catch (const JobError& error) {
        CHECK_EQUAL(checks, error.code(), "unsupported-model");
    }
}

void copiesAreFound(Checks& checks) {
    const at::Tensor slope = at::linspace(-1.0, 1.0, 64).view({1, 1, 1, 1, 64}).expand({1, 3, 1, 64, 64});
    const auto picture = [&](std::uint64_t seed) {
        // Large soft spots: what a hash of low frequencies sees.
        const at::Tensor spots = at::upsample_bicubic2d(seededNoise(seed, {1, 3, 6, 6}), {64, 64}, false);
        return (slope * 0.2 + spots.unsqueeze(2) * 0.6).clamp(-1.0, 1.0).contiguous();
    };
    const std::vector<LookPrint> stretches{printOf(picture(1)), printOf(picture(2)),
                                           printOf(at::zeros({1, 3, 1, 64, 64}))};
    const std::vector<LookPrint> generated{printOf((picture(2) * 0.9 + 0.05).clamp(-1.0, 1.0)), printOf(picture(5)),
                                           printOf(at::zeros({1, 3, 5, 64, 64}))};
    CHECK(checks, stretches.back().empty() && printOf(at::cat({picture(1), picture(2), picture(5)}, 2)).size() == 3);
    const std::vector<LookCopy> copies = findCopies(generated, stretches);
    CHECK_EQUAL(checks, copies.size(), 1U);
    CHECK(checks, !copies.empty() && copies.front().stretch == 1);
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
    checks.run("a look goes on", lookGoesOn);
    checks.run("experts have their own", expertsHaveTheirOwn);
    checks.run("strangers are refused", strangersAreRefused);
    checks.run("copies are found", copiesAreFound);
    checks.run("a look learns", lookLearns);
    checks.run("targets must exist", targetsMustExist);
}
