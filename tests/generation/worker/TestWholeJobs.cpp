// Whole jobs through the worker's protocol, one for each thing a shot may be made from: a request goes in, frames come
// out. The models are tiny and random, so what is checked is what holds for any weights: what was given comes back
// unchanged, what was asked for changes the result, and what means the same gives the same bits.

#include "generation/model/ModelFiles.h"
#include "generation/pipeline/Pictures.h"

#include "tests/generation/model/TinyModel.h"
#include "tests/generation/worker/Studio.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <filesystem>
#include <set>

#include <stdlib.h>

#include "tests/generation/Check.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;
namespace fs = std::filesystem;

namespace {

TinyModel controlModel() {
    TinyModel model;
    model.pipelineClass = "WanVACEPipeline";
    model.transformer = {{"vace_layers", {0, 1}}, {"vace_in_channels", 96}};
    return model;
}

/// Timesteps from the boundary on belong to the first expert, those below to the second.
void twoExpertsShareTheSteps(Checks& c) {
    Studio studio;
    const FrameSet first = studio.made(Studio::job(studio.model("one", TinyModel{})));
    const std::string other = studio.model("other", TinyModel{});
    writeFile(other + "/transformer/model.safetensors", fileOf(tinyTransformer(TinyModel{}, 1), Spelling::Diffusers));
    const FrameSet second = studio.made(Studio::job(other));
    CHECK(c, first.frames == kFrames && first.width == kWidth && first.height == kHeight && first != second);
    CHECK(c, studio.made(Studio::job(studio.model("all-first", twoExperts(1e-6)))) == first);
    CHECK(c, studio.made(Studio::job(studio.model("all-second", twoExperts(1.0)))) == second);
    const FrameSet both = studio.made(Studio::job(studio.model("both", twoExperts(0.875))));
    CHECK(c, both != first && both != second);
    // Where the request leaves guidance open, each expert has its own.
    GenerateRequest open = Studio::job(studio.file("both"));
    open.guidance.reset();
    CHECK(c, studio.made(open) != both);
}

/// LoRAs of two experts come in pairs; the names say whose each is. Others are for both.
void expertsHaveTheirOwnLoras(Checks& c) {
    Studio studio;
    const std::string key = "diffusion_model.blocks.0.self_attn.q.";
    at::manual_seed(8);
    const std::map<std::string, at::Tensor> tensors{{key + "lora_A.weight", at::randn({4, 24})},
                                                    {key + "lora_B.weight", at::randn({24, 4})}};
    for (const char* name : {"a_high_noise.safetensors", "a_low_noise.safetensors", "a.safetensors"}) {
        writeTensors(studio.file(name), tensors);
    }
    const auto changes = [&](const std::string& model, const char* lora) {
        GenerateRequest job = Studio::job(model);
        const FrameSet without = studio.made(job);
        job.loras = {{.path = studio.file(lora)}};
        return studio.made(job) != without;
    };
    writeTensors(studio.file("low_poly.safetensors"), tensors); // a style
    const std::string first = studio.model("all-first", twoExperts(1e-6));
    const std::string second = studio.model("all-second", twoExperts(1.0));
    CHECK(c, changes(first, "a_high_noise.safetensors") && !changes(second, "a_high_noise.safetensors"));
    CHECK(c, !changes(first, "a_low_noise.safetensors") && changes(second, "a_low_noise.safetensors"));
    CHECK(c, changes(first, "low_poly.safetensors") && changes(second, "low_poly.safetensors"));
    CHECK(c, changes(first, "a.safetensors") && changes(second, "a.safetensors"));
    CHECK(c, changes(studio.model("one", TinyModel{}), "a_low_noise.safetensors")); // there is no other
}

/// Wan 2.1 I2V: the still is read by the transformer's further channels and by the image encoder.
void stillsAreSeenTwice(Checks& c) {
    Studio studio;
    TinyModel tiny;
    tiny.pipelineClass = "WanImageToVideoPipeline";
    tiny.transformer = {{"in_channels", 36}, {"image_dim", 20}, {"added_kv_proj_dim", 24}};
    tiny.hasImageEncoder = true;
    GenerateRequest job = Studio::job(studio.model("i2v", tiny));
    job.firstFramePath = studio.clip("still", noiseClip(1, 1));
    const FrameSet frames = studio.made(job);
    CHECK(c, frames.frames == kFrames && studio.made(job) == frames);
    GenerateRequest another = job;
    another.firstFramePath = studio.clip("another", noiseClip(1, 2));
    CHECK(c, studio.made(another) != frames);
    another.firstFramePath.clear();
    CHECK(c, studio.made(another) != frames);
    another = job;
    another.known = {{studio.file("another"), 0, 1, kFrames - 1}};
    CHECK(c, studio.made(another) != frames);
    TinyModel blind = tiny; // the same networks, but the image encoder's eyes are others
    blind.seed = 2;
    const std::string place = studio.model("blind", tiny);
    writeTensors(place + "/image_encoder/model.safetensors", tinyImageEncoder(blind));
    another = job;
    another.model = place;
    CHECK(c, studio.made(another) != frames);
}

/// FLF2V has places for two pictures: one alone is refused by name. A retake by blending shows such models nothing of
/// what is to be made anew.
void endsAreSeenTogether(Checks& c) {
    Studio studio;
    TinyModel tiny;
    tiny.pipelineClass = "WanImageToVideoPipeline";
    tiny.transformer = {{"in_channels", 36}, {"image_dim", 20}, {"added_kv_proj_dim", 24}};
    tiny.hasImageEncoder = true;
    const std::string one = studio.model("i2v", tiny);
    tiny.transformer["pos_embed_seq_len"] = 2 * ModelFiles(one).configs().imageEncoder->tokens();
    GenerateRequest job = Studio::job(studio.model("flf2v", tiny));
    job.firstFramePath = studio.clip("still", noiseClip(1, 1));
    CHECK_EQUAL(c, std::get<FailedEvent>(studio.outcome(job)).code, "unsupported-condition");
    job.known = {{studio.clip("last", noiseClip(1, 2)), 0, 1, kFrames - 1}};
    CHECK_EQUAL(c, studio.made(job).frames, kFrames);
    tiny.transformer["pos_embed_seq_len"] = 7;
    job.model = studio.model("odd", tiny);
    CHECK_EQUAL(c, std::get<FailedEvent>(studio.outcome(job)).code, "bad-model");

    FrameSet base = noiseClip(kFrames, 9);
    job = Studio::job(one);
    job.basePath = studio.clip("base", base);
    job.retake = FrameRange{1, kFrames};
    job.keeping = Keeping::Blend;
    const FrameSet frames = studio.made(job);
    const FrameSet others = noiseClip(kFrames, 10);
    std::copy(others.samples.begin() + kWidth * kHeight * 3, others.samples.end(),
              base.samples.begin() + kWidth * kHeight * 3);
    job.basePath = studio.clip("changed", base);
    CHECK(c, studio.made(job) == frames);
}

/// Wan 2.2 A14B I2V: channels alone.
void stillsOfTwoExperts(Checks& c) {
    Studio studio;
    TinyModel tiny = twoExperts(0.9);
    tiny.pipelineClass = "WanImageToVideoPipeline";
    tiny.transformer = {{"in_channels", 36}};
    GenerateRequest job = Studio::job(studio.model("i2v", tiny));
    job.firstFramePath = studio.clip("still", noiseClip(1, 1));
    const FrameSet frames = studio.made(job);
    job.firstFramePath = studio.clip("another", noiseClip(1, 2));
    CHECK(c, studio.made(job) != frames);
}

/// Wan 2.2 TI2V: the first latent frame is the still's at every step, so the first frame is the still as the
/// autoencoder gives it back.
void firstFramesHaveTheirOwnTime(Checks& c) {
    Studio studio;
    TinyModel tiny;
    tiny.index = {{"expand_timesteps", true}};
    tiny.isNewer = true;
    GenerateRequest job = Studio::job(studio.model("ti2v", tiny));
    job.width = 64; // a multiple of what 32 pixels are to this autoencoder
    job.height = 32;
    const FrameSet still = noiseClip(1, 3, 64, 32);
    job.firstFramePath = studio.clip("still", still);
    const FrameSet frames = studio.made(job);
    const c10::InferenceMode inference;
    const VideoVae vae = ModelFiles(job.model).loadVae(referenceDevice());
    const at::Tensor expected = vae.decode(vae.encode(frameTensor(still, 0)));
    CHECK(c, (frameTensor(frames, 0) - expected).abs().max().item<double>() < 1e-3);
    CHECK(c, !sameFrames(frames, 0, 1, still, 0)); // it was not just copied
    GenerateRequest text = job;
    text.firstFramePath.clear();
    const FrameSet without = studio.made(text);
    CHECK(c, !sameFrames(without, 5, 1, frames, 5)); // the other frames follow the first one
    job.known = {{studio.clip("run", noiseClip(5, 4, 64, 32)), 0, 5, 0}};
    job.firstFramePath.clear();
    const FrameSet extended = studio.made(job);
    CHECK(c, sameFrames(extended, 0, 5, noiseClip(5, 4, 64, 32), 0));
}

void masksSayWhatIsMadeAnew(Checks& c) {
    Studio studio;
    const FrameSet base = noiseClip(kFrames, 5);
    const auto inHole = [](int x, int y) { return x >= 16 && x < 32 && y >= 8 && y < 24; };
    GenerateRequest job = Studio::job(studio.model("vace", controlModel()));
    job.basePath = studio.clip("base", base);
    job.maskPath = studio.clip("mask", drawnClip(kFrames, [&](std::int64_t, int x, int y) {
                                   return static_cast<std::uint16_t>(inHole(x, y) ? 65535 : 0);
                               }));
    const FrameSet frames = studio.made(job);
    CHECK_EQUAL(c, differences(frames, base, [&](int x, int y) { return !inHole(x, y); }), 0U);
    CHECK(c, differences(frames, base, inHole) > 16U * 16U * kFrames * 9 / 10);
    // Without a control branch the known part is blended in at every step.
    GenerateRequest blend = job;
    blend.model = studio.model("plain", TinyModel{});
    const Event refused = studio.outcome(blend);
    CHECK(c, std::get<FailedEvent>(refused).code == "unsupported-condition");
    blend.keeping = Keeping::Blend;
    const FrameSet blended = studio.made(blend);
    CHECK_EQUAL(c, differences(blended, base, [&](int x, int y) { return !inHole(x, y); }), 0U);
    CHECK(c, differences(blended, base, inHole) > 16U * 16U * kFrames * 9 / 10);
}

void basesArePlacedInLargerFrames(Checks& c) {
    Studio studio;
    const FrameSet base = noiseClip(kFrames, 6, 32, 16);
    GenerateRequest job = Studio::job(studio.model("vace", controlModel()));
    job.basePath = studio.clip("base", base);
    job.placement = Placement{8, 10, 32, 16};
    const FrameSet frames = studio.made(job);
    const FrameSet whole = drawnClip(kFrames, [&](std::int64_t f, int x, int y) {
        const bool inside = x >= 8 && x < 40 && y >= 10 && y < 26;
        return inside ? base.samples[static_cast<std::size_t>(((f * 16 + y - 10) * 32 + x - 8) * 3)] : std::uint16_t{0};
    });
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < whole.samples.size(); i += 3) { // red alone: the drawn clip is grey
        const auto x = static_cast<int>(i / 3 % kWidth);
        const auto y = static_cast<int>(i / 3 / kWidth % kHeight);
        wrong += x >= 8 && x < 40 && y >= 10 && y < 26 && whole.samples[i] != frames.samples[i] ? 1 : 0;
    }
    CHECK_EQUAL(c, wrong, 0U);
    job.placement = Placement{0, 0, 32, 16};
    CHECK(c, studio.made(job) != frames);
}

