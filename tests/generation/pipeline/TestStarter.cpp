// The starter model through the whole pipeline, against the numbers that came with its weights. Better weights bring
// their own golden file, which this test writes where FANTASCOPE_WRITE_GOLDEN says; nothing here knows this version's
// numbers.

#include "generation/pipeline/Denoiser.h"
#include "generation/pipeline/JobError.h"
#include "generation/pipeline/ShotGenerator.h"
#include "generation/pipeline/TensorFile.h"
#include "generation/weights/Safetensors.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <stdlib.h>

#include "tests/generation/model/OpenedModel.h"
#include "tests/generation/pipeline/Cases.h"

using namespace generation;
using generation::test::Checks;
namespace fs = std::filesystem;

namespace {

double difference(const at::Tensor& a, const at::Tensor& b) {
    return a.sizes() == b.sizes() ? (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>() : 1e9;
}

/// Counts what it is told; stops the job after `stopAfter` steps.
class CountingObserver final : public PipelineObserver {
public:
    int previews = 0;
    int steps = 0;
    int decoded = 0;
    int stopAfter = 1000;
    FrameSet lastPreview;

    void checkpoint() override {
        if (steps >= stopAfter) {
            throw Cancelled();
        }
    }
    void progress(Stage stage, int step, int) override {
        (stage == Stage::Denoise ? steps : stage == Stage::Decode ? decoded : m_other) = step;
    }
    void preview(int, const FrameSet& clip) override {
        ++previews;
        lastPreview = clip;
    }
    bool wantsPreviews() const override { return true; }

private:
    int m_other = 0;
};

struct Starter {
    generation::test::OpenedModel model{starterFolder()};
    NetworkPool networks{starterFolder(), referenceDevice()};
    Tokenizer tokenizer{model.files.card().tokenizerFolder()};
    ShotGenerator generator{networks, tokenizer};
};

/// What the starter makes of a golden file's inputs, under the names and with the tolerances of its outputs.
struct Made {
    std::string name;
    at::Tensor values;
    double tolerance;
};

std::vector<Made> madeOf(const Safetensors& golden, const Starter& starter) {
    const c10::InferenceMode inference;
    const auto length = static_cast<std::int64_t>(starter.model.files.card().maxTextTokens);
    const auto featuresOf = [&](const std::string& text) {
        return starter.model.textEncoder.encode(starter.tokenizer.encode(text, static_cast<std::size_t>(length)),
                                                length);
    };
    std::vector<Made> made;
    DenoiseInputs inputs;
    inputs.prompts = featuresOf(golden.metadata("prompt"));
    made.push_back({"out.text", inputs.prompts, 2e-4});
    inputs.negative = featuresOf("");
    inputs.guidance.scale = 4.0;
    inputs.noise = golden.tensor("in.noise");
    Denoiser denoiser(starter.model.transformer, inputs);
    made.push_back({"out.velocity_step0_cfg4", denoiser.velocity({inputs.noise, 1000.0, 0, 1}), 1e-3});
    EulerSampler sampler(eulerSchedule(8, starter.model.files.card().shift), 0);
    const at::Tensor latents = denoiser.run(sampler);
    made.push_back({"out.latents_8_steps_cfg4", latents, 2e-3});
    made.push_back({"out.video", starter.model.vae.decode(latents).slice(2, 0, {}, 8), 2e-3});
    made.push_back({"out.latent_mode", starter.model.vae.encodeDistribution(golden.tensor("in.video")).mean, 2e-3});
    inputs.guidance.scale = 1.0;
    inputs.control = golden.tensor("in.control");
    made.push_back({"out.velocity_control_t500",
                    Denoiser(starter.model.transformer, inputs).velocity({inputs.noise, 500.0, 0, 1}), 1e-3});
    return made;
}

void goldenNumbersAgree(Checks& c, const Starter& starter) {
    const Safetensors golden = Safetensors::open(starterFolder() + "/golden.safetensors");
    const std::vector<Made> made = madeOf(golden, starter);
    if (const char* path = std::getenv("FANTASCOPE_WRITE_GOLDEN")) {
        std::map<std::string, at::Tensor> tensors;
        for (const char* name : {"in.noise", "in.video", "in.control"}) {
            tensors[name] = golden.tensor(name);
        }
        for (const Made& one : made) {
            tensors[one.name] = one.values;
        }
        writeTensorFile(path, tensors, {{"prompt", golden.metadata("prompt")}, {"note", golden.metadata("note")}});
        return;
    }
    for (const Made& one : made) {
        CHECK(c, difference(one.values, golden.tensor(one.name)) < one.tolerance);
    }
}

GenerateRequest smallRequest() {
    GenerateRequest request;
    request.id = "1";
    request.prompts = {{"a lake at sunset", 0, 0}};
    request.width = 70;
    request.height = 50;
    request.frames = 7;
    request.fpsNumerator = 24000;
    request.fpsDenominator = 1001;
    request.steps = 3;
    request.seed = 5;
    return request;
}

void resultsHaveWhatWasAskedFor(Checks& c, Starter& starter) {
    CountingObserver observer;
    const GeneratedShot shot = starter.generator.generate(smallRequest(), observer);
    const FrameSet& frames = shot.takes.front();
    CHECK(c,
          frames.width == 70 && frames.height == 50 && frames.frames == 7 && frames.samples.size() == 70U * 50 * 7 * 3);
    CHECK(c, frames.fpsNumerator == 24000 && frames.fpsDenominator == 1001);
    CHECK(c, observer.previews == 3 && observer.steps == 3 && observer.decoded == 3);
    CHECK(c, observer.lastPreview.frames == 3 && observer.lastPreview.width == 5 && observer.lastPreview.height == 4);

    CountingObserver again;
    CHECK(c,
          starter.generator.generate(smallRequest(), again).takes.front() == frames); // the same seed, the same frames
    GenerateRequest other = smallRequest();
    other.seed = 6;
    CHECK(c, starter.generator.generate(other, again).takes.front() != frames);
    other = smallRequest();
    other.prompts = {{"a lake at sunset", 0, 3}, {"a forest at night", 3, 0}};
    CHECK(c, starter.generator.generate(other, again).takes.front() != frames);
}

void everyKnownConditionRuns(Checks& c, Starter& starter) {
    std::string folder = (fs::temp_directory_path() / "fantascope-starter-XXXXXX").string();
    CHECK(c, ::mkdtemp(folder.data()) != nullptr);
    CountingObserver observer;
    GenerateRequest request = smallRequest();
    request.steps = 1;
    const FrameSet base = starter.generator.generate(request, observer).takes.front();
    const std::string path = folder + "/base";
    writeFrameFile(path, base);
    std::vector<FrameSet> results;
    for (const auto& condition : starter.model.files.card().conditions) {
        request = smallRequest();
        request.steps = 1;
        for (const std::string& name : condition) {
            if (name == "first_frame") {
                request.firstFramePath = path;
            } else if (name == "reference") {
                request.references = {{path, 1.0}};
            } else {
                request.basePath = path;
                request.control = name == "edges" ? Control::Edges : Control::Luma;
            }
        }
        results.push_back(starter.generator.generate(request, observer).takes.front());
        for (std::size_t i = 0; i + 1 < results.size(); ++i) {
            CHECK(c, results[i] != results.back()); // each one counts
        }
    }
    request.references = {{path, 0.5}};
    const FrameSet half = starter.generator.generate(request, observer).takes.front();
    CHECK(c, half != results.back()); // a weakened reference is neither the full one nor none
    request.references.clear();
    CHECK(c, half != starter.generator.generate(request, observer).takes.front());

    request = smallRequest();
    request.basePath = path;
    request.strength = 0.0; // keeps the base, but for what the autoencoder loses
    const FrameSet kept = starter.generator.generate(request, observer).takes.front();
    double sum = 0.0;
    for (std::size_t i = 0; i < kept.samples.size(); ++i) {
        sum += std::abs(static_cast<double>(kept.samples[i]) - base.samples[i]);
    }
    CHECK(c, kept.frames == base.frames && sum / static_cast<double>(kept.samples.size()) < 0.1 * 65535);

    request.basePath = folder + "/missing";
    request.strength = 0.5;
    try {
        starter.generator.generate(request, observer);
        c.failed("missing base", 0, "was not refused");
    } catch (const JobError& error) {
        CHECK_EQUAL(c, error.code(), "bad-input");
    }
    fs::remove_all(folder);
}

void cancelWorksBetweenParts(Checks& c, Starter& starter) {
    CountingObserver observer;
    observer.stopAfter = 2;
    CHECK_THROWS(c, starter.generator.generate(smallRequest(), observer), Cancelled);
    CHECK_EQUAL(c, observer.steps, 2);
    CHECK_EQUAL(c, observer.decoded, 0);
}

} // namespace

void starterCases(Checks& checks) {
    Starter starter;
    checks.run("the starter's golden numbers agree", [&](Checks& c) { goldenNumbersAgree(c, starter); });
    checks.run("results have what was asked for", [&](Checks& c) { resultsHaveWhatWasAskedFor(c, starter); });
    checks.run("every known condition runs", [&](Checks& c) { everyKnownConditionRuns(c, starter); });
    checks.run("cancel works between parts", [&](Checks& c) { cancelWorksBetweenParts(c, starter); });
}
