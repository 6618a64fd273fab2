#pragma once

#include "generation/protocol/Event.h"
#include "generation/protocol/FrameFile.h"

#include <string>

namespace generation {

/// What a running job tells, and where it can be stopped.
/// Thread: called on the thread that generates.
class PipelineObserver {
public:
    virtual ~PipelineObserver() = default;

    /// Called often, between parts that take a fraction of a step. Throws Cancelled to abandon the job.
    virtual void checkpoint() = 0;

    /// `step` of `steps` parts of this stage are done. Each run of the denoiser tells of EncodeVideo, EncodeText,
    /// Denoise and Decode in this order, each from step 0; a part that is done again in less memory begins again. Save
    /// comes once, last; Load is told by who loads.
    virtual void progress(Stage stage, int step, int steps) = 0;

    /// The whole clip as it looks after `step`.
    virtual void preview(int step, const FrameSet& clip) = 0;
    virtual bool wantsPreviews() const = 0;

    /// Something worth telling while the job goes on; codes and facts of NoticeEvent.
    virtual void notice(const std::string&, const NoticeFacts&) {}
};

} // namespace generation
