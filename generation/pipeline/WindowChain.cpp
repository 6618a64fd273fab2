#include "generation/pipeline/WindowChain.h"

#include "generation/pipeline/Conditions.h"

#include <algorithm>

namespace generation {
namespace {

constexpr std::int64_t kGroup = 4; // frames of a latent frame after the first

/// The prompts where they fall in frames [begin, begin + count); the nearest one where none does.
std::vector<PromptSpan> promptsWithin(const std::vector<PromptSpan>& prompts, std::int64_t begin, std::int64_t count) {
    std::vector<PromptSpan> within;
    const PromptSpan* nearest = nullptr;
    std::int64_t least = 0;
    for (const PromptSpan& span : prompts) {
        const std::int64_t end = span.endFrame == 0 ? begin + count : span.endFrame;
        const std::int64_t away = std::max({span.firstFrame - (begin + count - 1), begin - (end - 1), std::int64_t{0}});
        if (away == 0) {
            within.push_back({span.text, std::max<std::int64_t>(0, span.firstFrame - begin),
                              span.endFrame == 0 ? 0 : std::min(end - begin, count)});
        } else if (nearest == nullptr || away < least) {
            nearest = &span;
            least = away;
        }
    }
    if (within.empty() && nearest != nullptr) {
        within.push_back({nearest->text, 0, 0});
    }
    return within;
}

} // namespace

std::vector<ChainLink> windowChain(const GenerateRequest& request, const ShotPlan& plan, const ModelCard& card) {
    if (plan.windows.size() < 2 || !card.hasControl || !request.known.empty() || !request.maskPath.empty() ||
        request.placement || request.retake || !request.branchPath.empty()) {
        return {};
    }
    const LatentWindow& first = plan.windows.front();
    const std::int64_t frames = (first.length - 1) * kGroup + 1;
    const std::int64_t shared = std::max<std::int64_t>(1, first.length - plan.windows[1].begin);
    const std::int64_t known = (shared - 1) * kGroup + 1; // whole latent frames
    if (known >= frames) {
        return {}; // a part would bring nothing that the one before it had not
    }
    std::vector<ChainLink> chain;
    for (std::int64_t begin = 0;; begin += frames - known) {
        ChainLink& link = chain.emplace_back(ChainLink{.request = request, .begin = begin, .known = 0});
        link.request.frames = std::min(frames, plan.frames - begin);
        link.request.prompts = promptsWithin(request.prompts, begin, link.request.frames);
        link.request.windows.frames = 0;
        if (begin > 0) {
            link.known = known;
            link.request.firstFramePath.clear();
            // Named, so that the model is asked whether it knows; the frames themselves come from the part before.
            link.request.known = {{.path = {}, .sourceFrame = 0, .frames = known, .frame = 0}};
            if (!card.allows(conditionsOf(link.request, link.request.frames))) {
                return {};
            }
        }
        if (begin + link.request.frames >= plan.frames) {
            return chain;
        }
    }
}

} // namespace generation