void runsOfFramesAreGoneOnFrom(Checks& c) {
    Studio studio;
    const FrameSet before = noiseClip(8, 7);
    const FrameSet after = noiseClip(8, 8);
    GenerateRequest job = Studio::job(studio.model("vace", controlModel()));
    const std::string a = studio.clip("before", before);
    const std::string b = studio.clip("after", after);
    job.known = {{a, 3, 5, 0}};
    const FrameSet forward = studio.made(job);
    CHECK(c, sameFrames(forward, 0, 5, before, 3) && forward.frames == kFrames);
    job.known = {{b, 0, 4, 5}};
    const FrameSet backward = studio.made(job);
    CHECK(c, sameFrames(backward, 5, 4, after, 0));
    job.known = {{a, 5, 3, 0}, {b, 0, 3, 6}};
    const FrameSet bridge = studio.made(job);
    CHECK(c, sameFrames(bridge, 0, 3, before, 5) && sameFrames(bridge, 6, 3, after, 0));
    // What is between depends on both sides.
    job.known = {{a, 5, 3, 0}, {a, 0, 3, 6}};
    CHECK(c, !sameFrames(studio.made(job), 3, 3, bridge, 3));
    // A length that is not the model's: what only the model needs is cut off, what was given is still there.
    job.frames = 8;
    job.known = {{b, 2, 3, 5}};
    const FrameSet odd = studio.made(job);
    CHECK(c, odd.frames == 8 && sameFrames(odd, 5, 3, after, 2));
}

