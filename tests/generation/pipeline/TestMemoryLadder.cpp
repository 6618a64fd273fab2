// Jobs of the starter model under an allocator with an end, in a program of its own: every job must end in the result
// it would have had, or in a failure that says how much it needs.

#include "generation/pipeline/JobError.h"
#include "generation/pipeline/NetworkPool.h"
#include "generation/pipeline/ShotGenerator.h"

#include <ATen/ATen.h>

#include <cstdlib>
#include <optional>

#include "tests/generation/LimitedAllocator.h"

#include "tests/generation/Check.h"

using namespace generation;
using generation::test::Checks;
using generation::test::LimitedAllocator;

namespace {

std::string starterFolder() {
    const char* resources = std::getenv("FANTASCOPE_RESOURCES");
    return std::string(resources ? resources : SOURCE_ROOT "/resources") + "/models/starter";
}

/// Counts what it is told.
class Listener final : public PipelineObserver {
public:
    int notices = 0;
    void checkpoint() override {}
    void progress(Stage, int, int) override {}
    void preview(int, const FrameSet&) override {}
    bool wantsPreviews() const override { return false; }
    void notice(const std::string&, const NoticeFacts&) override { ++notices; }
};

GenerateRequest request() {
    GenerateRequest request;
    request.id = "1";
    request.prompts = {{"a lake at sunset", 0, 0}};
    request.width = 160;
    request.height = 96;
    request.frames = 5;
    request.fpsNumerator = 12;
    request.steps = 2;
    request.seed = 5;
    return request;
}

struct Outcome {
    std::optional<GeneratedShot> shot;
    std::string code;
    std::string detail;
    int notices = 0;
};

/// One job with everything loaded anew; `free` is what the planner is told.
Outcome run(std::int64_t free, bool tryAnyway = false) {
    Outcome outcome;
    NetworkPool networks(starterFolder(), referenceDevice());
    const Tokenizer tokenizer(networks.card().tokenizerFolder());
    ShotGenerator generator(networks, tokenizer,
                            {.cacheFolder = {}, .budget = [free] { return MemoryBudget{free, 0}; }});
    Listener listener;
    GenerateRequest job = request();
    job.tryAnyway = tryAnyway;
    try {
        outcome.shot = generator.generate(job, listener);
    } catch (const JobError& error) {
        outcome.code = error.code();
        outcome.detail = error.what();
    }
    outcome.notices = listener.notices;
    return outcome;
}

constexpr std::int64_t kPlenty = std::int64_t{1} << 45U;

struct Reference {
    std::int64_t peak = 0;
    FrameSet frames;
};

Reference unlimited(LimitedAllocator& memory) {
    memory.resetPeak();
    const std::int64_t before = memory.live();
    const Outcome outcome = run(kPlenty);
    return {memory.peak() - before, outcome.shot->takes.front()};
}

/// The result, close to the unlimited one (tiles blend), of the size that was asked for; or the failure's name.
void check(Checks& c, const Outcome& outcome, const Reference& reference) {
    if (!outcome.shot) {
        CHECK_EQUAL(c, outcome.code, "needs-memory");
        CHECK(c, outcome.detail.find("needs ") != std::string::npos && outcome.detail.find(" GB") != std::string::npos);
        return;
    }
    const FrameSet& frames = outcome.shot->takes.front();
    CHECK(c, frames.width == 160 && frames.height == 96 && frames.frames == 5 && frames.fpsNumerator == 12);
    CHECK(c, outcome.shot->residency == Residency::Frugal || frames == reference.frames);
}

void jobsStepDownWhenMemoryEnds(Checks& c, LimitedAllocator& memory) {
    const Reference reference = unlimited(memory);
    int results = 0;
    int stepped = 0;
    for (int percent = 100; percent >= 10; percent -= 2) {
        memory.limitTo(memory.live() + reference.peak * percent / 100);
        const Outcome outcome = run(kPlenty); // the planner sees no end: it comes as a surprise
        memory.limitTo(kPlenty);
        check(c, outcome, reference);
        results += outcome.shot ? 1 : 0;
        stepped += outcome.shot && outcome.notices > 0 ? 1 : 0;
    }
    std::printf("       peak %.1f MB; %d of 46 limits gave a result, %d of them after stepping down\n",
                static_cast<double>(reference.peak) / 1e6, results, stepped);
    CHECK(c, results >= 3 && stepped >= 2);
}

void plansKeepToWhatIsFree(Checks& c, LimitedAllocator& memory) {
    const Reference reference = unlimited(memory);
    int results = 0;
    for (int percent = 150; percent >= 10; percent -= 2) {
        const std::int64_t free = reference.peak * percent / 100;
        memory.limitTo(memory.live() + free);
        const Outcome outcome = run(free);
        memory.limitTo(kPlenty);
        check(c, outcome, reference);
        results += outcome.shot ? 1 : 0;
        CHECK(c, percent < 130 || outcome.shot);
    }
    CHECK(c, results > 0 && results < 71);
    const Outcome refused = run(1000);
    CHECK(c, !refused.shot && refused.code == "needs-memory");
    CHECK(c, run(1000, true).shot.has_value()); // try anyway
}

/// What is predicted before anything is loaded against what is taken.
void predictionsHold(Checks& c, LimitedAllocator& memory) {
    for (const Residency residency : {Residency::Resident, Residency::Sequential, Residency::Streamed}) {
        NetworkPool networks(starterFolder(), referenceDevice());
        const MachineRecord record({}, "cpu");
        const JobPlanner planner(networks.files(), networks.device(), record, [] { return MemoryBudget{kPlenty, 0}; });
        const Forecast forecast = planner.forecast(request());
        const double predicted = static_cast<double>(
            memoryNeeds(networks.configs(), networks.device(), forecast.shot, forecast.traits, residency).host);
        memory.resetPeak();
        const std::int64_t before = memory.live();
        run(static_cast<std::int64_t>(predicted)); // so that this rung is chosen
        const auto taken = static_cast<double>(memory.peak() - before);
        std::printf("       %-10s predicted %.1f MB, taken %.1f MB\n", residencyName(residency), predicted / 1e6,
                    taken / 1e6);
        CHECK(c, predicted > 0.85 * taken && predicted < 1.35 * taken);
    }
}

} // namespace

int main() {
    configureLibtorch(referenceDevice());
    static LimitedAllocator memory;
    memory.install();
    Checks checks;
    checks.run("jobs step down when memory ends", [&](Checks& c) { jobsStepDownWhenMemoryEnds(c, memory); });
    checks.run("plans keep to what is free", [&](Checks& c) { plansKeepToWhatIsFree(c, memory); });
    checks.run("predictions hold", [&](Checks& c) { predictionsHold(c, memory); });
    return checks.finish();
}
