// A whole starter from nothing, as small as it gets, and its parts.
#include "generation/model/ModelFiles.h"
#include "generation/sampling/Noise.h"
#include "generation/tokenizer/Tokenizer.h"
#include "generation/training/Evaluation.h"
#include "generation/training/FastRun.h"
#include "generation/training/LatentCache.h"
#include "generation/training/ModelWeights.h"
#include "generation/training/Parameters.h"
#include "generation/training/PieceTraining.h"
#include "generation/training/StarterRun.h"
#include "tests/generation/model/Networks.h"
#include "tests/generation/training/Cases.h"
#include "tests/generation/training/Observers.h"
#include "tests/generation/training/SyntheticClips.h"

#include <ATen/ATen.h>

#include <filesystem>

using namespace generation;
using namespace generation::test;

namespace {

const SyntheticClips& clips() {
    static const SyntheticClips source(64, 32, 5);
    return source;
}

void vocabularyIsUnigram(Checks& checks) {
    std::vector<std::string> texts;
    for (std::uint64_t i = 0; i < 200; ++i) {
        const std::vector<std::string> captions = clips().captions(i);
        texts.insert(texts.end(), captions.begin(), captions.end());
    }
    const PieceModel trained = trainPieces(texts, 140);
    CHECK(checks, trained.pieces.size() <= 140);
    const Tokenizer tokenizer(parsePieceModel(pieceModelBytes(trained), "memory"));
    const auto ids = tokenizer.encode("a blue square in dim light", 48);
    CHECK(checks, ids.size() <= 8 && ids.back() == 1); // a word is a piece, or nearly
    for (const std::int64_t id : tokenizer.encode("Zebra, 42!", 48)) {
        CHECK(checks, id != 2); // nothing of ASCII is unknown
    }
}

void starterFromNothing(Checks& checks) {
    const TemporaryFolder folder;
    SilentObserver observer;
    StarterPlan plan = tinyStarter();
    StarterSettings settings{.folder = folder.file("run"), .from = {}, .vaeSteps = 6, .steps = 6};
    StarterRun(plan, settings, referenceDevice(), clips(), observer).run();
    CHECK(checks, observer.notices.contains("vae-quality") && observer.notices.contains("model"));
    const std::string place = folder.file("run/model");
    const ModelFiles model(place);
    CHECK_EQUAL(checks, model.card().width, 64);
    CHECK(checks, model.card().allows({"luma", "reference"}));
    const VideoTransformer transformer = model.loadTransformer(0, referenceDevice(), WeightResidency::Resident);
    for (const char* name : {"validation.png", "vae-loss.csv", "vae-loss.png", "transformer-loss.png"}) {
        CHECK(checks, std::filesystem::exists(folder.file("run/" + std::string(name))));
    }
    // Going on from it, in another folder.
    StarterSettings more{.folder = folder.file("more"), .from = place, .vaeSteps = 2, .steps = 2};
    StarterRun(continued(plan), more, referenceDevice(), clips(), observer).run();
    CHECK(checks, std::filesystem::exists(folder.file("more/model/model_index.json")));
    // What it learnt: nothing yet, but all of it is measured.
    const std::vector<Measured> table =
        evaluateStarter({.model = place, .clips = 4, .together = 2, .steps = 1, .footage = {}, .lessons = 240},
                        referenceDevice(), observer);
    CHECK(checks, table.size() >= 8);
    for (const Measured& line : table) {
        CHECK(checks, line.count > 0 && line.value >= 0.0 && (line.chance == 0.0 || line.value <= 1.0));
    }
    CHECK(checks, markdownOf(table).find("style from a reference") != std::string::npos);
    // One of it that needs few steps.
    FastSettings fast{.from = place, .folder = folder.file("fast"), .budget = {3, 0.0}, .distillation = {}};
    fast.distillation.batch = 4;
    fast.distillation.examples = 4;
    makeFast(fast, referenceDevice(), clips(), observer);
    const ModelFiles quick(folder.file("fast/model"));
    CHECK(checks, quick.card().steps == 4 && quick.card().guidance == 1.0);
}

/// A student of one step ends where its teacher's steps do, on what it was taught with.
void distillationLearns(Checks& checks) {
    const StarterPlan plan = tinyStarter();
    const GeneratorNetworks networks{parseTransformerConfig(plan.transformer, "plan"),
                                     parseTextEncoderConfig(plan.textEncoder, "plan"), 48};
    TensorMap weights;
    addUnder("transformer.", firstWeights(shapesOf<VideoTransformer>(networks.transformer), 1), weights);
    addUnder("text_encoder.", firstWeights(shapesOf<TextEncoder>(networks.textEncoder), 1), weights);
    weights["transformer.proj_out.weight"] = seededNoise(3, weights.at("transformer.proj_out.weight").sizes()) * 0.2;
    const VaeConfig config = parseVaeConfig(plan.vae, "plan");
    const auto vae = networkOver<VideoVae>(firstWeights(shapesOf<VideoVae>(config), 1), config, referenceDevice());
    LatentCache latents({clips(), vae, "hash", true}, {}, 1);
    const Tokenizer tokenizer(trainPieces(clips().captions(0), 160));
    const Device device = referenceDevice();
    DistillationTrainee trainee(networks, weights, {.steps = 1, .batch = 4, .examples = 4},
                                {device, tokenizer, latents, 16});
    const double before = trainee.addGradients({0, 0.0});
    LoopSettings settings{.part = "fast", .budget = {60, 0.0}, .warmup = 5};
    settings.optimiser.iterationType = at::kFloat;
    SilentObserver observer;
    TrainingLoop(trainee, settings, observer).run();
    CHECK(checks, trainee.addGradients({0, 0.0}) < 0.5 * before);
}

void starterIsReproducible(Checks& checks) {
    const TemporaryFolder folder;
    const auto weights = [&](const std::string& name, std::int64_t cancelAt, bool isAhead = false) {
        StarterPlan plan = tinyStarter();
        plan.training.isAhead = isAhead;
        StarterSettings settings{.folder = folder.file(name), .from = {}, .vaeSteps = 4, .steps = 8};
        if (cancelAt > 0) {
            CancellingObserver observer(cancelAt);
            try {
                StarterRun(plan, settings, referenceDevice(), clips(), observer).run();
                checks.failed("cancel", 0, "was not heard");
            } catch (const Cancelled&) {
            }
        }
        SilentObserver silent;
        StarterRun(plan, settings, referenceDevice(), clips(), silent).run();
        return weightsOf(WeightSource::openFolder(folder.file(name + "/model/transformer")));
    };
    const TensorMap once = weights("once", 0);
    const TensorMap twice = weights("twice", 3);
    const TensorMap beside = weights("beside", 0, true);
    for (const auto& [name, tensor] : once) {
        if (!tensor.equal(twice.at(name))) {
            checks.failed(name.c_str(), 0, "differs after an interruption");
        }
        if (!tensor.equal(beside.at(name))) {
            checks.failed(name.c_str(), 0, "differs where examples are made beside the steps");
        }
    }
}

void latentsAreKept(Checks& checks) {
    const TemporaryFolder folder;
    const StarterPlan plan = tinyStarter();
    const VaeConfig config = parseVaeConfig(plan.vae, "plan");
    const auto vae = networkOver<VideoVae>(firstWeights(shapesOf<VideoVae>(config), 1), config, referenceDevice());
    const LatentCache::Origin origin{clips(), vae, "hash", true};
    LatentCache first(origin, folder.path(), 1);
    LatentCache second(origin, folder.path(), 1);
    for (std::uint64_t i = 0; i < 6; ++i) {
        CHECK(checks, !second.has(i));
        const LatentExample& made = first.at(i);
        CHECK(checks, second.has(i));
        const LatentExample& read = second.at(i);
        CHECK(checks, made.target.equal(read.target) && made.control.equal(read.control));
        CHECK(checks, made.references == read.references && made.captions == read.captions);
        CHECK_EQUAL(checks, made.target.size(1), 2 + made.references);
        CHECK_EQUAL(checks, wholeControl(made, 16).size(0), 2 * 16 + 256);
    }
}

} // namespace

void starterCases(Checks& checks) {
    checks.run("vocabulary is unigram", vocabularyIsUnigram);
    checks.run("latents are kept", latentsAreKept);
    checks.run("starter from nothing", starterFromNothing);
    checks.run("distillation learns", distillationLearns);
    checks.run("starter is reproducible", starterIsReproducible);
}
