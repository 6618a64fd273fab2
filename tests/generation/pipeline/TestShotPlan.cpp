#include "generation/model/Families.h"
#include "generation/pipeline/Conditions.h"
#include "generation/pipeline/JobError.h"
#include "generation/pipeline/Pictures.h"
#include "generation/pipeline/ShotPlan.h"
#include "generation/sampling/SamplingPreset.h"

#include <ATen/ATen.h>

#include <cmath>
#include <functional>

#include "tests/generation/pipeline/Cases.h"

using namespace generation;
using generation::test::Checks;

namespace {

struct Fixture {
    ModelCard card;
    TransformerConfig transformer;
    VaeConfig vae;
    GenerateRequest request;

    Fixture() {
        card.name = "starter";
        card.width = 224;
        card.height = 128;
        card.frames = 25;
        card.fpsNumerator = 12;
        card.steps = 25;
        card.shift = 2.0;
        card.guidance = 2.5;
        card.sampler = "euler";
        card.conditions = {{"first_frame"},      {"edges"}, {"luma"}, {"reference"}, {"edges", "reference"},
                           {"luma", "reference"}};
        card.hasControl = true;
        card.textOnlyWithoutControl = true;
        transformer.ropeMaxLength = 128;
        vae.latentChannels = 48;
        vae.patch = 2;
        request.prompts = {{"", 0, 0}};
    }

    ShotPlan plan() const { return planShot(request, card, transformer, vae); }

