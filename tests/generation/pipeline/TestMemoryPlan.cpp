#include "generation/pipeline/MemoryPlan.h"

#include "generation/pipeline/MachineRecord.h"

#include <cmath>
#include <filesystem>
#include <fstream>

#include <stdlib.h>

#include "tests/generation/pipeline/Cases.h"

using namespace generation;
using generation::test::Checks;
namespace fs = std::filesystem;

namespace {

struct Folder {
    std::string path = (fs::temp_directory_path() / "fantascope-machine-XXXXXX").string();
    Folder() { ::mkdtemp(path.data()); }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
};

/// The published 1.3B model.
ModelConfigs small() {
    ModelConfigs model;
    TransformerConfig& t = model.transformer;
    t.heads = 12;
    t.headDim = 128;
    t.inChannels = t.outChannels = 16;
    t.textDim = 4096;
    t.ffnDim = 8960;
    t.layers = 30;
    TextEncoderConfig& e = model.textEncoder;
    e.vocabulary = 256384;
    e.width = 4096;
    e.headDim = e.heads = 64;
    e.ffnDim = 10240;
    e.layers = 24;
    return model;
}

ShotPlan published() {
    ShotPlan plan;
    plan.width = plan.legalWidth = 832;
    plan.height = plan.legalHeight = 480;
    plan.frames = plan.legalFrames = 81;
    plan.latentChannels = 16;
    plan.latentFrames = 21;
    plan.latentHeight = 60;
    plan.latentWidth = 104;
    plan.steps = 50;
    plan.guidance.scale = 5.0;
    plan.seeds = {1};
    plan.windows = {{0, 21}};
    return plan;
}

Device bf16Cpu() {
    Device device;
    device.compute = at::kBFloat16;
    return device;
}

constexpr double kGigabyte = 1e9;

void everyRungTakesLess(Checks& c) {
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    for (std::optional<Residency> rung = Residency::Resident; rung; rung = moreFrugal(*rung, false)) {
        const MemoryNeeds needs = memoryNeeds(small(), bf16Cpu(), published(), {}, *rung);
        CHECK(c, needs.card == 0 && needs.host < before && needs.host > 0);
        before = needs.host;
    }
    // 2.84 GB of transformer and 0.25 of autoencoder in bf16 (engine spec 7.3); the text encoder's 11 GB are streamed.
    const auto resident =
        static_cast<double>(memoryNeeds(small(), bf16Cpu(), published(), {}, Residency::Resident).host);
    CHECK(c, resident > 3.2 * kGigabyte && resident < 9.0 * kGigabyte);
    // "UMT5 is streamed block by block with a peak under 1 GB."
    CHECK(c, static_cast<double>(
                 textWeightBytes(small().textEncoder, memoryTraits(bf16Cpu()), WeightResidency::Streamed)) < kGigabyte);
}

/// A quantised model on a card: its stored bytes, and one block of numbers at a time.
void quantisedBlocksLieOnTheCard(Checks& c) {
    ModelConfigs model = small();
    model.blockBytes = 750'000'000; // 1.3B weights of about four and a half bits
    Device card = bf16Cpu();
    card.where = at::Device(at::kCUDA, 0);
    const auto needs = [&](Residency residency) { return memoryNeeds(model, card, published(), {}, residency).card; };
    CHECK(c, needs(Residency::Packed) < needs(Residency::Sequential));
    model.blockBytes = 20'000'000'000;
    const std::int64_t large = needs(Residency::Packed);
    model.blockBytes += 1000;
    CHECK_EQUAL(c, needs(Residency::Packed), large + 1000);
    CHECK(c, moreFrugal(Residency::Sequential, true) == Residency::Packed);
    CHECK(c, moreFrugal(Residency::Sequential, false) == Residency::Streamed); // the file is where they lie
}

void needsFollowTheShot(Checks& c) {
    const auto bytes = [&](const std::function<void(ShotPlan&, JobTraits&)>& change) {
        ShotPlan plan = published();
        JobTraits job;
        change(plan, job);
        return memoryNeeds(small(), bf16Cpu(), plan, job, Residency::Sequential).host;
    };
    const std::int64_t plain = bytes([](auto&, auto&) {});
    CHECK(c, bytes([](auto& p, auto&) { p.seeds = {1, 2, 3}; }) > plain);
    CHECK(c, bytes([](auto& p, auto&) { p.guidance.scale = 1.0; }) < plain);
    CHECK(c, bytes([](auto& p, auto&) { p.reuse.kind = StepCache::FirstBlock; }) > plain);
    CHECK(c, bytes([](auto& p, auto&) { p.windows = {{0, 11}, {10, 11}}; }) < plain);
    CHECK(c, bytes([](auto&, auto& j) { j.references = 2; }) > plain);
    CHECK_EQUAL(c, bytes([](auto&, auto& j) { j.loraBytes = 5000; }), plain + 5000);
}

void theFirstRungThatFitsIsTaken(Checks& c) {
    const auto bytes = [](Residency residency) { return 1000 - 160 * static_cast<std::int64_t>(residency); };
    const auto needs = [&](Residency residency) {
        return MemoryNeeds{bytes(residency), 0};
    }; // 1000, 840, on a card 680, 520, 360
    const auto plan = [&](std::int64_t free, double factor = 1.0) {
        return planMemory(needs, {free, 0}, false, factor);
    };
    CHECK(c, plan(1000).residency == Residency::Resident && plan(1000).fits);
    CHECK(c, plan(999).residency == Residency::Sequential && plan(999).needs.host == 840);
    CHECK(c, plan(700).residency == Residency::Streamed && plan(450).residency == Residency::Frugal);
    CHECK(c, !plan(359).fits && plan(359).residency == Residency::Frugal && plan(359).leastPossible.host == 360);
    CHECK(c, plan(999, 0.9).residency == Residency::Resident); // this machine needs less than estimated
    CHECK(c, plan(1000, 1.5).residency == Residency::Streamed);
    const auto onCard = [&](Residency residency) { return MemoryNeeds{100, bytes(residency)}; };
    CHECK(c, planMemory(onCard, {100, 850}, true).residency == Residency::Sequential);
    CHECK(c, planMemory(onCard, {100, 690}, true).residency == Residency::Packed);
    CHECK(c, !planMemory(onCard, {99, 10000}, true).fits); // main memory counts as well
}

void theMachineIsLearnt(Checks& c) {
    const Folder folder;
    MachineRecord record(folder.path + "/cache", "cpu bf16");
    CHECK(c, record.denoiseSeconds(1e12) < 0.0 && record.decodeSeconds("m", 1e6) < 0.0);
    CHECK_EQUAL(c, record.memoryFactor("m"), 1.0);
    record.sawDenoising(1e12, 10.0);
    record.sawDecoding("m", 1e6, 2.0);
    record.sawPeak("m", 1000.0, 1100.0);
    CHECK(c, std::abs(record.denoiseSeconds(2e12) - 20.0) < 1e-9);
    record.save();
    MachineRecord again(folder.path + "/cache", "cpu bf16");
    CHECK(c, std::abs(again.decodeSeconds("m", 3e6) - 6.0) < 1e-9 && std::abs(again.memoryFactor("m") - 1.1) < 1e-9);
    CHECK(c, again.decodeSeconds("other", 3e6) < 0.0);
    CHECK(c, MachineRecord(folder.path + "/cache", "cuda bf16").denoiseSeconds(1.0) < 0.0);
    for (int i = 0; i < 30; ++i) {
        again.sawDenoising(1e12, 5.0); // faster now: it follows
    }
    CHECK(c, std::abs(again.denoiseSeconds(1e12) - 5.0) < 0.01);
    again.sawPeak("m", 1000.0, 100000.0); // something else was measured
    again.sawDenoising(1e12, 0.0);
    again.sawDenoising(1e12, NAN);
    CHECK(c, std::abs(again.memoryFactor("m") - 1.1) < 1e-9 && std::abs(again.denoiseSeconds(1e12) - 5.0) < 0.01);
    std::ofstream(folder.path + "/cache/machine.json") << "{\"cpu bf16 memory factor m\": \"x\", []";
    CHECK_EQUAL(c, MachineRecord(folder.path + "/cache", "cpu bf16").memoryFactor("m"), 1.0);
    MachineRecord nowhere({}, "cpu bf16");
    nowhere.sawDenoising(1e12, 1.0);
    nowhere.save();
    CHECK(c, nowhere.denoiseSeconds(1e12) == 1.0);
}

void operationsAgreeWithThePublishedEstimates(Checks& c) {
    // Engine spec 7.2: 283 TFLOP a forward at 832x480x81; 50 steps with guidance are 100 of them.
    const double forwards = denoiseOperations(small().transformer, published(), {}) / 100.0;
    CHECK(c, std::abs(forwards / 283e12 - 1.0) < 0.03);
    ShotPlan plan = published();
    plan.guidance.to = 0.5;
    CHECK(c, std::abs(denoiseOperations(small().transformer, plan, {}) / forwards - 75.0) < 1.0);
    CHECK_EQUAL(c, decodedPixels(published()), 832.0 * 480.0 * 81.0);
}

} // namespace

void memoryPlanCases(Checks& checks) {
    checks.run("every rung takes less", everyRungTakesLess);
    checks.run("quantised blocks lie on the card", quantisedBlocksLieOnTheCard);
    checks.run("needs follow the shot", needsFollowTheShot);
    checks.run("the first rung that fits is taken", theFirstRungThatFitsIsTaken);
    checks.run("the machine is learnt", theMachineIsLearnt);
    checks.run("operations agree with the published estimates", operationsAgreeWithThePublishedEstimates);
}
