#pragma once

#include "generation/device/Cancelled.h"
#include "generation/model/VideoTransformer.h"
#include "generation/protocol/Request.h"
#include "generation/sampling/EasyCache.h"
#include "generation/sampling/FirstBlockCache.h"
#include "generation/sampling/Guidance.h"
#include "generation/sampling/RunState.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace generation {

/// What steps may take over from each other, resolved: never Auto.
struct StepReuse {
    StepCache kind = StepCache::None;
    double threshold = 0.05;
    int warmUp = 0; ///< steps from the first that are always computed

    bool operator==(const StepReuse&) const = default;
};

/// The conditions of one window of a shot. Frames are the window's latent frames, T of them, reference frames in front.
struct FieldInputs {
    std::vector<std::int64_t> textRows; ///< of the prepared text, for each frame
    std::int64_t negativeRow = 0;
    Guidance guidance;

    at::Tensor control;             ///< [1, channels, T, H, W]; undefined: the control branch is off
    std::int64_t references = 0;    ///< frames in front of the clip
    double referenceStrength = 1.0; ///< of their effect against the run that does not see them; above 1 exaggerates
    at::Tensor controlWithoutReferences; ///< then that run's control, or undefined where it has none

    at::Tensor channels; ///< [1, c, T, H, W] that the network reads behind the latents (image to video); or undefined
    at::Tensor cleanFrames; ///< [T], 1 where a frame is known and clean, with a timestep of its own; or undefined
    StepReuse reuse;
};

/// A step for which a velocity is wanted.
struct FieldStep {
    at::Tensor latents; ///< float32 [K, C, T, H, W]: K takes
    double timestep = 0.0;
    int index = 0; ///< of the step, from 0
    int count = 1;
};

/// The network under the conditions of one window: the guided velocity of every take. Prompts, guidance and takes are
/// one batch over shared weights; several prompts of a shot are read frame by frame, in the same pass. Thread: one;
/// made anew for every run (it remembers steps that others may reuse).
class VelocityField {
public:
    /// `transformer` and `text` outlive the field.
    VelocityField(const VideoTransformer& transformer, const PreparedText& text, FieldInputs inputs);

    /// [K, C, T, H, W]. The checkpoint is passed between blocks.
    at::Tensor velocity(const FieldStep& step, const Checkpoint& checkpoint);

    /// From now on each take and each branch of guidance runs alone: the same result, less memory, more time.
    void runOneByOne() { m_oneByOne = true; }

    int skippedSteps() const;

    void save(RunState& state, const std::string& prefix) const;
    /// What the first-block caches hold is not in the state; they forget, and the next step runs all blocks...
    void restore(const RunState& state, const std::string& prefix);
    /// ... unless they are filled again, by running the step once more that filled them.
    void prime(const RunState& state, const std::string& prefix);

private:
    /// With the reference frames or without them.
    struct Pass {
        std::string name;
        PreparedControl control;
        bool hasControl = false;
        std::int64_t firstFrame = 0;                        ///< of the window's frames
        std::map<std::int64_t, EasyCache> easy;             ///< by take
        std::map<std::int64_t, FirstBlockCache> firstBlock; ///< by take and branch
        std::map<std::int64_t, FieldStep> primers;          ///< by take and branch: the last step that filled the cache
    };

    at::Tensor guidedPass(Pass& pass, const FieldStep& step, const Checkpoint& checkpoint);
    at::Tensor takeVelocities(Pass& pass, const FieldStep& step, std::int64_t take, const Checkpoint& checkpoint);
    /// Which rows run: those of a take (0 where all takes run together), one branch of guidance or all.
    struct Run {
        std::int64_t take = 0;
        std::optional<std::int64_t> branch;
    };
    at::Tensor forward(Pass& pass, const FieldStep& step, const Run& of, const Checkpoint& checkpoint);
    at::Tensor network(const Pass& pass, const FieldStep& step, TextLayout layout, TransformerInput input) const;
    std::vector<std::vector<TextSegment>> branches(const Pass& pass, const FieldStep& step) const;
    at::Tensor timesteps(const Pass& pass, const FieldStep& step) const;
    std::int64_t tokensPerFrame(const at::Tensor& latents) const;

    const VideoTransformer& m_transformer;
    const PreparedText& m_text;
    FieldInputs m_inputs;
    std::vector<Pass> m_passes;
    bool m_oneByOne = false;
};

} // namespace generation
