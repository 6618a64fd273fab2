// What a job tells its owner beside its result: notices, by their facts.

#include "tests/generation/model/TinyModel.h"
#include "tests/generation/worker/Studio.h"

#include <ATen/ATen.h>

#include <filesystem>

#include <stdlib.h>

#include "tests/generation/Check.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;
namespace fs = std::filesystem;

namespace {

/// The frames of a job in a worker of its own, and what it noticed.
FrameSet made(const Studio& studio, GenerateRequest job, std::vector<NoticeEvent>& notices) {
    job.id = "noticed";
    job.outputPath = studio.file("out-noticed");
    WorkerProcess worker;
    worker.event();
    worker.send(job);
    for (;;) {
        const Event event = worker.event();
        if (const auto* notice = std::get_if<NoticeEvent>(&event)) {
            notices.push_back(*notice);
        }
        if (const auto* finished = std::get_if<FinishedEvent>(&event)) {
            return readFrameFile(finished->framesPath);
        }
        if (std::holds_alternative<FailedEvent>(event)) {
            throw std::runtime_error(toJsonLine(event));
        }
    }
}

/// A model reads so much of a prompt and no more: the owner hears of the rest.
void longPromptsAreToldOf(Checks& c) {
    Studio studio;
    GenerateRequest job = Studio::job(studio.model("plain", TinyModel{}));
    std::vector<NoticeEvent> notices;
    made(studio, job, notices);
    CHECK(c, notices.empty());
    for (int i = 0; i < 600; ++i) {
        job.prompts.front().text += " lake";
    }
    made(studio, job, notices);
    CHECK(c, notices.size() == 1 && notices.front().code == "prompt-cut");
    CHECK(c, std::get<std::int64_t>(notices.at(0).facts.at("tokens")) >
                 std::get<std::int64_t>(notices.at(0).facts.at("most")));
}

/// Loose files of two experts work as the folder does, and the owner is told what was decided.
void looseExpertsAreToldOf(Checks& c) {
    Studio studio;
    const TinyModel tiny = twoExperts(0.875);
    GenerateRequest job = Studio::job(studio.model("folder", tiny));
    const FrameSet expected = studio.made(job);
    const std::string place = studio.file("loose");
    fs::create_directories(place);
    writeFile(place + "/config.json", R"({"num_heads":2})");
    writeFile(place + "/spiece.model", starterPieces());
    writeFile(place + "/wan2.2_low_noise.safetensors", fileOf(tinyTransformer(tiny, 1), Spelling::Authors));
    writeFile(place + "/wan2.2_high_noise.safetensors", fileOf(tinyTransformer(tiny, 0), Spelling::Comfy));
    writeFile(place + "/vae.safetensors", fileOf(tinyVae(tiny), Spelling::Authors));
    writeFile(place + "/text.safetensors", fileOf(tinyText(tiny), Spelling::Authors));
    WorkerProcess describing({"describe", place}); // one model, at the file that was found first
    const std::string line = describing.line().value_or("");
    CHECK(c, line.find("\"wan-a14b\"") != std::string::npos && line.find("high_noise.safe") != std::string::npos);
    CHECK(c, describing.line() == std::nullopt);
    job.model = place;
    std::vector<NoticeEvent> notices;
    CHECK(c, made(studio, job, notices) == expected);
    CHECK_EQUAL(c, notices.size(), 2U);
    for (std::size_t i = 0; i < notices.size(); ++i) {
        const std::string level = i == 0 ? "high" : "low";
        CHECK(c, notices[i].code == "experts" &&
                     notices[i].facts ==
                         (NoticeFacts{{"file", "wan2.2_" + level + "_noise.safetensors"}, {"level", level}}));
    }
}

/// A LoRA of which a part is for another network does what it can, and its owner is told what it does not do.
void lorasAreToldOfWhereTheyMiss(Checks& c) {
    Studio studio;
    const std::string key = "diffusion_model.blocks.0.self_attn.q.";
    const std::string other = "diffusion_model.blocks.7.self_attn.q.";
    at::manual_seed(8);
    writeTensors(studio.file("half.safetensors"), {{key + "lora_A.weight", at::randn({4, 24})},
                                                   {key + "lora_B.weight", at::randn({24, 4})},
                                                   {other + "lora_A.weight", at::randn({4, 24})},
                                                   {other + "lora_B.weight", at::randn({24, 4})}});
    GenerateRequest job = Studio::job(studio.model("pair", twoExperts(0.875)));
    const FrameSet without = studio.made(job);
    job.loras = {{.path = studio.file("half.safetensors")}};
    std::vector<NoticeEvent> notices;
    CHECK(c, made(studio, job, notices) != without);
    CHECK_EQUAL(c, notices.size(), 1U); // once, not for each expert
    if (!notices.empty()) {
        CHECK_EQUAL(c, notices[0].code, "lora-keys");
        CHECK(c, notices[0].facts == (NoticeFacts{{"file", "half.safetensors"},
                                                  {"keys", std::int64_t{2}},
                                                  {"first", other + "lora_A.weight, " + other + "lora_B.weight"},
                                                  {"parts", std::int64_t{1}}}));
    }
}

} // namespace

int main() {
    ::setenv("FANTASCOPE_DEVICE", "cpu", 1);
    ::setenv("FANTASCOPE_DTYPE", "fp32", 1);
    Checks checks;
    checks.run("long prompts are told of", longPromptsAreToldOf);
    checks.run("loose experts are told of", looseExpertsAreToldOf);
    checks.run("LoRAs are told of where they miss", lorasAreToldOfWhereTheyMiss);
    return checks.finish();
}
