// The denoising loop over networks with random weights: what must not depend on how a run is cut into batches, steps,
// sessions and windows.

#include "generation/pipeline/Denoiser.h"

#include "generation/pipeline/JobError.h"
#include "generation/pipeline/PromptContexts.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <functional>

#include "tests/generation/pipeline/TinyNetworks.h"

#include "tests/generation/pipeline/Cases.h"

using namespace generation;
using generation::test::Checks;

namespace {

double difference(const at::Tensor& a, const at::Tensor& b) {
    return a.sizes() == b.sizes() ? (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>() : 1e9;
}

std::unique_ptr<Sampler> samplerFor(const DenoiseInputs& inputs, const std::string& name = "unipc", int steps = 8,
                                    std::vector<std::uint64_t> seeds = {7}) {
    const auto shape = inputs.noise.sizes().vec();
    return makeSampler({.name = name, .steps = steps, .shift = 3.0, .timesteps = {}, .noise = [shape, seeds](int step) {
                            return stepNoiseBatch(seeds, step, {1, shape[1], shape[2], shape[3], shape[4]});
                        }});
}

at::Tensor runOf(const VideoTransformer& network, const DenoiseInputs& inputs, const DenoiseHooks& hooks = {}) {
    return Denoiser(network, inputs).run(*samplerFor(inputs), hooks);
}

/// With one block nothing but self-attention, which knows no text, lies before cross-attention: each frame must come
/// out exactly as if its prompt were everybody's.
void framesReadTheirOwnPrompt(Checks& c, const VideoTransformer&) {
    const VideoTransformer network = tinyTransformer("e2e_t2v_v2v", 1);
    DenoiseInputs both = tinyInputs(4);
    both.prompts = seededNoise(100, {2, 16, 32});
    both.promptShare = at::tensor({1.0F, 1.0F, 0.25F, 0.0F, 0.0F, 0.0F, 0.75F, 1.0F}).view({2, 4});
    both.guidance.scale = 3.0;
    const FieldStep step{both.noise, 700.0, 0, 1};
    const at::Tensor mixed = Denoiser(network, both).velocity(step);
    const at::Tensor contexts[] = {both.prompts.narrow(0, 0, 1),
                                   both.prompts.narrow(0, 0, 1) * 0.25 + both.prompts.narrow(0, 1, 1) * 0.75,
                                   both.prompts.narrow(0, 1, 1)};
    const int contextOf[] = {0, 0, 1, 2};
    for (std::int64_t frame = 0; frame < 4; ++frame) {
        DenoiseInputs one = tinyInputs(4);
        one.prompts = contexts[contextOf[frame]];
        one.guidance.scale = 3.0;
        const at::Tensor alone = Denoiser(network, one).velocity(step);
        CHECK(c, difference(mixed.narrow(2, frame, 1), alone.narrow(2, frame, 1)) < 1e-5);
        CHECK(c, difference(mixed.narrow(2, (frame + 2) % 4, 1), alone.narrow(2, (frame + 2) % 4, 1)) > 1e-4);
    }
}

void equalPromptsAreOnePrompt(Checks& c, const VideoTransformer& network) {
    DenoiseInputs one = tinyInputs(5);
    one.guidance.scale = 4.0;
    DenoiseInputs two = one;
    two.prompts = at::cat({one.prompts, one.prompts}, 0);
    two.promptShare = at::tensor({1.0F, 1.0F, 0.5F, 0.0F, 0.0F, 0.0F, 0.0F, 0.5F, 1.0F, 1.0F}).view({2, 5});
    CHECK(c, difference(runOf(network, one), runOf(network, two)) < 1e-4);
}

void takesAreWhatTheirSeedsGive(Checks& c, const VideoTransformer& network) {
    const std::vector<std::uint64_t> seeds{3, 8, 21};
    for (const char* name : {"euler", "unipc", "distilled"}) {
        for (const double guidance : {1.0, 4.0}) {
            for (const StepCache cache : {StepCache::None, StepCache::Easy, StepCache::FirstBlock}) {
                DenoiseInputs all = tinyInputs(3, seeds);
                all.guidance.scale = guidance;
                all.reuse = {cache, 0.3, 2};
                const at::Tensor together = Denoiser(network, all).run(*samplerFor(all, name, 8, seeds));
                for (std::size_t i = 0; i < seeds.size(); ++i) {
                    DenoiseInputs one = tinyInputs(3, {seeds[i]});
                    one.guidance.scale = guidance;
                    one.reuse = all.reuse;
                    const at::Tensor alone = Denoiser(network, one).run(*samplerFor(one, name, 8, {seeds[i]}));
                    CHECK(c, difference(together.narrow(0, static_cast<std::int64_t>(i), 1), alone) < 1e-4);
                }
                CHECK(c, difference(together.narrow(0, 0, 1), together.narrow(0, 1, 1)) > 0.01);
            }
        }
    }
}

void oneByOneIsTheSame(Checks& c, const VideoTransformer& network) {
    DenoiseInputs inputs = tinyInputs(3, {3, 8});
    inputs.guidance.scale = 4.0;
    Denoiser slow(network, inputs);
    slow.runOneByOne();
    CHECK(c, difference(slow.run(*samplerFor(inputs)), runOf(network, inputs)) < 1e-4);
}

DenoiseInputs rich(StepCache cache, bool windows) {
    DenoiseInputs inputs = tinyInputs(7);
    inputs.guidance = {.scale = 3.0, .zeroStar = true, .zeroInit = 0.1, .from = 0.0, .to = 0.8};
    inputs.reuse = {cache, 0.4, 2};
    if (windows) {
        inputs.windows = latentWindows(7, 4, 2);
    }
    return inputs;
}

/// Ten steps from the beginning, then from what was saved after each step, by new objects.
void runsGoOnBitForBit(Checks& c, const VideoTransformer& network) {
    for (const StepCache cache : {StepCache::None, StepCache::Easy, StepCache::FirstBlock}) {
        for (const bool windows : {false, true}) {
            for (const auto& [name, alone] :
                 {std::pair{"unipc", false}, std::pair{"unipc", true}, std::pair{"distilled", false}}) {
                const DenoiseInputs inputs = rich(cache, windows);
                std::vector<RunState> states;
                DenoiseHooks hooks;
                hooks.state = [&](int, const RunState& state) {
                    RunState& copy = states.emplace_back(state);
                    for (auto& [key, tensor] : copy.tensors) {
                        tensor = tensor.clone();
                    }
                };
                Denoiser whole(network, inputs);
                if (alone) {
                    whole.runOneByOne(); // whoever goes on learns it from the state
                }
                const at::Tensor result = whole.run(*samplerFor(inputs, name, 10), hooks);
                CHECK_EQUAL(c, states.size(), 10U);
                // Fresh noise in every step leaves the distilled loop nothing to take over.
                const bool spares = cache != StepCache::None && std::string(name) == "unipc";
                CHECK(c, !spares || whole.skippedSteps() > 0);
                for (const RunState& state : states) {
                    Denoiser late(network, inputs);
                    CHECK(c, late.run(*samplerFor(inputs, name, 10), {}, &state).equal(result));
                }
            }
        }
    }
}

void savedRunsOfOtherSizesAreRefused(Checks& c, const VideoTransformer& network) {
    RunState state;
    DenoiseHooks hooks;
    hooks.state = [&](int, const RunState& now) { state = now; };
    runOf(network, tinyInputs(3), hooks);
    const DenoiseInputs other = tinyInputs(4);
    Denoiser denoiser(network, other);
    CHECK_THROWS(c, denoiser.run(*samplerFor(other), {}, &state), JobError);
}

void guidanceKeepsToItsInterval(Checks& c, const VideoTransformer& network) {
    DenoiseInputs inputs = tinyInputs(3);
    inputs.guidance = {.scale = 5.0, .zeroStar = false, .zeroInit = 0.0, .from = 0.25, .to = 0.5};
    DenoiseInputs plain = tinyInputs(3);
    DenoiseInputs full = tinyInputs(3);
    full.guidance.scale = 5.0;
    for (int step = 0; step < 8; ++step) {
        const FieldStep at{inputs.noise, 500.0, step, 8};
        const at::Tensor v = Denoiser(network, inputs).velocity(at);
        const bool guided = step == 2 || step == 3;
        CHECK(c, difference(v, Denoiser(network, guided ? full : plain).velocity(at)) < 1e-5);
    }
    inputs.guidance = {.scale = 5.0, .zeroStar = true, .zeroInit = 0.3, .from = 0.0, .to = 1.0};
    int moved = 0;
    DenoiseHooks hooks;
    hooks.step = [&](int step, const at::Tensor& latents, const at::Tensor&) {
        moved += step <= 2 && !latents.equal(inputs.noise) ? 1 : 0; // 0.3 of 8 steps: two stand still
    };
    Denoiser(network, inputs).run(*samplerFor(inputs, "euler"), hooks);
    CHECK_EQUAL(c, moved, 0);
}

void whatIsKnownStays(Checks& c, const VideoTransformer& network) {
    DenoiseInputs inputs = tinyInputs(5);
    inputs.known = seededNoise(50, {1, 16, 5, 4, 8});
    inputs.knownMask = at::zeros({1, 1, 5, 4, 8});
    inputs.knownMask.narrow(2, 1, 2).narrow(4, 0, 4).fill_(1.0);
    const at::Tensor result = runOf(network, inputs);
    const at::Tensor kept = inputs.knownMask.gt(0.5).expand_as(result);
    CHECK(c, at::masked_select(result, kept).equal(at::masked_select(inputs.known, kept)));
    CHECK(c, difference(result.narrow(2, 4, 1), inputs.known.narrow(2, 4, 1)) > 0.1);
    // And what is not known follows it: another known part gives another rest.
    DenoiseInputs other = inputs;
    other.known = inputs.known * 0.5;
    CHECK(c, difference(runOf(network, other).narrow(2, 4, 1), result.narrow(2, 4, 1)) > 1e-5);
}

void windowsCoverLongShots(Checks& c, const VideoTransformer& network) {
    // As many frames as a window: the same as without.
    DenoiseInputs inputs = tinyInputs(6);
    inputs.guidance.scale = 3.0;
    const at::Tensor whole = runOf(network, inputs);
    inputs.windows = latentWindows(6, 6, 2);
    CHECK(c, runOf(network, inputs).equal(whole));
    inputs.windows = latentWindows(6, 4, 2);
    const at::Tensor pieces = runOf(network, inputs);
    CHECK(c, pieces.sizes() == whole.sizes() && difference(pieces, whole) > 1e-4);
    // Before the shared frames a window is alone: its first velocity there is that of a shorter shot.
    DenoiseInputs first = tinyInputs(6);
    first.guidance.scale = 3.0;
    first.noise = inputs.noise.narrow(2, 0, 4);
    const at::Tensor v = Denoiser(network, inputs).velocity({inputs.noise, 900.0, 0, 8});
    const at::Tensor expected = Denoiser(network, first).velocity({first.noise, 900.0, 0, 8});
    CHECK(c, difference(v.narrow(2, 0, 2), expected.narrow(2, 0, 2)) < 1e-5);
    CHECK(c, difference(v.narrow(2, 2, 1), expected.narrow(2, 2, 1)) > 1e-5);
}

void controlFollowsItsWindow(Checks& c, const VideoTransformer&) {
    const VideoTransformer network = tinyTransformer("e2e_vace");
    DenoiseInputs inputs = tinyInputs(7); // one reference, six frames
    inputs.references = 1;
    inputs.control = seededNoise(60, {1, 96, 7, 4, 8});
    inputs.referenceStrength = 0.5;
    inputs.controlWithoutReferences = inputs.control.narrow(2, 1, 6);
    inputs.windows = latentWindows(6, 4, 2);
    const FieldStep step{inputs.noise, 600.0, 0, 8};
    const at::Tensor v = Denoiser(network, inputs).velocity(step);
    // The last window alone: reference, then frames 2 to 5.
    const auto part = [](const at::Tensor& x) { return at::cat({x.narrow(2, 0, 1), x.narrow(2, 3, 4)}, 2); };
    DenoiseInputs last = inputs;
    last.windows.clear();
    last.noise = part(inputs.noise);
    last.control = part(inputs.control);
    last.controlWithoutReferences = inputs.control.narrow(2, 3, 4);
    const at::Tensor expected = Denoiser(network, last).velocity({last.noise, 600.0, 0, 8});
    CHECK(c, difference(v.narrow(2, 5, 2), expected.narrow(2, 3, 2)) < 1e-5);
}

void referencesWeighWhatIsAsked(Checks& c, const VideoTransformer&) {
    const VideoTransformer network = tinyTransformer("e2e_vace");
    DenoiseInputs inputs = tinyInputs(5); // two references, three frames
    inputs.references = 2;
    inputs.control = seededNoise(60, {1, 96, 5, 4, 8});
    inputs.controlWithoutReferences = inputs.control.narrow(2, 2, 3);
    const auto clip = [&](double strength) {
        DenoiseInputs weighed = inputs;
        weighed.referenceStrength = strength;
        return Denoiser(network, weighed).velocity({inputs.noise, 600.0, 0, 8}).slice(2, 2).clone();
    };
    DenoiseInputs bare = inputs;
    bare.references = 0;
    bare.control = inputs.controlWithoutReferences;
    bare.noise = inputs.noise.slice(2, 2);
    const at::Tensor without = Denoiser(network, bare).velocity({bare.noise, 600.0, 0, 8});
    const at::Tensor with = clip(1.0);
    CHECK(c, difference(with, without) > 1e-3);
    for (const double strength : {0.0, 0.3, 2.5}) {
        CHECK(c, difference(clip(strength), without + strength * (with - without)) < 1e-4);
    }
}

/// Two transformers, the second for little noise: each has its steps and its guidance, one is there at a time, and a
/// run goes on from either side of the boundary.
void expertsTakeTurns(Checks& c, const VideoTransformer& network) {
    const VideoTransformer second = tinyTransformer("e2e_t2v_v2v", 1);
    for (const StepCache cache : {StepCache::None, StepCache::Easy}) {
        DenoiseInputs inputs = rich(cache, false);
        inputs.guidance = {.scale = 4.0};
        inputs.secondGuidance = 1.0;
        std::vector<std::size_t> loads;
        const DenoiseNetworks experts{
            .expertAt = [](double timestep) -> std::size_t { return timestep < 600.0 ? 1 : 0; },
            .load = [&](std::size_t expert) -> const VideoTransformer& {
                loads.push_back(expert);
                return expert == 0 ? network : second;
            }};
        std::vector<RunState> states;
        DenoiseHooks hooks;
        hooks.state = [&](int, const RunState& state) { states.push_back(state); };
        const at::Tensor result = Denoiser(experts, inputs).run(*samplerFor(inputs, "euler", 8), hooks);
        CHECK(c, loads == (std::vector<std::size_t>{0, 1}));
        for (const RunState& state : states) {
            CHECK(c, Denoiser(experts, inputs).run(*samplerFor(inputs, "euler", 8), {}, &state).equal(result));
        }
        DenoiseInputs plain = inputs;
        plain.guidance.scale = 1.0;
        const FieldStep late{inputs.noise, 500.0, 7, 8};
        CHECK(c, difference(Denoiser(experts, inputs).velocity(late), Denoiser(second, plain).velocity(late)) < 1e-6);
        CHECK(c, difference(Denoiser(experts, inputs).velocity({inputs.noise, 900.0, 0, 8}),
                            Denoiser(network, inputs).velocity({inputs.noise, 900.0, 0, 8})) < 1e-6);
    }
}

void memoryThatRunsOutIsGivenUp(Checks& c, const VideoTransformer& network) {
    for (const StepCache cache : {StepCache::None, StepCache::Easy}) {
        DenoiseInputs inputs = rich(cache, false);
        const at::Tensor expected = Denoiser(network, inputs).run(*samplerFor(inputs));
        int calls = 0;
        int given = 0;
        Denoiser denoiser(network, inputs);
        DenoiseHooks hooks;
        hooks.checkpoint = [&] {
            if (++calls == 4) { // in the middle of a step
                throw c10::OutOfMemoryError(c10::SourceLocation{"", "", 0}, "CUDA out of memory");
            }
        };
        hooks.lessMemory = [&] {
            ++given;
            denoiser.runOneByOne();
            return true;
        };
        CHECK(c, difference(denoiser.run(*samplerFor(inputs), hooks), expected) < 1e-4);
        CHECK_EQUAL(c, given, 1);
        hooks.checkpoint = {};
        hooks.change = [fails = true](int, int) mutable { // a LoRA that changes between steps takes memory, too
            return std::exchange(fails, false) ? throw std::bad_alloc() : false;
        };
        Denoiser changing(network, inputs);
        CHECK(c, difference(changing.run(*samplerFor(inputs), hooks), expected) < 1e-4);
        CHECK_EQUAL(c, given, 2);
        hooks.change = {};
        Denoiser hopeless(network, inputs);
        hooks.checkpoint = [] { throw std::bad_alloc(); };
        hooks.lessMemory = [&] { return ++given < 4; };
        try {
            hopeless.run(*samplerFor(inputs), hooks);
            c.failed("hopeless", 0, "did not give up");
        } catch (const JobError& error) {
            CHECK_EQUAL(c, error.code(), "out-of-memory");
        }
    }
}

} // namespace

void denoiserCases(Checks& checks) {
    const c10::InferenceMode inference;
    const VideoTransformer network = tinyTransformer("e2e_t2v_v2v");
    const auto run = [&](const char* name, void (*body)(Checks&, const VideoTransformer&)) {
        checks.run(name, [&](Checks& c) { body(c, network); });
    };
    run("frames read their own prompt", framesReadTheirOwnPrompt);
    run("equal prompts are one prompt", equalPromptsAreOnePrompt);
    run("takes are what their seeds give", takesAreWhatTheirSeedsGive);
    run("one by one is the same", oneByOneIsTheSame);
    run("runs go on bit for bit", runsGoOnBitForBit);
    run("saved runs of other sizes are refused", savedRunsOfOtherSizesAreRefused);
    run("guidance keeps to its interval", guidanceKeepsToItsInterval);
    run("what is known stays", whatIsKnownStays);
    run("windows cover long shots", windowsCoverLongShots);
    run("control follows its window", controlFollowsItsWindow);
    run("references weigh what is asked", referencesWeighWhatIsAsked);
    run("experts take turns", expertsTakeTurns);
    run("memory that runs out is given up", memoryThatRunsOutIsGivenUp);
}