    /// The code it is refused with, or "" when it is not; `detail` gets the words.
    std::string refusal(std::string* detail = nullptr) const {
        try {
            plan();
            return "";
        } catch (const JobError& error) {
            if (detail) {
                *detail = error.what();
            }
            return error.code();
        }
    }
};

void theModelFillsTheGaps(Checks& c) {
    const ShotPlan plan = Fixture().plan();
    CHECK(c, plan.width == 224 && plan.height == 128 && plan.frames == 25 && plan.fpsNumerator == 12);
    CHECK(c, plan.legalWidth == 224 && plan.legalHeight == 128 && plan.legalFrames == 25);
    CHECK(c, plan.latentShape(1) == (std::array<std::int64_t, 5>{1, 48, 8, 8, 14}));
    CHECK(c, plan.steps == 25 && plan.guidance.scale == 2.5 && plan.shift == 2.0 && plan.sampler == "euler" &&
                 !plan.usesControl);
}

void sizesBecomeLegal(Checks& c) {
    Fixture f;
    f.request.width = 225;
    f.request.height = 1;
    f.request.frames = 26;
    f.request.fpsNumerator = 24000;
    f.request.fpsDenominator = 1001;
    const ShotPlan plan = f.plan();
    CHECK(c, plan.width == 225 && plan.height == 1 && plan.frames == 26 && plan.fpsNumerator == 24000 &&
                 plan.fpsDenominator == 1001);
    CHECK(c, plan.legalWidth == 256 && plan.legalHeight == 32 && plan.legalFrames == 29 && plan.latentFrames == 8);
    f.request.frames = 1;
    CHECK(c, f.plan().legalFrames == 1 && f.plan().latentFrames == 1);
    f.request.width = 16384;
    CHECK_EQUAL(c, f.refusal(), "bad-request");
}

void unknownConditionsAreRefusedByName(Checks& c) {
    Fixture f;
    f.request.basePath = "/b";
    f.request.control = Control::Edges;
    CHECK(c, f.plan().usesControl && f.plan().conditions == std::vector<std::string>{"edges"});
    f.request.references = {{"/r", 1.0}};
    CHECK_EQUAL(c, f.refusal(), "");
    f.request.references.push_back({"/s", 0.5});
    std::string detail;
    CHECK_EQUAL(c, f.refusal(&detail), "unsupported-condition");
    CHECK(c, detail.find("edges+reference+reference") != std::string::npos &&
                 detail.find("luma+reference") != std::string::npos);
    f.request.references[1].strength = 0.0; // counts for nothing
    CHECK_EQUAL(c, f.refusal(), "");
    f.request.firstFramePath = "/f";
    CHECK_EQUAL(c, f.refusal(&detail), "unsupported-condition");
    CHECK(c, detail.find("first_frame+edges+reference") != std::string::npos);
    f.request = Fixture().request;
    f.request.control = Control::Luma; // of nothing
    CHECK_EQUAL(c, f.refusal(), "bad-request");
    f.request = Fixture().request;
    f.request.sampler = "ddim";
    CHECK_EQUAL(c, f.refusal(), "bad-request");
}

void strengthSaysWhereToBegin(Checks& c) {
    Fixture f;
    f.request.basePath = "/b";
    f.request.strength = 0.6;
    f.request.steps = 10;
    CHECK(c, f.plan().startsFromBase && f.plan().firstStep == 4);
    f.request.strength = 0.0;
    CHECK(c, f.plan().startsFromBase && f.plan().firstStep == 10);
    f.request.strength = 1.0;
    CHECK(c, !f.plan().startsFromBase && f.plan().firstStep == 0);
    f.request.strength = 0.5;
    f.request.control = Control::Luma; // the base steers by its luma instead
    CHECK(c, !f.plan().startsFromBase && f.plan().usesControl);
}

void conditionsHaveNames(Checks& c) {
    using Names = std::vector<std::string>;
    const auto names = [](const std::function<void(GenerateRequest&)>& change, std::int64_t frames = 25) {
        GenerateRequest request;
        change(request);
        return conditionsOf(request, frames);
    };
    CHECK(c, names([](auto&) {}) == Names{});
    CHECK(c, names([](auto& r) { r.known = {{"k", 0, 1, 0}}; }) == Names{"first_frame"});
    CHECK(c, names([](auto& r) { r.known = {{"k", 0, 1, 24}}; }) == Names{"last_frame"});
    CHECK(c, names([](auto& r) {
                 r.firstFramePath = "f";
                 r.known = {{"k", 0, 1, 24}};
             }) == (Names{"first_frame", "last_frame"}));
    CHECK(c, names([](auto& r) { r.known = {{"k", 0, 3, 5}, {"k", 0, 1, 9}}; }) == Names{"known_frames"});
    CHECK(c, names([](auto& r) { r.known = {{"k", 0, 8, 0}}; }) == Names{"extend_forward"});
    CHECK(c, names([](auto& r) { r.known = {{"k", 0, 8, 17}}; }) == Names{"extend_backward"});
    CHECK(c, names([](auto& r) { r.known = {{"k", 0, 8, 17}, {"l", 0, 8, 0}}; }) == Names{"bridge"});
    const auto ofBase = [&](const std::function<void(GenerateRequest&)>& change) {
        return names([&](auto& r) {
            r.basePath = "b";
            change(r);
        });
    };
    CHECK(c, ofBase([](auto& r) { r.maskPath = "m"; }) == Names{"inpaint"});
    CHECK(c, ofBase([](auto& r) { r.placement = Placement{0, 0, 8, 8}; }) == Names{"outpaint"});
    CHECK(c, ofBase([](auto& r) { r.retake = FrameRange{3, 9}; }) == Names{"retake"});
    CHECK(c, ofBase([](auto& r) {
                 r.retake = FrameRange{3, 9};
                 r.keeping = Keeping::Blend;
             }) == Names{});
    CHECK(c, ofBase([](auto& r) { r.control = Control::Blur; }) == Names{"blur"});
    CHECK(c, names([](auto& r) {
                 r.control = Control::Depth;
                 r.controlPath = "d";
             }) == Names{"depth"});
}

void inputsThatDoNotGoTogetherAreRefused(Checks& c) {
    const std::function<void(GenerateRequest&)> wrong[] = {
        [](auto& r) { r.maskPath = "m"; },
        [](auto& r) { r.retake = FrameRange{1, 2}; },
        [](auto& r) { r.placement = Placement{0, 0, 8, 8}; },
        [](auto& r) {
            r.basePath = "b";
            r.retake = FrameRange{20, 26};
        },
        [](auto& r) { r.known = {{"k", 0, 1, 25}}; },
        [](auto& r) { r.known = {{"k", 0, 5, 0}, {"k", 0, 5, 4}}; },
        [](auto& r) {
            r.firstFramePath = "f";
            r.known = {{"k", 0, 1, 0}};
        },
        [](auto& r) { r.known = {{"k", 0, 25, 0}}; },
        [](auto& r) { r.controlPath = "c"; },
        [](auto& r) { r.control = Control::Edges; },
        [](auto& r) {
            r.control = Control::Depth;
            r.basePath = "b";
        },
    };
    for (const auto& change : wrong) {
        Fixture f;
        change(f.request);
        CHECK_EQUAL(c, f.refusal(), "bad-request");
    }
}

void publishedControlModelsKnowAnyMix(Checks& c) {
    Fixture f;
    f.request.basePath = "/b";
    f.request.maskPath = "/m";
    f.request.references = {{"/r", 1.0}, {"/s", 1.0}};
    CHECK_EQUAL(c, f.refusal(), "unsupported-condition");
    f.card.conditions = {{"any"}};
    CHECK_EQUAL(c, f.refusal(), "");
    bool found = false;
    for (const Family& family : families()) {
        found = found || (family.name == "wan-vace" && family.conditions == "any");
        CHECK(c, family.shift480p <= family.shift720p && (family.shift480p > 0.0) == (family.shift720p > 0.0));
    }
    CHECK(c, found);
}

void samplingComesFromThePresets(Checks& c) {
    Fixture f;
    f.request.preset = "self-forcing";
    CHECK(c, f.plan().sampler == "distilled" && f.plan().steps == 4 && f.plan().timesteps.size() == 4 &&
                 f.plan().guidance.scale == 1.0);
    f.request.steps = 6; // of one's own
    CHECK(c, f.plan().steps == 6 && f.plan().timesteps.empty() && f.plan().shift == 5.0);
    f.request.guidance = 3.0;
    CHECK(c, f.plan().guidance.scale == 3.0);
    f.request.timesteps = {900.0, 400.0};
    CHECK(c, f.plan().steps == 2 && f.plan().timesteps[1] == 400.0);
    f.request.sampler = "euler";
    CHECK_EQUAL(c, f.refusal(), "bad-request"); // timesteps are not for it
    f.request = Fixture().request;
    f.request.preset = "turbo";
    CHECK_EQUAL(c, f.refusal(), "bad-request");
    f.request.preset = "size";
    CHECK_EQUAL(c, f.plan().shift, 2.0); // not a family with two shifts
    f.card.shift480p = 3.0;
    f.card.shift720p = 5.0;
    CHECK_EQUAL(c, f.plan().shift, 3.0);
    f.request.shift = 7.0;
    CHECK_EQUAL(c, f.plan().shift, 7.0);
    f.request.sampler = "distilled";
    f.request.timesteps = {400.0, 900.0};
    CHECK_EQUAL(c, f.refusal(), "bad-request"); // they rise

    // Of two experts each keeps its guidance unless the request or a preset says otherwise.
    f.request = Fixture().request;
    f.card.experts.boundary = 0.9;
    f.card.secondGuidance = 3.5;
    CHECK(c, f.plan().secondGuidance == 3.5);
    f.request.preset = "size";
    CHECK(c, f.plan().secondGuidance == 3.5);
    f.request.preset = "lightning";
    CHECK(c, !f.plan().secondGuidance);
    f.request.preset.clear();
    f.request.guidance = 2.0;
    CHECK(c, !f.plan().secondGuidance);
    f.card.experts.boundary = 0.0;

    f.request = Fixture().request;
    f.request.stepCache = StepCache::Auto;
    CHECK(c, f.plan().reuse.kind == StepCache::Easy && f.plan().reuse.warmUp == 5);
    f.request.steps = 8;
    CHECK(c, f.plan().reuse == StepReuse{}); // too few
    f.request.stepCache = StepCache::FirstBlock;
    CHECK(c, f.plan().reuse.kind == StepCache::FirstBlock);
    f.request.seeds = {4, 2};
    CHECK(c, f.plan().seeds == (std::vector<std::uint64_t>{4, 2}));
}

void windowsAreOfTheModelsLength(Checks& c) {
    Fixture f;
    CHECK_EQUAL(c, f.plan().windows.size(), 1U);
    f.request.frames = 73; // 19 latent frames; the model makes 7 at once, three of them shared
    CHECK(c, f.plan().windows.front() == (LatentWindow{0, 7}) && f.plan().windows[1].begin == 4);
    f.request.windows.overlap = 4;
    CHECK_EQUAL(c, f.plan().windows[1].begin, 6);
    f.request.windows.frames = 0;
    CHECK_EQUAL(c, f.plan().windows.size(), 1U);
    f.transformer.ropeMaxLength = 16;
    CHECK_EQUAL(c, f.refusal(), "bad-request");
    f.request.windows.frames.reset();
    CHECK_EQUAL(c, f.refusal(), ""); // in windows it is not too long
}

void nonsenseNumbersAreRefused(Checks& c) {
    const std::function<void(GenerateRequest&)> wrong[] = {
        [](auto& r) { r.guidance = NAN; },
        [](auto& r) { r.guidance = INFINITY; },
        [](auto& r) { r.shift = NAN; },
        [](auto& r) { r.shift = 0.0; },
        [](auto& r) { r.shift = -1.0; },
        [](auto& r) { r.steps = 1'000'000; },
        [](auto& r) { r.fpsNumerator = 24, r.fpsDenominator = 0; },
        [](auto& r) { r.guidanceOptions.from = NAN; },
        [](auto& r) { r.guidanceOptions.zeroInit = INFINITY; },
    };
    for (const auto& change : wrong) {
        Fixture f;
        change(f.request);
        CHECK_EQUAL(c, f.refusal(), "bad-request");
    }
    Fixture f;
    f.request.steps = 1;
    f.request.seed = 18446744073709551615U;
    CHECK(c, f.plan().steps == 1 && f.plan().seeds.front() == 18446744073709551615U);
    f.request.steps = 0; // the model's own, not none
    CHECK_EQUAL(c, f.plan().steps, 25);
}

/// Whatever is asked for, the plan's frames cover it, the model can make them, and cropping gives back what was asked.
void everySizeComesBackAsAsked(Checks& c) {
    const int widths[] = {1, 15, 64, 225, 849};
    const int heights[] = {1, 31, 64, 129, 481};
    const std::int64_t counts[] = {1, 2, 5, 26};
    const std::pair<int, int> rates[] = {{24, 1}, {24000, 1001}, {12, 1}, {1, 1}, {240, 1}};
    int cases = 0;
    for (const int width : widths) {
        for (const int height : heights) {
            for (const std::int64_t frames : counts) {
                for (const auto& [numerator, denominator] : rates) {
                    Fixture f;
                    f.request.width = width;
                    f.request.height = height;
                    f.request.frames = frames;
                    f.request.fpsNumerator = numerator;
                    f.request.fpsDenominator = denominator;
                    const ShotPlan plan = f.plan();
                    CHECK(c, plan.legalWidth % 32 == 0 && plan.legalHeight % 32 == 0 && plan.legalFrames % 4 == 1);
                    CHECK(c, plan.legalWidth >= width && plan.legalWidth < width + 32);
                    CHECK(c, plan.legalHeight >= height && plan.legalHeight < height + 32);
                    CHECK(c, plan.legalFrames >= frames && plan.legalFrames < frames + 4);
                    FrameSet set = emptyResult(plan);
                    for (std::int64_t at = 0; at < plan.legalFrames; at += at == 0 ? 1 : 4) {
                        // As the autoencoder gives them; narrow ones, as cropping must not look at what it cuts off.
                        appendFrames(set,
                                     at::zeros({1, 3, 1, 1, 1})
                                         .expand({1, 3, at == 0 ? 1 : 4, plan.legalHeight, plan.legalWidth}),
                                     plan.frames);
                    }
                    CHECK(c, set.width == width && set.height == height && set.frames == frames);
                    CHECK(c, set.fpsNumerator == numerator && set.fpsDenominator == denominator);
                    CHECK_EQUAL(c, set.samples.size(),
                                static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                                    static_cast<std::size_t>(frames) * 3);
                    ++cases;
                }
            }
        }
    }
    CHECK_EQUAL(c, cases, 500);
}

} // namespace

void shotPlanCases(Checks& checks) {
    checks.run("the model fills the gaps", theModelFillsTheGaps);
    checks.run("sizes become legal", sizesBecomeLegal);
    checks.run("unknown conditions are refused by name", unknownConditionsAreRefusedByName);
    checks.run("strength says where to begin", strengthSaysWhereToBegin);
    checks.run("conditions have names", conditionsHaveNames);
    checks.run("inputs that do not go together are refused", inputsThatDoNotGoTogetherAreRefused);
    checks.run("published control models know any mix", publishedControlModelsKnowAnyMix);
    checks.run("sampling comes from the presets", samplingComesFromThePresets);
    checks.run("windows are of the model's length", windowsAreOfTheModelsLength);
    checks.run("nonsense numbers are refused", nonsenseNumbersAreRefused);
    checks.run("every size comes back as asked", everySizeComesBackAsAsked);
}
