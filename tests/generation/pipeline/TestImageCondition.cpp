// The channels that image-to-video models take beside the latents, as the published pipelines build them.

#include "generation/device/Device.h"
#include "generation/pipeline/ImageCondition.h"

#include <ATen/ATen.h>

#include "tests/generation/Check.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using generation::test::Checks;

namespace {

/// The published steps: a mask of frames, the first one four times, cut in fours, fours to channels.
at::Tensor publishedMask(const at::Tensor& frames, std::int64_t height, std::int64_t width) {
    const at::Tensor mask = frames.view({1, 1, -1, 1, 1}).expand({1, 1, -1, height, width});
    const at::Tensor first = mask.slice(2, 0, 1).repeat_interleave(4, 2);
    return at::cat({first, mask.slice(2, 1)}, 2).view({1, -1, 4, height, width}).transpose(1, 2);
}

void maskIsAsPublished(Checks& c) {
    for (const std::vector<bool>& known : {std::vector<bool>{true},
                                           {true, false, false, false, false, false, false, false, false},
                                           {true, false, false, false, false, false, false, false, true},
                                           {false, false, true, true, true, false, false, true, false}}) {
        std::vector<float> values(known.begin(), known.end());
        const at::Tensor channels = knownFrameChannels(known, 4, 3, 2);
        CHECK(c, at::equal(channels, publishedMask(at::tensor(values), 3, 2)));
    }
    // First and last frame: the first latent frame wholly, of the last its last frame.
    const at::Tensor ends = knownFrameChannels({true, false, false, false, true}, 4, 1, 1).flatten();
    CHECK(c, at::equal(ends, at::tensor({1.F, 0.F, 1.F, 0.F, 1.F, 0.F, 1.F, 1.F})));
    CHECK_THROWS(c, knownFrameChannels({true, false}, 4, 1, 1), std::invalid_argument);
    CHECK_THROWS(c, knownFrameChannels({}, 4, 1, 1), std::invalid_argument);
}

} // namespace

int main() {
    configureLibtorch(referenceDevice());
    Checks checks;
    checks.run("the mask is as published", maskIsAsPublished);
    return checks.finish();
}