void rangesAreMadeAnew(Checks& c) {
    Studio studio;
    const FrameSet base = noiseClip(kFrames, 9);
    GenerateRequest job = Studio::job(studio.model("vace", controlModel()));
    job.basePath = studio.clip("base", base);
    job.retake = FrameRange{3, 7};
    const FrameSet frames = studio.made(job);
    CHECK(c, sameFrames(frames, 0, 3, base, 0) && sameFrames(frames, 7, 2, base, 7));
    for (std::int64_t f = 3; f < 7; ++f) {
        CHECK(c, !sameFrames(frames, f, 1, base, f));
    }
    job.retake = FrameRange{3, 99};
    CHECK(c, std::get<FailedEvent>(studio.outcome(job)).code == "bad-request");
}

/// Each kind of control is another picture of the same base; a clip is taken as it is.
void controlsSteer(Checks& c) {
    Studio studio;
    GenerateRequest job = Studio::job(studio.model("vace", controlModel()));
    const FrameSet none = studio.made(job);
    const FrameSet base = noiseClip(kFrames, 10);
    job.basePath = studio.clip("base", base);
    std::vector<FrameSet> results{none};
    for (const Control control : {Control::Edges, Control::Luma, Control::Blur}) {
        job.control = control;
        results.push_back(studio.made(job));
    }
    job.control = Control::Depth;
    CHECK(c, std::get<FailedEvent>(studio.outcome(job)).code == "bad-request"); // a depth clip is needed
    job.controlPath = studio.clip("depth", drawnClip(kFrames, [](std::int64_t f, int x, int) {
                                      return static_cast<std::uint16_t>(x * 1000 + f * 500);
                                  }));
    results.push_back(studio.made(job));
    for (std::size_t i = 0; i < results.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            CHECK(c, results[i] != results[k]);
        }
    }
    // The base does not matter where a clip is given, nor does its name.
    job.basePath.clear();
    CHECK(c, studio.made(job) == results.back());
    job.control = Control::Clip;
    CHECK(c, studio.made(job) == results.back());
    // A grey base's luma is the base.
    job.controlPath.clear();
    job.basePath = studio.file("depth");
    job.control = Control::Luma;
    CHECK(c, largestStep(studio.made(job), results.back()) < 0.01);
}

