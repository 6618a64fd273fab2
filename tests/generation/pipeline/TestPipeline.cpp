#include "tests/generation/pipeline/Cases.h"

#include "generation/device/Device.h"
#include "generation/pipeline/Control.h"
#include "generation/pipeline/PipelineParity.h"
#include "generation/pipeline/PromptContexts.h"
#include "generation/pipeline/PromptShare.h"
#include "generation/pipeline/Windows.h"

#include <ATen/ATen.h>

using namespace generation;
using generation::test::Checks;

namespace {

void wholeRunsAgreeWithThePublishedPipelines(Checks& c) {
    for (const char* name :
         {"engine/e2e_t2v_v2v", "engine/e2e_vace", "engine/e2e_ti2v_i2v", "engine/schedulers",
          "engine-shapes/e2e_t2v_b", "engine-shapes/e2e_t2v_c", "engine-shapes/e2e_ti2v_c", "engine-shapes/e2e_vace_0",
          "engine-shapes/e2e_vace_3", "engine-shapes/schedulers_fractional"}) {
        const auto results = runParity(std::string(FIXTURES_DIR "/") + name + ".safetensors", pipelineParityCases());
        CHECK(c, results.size() >= 3);
        for (const ParityResult& result : results) {
            if (!result.passed()) {
                c.failed(result.name.c_str(), 0, std::to_string(result.error) + " " + result.note);
            }
        }
    }
}

void edgesAreWhereLumaChanges(Checks& c) {
    at::Tensor video = at::full({1, 3, 2, 8, 8}, -1.0);
    video.narrow(4, 4, 4).fill_(1.0); // white right half
    const at::Tensor edges = edgesControl(video);
    CHECK(c, edges.sizes() == video.sizes());
    CHECK(c, at::allclose(edges.narrow(4, 3, 2), at::ones({1, 3, 2, 8, 2}))); // both sides of the step
    CHECK(c, at::allclose(edges.narrow(4, 0, 3), at::full({1, 3, 2, 8, 3}, -1.0)));
    CHECK(c, at::allclose(edges.narrow(4, 5, 3), at::full({1, 3, 2, 8, 3}, -1.0))); // and none at the frame's border
    // A ramp of a tenth of the range each pixel: Sobel / 4 gives 2 * 0.1, times 4 is 0.8.
    const at::Tensor ramp = at::arange(8, at::kFloat).mul(0.2).sub(1.0).expand({1, 3, 1, 8, 8});
    CHECK(c, at::allclose(edgesControl(ramp).narrow(4, 1, 6), at::full({1, 3, 1, 8, 6}, 0.6), 1e-4, 1e-4));
}

void lumaIsRec601(Checks& c) {
    at::Tensor video = at::full({1, 3, 1, 2, 2}, -1.0);
    video.select(1, 1).fill_(1.0); // green
    CHECK(c, at::allclose(lumaControl(video), at::full({1, 3, 1, 2, 2}, 0.587 * 2.0 - 1.0), 1e-5, 1e-5));
}

void masksFoldIntoChannels(Checks& c) {
    at::Tensor mask = at::ones({1, 1, 9, 16, 8});
    mask.narrow(2, 0, 1).zero_();
    mask[0][0][1][9][2] = 0.25;
    const at::Tensor channels = maskChannels(mask, 8, 3);
    CHECK(c, channels.sizes() == at::IntArrayRef({1, 64, 3, 2, 1}));
    // Latent frame 0 reads frame 1 (nearest-exact), so that a known first frame does not show here: as published.
    CHECK_EQUAL(c, channels[0][1 * 8 + 2][0][1][0].item<float>(), 0.25F);
    CHECK_EQUAL(c, channels.sum().item<float>(), 64.0F * 3 * 2 - 0.75F);
}

void promptsShareTheirFrames(Checks& c) {
    const auto at = [](const at::Tensor& share, int prompt, int frame) { return share[prompt][frame].item<float>(); };
    // Frames 0 | 1-4 | 5-8 | 9-12; the change after frame 7 falls inside the third latent frame.
    const at::Tensor share = promptShare({{"a", 0, 7}, {"b", 7, 13}}, {13, 4, 1, 0});
    CHECK(c, share.sizes() == at::IntArrayRef({2, 5}));
    CHECK(c, at(share, 0, 0) == 0.5F && at(share, 1, 0) == 0.5F); // the reference frame
    CHECK(c, at(share, 0, 1) == 1.0F && at(share, 0, 2) == 1.0F && at(share, 0, 4) == 0.0F);
    CHECK(c, at(share, 0, 3) == 0.5F && at(share, 1, 3) == 0.5F);
    // Nobody covers the middle: the nearest one does. Open ends reach to the end.
    const at::Tensor gap = promptShare({{"a", 0, 1}, {"b", 12, 0}}, {13, 4, 0, 0});
    CHECK(c, at(gap, 0, 1) == 1.0F && at(gap, 1, 3) == 1.0F);
    CHECK(c, at::allclose(gap.sum(0), at::ones({4})));
    CHECK(c, at::allclose(promptShare({{"a", 0, 0}}, {30, 9, 0, 4}), at::ones({1, 9})));
    // The same words are one prompt, however many spans they have.
    CHECK(c, promptShare({{"a", 0, 7}, {"a", 7, 13}}, {13, 4, 1, 4}).equal(at::ones({1, 5})));
    const at::Tensor back = promptShare({{"a", 0, 5}, {"b", 5, 9}, {"a", 9, 0}}, {13, 4, 0, 0});
    CHECK(c, back.equal(at::tensor({1.0F, 1.0F, 0.0F, 1.0F, 0.0F, 0.0F, 1.0F, 0.0F}).view({2, 4})));
}

void promptsGiveWayOverTheirBlend(Checks& c) {
    // Without a blend the border at frame 9 lies between latent frames; with one of 8 frames both sides feel it.
    const std::vector<PromptSpan> prompts{{"a", 0, 9}, {"b", 9, 0}};
    CHECK(c, promptShare(prompts, {17, 5, 0, 0})[1].equal(at::tensor({0.0F, 0.0F, 0.0F, 1.0F, 1.0F})));
    const at::Tensor share = promptShare(prompts, {17, 5, 0, 8});
    CHECK(c, at::allclose(share.sum(0), at::ones({5}), 1e-6, 1e-6));
    CHECK(c, share[1][0].item<float>() == 0.0F && share[1][1].item<float>() == 0.0F);
    CHECK(c, share[1][2].item<float>() > 0.1F && share[1][2].item<float>() < 0.5F);
    CHECK(c, share[1][3].item<float>() > 0.5F && share[1][3].item<float>() < 0.9F);
    CHECK(c, std::abs(share[1][2].item<float>() + share[1][3].item<float>() - 1.0F) < 1e-5F); // symmetric
    CHECK_EQUAL(c, share[1][4].item<float>(), 1.0F);
    const PromptContexts contexts = promptContexts(at::ones({2, 3, 4}), share, 5);
    CHECK(c, contexts.ofFrame == (std::vector<std::int64_t>{0, 0, 1, 2, 3}) && contexts.rows.size(0) == 4);
}

void windowsOverlapAndSumToOne(Checks& c) {
    for (std::int64_t frames = 1; frames < 40; ++frames) {
        for (std::int64_t length = 1; length < 12; ++length) {
            for (std::int64_t overlap = 0; overlap <= length / 2; ++overlap) {
                const auto windows = latentWindows(frames, length, overlap);
                const auto weights = windowWeights(windows, frames);
                at::Tensor sum = at::zeros({frames});
                for (std::size_t i = 0; i < windows.size(); ++i) {
                    const auto& [begin, size] = windows[i];
                    sum.narrow(0, begin, size).add_(weights[i]);
                    CHECK(c, size == std::min(length, frames) && begin >= 0 && begin + size <= frames);
                    CHECK(c, i == 0 || windows[i - 1].begin + size - begin >= overlap);
                }
                CHECK(c, at::allclose(sum, at::ones({frames}), 1e-5, 1e-5));
            }
        }
    }
}

} // namespace

int main() {
    configureLibtorch(referenceDevice());
    Checks checks;
    checks.run("whole runs agree with the published pipelines", wholeRunsAgreeWithThePublishedPipelines);
    checks.run("edges are where luma changes", edgesAreWhereLumaChanges);
    checks.run("luma is Rec.601", lumaIsRec601);
    checks.run("masks fold into channels", masksFoldIntoChannels);
    checks.run("prompts share their frames", promptsShareTheirFrames);
    checks.run("prompts give way over their blend", promptsGiveWayOverTheirBlend);
    checks.run("windows overlap and sum to one", windowsOverlapAndSumToOne);
    denoiserCases(checks);
    knownPixelCases(checks);
    memoryPlanCases(checks);
    pictureCases(checks);
    runFileCases(checks);
    shotPlanCases(checks);
    starterCases(checks);
    starterRunCases(checks);
    tinyShotCases(checks);
    return checks.finish();
}
