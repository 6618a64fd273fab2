#include "generation/pipeline/MachineRecord.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <utility>

#include <unistd.h>

namespace generation {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr double kUnknown = -1.0;

/// How much a new job counts against what was known: machines change, and single jobs are disturbed.
constexpr double kWeight = 0.3;

/// An estimate of memory may be wrong, but not by more than this; beyond it something else was measured.
constexpr double kMostFactor = 2.0;

} // namespace

MachineRecord::MachineRecord(std::string folder, std::string device)
    : m_folder(std::move(folder)), m_device(std::move(device)) {
    if (m_folder.empty()) {
        return;
    }
    std::ifstream file(path());
    const json values = json::parse(file, nullptr, false);
    if (!values.is_object()) {
        return;
    }
    for (const auto& [key, value] : values.items()) {
        if (value.is_number() && std::isfinite(value.get<double>()) && value.get<double>() > 0.0) {
            m_values.emplace(key, value.get<double>());
        }
    }
}

std::string MachineRecord::path() const {
    return m_folder + "/machine.json";
}

double MachineRecord::known(const std::string& key) const {
    const auto found = m_values.find(m_device + " " + key);
    return found == m_values.end() ? kUnknown : found->second;
}

void MachineRecord::learn(const std::string& key, double value) {
    if (!std::isfinite(value) || value <= 0.0) {
        return;
    }
    // Of rates the geometric mean: half and twice as fast are equally far.
    const double before = known(key);
    m_values[m_device + " " + key] =
        before > 0.0 ? std::exp((1.0 - kWeight) * std::log(before) + kWeight * std::log(value)) : value;
}

double MachineRecord::denoiseSeconds(double operations) const {
    const double rate = known("denoise operations a second");
    return rate > 0.0 ? operations / rate : kUnknown;
}

double MachineRecord::decodeSeconds(const std::string& model, double pixels) const {
    const double rate = known("decode pixels a second " + model);
    return rate > 0.0 ? pixels / rate : kUnknown;
}

double MachineRecord::memoryFactor(const std::string& model) const {
    const double factor = known("memory factor " + model);
    return factor > 0.0 ? std::clamp(factor, 1.0 / kMostFactor, kMostFactor) : 1.0;
}

void MachineRecord::sawDenoising(double operations, double seconds) {
    learn("denoise operations a second", operations / seconds);
}

void MachineRecord::sawDecoding(const std::string& model, double pixels, double seconds) {
    learn("decode pixels a second " + model, pixels / seconds);
}

void MachineRecord::sawPeak(const std::string& model, double estimatedBytes, double measuredBytes) {
    const double factor = measuredBytes / estimatedBytes;
    if (factor >= 1.0 / kMostFactor && factor <= kMostFactor) {
        learn("memory factor " + model, factor);
    }
}

void MachineRecord::save() const {
    if (m_folder.empty()) {
        return;
    }
    std::error_code error;
    fs::create_directories(m_folder, error);
    const std::string draft = path() + "." + std::to_string(::getpid());
    {
        std::ofstream file(draft);
        file << json(m_values).dump(1) << '\n';
        if (!file.flush()) {
            fs::remove(draft, error);
            return;
        }
    }
    fs::rename(draft, path(), error);
    if (error) {
        fs::remove(draft, error);
    }
}

} // namespace generation
