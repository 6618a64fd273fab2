// Whole jobs of the starter model: what goes on after an interruption, what branches, what several takes and windows
// come to, and that given pixels come back.

#include "generation/pipeline/JobError.h"
#include "generation/pipeline/ShotGenerator.h"
#include "generation/pipeline/TensorFile.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

#include <stdlib.h>

#include "tests/generation/pipeline/Cases.h"

using namespace generation;
using generation::test::Checks;
namespace fs = std::filesystem;

namespace {

struct Interruption {};

/// Stops the job after `stopAfter` steps, as a pause does; counts the steps that were made.
class Interrupter final : public PipelineObserver {
public:
    explicit Interrupter(int stopAfter = 1000) : m_stopAfter(stopAfter) {}
    std::string resumedAt;
    int steps = 0;
    std::vector<std::string> notices;

    void checkpoint() override {}
    void progress(Stage stage, int step, int) override {
        if (stage == Stage::Denoise) {
            steps += step > m_last ? 1 : 0;
            m_last = step;
            if (step == m_stopAfter) {
                throw Interruption();
            }
        }
    }
    void preview(int, const FrameSet&) override {}
    bool wantsPreviews() const override { return false; }
    void notice(const std::string& code, const NoticeFacts& facts) override {
        const auto step = facts.find("step");
        const auto* at = step == facts.end() ? nullptr : std::get_if<std::int64_t>(&step->second);
        notices.push_back(code + (at ? " " + std::to_string(*at) : ""));
        m_last = code == "resumed" && at ? static_cast<int>(*at) : m_last;
    }

private:
    int m_stopAfter;
    int m_last = 0;
};

struct Place {
    std::string path = (fs::temp_directory_path() / "fantascope-runs-XXXXXX").string();
    Place() { ::mkdtemp(path.data()); }
    ~Place() { fs::remove_all(path); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
};

GenerateRequest request() {
    GenerateRequest request;
    request.id = "1";
    request.prompts = {{"a lake at sunset", 0, 5}, {"a forest at night", 5, 0}};
    request.width = 64;
    request.height = 32;
    request.frames = 9;
    request.fpsNumerator = 12;
    request.steps = 4;
    request.sampler = "unipc";
    request.seed = 5;
    return request;
}

using Takes = std::vector<FrameSet>;

Takes made(ShotGenerator& generator, const GenerateRequest& job) {
    Interrupter observer;
    return generator.generate(job, observer).takes;
}

std::string refusal(ShotGenerator& generator, const GenerateRequest& job) {
    Interrupter observer;
    try {
        generator.generate(job, observer);
    } catch (const JobError& error) {
        return error.code();
    }
    return "";
}

void jobsGoOnAfterEveryStep(Checks& c, ShotGenerator& generator) {
    const Takes whole = made(generator, request());
    CHECK(c, made(generator, request()) == whole);
    for (int step = 1; step <= 4; ++step) {
        const Place place;
        CheckpointFolder folder(place.path + "/checkpoints", false);
        Interrupter first(step);
        CHECK_THROWS(c, generator.generate(request(), first, &folder), Interruption);
        CheckpointFolder later(place.path + "/checkpoints", false);
        Interrupter second;
        CHECK(c, generator.generate(request(), second, &later).takes == whole);
        CHECK_EQUAL(c, second.steps, 4 - step);
        CHECK(c, second.notices == std::vector<std::string>{"resumed " + std::to_string(step)});
        // Another request does not go on from there.
        GenerateRequest other = request();
        other.prompts[0].text = "a city";
        Interrupter third;
        generator.generate(other, third, &later);
        CHECK(c, third.steps == 4 && third.notices.empty());
    }
}

void branchesLeaveAtAStep(Checks& c, ShotGenerator& generator) {
    const Place place;
    CheckpointFolder folder(place.path, true);
    Interrupter observer;
    const Takes whole = generator.generate(request(), observer, &folder).takes;
    GenerateRequest branch = request();
    branch.branchPath = folder.pathOf(2);
    CHECK(c, made(generator, branch) == whole); // with the same prompts it is the same run
    branch.prompts[0].text = "a city in the snow";
    Interrupter other;
    const Takes left = generator.generate(branch, other).takes;
    CHECK(c, left != whole && other.steps == 3); // it begins at the second, and makes two
    GenerateRequest fresh = branch;
    fresh.branchPath.clear();
    CHECK(c, made(generator, fresh) != left);
    branch.steps = 5;
    CHECK_EQUAL(c, refusal(generator, branch), "bad-request");
    branch = request();
    branch.branchPath = place.path + "/none";
    CHECK_EQUAL(c, refusal(generator, branch), "bad-input");
}

void takesComeTogether(Checks& c, ShotGenerator& generator) {
    GenerateRequest many = request();
    many.seeds = {5, 6};
    const Takes takes = made(generator, many);
    CHECK_EQUAL(c, takes.size(), 2U);
    for (std::size_t i = 0; i < takes.size(); ++i) {
        GenerateRequest one = request();
        one.seed = many.seeds[i];
        const FrameSet alone = made(generator, one).front();
        double worst = 0.0;
        for (std::size_t s = 0; s < alone.samples.size(); ++s) {
            worst = std::max(worst, std::abs(static_cast<double>(alone.samples[s]) - takes[i].samples[s]));
        }
        CHECK(c, takes[i].frames == alone.frames && worst < 0.002 * 65535);
    }
    CHECK(c, takes[0] != takes[1]);
}

void longShotsAreMadeInWindows(Checks& c, ShotGenerator& generator) {
    GenerateRequest job = request();
    job.frames = 21; // six latent frames
    job.windows = {.frames = 9, .overlap = 4};
    Interrupter observer;
    const GeneratedShot shot = generator.generate(job, observer);
    CHECK(c, shot.plan.windows.size() > 1 && shot.takes.front().frames == 21);
    job.windows.frames = 0;
    CHECK(c, made(generator, job) != shot.takes);
}

/// The starter as if it had been trained to go on from frames.
void makeExtendable(const std::string& folder) {
    fs::copy(starterFolder(), folder, fs::copy_options::recursive);
    nlohmann::json index;
    std::ifstream(folder + "/model_index.json") >> index;
    index["fantascope"]["conditions"].push_back({"extend_forward"});
    index["fantascope"]["frames"] = 13;
    fs::remove(folder + "/model_index.json");
    std::ofstream(folder + "/model_index.json") << index;
}

void longShotsAreChains(Checks& c, ShotGenerator&) {
    const Place place;
    makeExtendable(place.path + "/model");
    NetworkPool networks(place.path + "/model", referenceDevice());
    const Tokenizer tokenizer(networks.card().tokenizerFolder());
    ShotGenerator generator(networks, tokenizer);
    GenerateRequest job = request();
    job.frames = 30; // parts of 13 frames that share 5: at 0, 8, 16 and 24
    job.windows.overlap = 8;
    job.prompts = {{"a lake at sunset", 0, 10}, {"a forest at night", 10, 0}};
    const ShotPlan plan = planShot(job, networks.card(), networks.configs().transformer, networks.configs().vae);
    const auto chain = windowChain(job, plan, networks.card());
    CHECK_EQUAL(c, chain.size(), 4U);
    for (std::size_t i = 0; i < chain.size(); ++i) {
        CHECK(c, chain[i].begin == static_cast<std::int64_t>(i) * 8 && chain[i].known == (i == 0 ? 0 : 5));
    }
    CHECK(c, chain[0].request.prompts.size() == 2 && chain[1].request.prompts[0].endFrame == 2 &&
                 chain[2].request.prompts.size() == 1 && chain[3].request.frames == 6);

    const Takes whole = made(generator, job);
    CHECK(c, whole.size() == 1 && whole.front().frames == 30);
    CHECK(c, made(generator, job) == whole);
    for (const int stop : {2, 4, 7, 16}) { // within parts and between them
        CheckpointFolder folder(place.path + "/checkpoints" + std::to_string(stop), false);
        Interrupter first(stop);
        CHECK_THROWS(c, generator.generate(job, first, &folder), Interruption);
        Interrupter second;
        CHECK(c, generator.generate(job, second, &folder).takes == whole);
    }
    job.seeds = {job.seed, 99};
    const Takes two = made(generator, job);
    CHECK(c, two.size() == 2 && two[0] == whole[0] && two[1] != two[0] && two[1].frames == 30);
    job = request();
    job.frames = 30;
    job.retake = FrameRange{3, 9}; // pixels at places of their own: not a chain
    CHECK(c, windowChain(job, plan, networks.card()).empty());
}

void keptByBlendingNeedsNothingOfTheModel(Checks& c, ShotGenerator& generator) {
    const Place place;
    GenerateRequest job = request();
    job.frames = 13;
    const FrameSet base = made(generator, job).front();
    const std::string path = place.path + "/base";
    writeFrameFile(path, base);
    job.basePath = path;
    job.retake = FrameRange{5, 9};
    job.seed = 77;
    CHECK_EQUAL(c, refusal(generator, job), "unsupported-condition");
    job.keeping = Keeping::Blend;
    const FrameSet result = made(generator, job).front();
    const std::size_t frame = std::size_t{64} * 32 * 3;
    for (std::size_t f = 0; f < 13; ++f) {
        const bool kept = std::equal(base.samples.begin() + static_cast<std::ptrdiff_t>(f * frame),
                                     base.samples.begin() + static_cast<std::ptrdiff_t>((f + 1) * frame),
                                     result.samples.begin() + static_cast<std::ptrdiff_t>(f * frame));
        CHECK_EQUAL(c, kept, f < 5 || f >= 9);
    }
    job.retake.reset();
    job.placement = Placement{16, 8, 32, 16};
    CHECK(c, made(generator, job).front().frames == 13);
    job.placement.reset();
    job.maskPath = path;
    CHECK(c, made(generator, job).front().frames == 13);
    job = request();
    job.known = {{path, 8, 5, 0}};
    job.keeping = Keeping::Blend;
    const FrameSet extended = made(generator, job).front();
    CHECK(c, std::equal(extended.samples.begin(), extended.samples.begin() + static_cast<std::ptrdiff_t>(5 * frame),
                        base.samples.begin() + static_cast<std::ptrdiff_t>(8 * frame)));
}

void lorasCountByTheirStrength(Checks& c, ShotGenerator& generator) {
    const Place place;
    const std::string path = place.path + "/lora.safetensors";
    const std::string part = "transformer.blocks.3.attn1.to_out.0.";
    writeTensorFile(
        path, {{part + "lora_A.weight", seededNoise(1, {4, 256})}, {part + "lora_B.weight", seededNoise(2, {256, 4})}},
        {});
    const Takes plain = made(generator, request());
    GenerateRequest job = request();
    job.loras = {{path, {{0.0, 0.0}}}};
    CHECK(c, made(generator, job) == plain); // a strength of nothing
    job.loras[0].points = {{0.0, 0.5}};
    const Takes half = made(generator, job);
    CHECK(c, half != plain && made(generator, job) == half);
    job.loras[0].points = {{0.0, 0.5}, {1.0, 0.0}}; // fading over the run
    CHECK(c, made(generator, job) != half && made(generator, job) != plain);
    CHECK(c, made(generator, request()) == plain); // and gone with its job
    writeTensorFile(path, {{"nothing.of.this.lora_A.weight", at::ones({4, 8})}}, {});
    CHECK_THROWS(c, made(generator, job), WeightsError);
}

void cachesSpareSteps(Checks& c, ShotGenerator& generator) {
    GenerateRequest job = request();
    job.steps = 20;
    job.sampler = "euler";
    const Takes exact = made(generator, job);
    for (const StepCache cache : {StepCache::Easy, StepCache::FirstBlock}) {
        job.stepCache = cache;
        job.stepCacheThreshold = 0.2;
        Interrupter observer;
        const GeneratedShot shot = generator.generate(job, observer);
        CHECK(c, shot.skippedSteps > 0 && shot.takes != exact);
    }
    job.stepCacheThreshold = 0.0; // nothing is alike enough
    Interrupter observer;
    const GeneratedShot careful = generator.generate(job, observer);
    CHECK(c, careful.skippedSteps == 0 && careful.takes == exact);
}

} // namespace

void starterRunCases(Checks& checks) {
    NetworkPool networks(starterFolder(), referenceDevice());
    const Tokenizer tokenizer(networks.card().tokenizerFolder());
    ShotGenerator generator(networks, tokenizer);
    const auto run = [&](const char* name, void (*body)(Checks&, ShotGenerator&)) {
        checks.run(name, [&](Checks& c) { body(c, generator); });
    };
    run("jobs go on after every step", jobsGoOnAfterEveryStep);
    run("branches leave at a step", branchesLeaveAtAStep);
    run("takes come together", takesComeTogether);
    run("long shots are made in windows", longShotsAreMadeInWindows);
    run("long shots are chains", longShotsAreChains);
    run("kept by blending needs nothing of the model", keptByBlendingNeedsNothingOfTheModel);
    run("LoRAs count by their strength", lorasCountByTheirStrength);
    run("caches spare steps", cachesSpareSteps);
}