void referencesCount(Checks& c) {
    Studio studio;
    GenerateRequest job = Studio::job(studio.model("vace", controlModel()));
    const FrameSet none = studio.made(job);
    const std::string one = studio.clip("one", noiseClip(1, 11));
    const std::string two = studio.clip("two", noiseClip(1, 12, 40, 50));
    job.references = {{one, 1.0}};
    const FrameSet single = studio.made(job);
    CHECK(c, single != none && single.frames == kFrames);
    job.references = {{one, 0.5}};
    CHECK(c, studio.made(job) != single);
    job.references = {{one, 1.0}, {two, 1.0}};
    const FrameSet pair = studio.made(job);
    CHECK(c, pair != single && pair.frames == kFrames);
    job.references = {{one, 1.0}, {two, 0.0}};
    CHECK(c, studio.made(job) == single); // what does not count is as if it were not there
}

void videoEntersLate(Checks& c) {
    Studio studio;
    GenerateRequest job = Studio::job(studio.model("plain", TinyModel{}));
    const FrameSet text = studio.made(job);
    job.basePath = studio.clip("base", noiseClip(kFrames, 13));
    CHECK(c, studio.made(job) == text); // strength 1 ignores it
    job.strength = 0.7;
    const FrameSet mixed = studio.made(job);
    CHECK(c, mixed != text);
    // Strength 0 is the base as the autoencoder gives it back.
    job.strength = 0.0;
    const FrameSet kept = studio.made(job);
    const c10::InferenceMode inference;
    const VideoVae vae = ModelFiles(job.model).loadVae(referenceDevice());
    const FrameSet base = noiseClip(kFrames, 13);
    std::vector<at::Tensor> frames;
    for (std::int64_t f = 0; f < kFrames; ++f) {
        frames.push_back(frameTensor(base, f));
    }
    const at::Tensor expected = vae.decode(vae.encode(at::cat(frames, 2)));
    for (std::int64_t f = 0; f < kFrames; ++f) {
        CHECK(c, (frameTensor(kept, f) - expected.narrow(2, f, 1)).abs().max().item<double>() < 1e-3);
    }
}

