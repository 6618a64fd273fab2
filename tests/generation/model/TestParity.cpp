#include "generation/model/Parity.h"

#include "tests/generation/model/Cases.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>

using namespace generation;
using generation::test::Checks;

namespace {

constexpr std::array<const char*, 15> kFixtures{"gguf_blocks",      "lora_wan_tiny", "rope_128",     "taew21_formula",
                                                "taew22_formula",   "umt5_tiny",     "vae21_small",  "vae21_tiny",
                                                "vae21_tiny_tiled", "vae22_small",   "vae22_tiny",   "wan_i2v21_tiny",
                                                "wan_t2v_tiny",     "wan_ti2v_tiny", "wan_vace_tiny"};

constexpr std::array<const char*, 13> kOtherShapes{"gguf_few_bits",
                                                   "lora_rank8",
                                                   "umt5_buckets",
                                                   "vae21_levels3",
                                                   "vae21_temporal_batch2",
                                                   "vae21_tiled_16_8",
                                                   "vae21_z8",
                                                   "vae22_z12",
                                                   "wan_flf2v",
                                                   "wan_t2v_nonorm_batch2",
                                                   "wan_t2v_patch224",
                                                   "wan_ti2v_batch2",
                                                   "wan_vace_short_batch2"};

void checkFixture(Checks& checks, const std::string& name) {
    const auto results = runParity(std::string(FIXTURES_DIR) + "/" + name + ".safetensors", moduleParityCases());
    CHECK(checks, !results.empty());
    for (const ParityResult& result : results) {
        std::printf("       %-50s %.2e (%.0e) %s\n", result.name.c_str(), result.error, result.tolerance,
                    result.note.c_str());
        CHECK(checks, result.passed());
    }
}

} // namespace

void parityCases(Checks& checks) {
    for (const char* fixture : kFixtures) {
        checks.run(fixture, [&](Checks& c) { checkFixture(c, std::string("engine/") + fixture); });
    }
    for (const char* fixture : kOtherShapes) {
        checks.run(fixture, [&](Checks& c) { checkFixture(c, std::string("engine-shapes/") + fixture); });
    }
    checks.run("a file of no known kind fails", [](Checks& c) {
        const auto results =
            runParity(std::string(FIXTURES_DIR) + "/engine/schedulers.safetensors", moduleParityCases());
        CHECK(c, results.size() == 1 && !results.front().passed());
    });
}
