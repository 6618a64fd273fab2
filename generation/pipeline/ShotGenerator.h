#pragma once

#include "generation/model/ModelFolder.h"
#include "generation/pipeline/Control.h"
#include "generation/pipeline/Denoiser.h"
#include "generation/pipeline/LatentPreview.h"
#include "generation/pipeline/PipelineObserver.h"
#include "generation/pipeline/ShotPlan.h"
#include "generation/protocol/FrameFile.h"
#include "generation/protocol/Request.h"
#include "generation/tokenizer/Tokenizer.h"

#include <map>
#include <string>

namespace generation {

/// What a request came to: frames exactly as many, as large and as fast as were asked for, and the plan that was used.
struct GeneratedShot {
    FrameSet frames;
    ShotPlan plan;
};

/// Makes shots with one loaded model: reads the inputs, encodes text and pictures, denoises, decodes. The same request
/// with the same seed gives the same frames. Keeps text features and the grey clip's latents between jobs.
/// Thread: one job at a time.
class ShotGenerator {
public:
    /// `model` and `tokenizer` outlive the generator.
    ShotGenerator(const Model& model, const Tokenizer& tokenizer);

    /// Throws JobError, FrameFileError, Cancelled (by the observer), and what libtorch throws.
    GeneratedShot generate(const GenerateRequest& request, PipelineObserver& observer);

private:
    at::Tensor textFeatures(const std::string& prompt);
    void addText(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan);
    void addPictures(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan,
                     const Checkpoint& checkpoint);
    void addControl(DenoiseInputs& inputs, const GenerateRequest& request, const ShotPlan& plan,
                    const Checkpoint& checkpoint);
    at::Tensor denoise(DenoiseInputs inputs, const ShotPlan& plan, PipelineObserver& observer) const;
    FrameSet decode(const at::Tensor& latents, const ShotPlan& plan, PipelineObserver& observer) const;

    const Model& m_model;
    const Tokenizer& m_tokenizer;
    ControlBuilder m_controls;
    LatentPreview m_preview;
    std::map<std::string, at::Tensor> m_text; ///< features by prompt
};

/// Standard normal float32 latents from the seed, as libtorch's CPU generator draws them: the same on every machine.
at::Tensor seededNoise(std::uint64_t seed, at::IntArrayRef shape);

} // namespace generation
