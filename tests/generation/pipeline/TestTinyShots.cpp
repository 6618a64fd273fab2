// Whole jobs of tiny random models in this process: every rung of the memory ladder, the order of what an observer is
// told, how often a job can be stopped, and the measures that make references count.

#include "generation/pipeline/JobPlanner.h"
#include "generation/pipeline/Pictures.h"
#include "generation/pipeline/ShotGenerator.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "tests/generation/model/TinyModel.h"
#include "tests/generation/pipeline/Cases.h"

using namespace generation;
using namespace generation::test;

namespace {

constexpr std::int64_t kPlenty = std::int64_t{1} << 45U;

/// Writes down what it is told.
class Diary final : public PipelineObserver {
public:
    std::vector<std::pair<Stage, int>> entries;
    std::vector<int> checkpointsAt; ///< by denoising step: how often the job could have been stopped in it
    std::vector<int> previews;

    void checkpoint() override { ++checkpointsAt.back(); }
    void progress(Stage stage, int step, int) override {
        entries.emplace_back(stage, step);
        if (stage == Stage::Denoise) {
            checkpointsAt.push_back(0);
        }
    }
    void preview(int step, const FrameSet&) override { previews.push_back(step); }
    bool wantsPreviews() const override { return true; }

    Diary() : checkpointsAt(1) {}
};

FrameSet noiseClip(std::int64_t frames, int width, int height) {
    FrameSet set{
        .frames = frames, .width = width, .height = height, .fpsNumerator = 12, .fpsDenominator = 1, .samples = {}};
    set.samples.resize(static_cast<std::size_t>(frames) * static_cast<std::size_t>(width * height * 3));
    std::uint32_t state = 1;
    for (std::uint16_t& sample : set.samples) {
        state = state * 1664525U + 1013904223U;
        sample = static_cast<std::uint16_t>(state >> 16U);
    }
    return set;
}

/// A model in a folder of its own, and jobs for it.
/// Thread: one.
class TinyStage {
public:
    explicit TinyStage(const TinyModel& model) {
        writeTinyModel(m_folder.path(), model);
        request.id = "1";
        request.model = m_folder.path();
        request.prompts = {{"a lake", 0, 5}, {"peaks", 5, 0}};
        request.width = 48;
        request.height = 32;
        request.frames = 9;
        request.fpsNumerator = 12;
        request.steps = 3;
        request.guidance = 2.0;
        request.seeds = {3, 4};
    }

    std::string clip(const std::string& name, const FrameSet& set) {
        writeFrameFile(m_folder.file(name), set, Durability::Volatile);
        return m_folder.file(name);
    }

    GeneratedShot make(PipelineObserver& observer, std::int64_t free = kPlenty) {
        NetworkPool networks(request.model, referenceDevice());
        const Tokenizer tokenizer(readPieces(networks.files().tokenizer()));
        ShotGenerator generator(networks, tokenizer,
                                {.cacheFolder = {}, .budget = [free] { return MemoryBudget{free, 0}; }});
        return generator.generate(request, observer);
    }

    FrameSet frames() {
        Diary diary;
        return make(diary).takes.front();
    }

    /// Memory in which this rung is the first one that fits.
    std::int64_t needs(Residency residency) {
        const NetworkPool networks(request.model, referenceDevice());
        const MachineRecord record({}, "cpu");
        const JobPlanner planner(networks.files(), networks.device(), record, [] { return MemoryBudget{kPlenty, 0}; });
        const Forecast forecast = planner.forecast(request);
        return memoryNeeds(networks.configs(), networks.device(), forecast.shot, forecast.traits, residency).host;
    }

