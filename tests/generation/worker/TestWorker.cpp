// The real worker process with the starter model, at a size and step count that take little time.

#include "generation/protocol/FrameFile.h"
#include "generation/protocol/Protocol.h"
#include "generation/training/Parameters.h"
#include "generation/training/WeightWriter.h"
#include "generation/weights/WeightSource.h"

#include "tests/generation/worker/WorkerProcess.h"

#include <fstream>
#include <utility>

#include "tests/generation/worker/Cases.h"

using namespace generation;
using generation::test::Checks;
using generation::test::WorkerProcess;
namespace fs = std::filesystem;

namespace {

GenerateRequest smallJob(const std::string& id, const std::string& folder) {
    GenerateRequest request;
    request.id = id;
    request.model = starterFolder();
    request.prompts = {{"a lake at sunset", 0, 0}};
    request.width = 64;
    request.height = 32;
    request.frames = 5;
    request.steps = 2;
    request.seed = 9;
    request.outputPath = folder + "/" + id;
    return request;
}

std::string codeOf(const Event& event) {
    const auto* failed = std::get_if<FailedEvent>(&event);
    return failed ? failed->code : "not failed";
}

void jobsAreDoneInOrder(Checks& c) {
    const TemporaryFolder folder;
    WorkerProcess worker;
    const Event hello = worker.event();
    CHECK(c, std::get<HelloEvent>(hello).protocol == kProtocolVersion && std::get<HelloEvent>(hello).threads >= 1);
    worker.send(smallJob("a", folder.path));
    worker.send(smallJob("b", folder.path));
    CHECK(c, worker.event() == Event(AcceptedEvent{"a"}));
    int previews = 0;
    int steps = 0;
    for (;;) {
        const Event event = worker.event();
        if (const auto* preview = std::get_if<PreviewEvent>(&event)) {
            ++previews;
            CHECK(c, preview->id == "a" && preview->step == previews);
        } else if (const auto* progress = std::get_if<ProgressEvent>(&event)) {
            steps = std::max(steps, progress->step);
        } else {
            const auto& finished = std::get<FinishedEvent>(event);
            CHECK(c, finished.width == 64 && finished.height == 32 && finished.frames == 5 && finished.seed == 9 &&
                         finished.steps == 2);
            CHECK(c, !finished.modelHash.empty() && finished.sampler == "euler");
            const FrameSet frames = readFrameFile(finished.framesPath);
            CHECK(c, frames.frames == 5 && frames.width == 64 && frames.height == 32);
            break;
        }
    }
    CHECK(c, previews == 2 && steps == 2);
    const Event second = worker.outcome();
    CHECK(c, std::get<FinishedEvent>(second).id == "b");
    CHECK(c,
          readFrameFile(folder.path + "/a/frames.safetensors") == readFrameFile(folder.path + "/b/frames.safetensors"));
    CHECK(c, !fs::exists(folder.path + "/a.partial") && !fs::exists(folder.path + "/b.partial"));
    worker.closeInput();
    CHECK_EQUAL(c, worker.wait(), 0);
}

void garbageIsAnsweredAndForgotten(Checks& c) {
    WorkerProcess worker;
    worker.event();
    for (const std::string& line :
         {std::string("not JSON"), std::string("\xff\xfe"), std::string(kMaxLineBytes + 10, 'x'),
          std::string(R"({"type":"cancel","id":7})"), std::string(R"({"type":"dance","id":"a"})")}) {
        worker.sendLine(line);
        const Event event = worker.event();
        CHECK(c, codeOf(event) == "bad-request" && std::get<FailedEvent>(event).id.empty());
    }
    // Whose it was is said where it can be read, so that no other job is taken for the one that failed.
    for (const char* line : {R"({"type":"generate","id":"a"})", R"({"type":"plan","id":"a","model":"m","shift":0})"}) {
        worker.sendLine(line);
        const Event event = worker.event();
        CHECK(c, codeOf(event) == "bad-request" && std::get<FailedEvent>(event).id == "a");
    }
    worker.send(QuitRequest{});
    CHECK_EQUAL(c, worker.wait(), 0);
    CHECK(c, worker.line() == std::nullopt);
}

/// Steps long enough that a request on its way loses none, or one: what was asked for in a step ends in it or in the
/// next.
void checkStepsAfterCancel(Checks& c, WorkerProcess& worker, GenerateRequest job) {
    constexpr int kAsked = 3;
    job.width = 224;
    job.height = 128;
    job.frames = 25;
    job.guidance = 3.0;
    job.wantsPreviews = false;
    worker.send(job);
    worker.waitForStep(kAsked);
    worker.send(CancelRequest{job.id});
    int last = kAsked;
    for (Event event = worker.event(); !std::holds_alternative<CancelledEvent>(event); event = worker.event()) {
        if (const auto* progress = std::get_if<ProgressEvent>(&event)) {
            last = std::max(last, progress->step);
        }
    }
    CHECK(c, last <= kAsked + 2);
}

void cancelIsHeardWithinAStep(Checks& c) {
    const TemporaryFolder folder;
    WorkerProcess worker;
    worker.event();
    GenerateRequest job = smallJob("long", folder.path);
    job.steps = 1000;
    worker.send(job);
    worker.send(smallJob("waiting", folder.path));
    worker.waitForStep(1);
    worker.send(CancelRequest{"waiting"});
    CHECK(c, worker.outcome() == Event(CancelledEvent{"waiting"}));
    worker.send(CancelRequest{"long"});
    CHECK(c, worker.outcome() == Event(CancelledEvent{"long"}));
    checkStepsAfterCancel(c, worker, job);
    CHECK(c, fs::is_empty(folder.path));
    worker.send(smallJob("next", folder.path));
    CHECK(c, std::get<FinishedEvent>(worker.outcome()).id == "next");
    worker.send(job);
    worker.waitForStep(1);
    worker.closeInput(); // the editor is gone
    CHECK_EQUAL(c, worker.wait(), 0);
    CHECK(c, !fs::exists(folder.path + "/long") && fs::exists(folder.path + "/long.partial/checkpoints"));
}

/// Reads events until one of the kind comes; others of the end of a job fail.
template <class Kind>
Kind waitFor(WorkerProcess& worker) {
    for (;;) {
        const Event event = worker.event();
        if (const auto* wanted = std::get_if<Kind>(&event)) {
            return *wanted;
        }
        if (std::holds_alternative<FailedEvent>(event) || std::holds_alternative<FinishedEvent>(event)) {
            throw std::runtime_error("the job has ended: " + toJsonLine(event));
        }
    }
}

FailedEvent waitForFailure(WorkerProcess& worker) {
    for (;;) {
        const Event event = worker.event();
        if (const auto* failed = std::get_if<FailedEvent>(&event)) {
            return *failed;
        }
    }
}

std::int64_t memoryOf(const WorkerProcess& worker) {
    std::ifstream file("/proc/" + std::to_string(worker.processId()) + "/statm");
    std::int64_t all = 0;
    std::int64_t resident = 0;
    file >> all >> resident;
    return resident * 4096;
}

FrameSet framesOf(const Event& event) {
    return readFrameFile(std::get<FinishedEvent>(event).framesPath);
}

void pausedJobsGiveTheirMemoryBackAndGoOn(Checks& c) {
    const TemporaryFolder folder;
    WorkerProcess worker;
    worker.event();
    GenerateRequest job = smallJob("plain", folder.path);
    job.steps = 40;
    job.sampler = "unipc";
    worker.send(job);
    const FrameSet expected = framesOf(worker.outcome());
    [[maybe_unused]] const std::int64_t loaded = memoryOf(worker);

    job.id = "paused";
    job.outputPath = folder.path + "/paused";
    worker.send(job);
    worker.waitForStep(3);
    worker.send(PauseRequest{"paused"});
    const auto paused = waitFor<PausedEvent>(worker);
    CHECK(c, paused.id == "paused" && paused.step >= 3 && paused.step < 40 && paused.steps == 40);
#ifndef __SANITIZE_ADDRESS__                          // which keeps what is freed
    CHECK(c, loaded - memoryOf(worker) > 20'000'000); // the starter's weights are 50 MB
#endif
    CHECK(c, fs::exists(folder.path + "/paused.partial/checkpoints"));

    worker.send(smallJob("between", folder.path)); // others may go on
    CHECK(c, std::get<FinishedEvent>(worker.outcome()).id == "between");
    worker.send(ResumeRequest{"paused"});
    const auto notice = waitFor<NoticeEvent>(worker);
    CHECK(c, notice.code == "resumed" && notice.facts == (NoticeFacts{{"step", std::int64_t{paused.step}}}));
    CHECK(c, framesOf(worker.outcome()) == expected);
    CHECK(c, !fs::exists(folder.path + "/paused.partial"));

    job.id = "dropped"; // paused and then cancelled: nothing stays
    job.outputPath = folder.path + "/dropped";
    worker.send(job);
    worker.waitForStep(1);
    worker.send(PauseRequest{"dropped"});
    waitFor<PausedEvent>(worker);
    worker.send(CancelRequest{"dropped"});
    CHECK(c, worker.outcome() == Event(CancelledEvent{"dropped"}));
    CHECK(c, !fs::exists(folder.path + "/dropped.partial"));

    for (int i = 0; i < 10; ++i) { // in one go, wherever in a step that comes
        worker.send(job);
        worker.waitForStep(1 + i % 3);
        worker.sendLine(toJsonLine(PauseRequest{"dropped"}) + "\n" + toJsonLine(CancelRequest{"dropped"}));
        CHECK(c, worker.outcome() == Event(CancelledEvent{"dropped"}));
        CHECK(c, !fs::exists(folder.path + "/dropped.partial"));
    }
}

void aNewWorkerGoesOnWhereTheOldOneDied(Checks& c) {
    const TemporaryFolder folder;
    GenerateRequest job = smallJob("a", folder.path);
    job.steps = 40;
    FrameSet expected;
    {
        WorkerProcess worker;
        worker.event();
        worker.send(job);
        expected = framesOf(worker.outcome());
    }
    job.outputPath = folder.path + "/b";
    {
        WorkerProcess worker;
        worker.send(job);
        worker.waitForStep(5);
        worker.kill();
        worker.wait();
    }
    WorkerProcess worker;
    worker.event();
    worker.send(job);
    const auto notice = waitFor<NoticeEvent>(worker);
    CHECK(c, notice.code == "resumed" && std::get<std::int64_t>(notice.facts.at("step")) >= 5);
    CHECK(c, framesOf(worker.outcome()) == expected);
}

void plansAreAnsweredAtOnce(Checks& c) {
    const TemporaryFolder folder;
    WorkerProcess worker;
    worker.event();
    GenerateRequest job = smallJob("running", folder.path);
    job.steps = 1000;
    worker.send(job);
    worker.waitForStep(1);
    GenerateRequest asked = smallJob("asked", folder.path);
    asked.width = 225;
    asked.height = 100;
    asked.frames = 26;
    worker.send(PlanRequest{asked}); // while another job runs
    const auto plan = waitFor<PlannedEvent>(worker);
    CHECK(c, plan.id == "asked" && plan.fits && plan.residency == "resident" && plan.windows == 2);
    CHECK(c, plan.width == 225 && plan.height == 100 && plan.frames == 26 && plan.legalWidth == 256 &&
                 plan.legalHeight == 128 && plan.legalFrames == 29);
    CHECK(c, plan.memoryBytes > 30'000'000 && plan.memoryFree > plan.memoryBytes && plan.needsBytes < plan.memoryBytes);
    asked.width = 16384; // no machine of today
    asked.height = 16384;
    worker.send(PlanRequest{asked});
    for (;;) {
        const Event event = worker.event();
        if (const auto* failed = std::get_if<FailedEvent>(&event)) {
            CHECK(c, failed->id == "asked" && failed->code == "bad-request"); // beyond the model's positions
            break;
        }
        if (const auto* huge = std::get_if<PlannedEvent>(&event)) {
            CHECK(c, !huge->fits && huge->needsBytes > plan.memoryFree);
            break;
        }
    }
    asked.model = folder.path + "/none";
    worker.send(PlanRequest{asked});
    const auto failed = waitForFailure(worker);
    CHECK_EQUAL(c, failed.code, "model-not-found");
    worker.send(CancelRequest{"running"});
    CHECK(c, worker.outcome() == Event(CancelledEvent{"running"}));
}

void takesAndCheckpointsArePublished(Checks& c) {
    const TemporaryFolder folder;
    WorkerProcess worker;
    worker.event();
    GenerateRequest job = smallJob("a", folder.path);
    job.seeds = {9, 10};
    job.checkpoints = Checkpoints::All;
    worker.send(job);
    const auto finished = std::get<FinishedEvent>(worker.outcome());
    CHECK(c, finished.takes.size() == 2 && finished.takes[1].seed == 10);
    CHECK(c, readFrameFile(finished.takes[0].framesPath) != readFrameFile(finished.takes[1].framesPath));
    CHECK_EQUAL(c, finished.framesPath, finished.takes[0].framesPath);
    GenerateRequest branch = job;
    branch.id = "b";
    branch.outputPath = folder.path + "/b";
    branch.branchPath = finished.checkpointFolder + "/step-0001.safetensors";
    branch.prompts[0].text = "a city";
    worker.send(branch);
    CHECK(c, std::holds_alternative<FinishedEvent>(worker.outcome()));
}

void aKilledWorkerLeavesNoHalfResult(Checks& c) {
    const TemporaryFolder folder;
    GenerateRequest job = smallJob("a", folder.path);
    {
        WorkerProcess worker;
        job.steps = 1000;
        worker.send(job);
        worker.waitForStep(1);
        worker.kill();
        CHECK_EQUAL(c, worker.wait(), -9);
    }
    CHECK(c, !fs::exists(job.outputPath) && fs::exists(job.outputPath + ".partial"));
    WorkerProcess worker;
    worker.event();
    job.steps = 1;
    worker.send(job);
    CHECK(c, std::holds_alternative<FinishedEvent>(worker.outcome()));
    CHECK(c, !fs::exists(job.outputPath + ".partial"));
}

void badJobsFailWithACode(Checks& c) {
    const TemporaryFolder folder;
    WorkerProcess worker;
    worker.event();
    const auto outcomeOf = [&](const GenerateRequest& job) {
        worker.send(job);
        return codeOf(worker.outcome());
    };
    GenerateRequest job = smallJob("a", folder.path);
    job.model = folder.path + "/nowhere";
    CHECK_EQUAL(c, outcomeOf(job), "model-not-found");

    const std::string broken = folder.path + "/broken";
    fs::copy(starterFolder(), broken, fs::copy_options::recursive);
    job.model = broken;
    fs::resize_file(broken + "/transformer/diffusion_pytorch_model-00001-of-00003.safetensors", 100000);
    CHECK_EQUAL(c, outcomeOf(job), "bad-model");
    std::ofstream(broken + "/vae/config.json") << "{\"z_dim\": 1e99}";
    CHECK_EQUAL(c, outcomeOf(job), "bad-model");
    std::ofstream(broken + "/model_index.json") << std::string(100000, '[');
    CHECK_EQUAL(c, outcomeOf(job), "bad-model");

    job = smallJob("a", folder.path);
    job.references = {{"/r", 1.0}, {"/s", 1.0}};
    CHECK_EQUAL(c, outcomeOf(job), "unsupported-condition");
    job = smallJob("a", folder.path);
    job.firstFramePath = starterFolder() + "/model_index.json";
    CHECK_EQUAL(c, outcomeOf(job), "bad-input");
    job = smallJob("a", folder.path);
    job.outputPath = starterFolder();
    CHECK_EQUAL(c, outcomeOf(job), "bad-request");
    job.outputPath = starterFolder() + "/model_index.json/below";
    CHECK_EQUAL(c, outcomeOf(job), "write-failed");
    CHECK_EQUAL(c, outcomeOf(smallJob("a", folder.path)), "not failed");
}

void commandsHaveExitCodes(Checks& c) {
    const auto run = [](const std::vector<std::string>& arguments, std::string& last) {
        WorkerProcess worker(arguments);
        while (const auto line = worker.line()) {
            last = *line;
        }
        return worker.wait();
    };
    const TemporaryFolder folder;
    std::string last;
    CHECK_EQUAL(c, run({"--help"}, last), 0);
    CHECK_EQUAL(c, run({"--version"}, last), 0);
    CHECK(c, last.starts_with("fantascope-worker "));
    CHECK_EQUAL(c, run({"dance"}, last), 2);
    CHECK_EQUAL(c, run({"parity", folder.path}, last), 2);
    CHECK_EQUAL(c, run({"describe", starterFolder()}, last), 0);
    CHECK(c, last.find("\"name\":\"starter\"") != std::string::npos && last.find("problem") == std::string::npos);
    CHECK_EQUAL(c, run({"describe", folder.path}, last), 0);
    CHECK(c, last.find("\"problem\"") != std::string::npos);
    // Two transformers beside each other are two models, each at its own file.
    for (const auto& [part, to] :
         {std::pair("transformer", "diffusion_models/a"), std::pair("transformer", "diffusion_models/b"),
          std::pair("vae", "vae/v"), std::pair("text_encoder", "text_encoders/t")}) {
        const fs::path place = fs::path(folder.path) / "loose" / (std::string(to) + ".safetensors");
        fs::create_directories(place.parent_path());
        const std::string from = starterFolder() + "/" + part;
        writeShards(place.parent_path().string(), place.stem().string(), weightsOf(WeightSource::openFolder(from)),
                    std::int64_t{1} << 30U);
        fs::copy(from + "/config.json", place.parent_path() / "config.json", fs::copy_options::overwrite_existing);
    }
    fs::create_symlink(starterFolder() + "/tokenizer/spiece.model", folder.path + "/loose/spiece.model");
    CHECK_EQUAL(c, run({"describe", folder.path + "/loose"}, last), 0);
    CHECK(c, last.find("\"name\":\"b\"") != std::string::npos && last.find("wan-vace") != std::string::npos);
    const std::string loose = fs::absolute(folder.path + "/loose").string();
    const auto has = [&](const std::string& file) {
        return last.find('"' + loose + '/' + file + '"') != std::string::npos;
    };
    CHECK(c, has("diffusion_models/b.safetensors") && has("vae/v.safetensors") && has("text_encoders/t.safetensors"));
    CHECK(c, has("spiece.model") && has("diffusion_models/config.json") && !has("diffusion_models/a.safetensors"));
    fs::copy(FIXTURES_DIR "/engine/schedulers.safetensors", folder.path);
    CHECK_EQUAL(c, run({"parity", folder.path}, last), 0);
    CHECK_EQUAL(c, last, "45 passed, 0 failed");
    std::ofstream(folder.path + "/broken.safetensors") << "garbage";
    CHECK_EQUAL(c, run({"parity", folder.path}, last), 1);
    CHECK_EQUAL(c, last, "45 passed, 1 failed");
}

} // namespace

int main() {
    Checks checks;
    partCases(checks);
    checks.run("commands have exit codes", commandsHaveExitCodes);
    checks.run("garbage is answered and forgotten", garbageIsAnsweredAndForgotten);
    checks.run("jobs are done in order", jobsAreDoneInOrder);
    checks.run("cancel is heard within a step", cancelIsHeardWithinAStep);
    checks.run("a killed worker leaves no half result", aKilledWorkerLeavesNoHalfResult);
    checks.run("bad jobs fail with a code", badJobsFailWithACode);
    checks.run("paused jobs give their memory back and go on", pausedJobsGiveTheirMemoryBackAndGoOn);
    checks.run("a new worker goes on where the old one died", aNewWorkerGoesOnWhereTheOldOneDied);
    checks.run("plans are answered at once", plansAreAnsweredAtOnce);
    checks.run("takes and checkpoints are published", takesAndCheckpointsArePublished);
    return checks.finish();
}
