#include "generation/pipeline/LatentCheckpoint.h"

#include "generation/pipeline/JobError.h"
#include "generation/pipeline/TensorFile.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <vector>

namespace generation {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* kInfo = "fantascope.checkpoint";
constexpr int kVersion = 1;

} // namespace

void writeCheckpoint(const std::string& path, const LatentCheckpoint& checkpoint) {
    // Numbers as JSON: printed by their shortest exact form, so they come back with the same bits.
    const json info{{"version", kVersion},
                    {"key", checkpoint.key},
                    {"schedule", checkpoint.schedule},
                    {"step", checkpoint.step},
                    {"integers", checkpoint.state.integers},
                    {"numbers", checkpoint.state.numbers}};
    writeTensorFile(path, checkpoint.state.tensors, {{kInfo, info.dump()}});
}

LatentCheckpoint readCheckpoint(const std::string& path) {
    TensorFile file = readTensorFile(path);
    const json info = json::parse(file.metadata[kInfo], nullptr, false);
    if (!info.is_object() || !info.contains("version") || info.at("version") != kVersion) {
        throw WeightsError(path, "not a checkpoint of this version");
    }
    try {
        return {.key = info.at("key").get<std::string>(),
                .schedule = info.at("schedule").get<std::string>(),
                .step = info.at("step").get<int>(),
                .state = {.tensors = std::move(file.tensors),
                          .integers = info.at("integers").get<std::map<std::string, std::int64_t>>(),
                          .numbers = info.at("numbers").get<std::map<std::string, double>>()}};
    } catch (const json::exception& error) {
        throw WeightsError(path, error.what());
    }
}

std::string CheckpointFolder::pathOf(int step) const {
    char name[32];
    std::snprintf(name, sizeof name, "/step-%04d.safetensors", step);
    return m_folder + name;
}

CheckpointFolder CheckpointFolder::part(int number) const {
    return {m_folder + "/part-" + std::to_string(number), m_keepsAll};
}

void CheckpointFolder::add(const LatentCheckpoint& checkpoint) {
    std::error_code error;
    fs::create_directories(m_folder, error);
    const std::string path = pathOf(checkpoint.step);
    writeCheckpoint(path, checkpoint);
    if (!m_keepsAll && !m_last.empty() && m_last != path) {
        fs::remove(m_last, error);
    }
    m_last = path;
}

std::optional<LatentCheckpoint> CheckpointFolder::newest(const std::string& key) const {
    std::vector<std::string> paths;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(m_folder, error)) {
        if (entry.path().extension() == ".safetensors") {
            paths.push_back(entry.path().string());
        }
    }
    std::sort(paths.rbegin(), paths.rend());
    for (const std::string& path : paths) {
        try {
            LatentCheckpoint checkpoint = readCheckpoint(path);
            if (checkpoint.key == key) {
                return checkpoint;
            }
        } catch (const WeightsError&) {
            continue; // half a file of a machine that lost power; the one before it will do
        }
    }
    return std::nullopt;
}

} // namespace generation
