#pragma once

#include "timeline/render/Compositor.h"

namespace timeline {

/// The reference: plain loops in float32 over rows, spread over the machine's cores. The rows of a frame do not depend
/// on each other, so that the number of threads changes no byte. Thread: one at a time.
class CpuCompositor final : public Compositor {
public:
    CpuCompositor();
    ~CpuCompositor() override;

    Result<FrameImagePtr> compose(const FramePlan& plan, std::span<const PicturePtr> pictures) override;
    std::string name() const override { return "cpu"; }

private:
    class PictureCache;
    std::unique_ptr<PictureCache> m_linear; ///< stills are converted once, not for every frame
};

} // namespace timeline
