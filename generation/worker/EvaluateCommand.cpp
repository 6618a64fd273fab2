#include "generation/worker/EvaluateCommand.h"

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/training/Evaluation.h"
#include "generation/training/Png.h"
#include "generation/worker/Options.h"
#include "generation/worker/TrainingReport.h"

#include <cstdio>
#include <sstream>

namespace generation {

int runEvaluateCommand(const std::vector<std::string>& arguments) {
    try {
        const Options options(arguments, {"clips", "steps", "footage", "output", "device", "seed"});
        if (options.words().size() != 1) {
            throw UsageError("evaluate: which model?");
        }
        TrainingReport report; // before there are threads: they must not take its signals
        const Device device = deviceOf(options);
        configureLibtorch(device);
        EvaluationSettings settings;
        settings.model = options.words().front();
        settings.clips = static_cast<std::int64_t>(options.number("clips", 48.0));
        settings.steps = static_cast<int>(options.number("steps", 0.0));
        settings.seed = static_cast<std::uint64_t>(options.number("seed", 1.0));
        std::istringstream list(options.text("footage", ""));
        for (std::string path; std::getline(list, path, ',');) {
            settings.footage.push_back(path);
        }
        const std::string table = markdownOf(evaluateStarter(settings, device, report));
        const std::string output = options.text("output", "");
        if (output.empty()) {
            std::printf("%s", table.c_str());
        } else {
            replaceFile(output, table);
        }
        return 0;
    } catch (const UsageError& error) {
        std::fprintf(stderr, "fantascope-worker: %s\n", error.what());
        return 2;
    } catch (const Cancelled&) {
        return 130;
    }
}

} // namespace generation
