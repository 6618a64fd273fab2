#include "generation/worker/DescribeCommand.h"

#include "generation/model/LooseFiles.h"
#include "generation/model/ModelFiles.h"
#include "generation/model/ModelParts.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <vector>

namespace generation {
namespace {

using nlohmann::json;

json cardJson(const ModelCard& card) {
    return {{"name", card.name},
            {"family", card.family},
            {"licence", card.licence},
            {"size", {card.width, card.height}},
            {"frames", card.frames},
            {"fps", card.fpsNumerator / std::max<std::int64_t>(card.fpsDenominator, 1)},
            {"steps", card.steps},
            {"guidance", card.guidance},
            {"shift", card.shift},
            {"sampler", card.sampler},
            {"conditions", card.conditions}};
}

void print(const json& line) {
    std::printf("%s\n", line.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
}

/// Files of transformers in a folder of loose files, where there are several.
std::vector<std::string> transformersIn(const std::string& place) {
    std::vector<std::string> paths;
    std::error_code error;
    if (!std::filesystem::is_directory(place, error) ||
        std::filesystem::exists(std::filesystem::path(place) / "model_index.json", error)) {
        return paths;
    }
    for (const LooseFile& file : lookThrough(modelRoot(place))) {
        const bool isOne = std::any_of(file.networks.begin(), file.networks.end(), [](const FoundNetwork& network) {
            return network.kind == NetworkKind::Transformer;
        });
        if (isOne) {
            paths.push_back(file.path);
        }
    }
    return paths;
}

void describe(const std::string& place) {
    try {
        const ModelFiles model(place);
        print({{"place", place}, {"model", cardJson(model.card())}, {"files", model.allPaths()}});
    } catch (const std::exception& problem) {
        print({{"place", place}, {"problem", problem.what()}});
    }
}

void describeAll(const std::string& place) {
    std::vector<std::string> several;
    try {
        several = transformersIn(place);
    } catch (const WeightsError&) {
        several.clear(); // the reason comes with the place itself
    }
    if (several.size() < 2) {
        describe(place);
        return;
    }
    for (const std::string& path : several) {
        describe(path);
    }
}

} // namespace

int runDescribeCommand(std::span<char* const> places) {
    for (const char* place : places) {
        describeAll(place);
        std::fflush(stdout);
    }
    return 0;
}

} // namespace generation
