#pragma once

#include "generation/model/Lora.h"
#include "generation/model/LoraStrength.h"
#include "generation/pipeline/Denoiser.h"
#include "generation/pipeline/JobPlanner.h"
#include "generation/pipeline/LatentCheckpoint.h"
#include "generation/pipeline/MachineRecord.h"
#include "generation/pipeline/NetworkPool.h"
#include "generation/pipeline/PipelineObserver.h"
#include "generation/pipeline/ShotInputs.h"
#include "generation/pipeline/ShotPlan.h"
#include "generation/pipeline/ShotPreview.h"
#include "generation/pipeline/TextFeatures.h"
#include "generation/pipeline/WindowChain.h"
#include "generation/protocol/FrameFile.h"
#include "generation/protocol/Request.h"
#include "generation/sampling/Noise.h"
#include "generation/tokenizer/Tokenizer.h"

#include <optional>
#include <string>
#include <vector>

namespace generation {

class MemoryWatch;

/// What a request came to: for each take frames exactly as many, as large and as fast as were asked for, and the plan
/// that was used.
struct GeneratedShot {
    std::vector<FrameSet> takes;
    ShotPlan plan;
    int skippedSteps = 0;                      ///< that a step cache spared
    Residency residency = Residency::Resident; ///< how it was done in the end
};

/// What a generator is given beside its model.
struct GeneratorSettings {
    std::string cacheFolder;         ///< for text features and the machine's record; empty: none on disk
    JobPlanner::BudgetSource budget; ///< free memory; empty: as the system says
};

/// Makes shots with one model: plans the memory, reads the inputs, encodes text and pictures, denoises, decodes. The
/// same request with the same seed gives the same frames, also when it is taken up again after an interruption. When
/// memory runs out a stage is done again in a more frugal way. Keeps text features and the grey clip's latents between
/// jobs. Thread: one job at a time.
class ShotGenerator {
public:
    /// `networks` and `tokenizer` outlive the generator.
    ShotGenerator(NetworkPool& networks, const Tokenizer& tokenizer, GeneratorSettings settings = {});

    /// Throws JobError ("needs-memory" where no way of doing it fits), FrameFileError, Cancelled (by the observer), and
    /// what libtorch throws. With a checkpoint folder every step is saved there, and a run that was interrupted goes
    /// on.
    GeneratedShot generate(const GenerateRequest& request, PipelineObserver& observer,
                           CheckpointFolder* checkpoints = nullptr);

private:
    struct Job;  ///< what the parts of generate() share
    struct Part; ///< one run of the denoiser

    at::Tensor textFeatures(const std::string& prompt, const Checkpoint& checkpoint);
    void tellIfCut(Job& job, const std::string& prompt);
    void addText(Part& part);
    void addImages(Part& part);
    std::optional<LatentCheckpoint> startingPoint(const Part& part, at::Device where) const;
    at::Tensor denoise(Part& part);
    DenoiseHooks hooksFor(Part& part, Denoiser& denoiser);
    VideoTransformer& transformerFor(Job& job, std::size_t expert);
    void decode(const at::Tensor& latents, Part& part, FrameSet& frames);
    PixelCodec codec(const Checkpoint& checkpoint);
    void chooseResidency(Job& job);
    void openLoras(Job& job);
    static void tellOfUnmatched(Job& job, std::size_t lora, const LoraReport& report);
    void stepDown(Job& job);
    template <class Stage>
    auto inMemory(Job& job, const Stage& stage);
    void learn(const Job& job, const MemoryWatch& memory);
    bool onCard() const;
    at::Tensor latentsOf(Part& part);
    FrameSet chainedTake(Job& job, const std::vector<ChainLink>& chain, std::uint64_t seed);

    NetworkPool& m_networks;
    const Tokenizer& m_tokenizer;
    MachineRecord m_record;
    JobPlanner m_planner;
    ShotInputs m_pictures;
    ShotPreview m_preview;
    TextFeatures m_text;
};

} // namespace generation