void promptsChangeInMidShot(Checks& c) {
    Studio studio;
    GenerateRequest job = Studio::job(studio.model("plain", TinyModel{}));
    const FrameSet lake = studio.made(job);
    job.prompts = {{"snowy peaks", 0, 0}};
    const FrameSet peaks = studio.made(job);
    CHECK(c, lake != peaks);
    job.prompts = {{"a lake at sunset", 0, 5}, {"snowy peaks", 5, 0}};
    const FrameSet both = studio.made(job);
    CHECK(c, both != lake && both != peaks);
    job.promptBlend = 0;
    CHECK(c, studio.made(job) != both);
    // The same words in two parts are one prompt.
    job.prompts = {{"a lake at sunset", 0, 5}, {"a lake at sunset", 5, 0}};
    const FrameSet twice = studio.made(job);
    CHECK_EQUAL(c, differences(twice, lake, [](int, int) { return true; }), 0U);
}

/// Several takes are each as alone, but for the rounding of products of several rows.
void takesAreAsAlone(Checks& c) {
    Studio studio;
    GenerateRequest job = Studio::job(studio.model("plain", TinyModel{}));
    job.seeds = {21, 22, 23};
    const auto event = std::get<FinishedEvent>(studio.outcome(job));
    CHECK_EQUAL(c, event.takes.size(), 3U);
    CHECK(c, readFrameFile(event.takes.front().framesPath) == studio.made(job)); // the same bits another time
    std::set<std::vector<std::uint16_t>> distinct;
    for (const FinishedTake& take : event.takes) {
        GenerateRequest alone = job;
        alone.seeds.clear();
        alone.seed = take.seed;
        const FrameSet frames = readFrameFile(take.framesPath);
        CHECK(c, largestStep(frames, studio.made(alone)) < 0.002);
        distinct.insert(frames.samples);
    }
    CHECK_EQUAL(c, distinct.size(), 3U);
}

/// Shots beyond the model's length.
void longShotsAreMadeInWindows(Checks& c) {
    Studio studio;
    for (const bool hasControl : {false, true}) {
        GenerateRequest job =
            Studio::job(studio.model(hasControl ? "vace" : "plain", hasControl ? controlModel() : TinyModel{}));
        job.frames = 22;
        job.windows = {.frames = 13, .overlap = 4};
        const FrameSet frames = studio.made(job);
        CHECK(c, frames.frames == 22 && studio.made(job) == frames);
        job.windows.frames = 0;
        CHECK(c, studio.made(job) != frames);      // the whole at once is something else
        job.windows = {.frames = 1, .overlap = 0}; // too short to hand anything on
        CHECK_EQUAL(c, studio.made(job).frames, 22);
    }
}

} // namespace

int main() {
    ::setenv("FANTASCOPE_DEVICE", "cpu", 1);
    ::setenv("FANTASCOPE_DTYPE", "fp32", 1);
    Checks checks;
    checks.run("two experts share the steps", twoExpertsShareTheSteps);
    checks.run("experts have their own LoRAs", expertsHaveTheirOwnLoras);
    checks.run("stills are seen twice", stillsAreSeenTwice);
    checks.run("ends are seen together", endsAreSeenTogether);
    checks.run("stills of two experts", stillsOfTwoExperts);
    checks.run("first frames have their own time", firstFramesHaveTheirOwnTime);
    checks.run("masks say what is made anew", masksSayWhatIsMadeAnew);
    checks.run("bases are placed in larger frames", basesArePlacedInLargerFrames);
    checks.run("runs of frames are gone on from", runsOfFramesAreGoneOnFrom);
    checks.run("ranges are made anew", rangesAreMadeAnew);
    checks.run("controls steer", controlsSteer);
    checks.run("references count", referencesCount);
    checks.run("video enters late", videoEntersLate);
    checks.run("prompts change in mid-shot", promptsChangeInMidShot);
    checks.run("takes are as alone", takesAreAsAlone);
    checks.run("long shots are made in windows", longShotsAreMadeInWindows);
    return checks.finish();
}