    GenerateRequest request;

private:
    TemporaryFolder m_folder;
};

TinyModel controlModel() {
    TinyModel model;
    model.pipelineClass = "WanVACEPipeline";
    model.transformer = {{"vace_layers", {0, 1}}, {"vace_in_channels", 96}, {"num_layers", 3}};
    return model;
}

TinyModel pictureModel() {
    TinyModel model;
    model.pipelineClass = "WanImageToVideoPipeline";
    model.transformer = {{"in_channels", 36}, {"image_dim", 20}, {"added_kv_proj_dim", 24}};
    model.hasImageEncoder = true;
    return model;
}

TinyModel twoExperts() {
    TinyModel model;
    model.hasSecond = true;
    return model;
}

/// Resident, one network after the other, block by block: the same bits. Tiny pictures fit one tile, so Frugal too.
void everyRungGivesTheSameBits(Checks& c) {
    struct Case {
        const char* name;
        TinyModel model;
    };
    for (const Case& one :
         {Case{"two experts", twoExperts()}, Case{"pictures", pictureModel()}, Case{"control", controlModel()}}) {
        TinyStage stage(one.model);
        if (one.model.hasImageEncoder) {
            stage.request.firstFramePath = stage.clip("still", noiseClip(1, 48, 32));
        }
        if (one.model.pipelineClass == "WanVACEPipeline") {
            stage.request.basePath = stage.clip("base", noiseClip(9, 48, 32));
            stage.request.control = Control::Edges;
            stage.request.references = {{stage.clip("style", noiseClip(1, 40, 20)), 0.5}};
        }
        Diary diary;
        const GeneratedShot resident = stage.make(diary);
        CHECK(c, resident.residency == Residency::Resident && resident.takes.size() == 2);
        int other = 0;
        for (const Residency residency : {Residency::Sequential, Residency::Streamed, Residency::Frugal}) {
            const GeneratedShot shot = stage.make(diary, stage.needs(residency));
            other += shot.residency != Residency::Resident ? 1 : 0;
            if (shot.takes != resident.takes) {
                c.failed(one.name, 0, std::string("other bits when ") + residencyName(shot.residency));
            }
        }
        CHECK_EQUAL(c, other, 3);
    }
}

/// Pictures are encoded before text; then the steps, then the frames.
void stagesComeInTheirOrder(Checks& c) {
    TinyStage stage(TinyModel{});
    stage.request.seeds = {1};
    Diary diary;
    (void)stage.make(diary);
    const std::vector<std::pair<Stage, int>> expected{
        {Stage::EncodeVideo, 0}, {Stage::EncodeText, 0}, {Stage::Denoise, 0}, {Stage::Denoise, 1},
        {Stage::Denoise, 2},     {Stage::Denoise, 3},    {Stage::Decode, 0},  {Stage::Decode, 1},
        {Stage::Decode, 2},      {Stage::Decode, 3},     {Stage::Save, 0},
    };
    CHECK(c, diary.entries == expected);
    CHECK_EQUAL(c, diary.previews, (std::vector<int>{1, 2, 3}));
    // Within each step the job can be stopped at every block of each branch of guidance that runs on its own.
    CHECK_EQUAL(c, diary.checkpointsAt.size(), 5U);
    for (std::size_t step = 1; step <= 3; ++step) {
        CHECK(c, diary.checkpointsAt[step] >= 2);
    }
}

void negativePromptsCount(Checks& c) {
    TinyStage stage(TinyModel{});
    stage.request.seeds = {1};
    const FrameSet own = stage.frames();
    stage.request.negativePrompt = "subtitles";
    const FrameSet other = stage.frames();
    CHECK(c, own != other);
    stage.request.negativePrompt = ModelFiles(stage.request.model).card().negativePrompt;
    CHECK(c, stage.frames() == own); // none means the model's own
    stage.request.guidance = 1.0;
    const FrameSet unguided = stage.frames();
    stage.request.negativePrompt = "subtitles";
    CHECK(c, stage.frames() == unguided); // it is not even read
}

/// What ShotInputs makes of a request for a control model with these words in its card.
struct Encoded {
    DenoiseInputs inputs;
    ShotPlan plan;
};

Encoded encoded(TinyStage& stage, ModelCard card) {
    const c10::InferenceMode inference;
    const ModelFiles files(stage.request.model);
    const VideoVae vae = files.loadVae(referenceDevice());
    const PixelCodec codec(vae, PixelCodec::Extent::Whole);
    Encoded made;
    made.plan = planShot(stage.request, card, files.configs().transformer, files.configs().vae);
    ShotInputs inputs(card, files.configs().transformer);
    inputs.add(made.inputs, stage.request, made.plan, {codec, {}, {}});
    return made;
}

/// References lie in front in time: their latents, then zeros for the other clip and the mask.
void referencesLieInFront(Checks& c) {
    TinyStage stage(controlModel());
    const FrameSet style = noiseClip(1, 48, 32);
    const FrameSet base = noiseClip(9, 48, 32);
    stage.request.references = {{stage.clip("style", style), 1.0}};
    stage.request.basePath = stage.clip("base", base);
    stage.request.control = Control::Luma;
    const ModelFiles files(stage.request.model);
    const at::Tensor control = encoded(stage, files.card()).inputs.control;
    CHECK(c, control.sizes() == at::IntArrayRef({1, 96, 4, 4, 6}));
    const c10::InferenceMode inference;
    const VideoVae vae = files.loadVae(referenceDevice());
    const ShotPlan plan = planShot(stage.request, files.card(), files.configs().transformer, files.configs().vae);
    const auto part = [&](std::int64_t channel, std::int64_t channels, std::int64_t frame, std::int64_t frames) {
        return control.narrow(1, channel, channels).narrow(2, frame, frames);
    };
    CHECK(c, part(0, 16, 0, 1).equal(vae.encode(planImage(style, plan, Fit::Canvas))));
    CHECK_EQUAL(c, part(16, 80, 0, 1).abs().max().item<float>(), 0.0F);
    CHECK(c, part(0, 16, 1, 3).equal(vae.encode(at::zeros({1, 3, 9, 32, 48}))));
    CHECK(c, part(16, 16, 1, 3).equal(vae.encode(lumaControl(planVideo(base, plan)))));
    CHECK_EQUAL(c, part(32, 64, 1, 3).min().item<float>(), 1.0F);
}

/// "reference_fit" and "reference_guidance" of a model's card.
void cardsSayHowReferencesAreRead(Checks& c) {
    TinyStage stage(controlModel());
    const std::string style = stage.clip("style", noiseClip(1, 20, 40));
    stage.request.references = {{style, 1.0}, {style, 0.0}, {style, 0.5}};
    ModelCard card = ModelFiles(stage.request.model).card();
    const Encoded canvas = encoded(stage, card);
    CHECK(c, canvas.inputs.references == 2 && canvas.inputs.control.size(2) == 5); // what does not count is left out
    CHECK(c, std::abs(canvas.inputs.referenceStrength - 0.75) < 1e-12);            // the mean of those that do
    CHECK(c, canvas.inputs.controlWithoutReferences.equal(canvas.inputs.control.narrow(2, 2, 3)));
    card.fillsReference = true;
    CHECK(c, !encoded(stage, card).inputs.control.equal(canvas.inputs.control));
    // The push is for where a control gives the structure.
    card.referenceGuidance = 2.0;
    CHECK(c, std::abs(encoded(stage, card).inputs.referenceStrength - 0.75) < 1e-12);
    stage.request.basePath = stage.clip("base", noiseClip(9, 48, 32));
    stage.request.control = Control::Edges;
    CHECK(c, std::abs(encoded(stage, card).inputs.referenceStrength - 1.5) < 1e-12);
    stage.request.references = {{style, 1.0}};
    card.referenceGuidance = 1.0;
    CHECK(c, !encoded(stage, card).inputs.controlWithoutReferences.defined()); // one pass is enough
}

/// "first_frame_strength": the run begins with the picture held.
void cardsSayHowStillsComeToLife(Checks& c) {
    TinyStage stage(controlModel());
    const FrameSet still = noiseClip(1, 48, 32);
    stage.request.firstFramePath = stage.clip("still", still);
    const ModelFiles files(stage.request.model);
    ModelCard card = files.card();
    CHECK(c, !encoded(stage, card).inputs.base.defined());
    card.firstFrameStrength = 0.5;
    const c10::InferenceMode inference;
    const ShotPlan plan = planShot(stage.request, card, files.configs().transformer, files.configs().vae);
    const at::Tensor held = planVideo(still, plan).expand({1, 3, plan.legalFrames, -1, -1}).contiguous();
    CHECK(c, plan.startsFromStill && plan.firstStep == plan.steps - plan.steps / 2);
    CHECK(c, encoded(stage, card).inputs.base.equal(files.loadVae(referenceDevice()).encode(held)));
    // What else is given has its own say.
    stage.request.known = {{stage.request.firstFramePath, 0, 1, 8}};
    CHECK(c, !encoded(stage, card).inputs.base.defined());
}

} // namespace

void tinyShotCases(Checks& checks) {
    checks.run("every rung gives the same bits", everyRungGivesTheSameBits);
    checks.run("stages come in their order", stagesComeInTheirOrder);
    checks.run("negative prompts count", negativePromptsCount);
    checks.run("references lie in front", referencesLieInFront);
    checks.run("cards say how references are read", cardsSayHowReferencesAreRead);
    checks.run("cards say how stills come to life", cardsSayHowStillsComeToLife);
}
