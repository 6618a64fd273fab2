#include "generation/worker/ParityCommand.h"

#include "generation/device/Device.h"
#include "generation/model/Parity.h"
#include "generation/pipeline/PipelineParity.h"
#include "generation/weights/Safetensors.h"
#include "generation/weights/WeightsError.h"
#include "generation/worker/Options.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <vector>

namespace generation {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> fixtureFiles(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".safetensors") {
            files.push_back(entry.path().string());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// A file that is no safetensors file at all is not skipped: runParity() tells why it cannot be read.
bool isKnown(const std::string& path, const std::vector<ParityCase>& cases) {
    try {
        const Safetensors file = Safetensors::open(path);
        return std::any_of(cases.begin(), cases.end(), [&](const ParityCase& entry) { return entry.matches(file); });
    } catch (const WeightsError&) {
        return true;
    }
}

void print(const ParityResult& result) {
    std::printf("%s  %-60s %10.2e  tolerance %.1e%s%s\n", result.passed() ? "PASS" : "FAIL", result.name.c_str(),
                result.error, result.tolerance, result.note.empty() ? "" : "  ", result.note.c_str());
}

} // namespace

int runParityCommand(const std::vector<std::string>& arguments) try {
    const Options options(arguments, {"device"});
    if (options.words().size() != 1) {
        throw UsageError("parity: one folder of fixtures is needed");
    }
    const std::string& folder = options.words().front();
    const Device device = options.text("device", "").empty() ? referenceDevice() : deviceOf(options);
    const std::vector<std::string> files = fixtureFiles(folder);
    if (files.empty()) {
        std::fprintf(stderr, "fantascope-worker: no *.safetensors files in %s\n", folder.c_str());
        return 2;
    }
    configureLibtorch(device);
    std::vector<ParityCase> cases = pipelineParityCases();
    for (ParityCase& module : moduleParityCases()) {
        cases.push_back(std::move(module));
    }
    int passed = 0;
    int failed = 0;
    for (const std::string& file : files) {
        if (!isKnown(file, cases)) {
            std::printf("SKIP  %s: not a fixture of a part this version has\n", fs::path(file).filename().c_str());
            continue;
        }
        for (const ParityResult& result : runParity(file, cases, device)) {
            print(result);
            ++(result.passed() ? passed : failed);
        }
    }
    std::printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
} catch (const UsageError& error) {
    std::fprintf(stderr, "fantascope-worker: %s\n", error.what());
    return 2;
}

} // namespace generation
