#include "generation/worker/TrainCommand.h"

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/model/ModelCard.h"
#include "generation/training/FastRun.h"
#include "generation/training/FilmSet.h"
#include "generation/training/Png.h"
#include "generation/training/StarterRun.h"
#include "generation/weights/JsonFile.h"
#include "generation/worker/Options.h"
#include "generation/worker/TrainingReport.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace generation {

namespace {

using nlohmann::json;

constexpr const char* kRunFile = "run.json";
constexpr double kDefaultMinutes = 20.0;
constexpr double kDefaultVaeShare = 0.35;
constexpr double kDefaultCheckpoint = 45.0;

/// What the run folder remembers, so that --resume needs nothing else.
json runOf(const Options& options) {
    return {{"size", options.text("size", "small")},
            {"minutes", options.number("minutes", kDefaultMinutes)},
            {"steps", options.number("steps", 0.0)},
            {"vae_steps", options.number("vae-steps", options.number("steps", 0.0))},
            {"vae_share", options.number("vae-share", kDefaultVaeShare)},
            {"from", options.text("from", "")},
            {"rate", options.number("rate", 1.0)},
            {"seed", options.number("seed", 1.0)},
            {"checkpoint", options.number("checkpoint", kDefaultCheckpoint)}};
}

StarterPlan planOf(const json& run) {
    StarterPlan plan = starterOfSize(run.at("size").get<std::string>());
    if (!run.at("from").get<std::string>().empty()) {
        plan = continued(std::move(plan));
    }
    const double rate = run.at("rate").get<double>();
    for (OptimiserSettings* optimiser : {&plan.vaeOptimiser, &plan.optimiser}) {
        optimiser->rate *= rate;
        optimiser->matrixRate *= rate;
    }
    plan.vaeShare = run.at("vae_share").get<double>();
    return plan;
}

StarterSettings settingsOf(const json& run, const std::string& folder) {
    return {.folder = folder,
            .from = run.at("from").get<std::string>(),
            .seconds = run.at("minutes").get<double>() * 60.0,
            .vaeSteps = static_cast<std::int64_t>(run.at("vae_steps").get<double>()),
            .steps = static_cast<std::int64_t>(run.at("steps").get<double>()),
            .seed = static_cast<std::uint64_t>(run.at("seed").get<double>()),
            .secondsToCheckpoint = run.value("checkpoint", kDefaultCheckpoint)};
}

int trainStarter(const Options& options) {
    const std::string resumed = options.text("resume", "");
    const std::string folder = resumed.empty() ? options.text("output", "starter-run") : resumed;
    const std::string runFile = folder + "/" + kRunFile;
    if (resumed.empty()) {
        if (std::filesystem::exists(runFile)) {
            throw UsageError(folder + " holds a run already: --resume it, or name another --output");
        }
        std::filesystem::create_directories(folder);
        replaceFile(runFile, runOf(options).dump(2) + "\n");
    }
    TrainingReport report; // before there are threads: they must not take its signals
    const json run = readJsonFile(runFile);
    const Device device = deviceOf(options);
    configureLibtorch(device);
    const StarterPlan plan = planOf(run);
    const FilmSet source({plan.width(), plan.height(), plan.frames(), plan.fps()});
    StarterRun(plan, settingsOf(run, folder), device, source, report).run();
    return 0;
}

int trainFast(const Options& options) {
    TrainingReport report;
    const Device device = deviceOf(options);
    configureLibtorch(device);
    FastSettings settings{.from = options.text("from", ""),
                          .folder = options.text("output", "fast-run"),
                          .budget = {static_cast<std::int64_t>(options.number("steps", 0.0)),
                                     options.number("minutes", kDefaultMinutes) * 60.0},
                          .distillation = {}};
    if (settings.from.empty()) {
        throw UsageError("train fast: --from MODEL is needed");
    }
    const ModelCard card = readModelCard(settings.from);
    settings.distillation.shift = card.shift;
    settings.distillation.guidance = card.guidance;
    settings.distillation.seed = static_cast<std::uint64_t>(options.number("seed", 1.0));
    settings.distillation.lanes = device.isCpu() ? 2 : 1;
    const FilmSet source({card.width, card.height, static_cast<int>(card.frames), static_cast<int>(card.fpsNumerator)});
    makeFast(settings, device, source, report);
    return 0;
}

} // namespace

int runTrainCommand(const std::vector<std::string>& arguments) {
    try {
        const Options options(arguments, {"minutes", "steps", "vae-steps", "device", "size", "output", "from", "resume",
                                          "vae-share", "rate", "seed", "checkpoint"});
        if (options.words() == std::vector<std::string>{"fast"}) {
            return trainFast(options);
        }
        if (options.words() != std::vector<std::string>{"starter"}) {
            throw UsageError("train what? starter or fast");
        }
        return trainStarter(options);
    } catch (const UsageError& error) {
        std::fprintf(stderr, "fantascope-worker: %s\n", error.what());
        return 2;
    } catch (const Cancelled&) {
        std::fprintf(stderr, "interrupted; --resume goes on from the last checkpoint\n");
        return 130;
    }
}

} // namespace generation
