#pragma once

#include "generation/model/ModelFolder.h"
#include "generation/pipeline/Denoiser.h"
#include "generation/pipeline/LatentCheckpoint.h"
#include "generation/pipeline/LatentPreview.h"
#include "generation/pipeline/PipelineObserver.h"
#include "generation/pipeline/ShotInputs.h"
#include "generation/pipeline/ShotPlan.h"
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

/// What a request came to: for each take frames exactly as many, as large and as fast as were asked for, and the plan
/// that was used.
struct GeneratedShot {
    std::vector<FrameSet> takes;
    ShotPlan plan;
    int skippedSteps = 0; ///< that a step cache spared
};

/// Makes shots with one loaded model: reads the inputs, encodes text and pictures, denoises, decodes. The same request
/// with the same seed gives the same frames, also when it is taken up again after an interruption. Keeps text features
/// and the grey clip's latents between jobs.
/// Thread: one job at a time.
class ShotGenerator {
public:
    /// `model` and `tokenizer` outlive the generator. `cacheFolder` is for text features; empty: none on disk.
    ShotGenerator(const Model& model, const Tokenizer& tokenizer, std::string cacheFolder = {});

    /// Throws JobError, FrameFileError, Cancelled (by the observer), and what libtorch throws. With a checkpoint folder
    /// every step is saved there, and a run that was interrupted goes on.
    GeneratedShot generate(const GenerateRequest& request, PipelineObserver& observer,
                           CheckpointFolder* checkpoints = nullptr);

private:
    struct Job;  ///< what the parts of generate() share
    struct Part; ///< one run of the denoiser

    at::Tensor textFeatures(const std::string& prompt);
    void addText(Part& part);
    std::optional<LatentCheckpoint> startingPoint(const Part& part) const;
    at::Tensor denoise(Part& part);
    void decode(const at::Tensor& latents, Part& part, FrameSet& frames) const;
    at::Tensor latentsOf(Part& part);
    FrameSet chainedTake(Job& job, const std::vector<ChainLink>& chain, std::uint64_t seed);

    const Model& m_model;
    const Tokenizer& m_tokenizer;
    ShotInputs m_pictures;
    LatentPreview m_preview;
    TextFeatures m_text;
};

} // namespace generation
