#include "generation/pipeline/JobError.h"
#include "generation/protocol/RequestKey.h"
#include "generation/weights/WeightsError.h"
#include "generation/worker/Inbox.h"
#include "generation/worker/JobClock.h"
#include "generation/worker/ModelCache.h"
#include "generation/worker/ResultFolder.h"
#include "generation/worker/WorkerLoop.h"

#include <c10/util/Exception.h>

#include <cmath>
#include <fstream>
#include <thread>

#include "tests/generation/worker/Cases.h"

using namespace generation;
using generation::test::Checks;
namespace fs = std::filesystem;

namespace {

GenerateRequest named(const std::string& id) {
    GenerateRequest request;
    request.id = id;
    return request;
}

void theInboxKeepsOrderAndForgetsCancelled(Checks& c) {
    using Wish = Inbox::Wish;
    Inbox inbox;
    for (const char* id : {"a", "b", "c"}) {
        inbox.add(named(id));
    }
    CHECK(c, inbox.next()->id == "a");
    CHECK(c, inbox.wish() == Wish::GoOn);
    CHECK(c, inbox.cancel("b")->id == "b"); // was waiting
    CHECK(c, !inbox.cancel("a"));           // is running
    CHECK(c, inbox.wish() == Wish::Cancel);
    CHECK(c, !inbox.cancel("unknown"));
    CHECK(c, inbox.next()->id == "c");
    CHECK(c, inbox.wish() == Wish::GoOn); // the wish was for the other job
    std::jthread closing([&] { inbox.close(); });
    CHECK(c, inbox.next() == std::nullopt);
    CHECK(c, inbox.wish() == Wish::Leave);
}

void pausedJobsAreHeld(Checks& c) {
    using Wish = Inbox::Wish;
    Inbox inbox;
    for (const char* id : {"a", "b", "c", "d"}) {
        inbox.add(named(id));
    }
    CHECK(c, inbox.pause("c") && !inbox.pause("unknown")); // waiting: held at once
    CHECK(c, inbox.next()->id == "a");
    CHECK(c, !inbox.pause("a") && inbox.wish() == Wish::Pause);
    CHECK(c, inbox.hold(named("a")));
    CHECK(c, inbox.next()->id == "b"); // others go on meanwhile
    CHECK(c, inbox.wish() == Wish::GoOn);
    inbox.resume("a");
    inbox.resume("unknown");
    CHECK(c, inbox.next()->id == "a"); // before those that wait
    // Resumed before it had come to pause: it goes on right away.
    inbox.pause("a");
    inbox.resume("a");
    CHECK(c, inbox.hold(named("a")));
    CHECK(c, inbox.next()->id == "a");
    inbox.pause("a");
    inbox.cancel("a");
    CHECK(c, inbox.wish() == Wish::Cancel);
    inbox.pause("a");
    CHECK(c, inbox.wish() == Wish::Cancel); // cancelled is cancelled
    CHECK(c, !inbox.hold(named("a")));      // also when the pause lands first
    inbox.resume("a");
    CHECK(c, inbox.next()->id == "d");
    CHECK(c, inbox.cancel("c")->id == "c"); // held ones can be cancelled
    inbox.resume("c");
    std::jthread closing([&] { inbox.close(); });
    CHECK(c, inbox.next() == std::nullopt);
}

void theClockKnowsTheWholeJob(Checks& c) {
    using std::chrono::milliseconds;
    JobClock clock;
    const JobClock::Time start{};
    clock.begin(start);
    CHECK(c, clock.mark(Stage::Load, 0, 1, start) < 0.0);
    CHECK(c, clock.mark(Stage::Denoise, 0, 10, start + milliseconds(1000)) < 0.0);
    clock.mark(Stage::Denoise, 1, 10, start + milliseconds(4000)); // slow: the first one
    clock.mark(Stage::Denoise, 2, 10, start + milliseconds(5000));
    const double left = clock.mark(Stage::Denoise, 3, 10, start + milliseconds(6000));
    CHECK(c, left > 7.0 && left < 27.0); // seven steps of a second, and decoding
    clock.mark(Stage::Decode, 0, 2, start + milliseconds(13000));
    CHECK(c, std::abs(clock.mark(Stage::Decode, 1, 2, start + milliseconds(15000)) - 2.0) < 1e-9);
    clock.mark(Stage::Decode, 2, 2, start + milliseconds(17000));
    CHECK(c, clock.mark(Stage::Save, 0, 1, start + milliseconds(17000)) == 0.0);
    CHECK(c, std::abs(clock.seconds(start + milliseconds(18000)) - 18.0) < 1e-9);
    // The next job knows that decoding takes four steps' time.
    clock.begin(start);
    clock.mark(Stage::Denoise, 0, 2, start);
    CHECK(c, std::abs(clock.mark(Stage::Denoise, 1, 2, start + milliseconds(1000)) - 5.0) < 1e-9);
}

FrameSet onePixel(std::uint16_t value) {
    FrameSet set;
    set.frames = 1;
    set.width = set.height = 1;
    set.samples = {value, value, value};
    return set;
}

void resultsAppearWhole(Checks& c) {
    const TemporaryFolder folder;
    const std::string output = folder.path + "/takes/one";
    {
        const ResultFolder unfinished(output);
        CHECK(c, fs::exists(output + ".partial") && !fs::exists(output));
    }
    CHECK(c, !fs::exists(output + ".partial") && !fs::exists(output));
    for (const std::uint16_t value : {1, 2}) { // the second replaces the first
        ResultFolder result(output + "/");
        writeFrameFile(result.previewPath(), onePixel(0));
        fs::create_directory(result.checkpointFolder());
        const auto published = result.publish({onePixel(value)});
        CHECK(c, published.takes == std::vector<std::string>{output + "/frames.safetensors"});
        CHECK(c, published.checkpoints.empty() && readFrameFile(published.takes[0]) == onePixel(value));
        CHECK_EQUAL(c, std::distance(fs::directory_iterator(output), fs::directory_iterator{}), 1);
    }
    {
        ResultFolder several(output);
        fs::create_directory(several.checkpointFolder());
        std::ofstream(several.checkpointFolder() + "/step-0001.safetensors") << "x";
        const auto published = several.publish({onePixel(3), onePixel(4)}, true);
        CHECK(c, published.takes.size() == 2 && readFrameFile(published.takes[1]) == onePixel(4));
        CHECK(c, fs::exists(published.checkpoints + "/step-0001.safetensors"));
    }
    ResultFolder(output).publish({onePixel(5)}); // replaces all of that
    CHECK_EQUAL(c, std::distance(fs::directory_iterator(output), fs::directory_iterator{}), 1);
    std::ofstream(output + "/mine.txt") << "not a result";
    CHECK_THROWS(c, ResultFolder(output), JobError);
    CHECK(c, fs::exists(output + "/mine.txt"));
    CHECK_THROWS(c, ResultFolder(output + "/mine.txt"), JobError);
    CHECK_THROWS(c, ResultFolder(output + "/mine.txt/below"), JobError);
    fs::create_directories(folder.path + "/other.partial");
    std::ofstream(folder.path + "/other.partial/mine.txt") << "not a result";
    CHECK_THROWS(c, ResultFolder(folder.path + "/other"), JobError);
    CHECK(c, fs::exists(folder.path + "/other.partial/mine.txt"));
    fs::create_directories(folder.path + "/killed.partial");
    std::ofstream(folder.path + "/killed.partial/frames.safetensors.a1B2c3") << "half";
    CHECK(c, ResultFolder(folder.path + "/killed").publish({onePixel(3)}).takes.size() == 1);
    try {
        ResultFolder(folder.path + "/" + std::string(300, 'n'));
        CHECK(c, false);
    } catch (const JobError& error) {
        CHECK_EQUAL(c, error.code(), "write-failed");
    }
}

void checkpointsOutliveAnInterruption(Checks& c) {
    const TemporaryFolder folder;
    const std::string output = folder.path + "/one";
    const auto leave = [&](bool keep) {
        ResultFolder result(output);
        fs::create_directories(result.checkpointFolder());
        std::ofstream(result.checkpointFolder() + "/step") << "x";
        writeFrameFile(result.previewPath(), onePixel(0));
        if (keep) {
            result.keep();
        }
    };
    leave(true);
    CHECK(c, fs::exists(output + ".partial/checkpoints/step") && !fs::exists(output + ".partial/preview.safetensors"));
    {
        ResultFolder again(output);
        CHECK(c, fs::exists(again.checkpointFolder() + "/step"));
    }
    CHECK(c, !fs::exists(output + ".partial")); // finished, failed or cancelled: gone
    leave(false);
    CHECK(c, !fs::exists(output + ".partial"));
    leave(true);
    {
        ResultFolder anew(output);
        anew.dropCheckpoints();
        CHECK(c, fs::exists(output + ".partial") && !fs::exists(anew.checkpointFolder()));
    }
    leave(true);
    ResultFolder::discard(output + "/");
    CHECK(c, !fs::exists(output + ".partial"));
    ResultFolder(output).keep(); // nothing to keep
    CHECK(c, !fs::exists(output + ".partial"));
}

void modelsStayLoadedUntilTheyChange(Checks& c) {
    const TemporaryFolder folder;
    const std::string model = folder.path + "/model";
    fs::copy(starterFolder(), model, fs::copy_options::recursive);
    ModelCache cache(referenceDevice());
    LoadedModel* first = &cache.get(model);
    CHECK(c, &cache.get(model) == first);
    first->networks.vae(); // loaded, and still there the next time
    CHECK(c, cache.get(model).networks.loadedBytes() > 0);
    fs::last_write_time(model + "/vae/config.json", fs::file_time_type::clock::now() + std::chrono::hours(1));
    CHECK_EQUAL(c, cache.get(model).networks.loadedBytes(), 0); // opened again
    CHECK_THROWS(c, cache.get(folder.path + "/none"), JobError);
    std::ofstream(model + "/tokenizer/spiece.model") << "garbage";
    CHECK_THROWS(c, cache.get(model), WeightsError);
}

/// Numbers that overflow in fp16: once more in a wider type, and only once.
void modelsAreWidenedOnce(Checks& c) {
    Device half = referenceDevice();
    half.compute = at::kHalf;
    ModelCache cache(half);
    const auto type = [&] { return cache.get(starterFolder()).networks.device().dtypeName(); };
    CHECK_EQUAL(c, type(), "fp16");
    CHECK(c, cache.widen(starterFolder()));
    CHECK_EQUAL(c, type(), "fp32");
    CHECK(c, !cache.widen(starterFolder()));
    CHECK_EQUAL(c, cache.deviceFor("another").dtypeName(), "fp16");
    CHECK(c, !ModelCache(referenceDevice()).widen(starterFolder()));
}

std::string codeOf(const std::exception_ptr& error) {
    return failureOf("id", error).code;
}

/// By the constructor that libtorch 1.13 and 2.x share.
c10::Error torchError(const char* message) {
    return c10::Error(c10::SourceLocation{"", "", 0}, message);
}

void exceptionsHaveCodes(Checks& c) {
    CHECK_EQUAL(c, codeOf(std::make_exception_ptr(JobError("not-finite", "at step 3"))), "not-finite");
    CHECK_EQUAL(c, codeOf(std::make_exception_ptr(WeightsError("f", "r"))), "bad-model");
    CHECK_EQUAL(c, codeOf(std::make_exception_ptr(HashError("f"))), "bad-model");
    CHECK_EQUAL(c, codeOf(std::make_exception_ptr(FrameFileError("f"))), "write-failed");
    CHECK_EQUAL(c, codeOf(std::make_exception_ptr(std::bad_alloc())), "out-of-memory");
    CHECK_EQUAL(c, codeOf(std::make_exception_ptr(torchError("DefaultCPUAllocator: can't allocate memory"))),
                "out-of-memory");
    CHECK_EQUAL(c, codeOf(std::make_exception_ptr(torchError("shapes"))), "internal");
    CHECK_EQUAL(c, codeOf(std::make_exception_ptr(42)), "internal");
    CHECK_EQUAL(c, failureOf("id", std::make_exception_ptr(std::runtime_error("first\nsecond"))).detail, "first");
    std::string umlauts = "x";
    while (umlauts.size() < 100'000) {
        umlauts += "\u00e4";
    }
    CHECK_EQUAL(c, failureOf("id", std::make_exception_ptr(JobError("bad-model", umlauts))).detail,
                umlauts.substr(0, 1999));
}

} // namespace

void partCases(Checks& checks) {
    checks.run("the inbox keeps order and forgets cancelled jobs", theInboxKeepsOrderAndForgetsCancelled);
    checks.run("paused jobs are held", pausedJobsAreHeld);
    checks.run("the clock knows the whole job", theClockKnowsTheWholeJob);
    checks.run("results appear whole", resultsAppearWhole);
    checks.run("checkpoints outlive an interruption", checkpointsOutliveAnInterruption);
    checks.run("models stay loaded until they change", modelsStayLoadedUntilTheyChange);
    checks.run("models are widened once", modelsAreWidenedOnce);
    checks.run("exceptions have codes", exceptionsHaveCodes);
}
