#pragma once

#include "generation/device/ProcessMemory.h"
#include "generation/model/NoiseLevel.h"
#include "generation/pipeline/ShotGenerator.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace generation {

/// What the parts of ShotGenerator::generate() share.
/// Thread: one; lives as long as the call.
struct ShotGenerator::Job {
    const GenerateRequest& request;
    PipelineObserver& observer;
    CheckpointFolder* checkpoints = nullptr;
    std::string key = {}; ///< of the request; empty without a checkpoint folder
    Forecast forecast = {};
    GeneratedShot shot = {};

    std::vector<Lora> loras = {};
    std::vector<NoiseLevel::Level> loraLevels = {}; ///< of which of two experts each is
    std::set<std::size_t> lorasToldOf = {};         ///< those with tensors that match nothing
    std::set<std::string> promptsToldOf = {};       ///< those that are longer than the model reads
    std::vector<double> loraStrengths = {};         ///< at the step in hand
    VideoTransformer* transformer = nullptr;        ///< that is in use
    std::size_t expert = 0;                         ///< which one it is

    int parts = 1;      ///< runs of the denoiser in all
    int partsBegun = 0; ///< before the one in hand
    int groups = 0;     ///< latent frames to decode in all
    int groupsDone = 0;

    double denoiseSeconds = 0.0;
    double decodeSeconds = 0.0;
    int stepsMade = 0;

    /// A LoRA that is the other expert's is not felt by this one.
    std::vector<double> strengthsOfExpert() const {
        const NoiseLevel::Level others = expert == 0 ? NoiseLevel::Level::Low : NoiseLevel::Level::High;
        std::vector<double> strengths = loraStrengths;
        for (std::size_t i = 0; i < strengths.size(); ++i) {
            strengths[i] = loraLevels[i] == others ? 0.0 : strengths[i];
        }
        return strengths;
    }

    Checkpoint checkpoint() const {
        return [this] { observer.checkpoint(); };
    }
};

/// One run of the denoiser: the whole shot, or a link of a chain.
/// Thread: as Job.
struct ShotGenerator::Part {
    Job& job;
    const GenerateRequest& request;
    ShotPlan plan;
    std::optional<CheckpointFolder> checkpoints = {};
    at::Tensor before = {}; ///< [1, 3, n, H, W]: the last frames of the part before
    DenoiseInputs inputs = {};
    std::int64_t references = 0;
    at::Tensor lastFrames = {}; ///< [1, 3, keeps, H, W], when it is done
    std::int64_t keeps = 0;     ///< frames for the part after this one

    void progress(int step) const {
        job.observer.progress(Stage::Denoise, job.partsBegun * plan.steps + step, job.parts * plan.steps);
    }
};

/// Seconds since it was made.
/// Thread: a value.
class JobStopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count(); }

private:
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

/// The most memory that the process takes beyond what it had.
/// Thread: one.
class MemoryWatch {
public:
    /// `loaded`: bytes of networks that are there already. What allocators kept from other jobs would hide what this
    /// one takes, so only a watch that begins with nothing loaded is telling.
    explicit MemoryWatch(std::int64_t loaded) : m_isTelling(loaded == 0) {
        if (m_isTelling) {
            giveBackMemory();
            resetPeakResident();
            m_before = residentBytes();
        }
    }

    bool isTelling() const { return m_isTelling; }
    std::int64_t peak() const { return peakResidentBytes() - m_before; }

private:
    bool m_isTelling;
    std::int64_t m_before = 0;
};

/// What a branch must have in common with the run it leaves.
std::string scheduleText(const ShotPlan& plan, std::int64_t references);

} // namespace generation
