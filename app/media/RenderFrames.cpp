#include "app/media/RenderFrames.h"

#include "app/media/FrameSets.h"
#include "timeline/render/OutputTransform.h"

namespace app {

timeline::Result<generation::FrameSet> renderFrames(timeline::SequenceRenderer& renderer,
                                                    const timeline::Timeline& source,
                                                    const std::vector<timeline::RationalTime>& times,
                                                    const timeline::PlanOptions& options, const std::stop_token& stop) {
    generation::FrameSet set{.width = options.width, .height = options.height, .samples = {}};
    for (const timeline::RationalTime& time : times) {
        if (stop.stop_requested()) {
            return timeline::Error{timeline::ErrorCode::Cancelled, {}, {}};
        }
        const auto frame = renderer.render(source, time, options);
        if (!frame) {
            return frame.error();
        }
        if (frame->hasSlate) {
            return frame->problems.front();
        }
        appendFrame(set, timeline::codedFrame(*frame->image));
    }
    return set;
}

} // namespace app
