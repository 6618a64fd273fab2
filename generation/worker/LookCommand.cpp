#include "generation/worker/LookCommand.h"

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/training/LookRun.h"
#include "generation/worker/Options.h"
#include "generation/worker/TrainingReport.h"
#include "generation/worker/WorkerLoop.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>

namespace generation {

namespace {

std::string readAll(std::istream& stream) {
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string jobText(const std::string& place) {
    if (place == "-") {
        return readAll(std::cin);
    }
    std::ifstream file(place, std::ios::binary);
    if (!file) {
        throw UsageError(place + ": cannot be read");
    }
    return readAll(file);
}

} // namespace

int runLookCommand(const std::vector<std::string>& arguments) {
    try {
        const Options options(arguments, {"device"});
        if (options.words().size() != 1) {
            throw UsageError("train-look: one job file, or -");
        }
        TrainingReport report; // before there are threads: they must not take its signals
        const Device device = deviceOf(options);
        configureLibtorch(device);
        const std::string job = jobText(options.words().front());
        try {
            LookRun(parseLookJob(job), device, report).run();
        } catch (const Cancelled&) {
            throw;
        } catch (...) {
            const FailedEvent failure = failureOf({}, std::current_exception());
            report.notice("failed", nlohmann::json{{"code", failure.code}, {"detail", failure.detail}}.dump());
            return 1;
        }
        return 0;
    } catch (const UsageError& error) {
        std::fprintf(stderr, "fantascope-worker: %s\n", error.what());
        return 2;
    } catch (const Cancelled&) {
        std::fprintf(stderr, "interrupted; the same job goes on from its last checkpoint\n");
        return 130;
    }
}

} // namespace generation
